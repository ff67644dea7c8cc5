-- Drafts that wait for a colleague's review.

create table review (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  author_id uuid not null,
  -- Whom the author asked; both null: anyone.
  to_agent uuid,
  to_team uuid,
  remark text not null,
  -- What the author wrote, and what it is now. The files of the draft are uploads whose agent is this review's id.
  asked_text text not null,
  text text not null,
  -- Goes up with each change of the text.
  revision integer not null,
  edited_by uuid,
  -- See reviews::State.
  state smallint not null,
  -- What the reviewer says to the author.
  answer text not null,
  -- The newest message that the author had seen.
  seen_id uuid,
  asked_at bigint not null,
  decided_by uuid,
  decided_at bigint,
  -- What it became.
  message_id uuid,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create unique index review_workspace_id_conversation_id_key on review (workspace_id, conversation_id) where state <= 2;
create index review_by_conversation on review (workspace_id, conversation_id, id desc);
create index review_by_message on review (workspace_id, message_id) where message_id is not null;
