-- Working together: macros, mentions and notifications, hand-offs, side conversations, linked problems, drafts for review.

create table macro (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  folder text not null,
  -- Whose: see macros::Audience.
  audience smallint not null,
  team_id uuid,
  owner_id uuid not null,
  -- JSON: see macros::Actions.
  actions text not null,
  -- Kept by the writes: how often used, edited before it was sent, reopened by the customer afterwards.
  used bigint not null,
  edited bigint not null,
  reopened bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index macro_by_name on macro (workspace_id, folder, name, id);

create table macro_text (
  workspace_id uuid not null,
  macro_id uuid not null,
  language text not null,
  body text not null,
  primary key (workspace_id, macro_id, language)
) /*sqlite: without rowid*/;

-- Macros put into a draft whose actions wait for the send.
create table macro_pending (
  workspace_id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  macro_id uuid not null,
  -- What was put into the draft.
  text text not null,
  actions text not null,
  at bigint not null,
  primary key (workspace_id, agent_id, conversation_id, macro_id)
) /*sqlite: without rowid*/;

-- Each use, with what undoing its actions restores.
create table macro_run (
  workspace_id uuid not null,
  id uuid not null,
  macro_id uuid not null,
  conversation_id uuid not null,
  agent_id uuid not null,
  -- The answer or note that it was used in; null when only its actions were taken.
  message_id uuid,
  text text not null,
  actions text not null,
  before text not null,
  edited boolean not null,
  reopened boolean not null,
  at bigint not null,
  undone_at bigint,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index macro_run_by_conversation on macro_run (workspace_id, conversation_id, id) where undone_at is null;
create index macro_run_by_message on macro_run (workspace_id, message_id, id) where message_id is not null;

-- Who was mentioned in notes of a conversation. Status and last activity are copied in, as with tags.
create table mention (
  workspace_id uuid not null,
  conversation_id uuid not null,
  agent_id uuid not null,
  status smallint not null,
  last_activity_at bigint not null,
  mentioned_at bigint not null,
  primary key (workspace_id, conversation_id, agent_id)
) /*sqlite: without rowid*/;
create index mention_list on mention (workspace_id, agent_id, status, last_activity_at desc, conversation_id desc);

create table notification (
  workspace_id uuid not null,
  agent_id uuid not null,
  id uuid not null,
  -- See notifications::Kind.
  kind smallint not null,
  conversation_id uuid not null,
  message_id uuid,
  -- Who did it: Actor's number and id.
  actor_kind smallint not null,
  actor_id uuid,
  in_app boolean not null,
  by_mail boolean not null,
  at bigint not null,
  read_at bigint,
  mailed_at bigint,
  primary key (workspace_id, agent_id, id)
) /*sqlite: without rowid*/;
create index notification_in_app on notification (workspace_id, agent_id, id desc) where in_app;
create index notification_unread on notification (workspace_id, agent_id, conversation_id, id) where read_at is null;
create index notification_to_mail on notification (workspace_id, agent_id, id) where by_mail and read_at is null and mailed_at is null;
create index notification_old on notification (workspace_id, id);

-- Kept by the writes: how many an agent has not read; and when they last had a digest.
create table notification_state (
  workspace_id uuid not null,
  agent_id uuid not null,
  unread bigint not null,
  mailed_at bigint,
  primary key (workspace_id, agent_id)
) /*sqlite: without rowid*/;

-- By which ways an agent wants to hear of a kind, where that is not the standard: see notifications::Ways.
create table notification_way (
  workspace_id uuid not null,
  agent_id uuid not null,
  kind smallint not null,
  in_app boolean not null,
  by_mail boolean not null,
  by_push boolean not null,
  primary key (workspace_id, agent_id, kind)
) /*sqlite: without rowid*/;

-- Browsers that take messages from us (RFC 8030).
create table push_subscription (
  workspace_id uuid not null,
  agent_id uuid not null,
  id uuid not null,
  -- SHA-256 of the endpoint: the same browser twice is one.
  endpoint_hash bytea not null,
  endpoint text not null,
  -- The browser's key and secret (RFC 8291).
  p256dh bytea not null,
  auth bytea not null,
  browser text not null,
  created_at bigint not null,
  primary key (workspace_id, agent_id, id),
  unique (workspace_id, endpoint_hash)
) /*sqlite: without rowid*/;

-- Giving a conversation to somebody else, with what they need to know.
create table handoff (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  -- Who gives it, and whose it was.
  from_agent uuid not null,
  before_agent uuid,
  before_team uuid,
  to_agent uuid,
  to_team uuid,
  asked text not null,
  tried text not null,
  promised text not null,
  known text not null,
  -- See handoffs::State.
  state smallint not null,
  reason text not null,
  asked_at bigint not null,
  decided_by uuid,
  decided_at bigint,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index handoff_by_conversation on handoff (workspace_id, conversation_id, id desc);
create unique index handoff_workspace_id_conversation_id_key on handoff (workspace_id, conversation_id) where state = 1;
create index handoff_to_agent on handoff (workspace_id, to_agent, id desc) where state = 1 and to_agent is not null;

-- Who held a conversation from when until when, and how long the customer waited meanwhile. The last one is open.
create table holding (
  workspace_id uuid not null,
  conversation_id uuid not null,
  since bigint not null,
  id uuid not null,
  -- 0 nobody, 1 an agent, 2 a team.
  holder_kind smallint not null,
  holder_id uuid,
  until bigint,
  -- Microseconds, up to `waiting_from`, where the clock of waiting runs.
  waited bigint not null,
  waiting_from bigint,
  primary key (workspace_id, conversation_id, since, id)
) /*sqlite: without rowid*/;
create unique index holding_workspace_id_conversation_id_key on holding (workspace_id, conversation_id) where until is null;

-- What one person did, newest first.
create index event_by_actor on event (workspace_id, actor_id, seq desc) where actor_id is not null;

-- Side conversations are conversations of their own; this says to which one each belongs.
create table side (
  workspace_id uuid not null,
  side_id uuid not null,
  parent_id uuid not null,
  client_id uuid not null,
  agent_id uuid not null,
  at bigint not null,
  primary key (workspace_id, side_id),
  unique (workspace_id, parent_id, client_id)
) /*sqlite: without rowid*/;
create index side_by_parent on side (workspace_id, parent_id, side_id);
