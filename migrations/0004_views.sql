-- Views, fields, and what agents do with many conversations at once.

-- When a snoozed conversation wakes by itself; null while it waits for the customer.
alter table conversation add column snoozed_until bigint;
-- Which fields it has; null stands for the default type.
alter table conversation add column type_id uuid;
-- The subject in the form in which words are compared (base::text), so that "contains" is the same on both engines.
alter table conversation add column subject_folded text not null default '';
update conversation set subject_folded = lower(subject);

create index conversation_snoozed on conversation (workspace_id, coalesce(snoozed_until, 9223372036854775807), id) where status = 2;
create index conversation_created on conversation (workspace_id, status, created_at desc, id desc);
-- Those whose customer waits first, riskiest first; then all others.
create index conversation_risk on conversation (workspace_id, status, coalesce(respond_by, 9223372036854775807), id);
-- Priority first, then last activity, in one number.
create index conversation_priority
  on conversation (workspace_id, status, (priority * 4000000000000000 + last_activity_at) desc, id desc);

-- Who is told what happens in a conversation.
create table follower (
  workspace_id uuid not null,
  conversation_id uuid not null,
  agent_id uuid not null,
  since bigint not null,
  primary key (workspace_id, conversation_id, agent_id)
) /*sqlite: without rowid*/;
create index follower_by_agent on follower (workspace_id, agent_id, conversation_id);

-- What an agent keeps on top of their lists.
create table pin (
  workspace_id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  pinned_at bigint not null,
  primary key (workspace_id, agent_id, conversation_id)
) /*sqlite: without rowid*/;

create table conversation_link (
  workspace_id uuid not null,
  conversation_id uuid not null,
  other_id uuid not null,
  kind smallint not null,
  agent_id uuid not null,
  at bigint not null,
  primary key (workspace_id, conversation_id, other_id)
) /*sqlite: without rowid*/;
create index conversation_link_other on conversation_link (workspace_id, other_id, conversation_id);

create table conversation_type (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  is_default boolean not null,
  archived_at bigint,
  created_at bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
) /*sqlite: without rowid*/;

create table field (
  workspace_id uuid not null,
  id uuid not null,
  -- Null: conversations of every type have it.
  type_id uuid,
  name text not null,
  kind smallint not null,
  required boolean not null,
  -- JSON: see fields::Limits.
  limits text not null,
  position integer not null,
  archived_at bigint,
  created_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;

-- A row for each value; of several choices, one for each. Status and last activity are copied in, so that "open, field is x" is one
-- range scan.
create table conversation_field (
  workspace_id uuid not null,
  conversation_id uuid not null,
  field_id uuid not null,
  -- What it is compared by, and found by in the index.
  key text not null,
  value text not null,
  -- Of numbers, and of dates as days since 1970.
  number double precision,
  status smallint not null,
  last_activity_at bigint not null,
  primary key (workspace_id, conversation_id, field_id, key)
) /*sqlite: without rowid*/;
create index conversation_field_list
  on conversation_field (workspace_id, field_id, key, status, last_activity_at desc, conversation_id desc);

create table saved_view (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  -- Whose own it is; null where others see it too.
  agent_id uuid,
  -- For which team; null with no agent: for everyone.
  team_id uuid,
  created_by uuid not null,
  -- JSON: see views::Filter, views::Detail.
  filter text not null,
  details text not null,
  sort smallint not null,
  position integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;

-- One change to many conversations.
create table bulk (
  workspace_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  -- JSON: see bulk::Change.
  change text not null,
  -- The view that it goes through, and where it goes on; null for chosen conversations.
  view text,
  cursor text,
  -- See bulk::State.
  state smallint not null,
  -- How many it is about; of a large view, the least it can be.
  total bigint not null,
  changed bigint not null,
  passed_over bigint not null,
  -- By undoing it: put back, and left since they have changed meanwhile.
  restored bigint not null,
  left_alone bigint not null,
  created_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index bulk_by_agent on bulk (workspace_id, agent_id, id);

-- What it takes to undo it, conversation by conversation.
create table bulk_item (
  workspace_id uuid not null,
  bulk_id uuid not null,
  conversation_id uuid not null,
  -- JSON.
  before text not null,
  primary key (workspace_id, bulk_id, conversation_id)
) /*sqlite: without rowid*/;
