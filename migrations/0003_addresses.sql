-- All addresses of a mailbox: its own, and others that it takes mail for and answers from. Each belongs to one mailbox.
create table mailbox_address (
  workspace_id uuid not null,
  address text not null,
  mailbox_id uuid not null,
  primary key (workspace_id, address)
) /*sqlite: without rowid*/;
create index mailbox_address_of on mailbox_address (workspace_id, mailbox_id);
insert into mailbox_address (workspace_id, address, mailbox_id) select workspace_id, address, id from mailbox;
