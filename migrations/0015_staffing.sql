-- How many of customers' messages arrived in each hour, and how many of them began a conversation: kept by the writes. The team is the
-- one that the conversation belonged to, or was given to first; all zeros for all of them together, with a team and without.
create table arrival_hour (
  workspace_id uuid not null,
  channel text not null,
  team_id uuid not null,
  -- When the hour began.
  hour bigint not null,
  messages bigint not null,
  openings bigint not null,
  primary key (workspace_id, channel, team_id, hour)
) /*sqlite: without rowid*/;

-- What is promised in a channel, and the shifts that are planned for it; all zeros for the whole desk.
create table shift_plan (
  workspace_id uuid not null,
  channel text not null,
  team_id uuid not null,
  -- JSON: see staffing::Aim and staffing::Week.
  aim text not null,
  week text not null,
  updated_at bigint not null,
  primary key (workspace_id, channel, team_id)
) /*sqlite: without rowid*/;

-- How far counting of what arrived before there was such counting has got in the event log; nothing where there was nothing before.
create table arrival_past (
  workspace_id uuid not null,
  after_seq bigint not null,
  until_seq bigint not null,
  primary key (workspace_id)
) /*sqlite: without rowid*/;
insert into arrival_past (workspace_id, after_seq, until_seq) select workspace_id, 0, event_seq from workspace;

-- One row for each conversation that a customer began and somebody answered: what reports compare.
create table case_fact (
  workspace_id uuid not null,
  conversation_id uuid not null,
  answered_at bigint not null,
  -- Of the first answer, by the clock of the default business hours: 0 to 23.
  hour smallint not null,
  agent_id uuid,
  team_id uuid,
  channel text not null,
  type_id uuid,
  priority smallint not null,
  -- Seconds of business hours from the customer's message to the first answer.
  response bigint not null,
  resolved_at bigint,
  -- Seconds of business hours from the customer's message until it was settled.
  resolution bigint,
  -- How often the customer wrote again after it was settled.
  reopened integer not null,
  primary key (workspace_id, conversation_id)
) /*sqlite: without rowid*/;
create index case_fact_by_answer on case_fact (workspace_id, answered_at desc, conversation_id desc);

-- How far conversations from before have been looked through, by their number.
create table case_past (
  workspace_id uuid not null,
  after_number bigint not null,
  done boolean not null,
  primary key (workspace_id)
) /*sqlite: without rowid*/;
insert into case_past (workspace_id, after_number, done) select workspace_id, 0, false from workspace;
