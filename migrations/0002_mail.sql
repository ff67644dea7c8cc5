-- The mail engine: what leaves later, what is sealed, what was rearranged, whom nothing is sent to.

-- When an outgoing message is to leave, while that is ahead: until then it can be called back.
alter table message add column leaves_at bigint;
-- JSON: what calling it back restores; null once it has left.
alter table message add column recall text;
-- The original is sealed with the installation's key, since something in it was masked.
alter table message add column raw_sealed boolean not null default false;
alter table delivery add column raw_sealed boolean not null default false;
-- The conversation that this one was merged into; it stands in no list any more.
alter table conversation add column merged_into uuid;

-- Addresses that mail cannot be delivered to: nothing is sent there until somebody says so.
create table suppressed_address (
  workspace_id uuid not null,
  address text not null,
  reason text not null,
  -- Our message that came back.
  message_id uuid,
  since bigint not null,
  primary key (workspace_id, address)
) /*sqlite: without rowid*/;

-- How often something happened since a moment: brakes on automatic mail, limits of a mailbox. `key` says what and whom.
create table brake (
  workspace_id uuid not null,
  key text not null,
  since bigint not null,
  count bigint not null,
  primary key (workspace_id, key)
) /*sqlite: without rowid*/;

-- Merges, splits and moves of messages, each with what it takes to undo it.
create table rearrangement (
  workspace_id uuid not null,
  id uuid not null,
  kind smallint not null,
  -- From which conversation to which.
  from_id uuid not null,
  to_id uuid not null,
  agent_id uuid not null,
  at bigint not null,
  -- JSON: see conversations::rearrange.
  before text not null,
  undone_at bigint,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index rearrangement_from on rearrangement (workspace_id, from_id, id);
create index rearrangement_to on rearrangement (workspace_id, to_id, id);

-- Domains that mail is signed for (DKIM, RFC 6376).
create table mail_domain (
  workspace_id uuid not null,
  domain text not null,
  selector text not null,
  -- `rsa` or `ed25519`.
  algorithm text not null,
  public_key text not null,
  -- Sealed.
  private_key bytea not null,
  active boolean not null,
  created_at bigint not null,
  primary key (workspace_id, domain)
) /*sqlite: without rowid*/;

-- Sign-ins at providers (OAuth 2.0), for mailboxes that are opened so.
create table mailbox_token (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  -- Sealed: access token and refresh token.
  tokens bytea not null,
  -- Until when the access token is good.
  good_until bigint not null,
  -- Until when one node is about to refresh it.
  leased_until bigint not null,
  primary key (workspace_id, mailbox_id)
) /*sqlite: without rowid*/;

-- Settings of a workspace, one JSON object a name.
create table setting (
  workspace_id uuid not null,
  name text not null,
  value text not null,
  updated_at bigint not null,
  primary key (workspace_id, name)
) /*sqlite: without rowid*/;

-- What one node does for all, and until when it is taken to be alive.
create table lease (
  workspace_id uuid not null,
  name text not null,
  holder uuid not null,
  until bigint not null,
  primary key (workspace_id, name)
) /*sqlite: without rowid*/;

-- What has arrived and is still to be read: an answer waits for the mail it answers.
create index delivery_unread on delivery (workspace_id, id) where state = 0;
