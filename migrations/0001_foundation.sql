-- Every key starts with workspace_id: isolation today, the sharding key tomorrow. Times are microseconds UTC.
-- Small enums are integers; their meaning stands beside the Rust enum of the same name. JSON is kept as text.

create table workspace (
  workspace_id uuid not null,
  name text not null,
  created_at bigint not null,
  -- Count up with every event and every conversation; updated late in a unit of work, so that the row is locked briefly.
  event_seq bigint not null,
  conversation_number bigint not null,
  primary key (workspace_id)
) /*sqlite: without rowid*/;

create table event (
  workspace_id uuid not null,
  seq bigint not null,
  at bigint not null,
  kind text not null,
  actor_kind smallint not null,
  actor_id uuid,
  conversation_id uuid,
  data text not null,
  primary key (workspace_id, seq)
) /*sqlite: without rowid*/;
create index event_by_conversation on event (workspace_id, conversation_id, seq) where conversation_id is not null;

create table job (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  dedupe_key text,
  payload text not null,
  -- 0 ready or running, 1 dead letter. A finished job is deleted.
  state smallint not null,
  -- When it is due; while a worker holds it, when that worker's lease ends.
  run_at bigint not null,
  attempts integer not null,
  last_error text,
  created_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create unique index job_workspace_id_kind_dedupe_key_key on job (workspace_id, kind, dedupe_key)
  where state = 0 and dedupe_key is not null;
-- Workers of a node serve all its workspaces: the one index that does not start with the workspace.
create index job_due on job (run_at, id) where state = 0;
create index job_dead on job (workspace_id, id) where state = 1;

-- People ---------------------------------------------------------------------------------------------------------

create table agent (
  workspace_id uuid not null,
  id uuid not null,
  email text not null,
  name text not null,
  role smallint not null,
  password_hash text not null,
  active boolean not null,
  preferences text not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, email)
) /*sqlite: without rowid*/;

create table session (
  workspace_id uuid not null,
  token_hash bytea not null,
  agent_id uuid not null,
  created_at bigint not null,
  last_seen_at bigint not null,
  expires_at bigint not null,
  user_agent text not null,
  ip text not null,
  primary key (workspace_id, token_hash)
) /*sqlite: without rowid*/;
create index session_by_agent on session (workspace_id, agent_id, created_at);
create index session_expiry on session (workspace_id, expires_at);

create table sign_in_throttle (
  workspace_id uuid not null,
  key text not null,
  failures integer not null,
  since bigint not null,
  primary key (workspace_id, key)
) /*sqlite: without rowid*/;

create table team (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
) /*sqlite: without rowid*/;

create table team_member (
  workspace_id uuid not null,
  team_id uuid not null,
  agent_id uuid not null,
  primary key (workspace_id, team_id, agent_id)
) /*sqlite: without rowid*/;
create index team_member_by_agent on team_member (workspace_id, agent_id, team_id);

-- Customers ------------------------------------------------------------------------------------------------------

create table customer (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  created_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;

create table customer_address (
  workspace_id uuid not null,
  address text not null,
  customer_id uuid not null,
  created_at bigint not null,
  primary key (workspace_id, address)
) /*sqlite: without rowid*/;
create index customer_address_by_customer on customer_address (workspace_id, customer_id);

-- Mailboxes and what arrives in them -----------------------------------------------------------------------------

create table mailbox (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  address text not null,
  settings text not null,
  secrets bytea,
  active boolean not null,
  health text not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, address)
) /*sqlite: without rowid*/;

-- How far each folder of a mailbox has been read (RFC 9051: UIDVALIDITY, UID).
create table mailbox_cursor (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  folder text not null,
  uid_validity bigint not null,
  last_uid bigint not null,
  updated_at bigint not null,
  primary key (workspace_id, mailbox_id, folder)
) /*sqlite: without rowid*/;

-- The journal: each arrival as it came, before anybody looked into it.
create table delivery (
  workspace_id uuid not null,
  id uuid not null,
  channel text not null,
  mailbox_id uuid,
  source_key text not null,
  blob bytea not null,
  size bigint not null,
  envelope text not null,
  received_at bigint not null,
  state smallint not null,
  message_id uuid,
  error text,
  primary key (workspace_id, id),
  unique (workspace_id, source_key)
) /*sqlite: without rowid*/;
create index delivery_blob on delivery (workspace_id, blob);
create index delivery_failed on delivery (workspace_id, id) where state = 2;

-- Conversations --------------------------------------------------------------------------------------------------

create table conversation (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  subject text not null,
  channel text not null,
  mailbox_id uuid,
  customer_id uuid not null,
  customer_name text not null,
  status smallint not null,
  priority smallint not null,
  assignee_id uuid,
  team_id uuid,
  preview text not null,
  message_count integer not null,
  created_at bigint not null,
  last_activity_at bigint not null,
  -- Since when the customer has been waiting for an answer; null when it is their turn. Kept when it is resolved, so that
  -- undoing that lets them wait on.
  waiting_since bigint,
  -- The moment after which leaving it unanswered is neglect: orders "neglected", riskiest first.
  respond_by bigint,
  first_response_at bigint,
  resolved_at bigint,
  primary key (workspace_id, id),
  unique (workspace_id, number)
) /*sqlite: without rowid*/;
create index conversation_list on conversation (workspace_id, status, last_activity_at desc, id desc);
create index conversation_mine on conversation (workspace_id, assignee_id, status, last_activity_at desc, id desc)
  where assignee_id is not null;
create index conversation_unassigned on conversation (workspace_id, status, last_activity_at desc, id desc)
  where assignee_id is null;
create index conversation_team on conversation (workspace_id, team_id, status, last_activity_at desc, id desc)
  where team_id is not null;
create index conversation_neglected on conversation (workspace_id, respond_by, id) where respond_by is not null;
create index conversation_customer on conversation (workspace_id, customer_id, last_activity_at desc, id desc);

-- Who takes part by mail: only they may continue a conversation.
create table participant (
  workspace_id uuid not null,
  conversation_id uuid not null,
  address text not null,
  primary key (workspace_id, conversation_id, address)
) /*sqlite: without rowid*/;

create table message (
  workspace_id uuid not null,
  conversation_id uuid not null,
  id uuid not null,
  kind smallint not null,
  author_kind smallint not null,
  author_id uuid,
  author_name text not null,
  -- What is shown first: plain text without quotes. Notes and replies keep their Markdown here.
  body text not null,
  -- The whole plain text, where it is longer than body.
  full_text text,
  -- Cleaned HTML, where there is any.
  html text,
  -- JSON: from, to, cc, date, authentication, warnings … as they are shown.
  header text not null,
  rfc_message_id text,
  content_hash bytea,
  raw_blob bytea,
  attachment_count integer not null,
  created_at bigint not null,
  -- Of outgoing messages: see DeliveryState.
  delivery smallint,
  delivery_note text,
  delivered_at bigint,
  client_id uuid,
  primary key (workspace_id, conversation_id, id)
) /*sqlite: without rowid*/;
create unique index message_workspace_id_id_key on message (workspace_id, id);
create unique index message_workspace_id_conversation_id_client_id_key
  on message (workspace_id, conversation_id, client_id) where client_id is not null;
create index message_raw_blob on message (workspace_id, raw_blob) where raw_blob is not null;

-- Which message a mail's Message-ID belongs to: incoming ones and our own. Strangers' Message-IDs may meet, so what tells two
-- mails apart is the id with the content: of two who take in the same mail at once, the key lets one pass.
create table message_reference (
  workspace_id uuid not null,
  rfc_message_id text not null,
  -- Of an incoming mail the hash of its content; of our own, the message's id.
  content bytea not null,
  message_id uuid not null,
  conversation_id uuid not null,
  primary key (workspace_id, rfc_message_id, content)
) /*sqlite: without rowid*/;

create table attachment (
  workspace_id uuid not null,
  message_id uuid not null,
  position smallint not null,
  id uuid not null,
  name text not null,
  content_type text not null,
  size bigint not null,
  is_inline boolean not null,
  content_id text,
  blob bytea not null,
  primary key (workspace_id, message_id, position),
  unique (workspace_id, id)
) /*sqlite: without rowid*/;
create index attachment_blob on attachment (workspace_id, blob);

-- A file that an agent has added to a draft and not sent yet.
create table upload (
  workspace_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  name text not null,
  content_type text not null,
  size bigint not null,
  blob bytea not null,
  created_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index upload_of_draft on upload (workspace_id, agent_id, conversation_id, id);
create index upload_blob on upload (workspace_id, blob);

create table draft (
  workspace_id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  kind smallint not null,
  body text not null,
  updated_at bigint not null,
  primary key (workspace_id, agent_id, conversation_id)
) /*sqlite: without rowid*/;
create index draft_by_conversation on draft (workspace_id, conversation_id, agent_id);

create table seen (
  workspace_id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  seen_at bigint not null,
  primary key (workspace_id, agent_id, conversation_id)
) /*sqlite: without rowid*/;

create table tag (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
) /*sqlite: without rowid*/;

-- Status and last activity are copied in, so that "open, tagged x" is one range scan.
create table conversation_tag (
  workspace_id uuid not null,
  conversation_id uuid not null,
  tag_id uuid not null,
  status smallint not null,
  last_activity_at bigint not null,
  primary key (workspace_id, conversation_id, tag_id)
) /*sqlite: without rowid*/;
create index conversation_tag_list
  on conversation_tag (workspace_id, tag_id, status, last_activity_at desc, conversation_id desc);

-- How many conversations a view holds, kept by each write. `key` is the agent, team or tag; zero where there is none.
create table view_count (
  workspace_id uuid not null,
  view smallint not null,
  key uuid not null,
  count bigint not null,
  primary key (workspace_id, view, key)
) /*sqlite: without rowid*/;

-- Search: tokens of our own making (base::text) in each engine's index. Documents are numbered as they are first indexed;
-- see base::search for what the numbers and the tokens that begin with ~ are for.
--# sqlite
create table search_entry (
  seq integer primary key,
  workspace_id uuid not null,
  document_id uuid not null,
  group_id uuid not null,
  at bigint not null,
  head text not null,
  unique (workspace_id, document_id)
);
create virtual table search_index using fts5 (
  scope, head, body, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '~@.-_/+:,'"
);
-- Every word that a document holds: what an unfinished word may become.
create table search_word (
  workspace_id uuid not null,
  word text not null,
  primary key (workspace_id, word)
) without rowid;
--# postgres
create sequence search_entry_seq;
create table search_entry (
  workspace_id uuid not null,
  document_id uuid not null,
  group_id uuid not null,
  at bigint not null,
  seq bigint not null,
  head text not null,
  tokens tsvector not null,
  primary key (workspace_id, document_id)
);
-- Tokens are kept apart from the rows: those are read by the hundred for a common word, the tokens hardly ever.
alter table search_entry alter column tokens set storage external;
alter table search_entry set (toast_tuple_target = 128);
create index search_entry_by_group on search_entry (workspace_id, group_id);
create index search_entry_tokens on search_entry using gin (tokens) with (fastupdate = off);
-- Every word that a document holds: what an unfinished word may become.
create table search_word (
  workspace_id uuid not null,
  word text collate "C" not null,
  primary key (workspace_id, word)
);
--# both
