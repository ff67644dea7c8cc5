-- Playbooks: what is to be done in conversations of a kind, in which order.
create table procedure (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  -- Conversations of which type it is for; null for any.
  type_id uuid,
  -- JSON: further conditions, see conversations::views::Filter; empty for none.
  conditions text not null,
  -- Its newest version.
  version integer not null,
  -- The highest key that a step of any version ever had.
  last_key integer not null,
  -- What is too much in one conversation; null for no limit.
  most_steps integer,
  most_messages integer,
  most_handoffs integer,
  -- Who is told of it; null for all administrators.
  lead_id uuid,
  -- The tag that such a conversation gets; empty for none.
  tag text not null,
  created_by uuid not null,
  created_at bigint not null,
  archived_at bigint,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create unique index procedure_workspace_id_name_key on procedure (workspace_id, name);

-- What a procedure was at a time; never changed.
create table procedure_version (
  workspace_id uuid not null,
  procedure_id uuid not null,
  number integer not null,
  -- JSON: see procedures::Step.
  steps text not null,
  created_by uuid not null,
  created_at bigint not null,
  primary key (workspace_id, procedure_id, number)
) /*sqlite: without rowid*/;

-- A procedure in a conversation.
create table procedure_run (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  procedure_id uuid not null,
  version integer not null,
  -- See procedures::State; up to 4 it is the conversation's own.
  state smallint not null,
  -- At which step it was left; 0 for none.
  left_step integer not null,
  -- Somebody chose it.
  by_hand boolean not null,
  -- Required steps on its way that are not done: kept by each change.
  missing integer not null,
  -- What was done, said and handed on since it began.
  steps_taken integer not null,
  messages integer not null,
  handoffs integer not null,
  -- When it became too much, and of what: see procedures::Cap.
  escalated_at bigint,
  escalated_for smallint,
  begun_by uuid,
  begun_at bigint not null,
  ended_at bigint,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create unique index procedure_run_workspace_id_conversation_id_key on procedure_run (workspace_id, conversation_id) where state <= 4;
create index procedure_run_by_conversation on procedure_run (workspace_id, conversation_id, id desc);
create index procedure_run_by_version on procedure_run (workspace_id, procedure_id, version, id desc);
create index procedure_run_by_state on procedure_run (workspace_id, procedure_id, version, state, left_step, id desc);

-- A step that is done.
create table procedure_mark (
  workspace_id uuid not null,
  run_id uuid not null,
  step integer not null,
  -- Of decisions: which answer, from 0.
  answer integer,
  -- Who; null where it was known already.
  agent_id uuid,
  at bigint not null,
  primary key (workspace_id, run_id, step)
) /*sqlite: without rowid*/;

-- A conversation that was resolved although required steps were missing.
create table procedure_override (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  procedure_id uuid not null,
  version integer not null,
  -- The first step that was missing.
  step integer not null,
  reason text not null,
  agent_id uuid not null,
  at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index procedure_override_by_version on procedure_override (workspace_id, procedure_id, version, id desc);

-- How many runs of a version are in a state, left at a step; state 0 counts all that began. Kept by each change.
create table procedure_count (
  workspace_id uuid not null,
  procedure_id uuid not null,
  version integer not null,
  state smallint not null,
  step integer not null,
  total bigint not null,
  primary key (workspace_id, procedure_id, version, state, step)
) /*sqlite: without rowid*/;
