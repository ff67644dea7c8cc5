-- Jobs that nobody waits for: they run when nothing else is due.
alter table job add column background boolean not null default false;
drop index job_due;
-- Workers of a node serve all its workspaces: the one index that does not start with the workspace.
create index job_due on job (background, run_at, id) where state = 0;
