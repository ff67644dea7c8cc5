-- The customer's whole story: who they are, how they want to be written to, where they belong, and what they agreed to.

-- What a name is ordered and searched by: folded (base::text). Empty until the customer is next written.
--# sqlite
alter table customer add column name_key text not null default '';
--# postgres
alter table customer add column name_key text collate "C" not null default '';
--# both
alter table customer add column phone text;
alter table customer add column organisation_id uuid;
-- An agent chose the organisation, or that there is none: domains no longer decide.
alter table customer add column organisation_by_hand boolean not null default false;
-- JSON: see customers::Preferences.
alter table customer add column preferences text not null default '{}';
-- A copy of what the consent ledger says about any contact.
alter table customer add column do_not_contact boolean not null default false;
-- The customer that this one turned out to be.
alter table customer add column merged_into uuid;
alter table customer add column updated_at bigint not null default 0;
update customer set name_key = lower(name), updated_at = created_at;
create index customer_by_name on customer (workspace_id, name_key, id) where merged_into is null;
create index customer_by_organisation on customer (workspace_id, organisation_id, name_key, id) where organisation_id is not null;
create index customer_by_phone on customer (workspace_id, phone, id) where phone is not null;

-- By what a customer is recognised. `kind`: 1 e-mail address; see customers::IdentityKind.
create table customer_identity (
  workspace_id uuid not null,
  kind smallint not null,
  value text not null,
  customer_id uuid not null,
  created_at bigint not null,
  -- Variants of one address (plus tags, dots) have the same.
  likeness text not null,
  primary key (workspace_id, kind, value)
) /*sqlite: without rowid*/;
create index customer_identity_by_customer on customer_identity (workspace_id, customer_id, created_at, value);
create index customer_identity_likeness on customer_identity (workspace_id, likeness, customer_id);
insert into customer_identity (workspace_id, kind, value, customer_id, created_at, likeness)
  select workspace_id, 1, address, customer_id, created_at, address from customer_address;
drop table customer_address;

-- The words by which a customer is found, by their beginning.
--# sqlite
create table customer_word (
  workspace_id uuid not null,
  word text not null,
  customer_id uuid not null,
  primary key (workspace_id, word, customer_id)
) without rowid;
--# postgres
create table customer_word (
  workspace_id uuid not null,
  word text collate "C" not null,
  customer_id uuid not null,
  primary key (workspace_id, word, customer_id)
);
--# both
create index customer_word_by_customer on customer_word (workspace_id, customer_id, word);
insert into customer_word (workspace_id, word, customer_id) select workspace_id, lower(name), id from customer;
insert into customer_word (workspace_id, word, customer_id) select workspace_id, value, customer_id from customer_identity where true
  on conflict do nothing;

create table customer_note (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  body text not null,
  pinned boolean not null,
  created_at bigint not null,
  updated_at bigint not null,
  -- It can be brought back until it is swept away with its customer.
  deleted_at bigint,
  primary key (workspace_id, customer_id, id)
) /*sqlite: without rowid*/;
create index customer_note_list on customer_note (workspace_id, customer_id, created_at desc, id desc) where deleted_at is null;
create index customer_note_pinned on customer_note (workspace_id, customer_id, id) where pinned and deleted_at is null;

-- Fields that a workspace adds to its customers and organisations. `owner`: 1 customers, 2 organisations.
create table customer_field (
  workspace_id uuid not null,
  id uuid not null,
  owner smallint not null,
  name text not null,
  kind smallint not null,
  -- JSON: what can be chosen.
  options text not null,
  position integer not null,
  archived boolean not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, owner, name)
) /*sqlite: without rowid*/;
create table customer_field_value (
  workspace_id uuid not null,
  owner_id uuid not null,
  field_id uuid not null,
  value text not null,
  primary key (workspace_id, owner_id, field_id)
) /*sqlite: without rowid*/;

create table organisation (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  name_key text not null,
  notes text not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
--# postgres
alter table organisation alter column name_key type text collate "C";
--# both
create index organisation_by_name on organisation (workspace_id, name_key, id);

create table organisation_domain (
  workspace_id uuid not null,
  domain text not null,
  organisation_id uuid not null,
  primary key (workspace_id, domain)
) /*sqlite: without rowid*/;
create index organisation_domain_by_organisation on organisation_domain (workspace_id, organisation_id, domain);

-- The customer's organisation, copied so that an organisation's conversations are one range scan.
alter table conversation add column organisation_id uuid;
create index conversation_organisation on conversation (workspace_id, organisation_id, last_activity_at desc, id desc)
  where organisation_id is not null;

create index conversation_by_customer on conversation (workspace_id, customer_id, id);

-- How many conversations a customer has, and how many are open: kept by each write beside the views' counts.
insert into view_count (workspace_id, view, key, count)
  select workspace_id, 101, customer_id, count(*) from conversation where status <> 4 group by workspace_id, customer_id;
insert into view_count (workspace_id, view, key, count)
  select workspace_id, 102, customer_id, count(*) from conversation where status = 1 group by workspace_id, customer_id;

-- What customers agreed to and objected to; append-only. `purpose` and `answer`: see customers::consent.
create table consent_entry (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  purpose smallint not null,
  answer smallint not null,
  source smallint not null,
  evidence text not null,
  -- When the customer said so; `recorded_at` is when it was written down.
  at bigint not null,
  recorded_at bigint not null,
  agent_id uuid,
  primary key (workspace_id, customer_id, id)
) /*sqlite: without rowid*/;
create index consent_entry_by_time on consent_entry (workspace_id, customer_id, recorded_at desc, id desc);
-- The newest entry of each purpose.
create table consent (
  workspace_id uuid not null,
  customer_id uuid not null,
  purpose smallint not null,
  answer smallint not null,
  entry_id uuid not null,
  at bigint not null,
  primary key (workspace_id, customer_id, purpose)
) /*sqlite: without rowid*/;

-- Customers that turned out to be the same, with what it takes to part them again.
create table customer_merge (
  workspace_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  agent_id uuid not null,
  at bigint not null,
  -- JSON: see duplicates.
  before text not null,
  moved integer not null,
  -- 1 its conversations are moving, 2 done, 3 they are moving back, 4 undone.
  state smallint not null,
  primary key (workspace_id, id)
) /*sqlite: without rowid*/;
create index customer_merge_to on customer_merge (workspace_id, to_id, id);
create index customer_merge_from on customer_merge (workspace_id, from_id, id);
create table customer_merge_conversation (
  workspace_id uuid not null,
  merge_id uuid not null,
  conversation_id uuid not null,
  customer_name text not null,
  primary key (workspace_id, merge_id, conversation_id)
) /*sqlite: without rowid*/;
-- Two customers that an agent said are not the same; a row for each direction.
create table not_duplicate (
  workspace_id uuid not null,
  one_id uuid not null,
  other_id uuid not null,
  agent_id uuid not null,
  at bigint not null,
  primary key (workspace_id, one_id, other_id)
) /*sqlite: without rowid*/;

create index message_with_files on message (workspace_id, conversation_id, id) where attachment_count > 0;

-- Asked again for what was known: one row a kind of question in a draft. `outcome`: 1 shown, 2 heeded, 3 sent anyway.
create table asked_again (
  workspace_id uuid not null,
  conversation_id uuid not null,
  draft_id uuid not null,
  kind smallint not null,
  agent_id uuid not null,
  week bigint not null,
  outcome smallint not null,
  at bigint not null,
  primary key (workspace_id, conversation_id, draft_id, kind)
) /*sqlite: without rowid*/;
create index asked_again_list on asked_again (workspace_id, agent_id, week, at desc, draft_id desc, kind desc);
create table asked_again_week (
  workspace_id uuid not null,
  week bigint not null,
  agent_id uuid not null,
  outcome smallint not null,
  count bigint not null,
  primary key (workspace_id, week, agent_id, outcome)
) /*sqlite: without rowid*/;
