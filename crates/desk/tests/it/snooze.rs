//! Putting off, following, pinning, linking.

use desk::{
    Error, Event,
    conversations::{self, Conversation, ConversationId, LinkKind, Status, Until, View},
    people::Viewer,
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

async fn find(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn snooze(t: &TestApp, who: &Viewer, id: ConversationId, until: Until) -> desk::Result<()> {
    t.app.write(who.scope(), move |desk| Box::pin(async move { conversations::snooze(desk, id, until).await })).await
}

async fn listed(t: &TestApp, who: &Viewer, view: View) -> Vec<i64> {
    let rows =
        t.app.read(who.scope(), move |desk| Box::pin(async move { conversations::list(desk, view, None, 50).await }));
    rows.await.unwrap().into_iter().map(|listed| listed.row.number).collect()
}

async fn snoozed_count(t: &TestApp) -> i64 {
    let counts = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::counts(desk).await }));
    counts.await.unwrap().snoozed
}

on_both_engines! {
    async fn what_is_put_off_wakes_at_its_time_and_nothing_is_sent(t: TestApp) {
        let id = t.mail_from("carla@c.example", "Later", "No hurry.").await;
        let until = t.app.now() + SignedDuration::from_hours(3);
        snooze(&t, &t.owner, id, Until::At(until)).await.unwrap();
        assert_eq!(find(&t, id).await.status, Status::Snoozed);
        assert_eq!(listed(&t, &t.owner, View::Open).await, [0_i64; 0]);
        assert_eq!(listed(&t, &t.owner, View::Neglected).await, [0_i64; 0]);
        assert_eq!((listed(&t, &t.owner, View::Snoozed).await, snoozed_count(&t).await), (vec![1], 1));
        t.clock.advance(SignedDuration::from_mins(179));
        t.run_jobs().await;
        assert_eq!(find(&t, id).await.status, Status::Snoozed);
        t.clock.advance(SignedDuration::from_mins(1));
        t.run_jobs().await;
        let woken = find(&t, id).await;
        assert_eq!((woken.status, woken.snoozed_until, woken.respond_by.is_some()), (Status::Open, None, true));
        assert_eq!((listed(&t, &t.owner, View::Neglected).await, snoozed_count(&t).await), (vec![1], 0));
        assert!(t.channel.sent.lock().is_empty());
    }

    async fn the_customer_wakes_it_at_once_and_the_old_order_does_not_wake_it_again(t: TestApp) {
        let id = t.mail_from("carla@c.example", "Later", "No hurry.").await;
        let soon = t.app.now() + SignedDuration::from_hours(1);
        snooze(&t, &t.owner, id, Until::At(soon)).await.unwrap();
        t.mail_from("carla@c.example", "Re: Later", "Now I am in a hurry.").await;
        assert_eq!(find(&t, id).await.status, Status::Open);
        let later = t.app.now() + SignedDuration::from_hours(9);
        snooze(&t, &t.owner, id, Until::At(later)).await.unwrap();
        t.clock.advance(SignedDuration::from_hours(2));
        t.run_jobs().await;
        assert_eq!((find(&t, id).await.status, find(&t, id).await.snoozed_until), (Status::Snoozed, Some(later)));
        let (events, _) = t.app.events_after(t.workspace, 0, 500).await.unwrap();
        assert!(events.iter().any(|one| matches!(one.event, Event::Woken { .. })));
    }

    async fn until_they_reply_needs_no_time_and_a_settled_matter_is_not_put_off(t: TestApp) {
        let id = t.mail_from("carla@c.example", "Later", "No hurry.").await;
        snooze(&t, &t.owner, id, Until::Reply).await.unwrap();
        t.clock.advance(SignedDuration::from_hours(24 * 400));
        t.run_jobs().await;
        assert_eq!(find(&t, id).await.status, Status::Snoozed);
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::wake(desk, id).await })).await.unwrap();
        assert_eq!(find(&t, id).await.status, Status::Open);
        let past = Until::At(t.app.now());
        assert!(matches!(snooze(&t, &t.owner, id, past).await, Err(Error::Invalid(_))));
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::resolve(desk, id).await })).await.unwrap();
        assert!(matches!(snooze(&t, &t.owner, id, Until::Reply).await, Err(Error::Conflict("resolved"))));
    }

    async fn following_and_pinning_are_each_agents_own(t: TestApp) {
        let ann = t.agent("Ann").await;
        let mut ids = Vec::new();
        for number in 0..6 {
            ids.push(t.mail_from(&format!("c{number}@c.example"), "Hello", "Hello.").await);
        }
        let id = ids[0];
        for _ in 0..2 {
            t.app.write(ann.scope(), move |desk| Box::pin(async move { conversations::follow(desk, id).await })).await.unwrap();
        }
        let followers = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::followers(desk, id).await }));
        assert_eq!(followers.await.unwrap(), [ann.agent_id]);
        let (events, _) = t.app.events_after(t.workspace, 0, 500).await.unwrap();
        assert_eq!(events.iter().filter(|one| matches!(one.event, Event::Followed { .. })).count(), 1);
        for id in ids.iter().copied().take(5) {
            t.app.write(ann.scope(), move |desk| Box::pin(async move { conversations::pin(desk, id).await })).await.unwrap();
        }
        let sixth = ids[5];
        let refused = t.app.write(ann.scope(), move |desk| Box::pin(async move { conversations::pin(desk, sixth).await })).await;
        assert!(matches!(refused, Err(Error::Conflict("too_many_pins"))));
        let pinned = t.app.read(ann.scope(), |desk| Box::pin(async move { conversations::pinned(desk).await })).await.unwrap();
        assert_eq!(pinned.len(), 5);
        assert!(pinned.iter().all(|listed| listed.row.pinned));
        let others = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::pinned(desk).await })).await.unwrap();
        assert!(others.is_empty());
    }

    async fn both_conversations_show_a_link_until_it_is_taken_away(t: TestApp) {
        let one = t.mail_from("a@c.example", "One", "x").await;
        let two = t.mail_from("b@c.example", "Two", "y").await;
        let links = |id: ConversationId| {
            let app = t.app.clone();
            let scope = t.owner.scope();
            async move {
                let links = app.read(scope, move |desk| Box::pin(async move { conversations::links(desk, id).await })).await;
                links.unwrap().into_iter().map(|link| (link.kind, link.reversed, link.number)).collect::<Vec<_>>()
            }
        };
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::link(desk, one, two, LinkKind::DuplicateOf).await })).await.unwrap();
        assert_eq!(links(one).await, [(LinkKind::DuplicateOf, false, 2)]);
        assert_eq!(links(two).await, [(LinkKind::DuplicateOf, true, 1)]);
        // The other way round replaces it.
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::link(desk, two, one, LinkKind::CausedBy).await })).await.unwrap();
        assert_eq!(links(one).await, [(LinkKind::CausedBy, true, 2)]);
        let itself = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::link(desk, one, one, LinkKind::Related).await })).await;
        assert!(matches!(itself, Err(Error::Invalid(_))));
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::unlink(desk, one, two).await })).await.unwrap();
        assert!(links(one).await.is_empty() && links(two).await.is_empty());
    }
}
