-- When the desk is open.
create table calendar (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  -- IANA name of its time zone.
  zone text not null,
  -- Whose public holidays it keeps: ISO 3166 codes, empty for none.
  country text not null,
  region text not null,
  -- JSON: the hours from Monday to Sunday, see calendars::Hours.
  week text not null,
  is_default boolean not null,
  created_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create unique index calendar_workspace_id_name_key on calendar (workspace_id, name);

-- Days that differ from the week and from public holidays.
create table calendar_day (
  workspace_id uuid not null,
  calendar_id uuid not null,
  -- YYYY-MM-DD.
  day text not null,
  name text not null,
  -- JSON: its hours, empty when closed.
  hours text not null,
  primary key (workspace_id, calendar_id, day)
) /*sqlite: without rowid*/;
