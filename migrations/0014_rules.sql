-- What happens by itself.
create table rule (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  enabled boolean not null,
  -- Since when it is on: what lay before does not concern it.
  enabled_at bigint,
  -- Its place: rules act one after the other.
  position integer not null,
  version integer not null,
  -- JSON of rules::Definition, that of its newest version.
  definition text not null,
  -- The secret that its webhooks are signed with, sealed.
  secret bytea,
  -- How it has done lately: failures in a row, and the last runs, one letter each.
  failures integer not null,
  recent text not null,
  -- Why it was switched off by itself.
  off_why text,
  fired bigint not null,
  fired_at bigint,
  deleted_at bigint,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;

-- Each change of a rule makes a version.
create table rule_version (
  workspace_id uuid not null,
  rule_id uuid not null,
  version integer not null,
  name text not null,
  definition text not null,
  created_by uuid not null,
  created_at bigint not null,
  primary key (workspace_id, rule_id, version)
) /*sqlite: without rowid*/;

-- What happened and rules have not looked at yet.
create table rule_event (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  -- See rules::Cause.
  cause smallint not null,
  at bigint not null,
  -- JSON: the rules whose doing it was.
  chain text not null,
  -- The place of the rule that has looked at it last.
  after_position integer not null,
  after_rule uuid not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;

-- Conversations that wait for a rule's time; due_at is null once it has come.
create table rule_due (
  workspace_id uuid not null,
  conversation_id uuid not null,
  rule_id uuid not null,
  -- From when the time is counted.
  since_at bigint not null,
  due_at bigint,
  chain text not null,
  primary key (workspace_id, conversation_id, rule_id)
) /*sqlite: without rowid*/;
create index rule_due_by_time on rule_due (workspace_id, due_at, conversation_id, rule_id) where due_at is not null;

-- What rules did, and why.
create table rule_run (
  workspace_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  version integer not null,
  conversation_id uuid not null,
  -- What it ran for: an event, or a conversation and the moment from which its time was counted. Once is enough.
  cause_id uuid not null,
  -- See rules::Cause, or rules::Since; one of them.
  cause smallint,
  since smallint,
  at bigint not null,
  -- See rules::Outcome.
  outcome smallint not null,
  -- JSON: what it did, which conditions held.
  did text not null,
  held text not null,
  why text not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create unique index rule_run_workspace_id_rule_id_cause_id_key on rule_run (workspace_id, rule_id, cause_id);
create index rule_run_by_rule on rule_run (workspace_id, rule_id, id desc);
create index rule_run_by_conversation on rule_run (workspace_id, conversation_id, id desc);

-- What a rule would have done.
create table rule_simulation (
  workspace_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  version integer not null,
  definition text not null,
  -- From when on, and how far back it has looked.
  from_at bigint not null,
  reached_at bigint not null,
  -- See rules::Progress.
  state smallint not null,
  looked_at bigint not null,
  fired bigint not null,
  created_by uuid not null,
  created_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index rule_simulation_by_rule on rule_simulation (workspace_id, rule_id, id desc);

create table rule_simulation_hit (
  workspace_id uuid not null,
  simulation_id uuid not null,
  at bigint not null,
  conversation_id uuid not null,
  primary key (workspace_id, simulation_id, at, conversation_id)
) /*sqlite: without rowid*/;
