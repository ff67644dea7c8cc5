//! What the server does for itself every hour: collects blobs that nothing names, forgets expired sessions.
//!
//! Each chore is a durable job that orders its successor when it finishes, so that however many nodes there are, it is
//! done once an hour.

use crate::{
    App, Result, WorkspaceId, consistency, conversations, intake,
    jobs::{Done, Handler},
    notifications, people, staffing,
};
use async_trait::async_trait;
use base::{
    db::DbError,
    queue::{self, Claimed, JobError, NewJob},
};
use jiff::SignedDuration;
use std::{sync::Arc, time::Duration};

const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// A live job of a chore has this key, so that there is never a second one.
const ONLY_ONE: &str = "recurring";

const SWEEP: &str = "sweep_blobs";
const PRUNE: &str = "prune_sessions";

/// The handlers of the chores; blobs that nothing names are kept for `keep_orphans` before they are moved aside, and for
/// as long again before they are deleted.
pub fn handlers(keep_orphans: Duration) -> Vec<Arc<dyn Handler>> {
    vec![Arc::new(SweepBlobs { keep_orphans }), Arc::new(PruneSessions)]
}

/// Sees to it that every chore is ordered; called at start and now and then, since a workspace may be new and a chore may
/// have been discarded.
///
/// # Errors
/// The store's.
pub async fn order(app: &App) -> Result<()> {
    for (number, (workspace, _)) in app.workspaces().await?.into_iter().enumerate() {
        // Blobs belong to the installation: one workspace carries the chore for all.
        let kinds: &[&'static str] = if number == 0 { &[SWEEP, PRUNE] } else { &[PRUNE] };
        app.write(workspace.as_system(), move |desk| {
            Box::pin(async move {
                for kind in kinds {
                    desk.enqueue(chore(kind, desk.now() + EVERY)).await?;
                }
                conversations::renew(desk).await?;
                staffing::renew(desk).await?;
                consistency::renew(desk).await?;
                Ok(())
            })
        })
        .await?;
    }
    Ok(())
}

fn chore(kind: &'static str, run_at: jiff::Timestamp) -> NewJob {
    NewJob { kind, payload: "{}".into(), run_at, dedupe_key: Some(ONLY_ONE.into()) }
}

/// Removes the finished chore and orders the next one in one step, so that the chain neither breaks nor doubles.
async fn again(app: &App, kind: &'static str, done: &Claimed) -> Result<Done, JobError> {
    let (held, now, id) = (done.clone(), app.now(), app.new_id());
    let reordered = app.db().write::<_, DbError, _>(move |tx| {
        Box::pin(async move {
            if queue::finish(tx, &held).await? {
                queue::enqueue(tx, held.workspace_id, id, now, &chore(kind, now + EVERY)).await?;
            }
            Ok(())
        })
    });
    reordered.await.map_err(|error| JobError::Retry(error.to_string()))?;
    Ok(Done::Removed)
}

/// Collects blobs that no row names.
struct SweepBlobs {
    keep_orphans: Duration,
}

#[async_trait]
impl Handler for SweepBlobs {
    fn kind(&self) -> &'static str {
        SWEEP
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let grace = SignedDuration::try_from(self.keep_orphans).map_err(|error| JobError::Fail(error.to_string()))?;
        let swept = app
            .blobs()
            .sweep(app.now() - grace, |asked| async move {
                Ok(intake::named_blobs(app, asked).await?.into_iter().collect())
            })
            .await
            .map_err(|error| JobError::Retry(error.to_string()))?;
        if swept.binned + swept.restored + swept.deleted > 0 {
            let base::blobs::Swept { seen, binned, restored, deleted } = swept;
            tracing::info!(seen, binned, restored, deleted, "collected blobs that nothing names");
        }
        again(app, SWEEP, job).await
    }
}

/// Forgets expired sessions, old failures to sign in, and notifications that were read long ago.
struct PruneSessions;

#[async_trait]
impl Handler for PruneSessions {
    fn kind(&self) -> &'static str {
        PRUNE
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let scope = WorkspaceId(job.workspace_id).as_system();
        app.write(scope, |desk| {
            Box::pin(async move {
                people::prune_sessions(desk).await?;
                notifications::prune(desk).await
            })
        })
        .await?;
        again(app, PRUNE, job).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Parts;
    use base::{
        blobs::{Blobs, Place},
        clock::StillClock,
        db::Db,
        secret::SecretKey,
    };
    use bytes::Bytes;

    #[tokio::test]
    async fn a_chore_is_done_once_an_hour_however_often_it_is_ordered() {
        let folder = tempfile::tempdir().unwrap();
        let clock = StillClock::at("2026-01-05T10:00:00Z".parse().unwrap());
        let app = App::start(Parts {
            db: Db::open_sqlite_without_sync(&folder.path().join("test.db")).unwrap(),
            blobs: Blobs::open(&Place::Folder(folder.path().join("blobs"))).unwrap(),
            clock: Arc::new(clock.clone()),
            key: SecretKey::from_bytes([1; 32]),
        })
        .await
        .unwrap();
        app.create_workspace("Test").await.unwrap();
        let orphan = app.blobs().put(Bytes::from_static(b"orphan")).await.unwrap();
        let sweep = SweepBlobs { keep_orphans: Duration::ZERO };
        let claim = |app: &App| {
            let (now, db) = (app.now(), app.db().clone());
            async move {
                let due =
                    db.write::<_, DbError, _>(move |tx| Box::pin(async move { queue::claim(tx, now, 10, 10).await }));
                // A new store has its search index looked over as well.
                due.await
                    .map(|due| due.into_iter().filter(|job| [PRUNE, SWEEP].contains(&&*job.kind)).collect::<Vec<_>>())
            }
        };
        // The blob lies in the folder since "now" by the machine's clock, which is later than this test's: two rounds in
        // the far future collect it.
        clock.set("2100-01-01T00:00:00Z".parse().unwrap());
        for round in 0..2 {
            order(&app).await.unwrap();
            order(&app).await.unwrap();
            assert!(claim(&app).await.unwrap().is_empty(), "not before the hour has passed");
            clock.advance(EVERY);
            let due = claim(&app).await.unwrap();
            let mut kinds: Vec<_> = due.iter().map(|job| job.kind.as_str()).collect();
            kinds.sort_unstable();
            assert_eq!(kinds, [PRUNE, SWEEP], "round {round}");
            for job in &due {
                let handler: &dyn Handler = if job.kind == SWEEP { &sweep } else { &PruneSessions };
                assert_eq!(handler.run(&app, job).await.unwrap(), Done::Removed);
            }
        }
        assert!(!app.blobs().exists(orphan).await.unwrap());
    }
}
