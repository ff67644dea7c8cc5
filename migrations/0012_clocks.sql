-- How long things may take, and for which conversations. The first one that a conversation meets holds.
create table clock_policy (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  position integer not null,
  -- Whose hours it counts; null for the default calendar's.
  calendar_id uuid,
  -- JSON: for which conversations, see conversations::views::Filter.
  filter text not null,
  -- JSON: minutes by kind and priority, see clocks::Targets.
  targets text not null,
  -- After which share of a target there is a warning.
  warn_percent smallint not null,
  created_at bigint not null,
  archived_at bigint,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;

-- What has passed of each target. A row is written when something turns, never because time passes.
create table clock (
  workspace_id uuid not null,
  conversation_id uuid not null,
  kind smallint not null,
  started_at bigint not null,
  policy_id uuid not null,
  calendar_id uuid,
  -- Open time, in microseconds: there is, and was counted before `ran`.
  target bigint not null,
  counted bigint not null,
  -- JSON: pairs of moments between which it ran.
  ran text not null,
  running_since bigint,
  warn_percent smallint not null,
  -- When its target will have passed, and when it rings next; null while it does not run.
  due_at bigint,
  ring_at bigint,
  warned_at bigint,
  breached_at bigint,
  ended_at bigint,
  outcome smallint,
  -- To whom it was counted, and when: whoever held the conversation when it was missed, or met.
  counted_at bigint,
  holder_kind smallint,
  holder_id uuid,
  primary key (workspace_id, conversation_id, kind, started_at)
) /*sqlite: without rowid*/;
create index clock_ring on clock (workspace_id, ring_at, conversation_id) where ring_at is not null;
create index clock_missed on clock (workspace_id, breached_at, conversation_id, kind) where breached_at is not null;
create index clock_missed_by on clock (workspace_id, holder_id, breached_at, conversation_id, kind) where breached_at is not null;
create index clock_running on clock (workspace_id, due_at, conversation_id) where due_at is not null;

-- How many were met and missed: by the day in the default calendar's zone, policy, kind and holder.
create table clock_tally (
  workspace_id uuid not null,
  -- Days since 1970-01-01.
  day integer not null,
  policy_id uuid not null,
  kind smallint not null,
  holder_kind smallint not null,
  -- The nil id for nobody.
  holder_id uuid not null,
  met bigint not null,
  missed bigint not null,
  primary key (workspace_id, day, policy_id, kind, holder_kind, holder_id)
) /*sqlite: without rowid*/;

-- When the customer is owed an answer by their clock; null where no policy says.
alter table conversation add column response_due bigint;

-- How long customers waited for the first answer, in microseconds of open time.
create table first_wait (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  answered_at bigint not null,
  conversation_id uuid not null,
  waited bigint not null,
  primary key (workspace_id, mailbox_id, answered_at, conversation_id)
) /*sqlite: without rowid*/;

-- Until when customers were told to have an answer, and whether that held: 1, or 0.
create table told_wait (
  workspace_id uuid not null,
  conversation_id uuid not null,
  told_at bigint not null,
  until_at bigint not null,
  held smallint,
  primary key (workspace_id, conversation_id)
) /*sqlite: without rowid*/;
create index told_wait_told on told_wait (workspace_id, told_at desc);

-- How often the customer has written since they wait, and the moment that lists are ordered by, riskiest first: earlier than respond_by
-- for who had to write again.
alter table conversation add column waiting_messages integer not null default 0;
alter table conversation add column risk_at bigint;
update conversation set risk_at = respond_by, waiting_messages = 1 where respond_by is not null;
drop index conversation_neglected;
create index conversation_neglected on conversation (workspace_id, risk_at, id) where risk_at is not null;
drop index conversation_risk;
create index conversation_risk on conversation (workspace_id, status, coalesce(risk_at, 9223372036854775807), id);
