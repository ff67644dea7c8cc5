//! Jobs: each is done, by one worker at a time, or becomes a dead letter that a person can bring back.

use async_trait::async_trait;
use base::{
    db::{DbError, Engine},
    queue::{self, Claimed, JobError, NewJob},
};
use desk::{
    App,
    jobs::{self, Done, Handler},
};
use jiff::SignedDuration;
use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc};
use testkit::{app::TestApp, on_both_engines};

#[derive(Default)]
struct Count {
    runs: Mutex<HashMap<String, u32>>,
    fail: bool,
}

#[async_trait]
impl Handler for Count {
    fn kind(&self) -> &'static str {
        "count"
    }
    async fn run(&self, _: &App, job: &Claimed) -> Result<Done, JobError> {
        *self.runs.lock().entry(job.payload.clone()).or_default() += 1;
        if self.fail { Err(JobError::Retry("not today".into())) } else { Ok(Done::Effects) }
    }
}

async fn order(t: &TestApp, payloads: std::ops::Range<u32>, key: Option<&'static str>) {
    t.app
        .write(t.system(), move |desk| {
            Box::pin(async move {
                for n in payloads {
                    let run_at = desk.now();
                    let dedupe_key = key.map(str::to_owned);
                    desk.enqueue(NewJob { kind: "count", payload: n.to_string(), run_at, dedupe_key }).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

on_both_engines! {
    async fn several_workers_share_the_jobs_and_none_is_done_twice(t: TestApp) {
        order(&t, 0..200, None).await;
        let handler = Arc::new(Count::default());
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let (app, handler) = (t.app.clone(), handler.clone());
                tokio::spawn(async move { jobs::run_due(&app, vec![handler]).await })
            })
            .collect();
        for worker in workers {
            worker.await.unwrap();
        }
        let runs = handler.runs.lock();
        assert_eq!(runs.len(), 200);
        assert!(runs.values().all(|n| *n == 1), "{runs:?}");
    }

    async fn a_job_whose_worker_died_is_taken_up_when_its_lease_ends_and_the_dead_one_can_no_longer_finish_it(t: TestApp) {
        order(&t, 0..1, None).await;
        let now = t.app.now();
        let claim = |now| t_claim(&t.app, now);
        let first = claim(now).await;
        assert_eq!(first.len(), 1);
        assert!(claim(now).await.is_empty(), "a leased job is nobody else's");
        let later = now + queue::LEASE + SignedDuration::from_secs(1);
        let second = claim(later).await;
        assert_eq!((second.len(), second[0].attempts), (1, 2));
        let stale = first[0].clone();
        let finished = t.app.db().write::<_, DbError, _>(move |tx| Box::pin(async move { queue::finish(tx, &stale).await }));
        assert!(!finished.await.unwrap());
    }

    async fn a_job_that_keeps_failing_becomes_a_dead_letter_and_is_brought_back_or_given_up(t: TestApp) {
        order(&t, 0..1, None).await;
        let failing = Arc::new(Count { fail: true, ..Count::default() });
        for _ in 0..queue::MAX_ATTEMPTS {
            jobs::run_due(&t.app, vec![failing.clone()]).await;
            t.clock.advance(SignedDuration::from_hours(7));
        }
        assert_eq!(failing.runs.lock()["0"], queue::MAX_ATTEMPTS as u32);
        let dead = jobs::dead_letters(&t.app, t.workspace, None, 10).await.unwrap();
        assert_eq!((dead.len(), dead[0].last_error.as_str()), (1, "not today"));
        jobs::requeue(&t.app, t.workspace, Some(dead[0].id)).await.unwrap();
        let well = Arc::new(Count::default());
        jobs::run_due(&t.app, vec![well.clone()]).await;
        assert_eq!(well.runs.lock()["0"], 1);
        assert!(jobs::discard(&t.app, t.workspace, dead[0].id).await.is_err(), "it is done and gone");
    }

    async fn a_node_that_is_the_only_one_takes_up_what_its_last_run_left_at_once(t: TestApp) {
        order(&t, 0..2, None).await;
        assert_eq!(t_claim(&t.app, t.app.now()).await.len(), 2);
        jobs::take_up(&t.app).await.unwrap();
        let handler = Arc::new(Count::default());
        let alone = t.app.db().engine() == Engine::Sqlite;
        assert_eq!(jobs::run_due(&t.app, vec![handler]).await, if alone { 2 } else { 0 });
    }

    async fn what_nobody_waits_for_runs_when_nothing_else_is_due_and_leaves_room(t: TestApp) {
        let (workspace, now) = (t.workspace.0, t.app.now());
        let ids: Vec<_> = (0..20).map(|_| t.app.new_id()).collect();
        t.app.db().write::<_, DbError, _>(move |tx| Box::pin(async move {
            for (n, id) in ids.iter().enumerate() {
                let job = NewJob { kind: "count", payload: format!("behind {n}"), run_at: now - SignedDuration::from_hours(1), dedupe_key: None };
                queue::enqueue_behind(tx, workspace, *id, now, &job).await?;
            }
            Ok(())
        })).await.unwrap();
        order(&t, 0..2, None).await;
        let claim = |limit, behind| {
            let (app, now) = (t.app.clone(), t.app.now());
            async move {
                let claimed = app.db().write::<_, DbError, _>(move |tx| Box::pin(async move { queue::claim(tx, now, limit, behind).await })).await;
                claimed.unwrap().into_iter().map(|job| job.background).collect::<Vec<_>>()
            }
        };
        assert_eq!(claim(1, 1).await, [false], "however long the others have been due");
        assert_eq!(claim(6, 3).await, [false, true, true, true]);
        assert_eq!(claim(6, 0).await, [false; 0]);
        let due = t.app.db().read::<_, DbError, _>(|tx| Box::pin(async move { queue::next_due(tx).await })).await.unwrap();
        assert_eq!(due, Some(now - SignedDuration::from_hours(1)), "they are not forgotten");
    }

    async fn one_live_job_for_a_key(t: TestApp) {
        order(&t, 0..3, Some("same")).await;
        let handler = Arc::new(Count::default());
        assert_eq!(jobs::run_due(&t.app, vec![handler]).await, 1);
        order(&t, 3..4, Some("same")).await;
        assert_eq!(jobs::run_due(&t.app, vec![Arc::new(Count::default())]).await, 1);
    }
}

async fn t_claim(app: &App, now: jiff::Timestamp) -> Vec<Claimed> {
    app.db()
        .write::<_, DbError, _>(move |tx| Box::pin(async move { queue::claim(tx, now, 10, 10).await }))
        .await
        .unwrap()
}
