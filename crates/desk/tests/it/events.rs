//! The event log: in order for every reader, however many write.

use desk::people;
use std::{
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
};
use testkit::on_both_engines;

on_both_engines! {
    async fn no_reader_sees_a_later_event_before_an_earlier_one(t: TestApp) {
        let (writers, each) = (12, 25);
        let start = t.app.newest_event(t.workspace).await.unwrap();
        let done = Arc::new(AtomicBool::new(false));
        let reader = {
            let (app, workspace, done) = (t.app.clone(), t.workspace, done.clone());
            tokio::spawn(async move {
                let (mut cursor, mut seen) = (start, Vec::new());
                loop {
                    let finished = done.load(Ordering::SeqCst);
                    let (events, next) = app.events_after(workspace, cursor, 7).await.unwrap();
                    seen.extend(events.iter().map(|event| event.seq));
                    cursor = next;
                    if events.is_empty() && finished {
                        return seen;
                    }
                }
            })
        };
        let mut tasks = Vec::new();
        for writer in 0..writers {
            let (app, scope) = (t.app.clone(), t.owner.scope());
            tasks.push(tokio::spawn(async move {
                for n in 0..each {
                    let name = format!("Team {writer}-{n}");
                    app.write(scope, move |desk| Box::pin(async move { people::create_team(desk, &name).await })).await.unwrap();
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        done.store(true, Ordering::SeqCst);
        let seen = reader.await.unwrap();
        let expected: Vec<i64> = (start + 1..=start + writers * each).collect();
        assert_eq!(seen, expected, "every event once, without a gap, in order");
    }

    async fn a_unit_of_work_that_fails_leaves_nothing(t: TestApp) {
        let before = t.app.newest_event(t.workspace).await.unwrap();
        let failed = t.app.write::<(), _>(t.owner.scope(), |desk| Box::pin(async move {
            people::create_team(desk, "Ghosts").await?;
            Err(desk::Error::Conflict("changed my mind"))
        })).await;
        assert!(failed.is_err());
        assert_eq!(t.app.newest_event(t.workspace).await.unwrap(), before);
        let teams = t.app.read(t.owner.scope(), |desk| Box::pin(async move { people::teams(desk).await })).await.unwrap();
        assert!(teams.is_empty());
    }
}
