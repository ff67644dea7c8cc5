//! One change to many conversations: at once, in the background, stopped, undone.

use base::{db::DbError, queue};
use desk::{
    Error,
    bulk::{self, Bulk, BulkId, Change, Chosen, State},
    conversations::{self, Conversation, ConversationId, Priority, Status, View},
    fields::{self, FieldForm, FieldKind, Limits},
    people::Viewer,
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

async fn change(t: &TestApp, who: &Viewer, chosen: Chosen, change: Change) -> desk::Result<Bulk> {
    t.app
        .write(who.scope(), move |desk| {
            Box::pin(async move {
                let id = bulk::change(desk, chosen, change).await?;
                bulk::find(desk, id).await
            })
        })
        .await
}

async fn undo(t: &TestApp, who: &Viewer, id: BulkId) -> desk::Result<Bulk> {
    t.app
        .write(who.scope(), move |desk| {
            Box::pin(async move {
                bulk::undo(desk, id).await?;
                bulk::find(desk, id).await
            })
        })
        .await
}

async fn all(t: &TestApp) -> Vec<Conversation> {
    t.app
        .read(t.owner.scope(), |desk| {
            Box::pin(async move {
                let mut found = Vec::new();
                while let Ok(one) = conversations::find_by_number(desk, found.len() as i64 + 1).await {
                    found.push(one);
                }
                Ok(found)
            })
        })
        .await
        .unwrap()
}

async fn letters(t: &TestApp, count: usize) -> Vec<ConversationId> {
    let mut ids = Vec::new();
    for n in 0..count {
        let raw = format!(
            "From: c{n}@c.example\nTo: help@desk.example\nSubject: Letter {n}\nMessage-ID: <{n}@c.example>\n\nHello.\n"
        );
        t.accept(&raw, &format!("letter-{n}")).await;
    }
    t.run_jobs().await;
    for one in all(t).await {
        ids.push(one.id);
    }
    ids
}

on_both_engines! {
    async fn a_few_are_changed_at_once_and_put_back_exactly_as_they_were(t: TestApp) {
        let ann = t.agent("Ann").await;
        letters(&t, 4).await;
        let before = all(&t).await;
        for wanted in [
            Change::Assign(Some(ann.agent_id)), Change::Priority(Priority::Urgent), Change::Resolve, Change::Snooze(None),
            Change::Snooze(Some(t.app.now() + SignedDuration::from_hours(2))),
        ] {
            let done = change(&t, &ann, Chosen::These(vec![1, 2, 4, 4, 99]), wanted.clone()).await.unwrap();
            assert_eq!((done.state, done.changed, done.passed_over), (State::Done, 3, 0), "{wanted:?}");
            assert_ne!(all(&t).await, before);
            let undone = undo(&t, &ann, done.id).await.unwrap();
            assert_eq!((undone.state, undone.restored, undone.left_alone), (State::Undone, 3, 0), "{wanted:?}");
            assert_eq!(all(&t).await, before, "{wanted:?}");
            assert!(matches!(undo(&t, &ann, done.id).await, Err(Error::Conflict(_))));
        }
        let counts = t.app.read(ann.scope(), |desk| Box::pin(async move { conversations::counts(desk).await })).await.unwrap();
        assert_eq!((counts.open, counts.unassigned, counts.resolved, counts.snoozed, counts.neglected), (4, 4, 0, 0, 4));
    }

    async fn tags_are_taken_back_only_where_they_were_put_on(t: TestApp) {
        let ids = letters(&t, 3).await;
        let first = ids[0];
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::add_tag(desk, first, "vip").await })).await.unwrap();
        let done = change(&t, &t.owner, Chosen::These(vec![1, 2, 3]), Change::Tag("VIP".into())).await.unwrap();
        assert_eq!(done.changed, 2);
        undo(&t, &t.owner, done.id).await.unwrap();
        let tags = t.app.read(t.owner.scope(), move |desk| Box::pin(async move {
            let mut tagged = Vec::new();
            for id in ids {
                tagged.push(conversations::tags_of(desk, id).await?.len());
            }
            Ok(tagged)
        })).await.unwrap();
        assert_eq!(tags, [1, 0, 0]);
    }

    async fn undoing_leaves_what_has_changed_since(t: TestApp) {
        let ann = t.agent("Ann").await;
        let ids = letters(&t, 3).await;
        let done = change(&t, &ann, Chosen::These(vec![1, 2, 3]), Change::Resolve).await.unwrap();
        let second = ids[1];
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::set_priority(desk, second, Priority::High).await })).await.unwrap();
        let undone = undo(&t, &ann, done.id).await.unwrap();
        assert_eq!((undone.restored, undone.left_alone), (2, 1));
        let states: Vec<_> = all(&t).await.iter().map(|c| c.status).collect();
        assert_eq!(states, [Status::Open, Status::Resolved, Status::Open]);
        let theirs = change(&t, &ann, Chosen::These(vec![1]), Change::Resolve).await.unwrap();
        assert!(matches!(undo(&t, &t.owner, theirs.id).await, Err(Error::Forbidden)));
    }

    async fn what_cannot_be_changed_is_passed_over_and_counted(t: TestApp) {
        letters(&t, 2).await;
        let form = FieldForm { type_id: None, name: "Reason".into(), kind: FieldKind::Text, required: true, limits: Limits::default() };
        let field = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { fields::create_field(desk, form).await })).await.unwrap();
        let first = all(&t).await[0].id;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::set_field(desk, first, field, &["Lost".into()]).await })).await.unwrap();
        let done = change(&t, &t.owner, Chosen::These(vec![1, 2]), Change::Resolve).await.unwrap();
        assert_eq!((done.changed, done.passed_over), (1, 1));
        assert!(matches!(change(&t, &t.owner, Chosen::These(vec![]), Change::Resolve).await, Err(Error::Invalid(_))));
        assert!(matches!(change(&t, &t.owner, Chosen::These((1..300).collect()), Change::Resolve).await, Err(Error::Invalid(_))));
    }

    async fn a_whole_view_is_changed_in_the_background_and_undone_as_one(t: TestApp) {
        letters(&t, 215).await;
        let before = all(&t).await;
        let begun = change(&t, &t.owner, Chosen::All(View::Open), Change::Resolve).await.unwrap();
        assert_eq!((begun.state, begun.total, begun.changed), (State::Running, 215, 0));
        t.clock.advance(SignedDuration::from_secs(1));
        let late = t.mail_from("late@c.example", "Too late", "Came after the change was asked for.").await;
        t.run_jobs().await;
        let id = begun.id;
        let find = || t.app.read(t.owner.scope(), move |desk| Box::pin(async move { bulk::find(desk, id).await }));
        let done = find().await.unwrap();
        assert_eq!((done.state, done.changed, done.passed_over), (State::Done, 215, 0));
        assert!(all(&t).await.iter().all(|c| (c.status == Status::Open) == (c.id == late)));
        undo(&t, &t.owner, id).await.unwrap();
        t.run_jobs().await;
        let undone = find().await.unwrap();
        assert_eq!((undone.state, undone.left_alone, undone.restored), (State::Undone, 0, 215));
        assert_eq!(all(&t).await[..215], before[..]);
    }

    async fn a_change_that_is_undone_while_it_goes_on_goes_no_further_and_is_put_back(t: TestApp) {
        letters(&t, 205).await;
        let before = all(&t).await;
        let begun = change(&t, &t.owner, Chosen::All(View::Open), Change::Resolve).await.unwrap();
        assert_eq!(undo(&t, &t.owner, begun.id).await.unwrap().state, State::Undone);
        t.run_jobs().await;
        assert_eq!(all(&t).await, before);
        assert!(matches!(undo(&t, &t.owner, begun.id).await, Err(Error::Conflict(_))));
    }

    async fn one_job_indexes_all_that_a_unit_of_work_has_changed_and_nobody_waits_for_it(t: TestApp) {
        letters(&t, 5).await;
        change(&t, &t.owner, Chosen::These(vec![1, 2, 3, 4, 5]), Change::Resolve).await.unwrap();
        let now = t.app.now();
        let jobs = t.app.db().write::<_, DbError, _>(move |tx| Box::pin(async move { queue::claim(tx, now, 50, 50).await })).await.unwrap();
        let jobs: Vec<_> = jobs.into_iter().map(|job| (job.kind, job.background)).collect();
        assert_eq!(jobs, [("index_conversations".to_owned(), true)]);
    }

    async fn a_change_that_is_stopped_goes_no_further(t: TestApp) {
        letters(&t, 205).await;
        let begun = change(&t, &t.owner, Chosen::All(View::Open), Change::Resolve).await.unwrap();
        let id = begun.id;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { bulk::stop(desk, id).await })).await.unwrap();
        t.run_jobs().await;
        let stopped = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { bulk::find(desk, id).await })).await.unwrap();
        assert_eq!((stopped.state, stopped.changed), (State::Stopped, 0));
    }
}
