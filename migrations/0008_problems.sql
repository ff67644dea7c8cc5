-- Linked problems: many conversations, one cause, one answer to all.

alter table workspace add column problem_number bigint not null default 0;

create table problem (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  title text not null,
  -- What is known, for colleagues; Markdown.
  known text not null,
  -- See problems::State.
  state smallint not null,
  owner_id uuid,
  opened_by uuid not null,
  opened_at bigint not null,
  -- When a conversation was last added or it was last changed: the likeliest stand first.
  used_at bigint not null,
  solved_at bigint,
  solved_by uuid,
  -- Kept by the writes.
  conversations bigint not null,
  -- Which answer is being written: nobody gets the same one twice. A new one begins without texts.
  answer bigint not null,
  -- Counts up with every change of the texts: what is sent is what was looked at.
  revision bigint not null,
  -- The language whose text goes to those for whom there is none.
  standard text,
  primary key (workspace_id, id),
  unique (workspace_id, number)
) /*sqlite: without rowid*/;
create index problem_list on problem (workspace_id, state, used_at desc, id desc);

-- Which conversation is part of which problem: of one at most.
create table problem_member (
  workspace_id uuid not null,
  conversation_id uuid not null,
  problem_id uuid not null,
  added_at bigint not null,
  added_by uuid,
  -- Which language its customer reads, as far as it is known; else empty.
  language text not null,
  -- It was merged into another conversation; it is back when that is undone.
  gone boolean not null,
  -- It is part of the problem because this conversation was merged into it.
  merged_from uuid,
  primary key (workspace_id, conversation_id)
) /*sqlite: without rowid*/;
create index problem_member_list on problem_member (workspace_id, problem_id, added_at, conversation_id) where not gone;

-- How many of its conversations are read in which language. Kept by the writes.
create table problem_language (
  workspace_id uuid not null,
  problem_id uuid not null,
  language text not null,
  conversations bigint not null,
  primary key (workspace_id, problem_id, language)
) /*sqlite: without rowid*/;

-- The answer that is being written, by language.
create table problem_text (
  workspace_id uuid not null,
  problem_id uuid not null,
  language text not null,
  body text not null,
  primary key (workspace_id, problem_id, language)
) /*sqlite: without rowid*/;

-- Sending an answer to all.
create table problem_send (
  workspace_id uuid not null,
  id uuid not null,
  problem_id uuid not null,
  answer bigint not null,
  agent_id uuid not null,
  -- JSON: see problems::Answer. What was looked at is what is sent.
  texts text not null,
  only_open boolean not null,
  -- See problems::Afterwards.
  afterwards smallint not null,
  -- See problems::Progress.
  state smallint not null,
  -- Behind which member it goes on.
  after_at bigint,
  after_id uuid,
  total bigint not null,
  sent bigint not null,
  passed_over bigint not null,
  failed bigint not null,
  created_at bigint not null,
  -- Until then nothing leaves, and it can be called off.
  begins_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index problem_send_list on problem_send (workspace_id, problem_id, id desc);

-- What became of an answer in a conversation.
create table problem_item (
  workspace_id uuid not null,
  problem_id uuid not null,
  answer bigint not null,
  conversation_id uuid not null,
  send_id uuid not null,
  -- See problems::Outcome.
  outcome smallint not null,
  -- Why not: see problems::Reason; and what of.
  reason smallint,
  detail text not null,
  message_id uuid,
  at bigint not null,
  primary key (workspace_id, problem_id, answer, conversation_id)
) /*sqlite: without rowid*/;
create index problem_item_by_send on problem_item (workspace_id, send_id, outcome, conversation_id);
create index problem_item_by_message on problem_item (workspace_id, message_id) where message_id is not null;
