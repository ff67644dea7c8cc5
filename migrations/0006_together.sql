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
