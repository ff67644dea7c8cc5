-- People who were added without a password: each may set one by a link that is good once and for a while.
create table invitation (
  workspace_id uuid not null,
  -- SHA-256 of the token in the link.
  token_hash bytea not null,
  agent_id uuid not null,
  created_at bigint not null,
  expires_at bigint not null,
  primary key (workspace_id, token_hash)
) /*sqlite: without rowid*/;
create unique index invitation_workspace_id_agent_id_key on invitation (workspace_id, agent_id);
