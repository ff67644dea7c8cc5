//! The first steps of a new desk, and the sample that the keys are tried on.

use desk::{
    Error,
    conversations::{self, ConversationId, MessageKind, NewReply, Person, View},
    onboarding,
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

async fn make_sample(t: &TestApp) -> ConversationId {
    onboarding::make_sample(&t.app, t.owner.scope(), "A sample", "Press j and k.").await.unwrap();
    t.run_jobs().await;
    let sample = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::sample(desk).await }));
    sample.await.unwrap().unwrap().id
}

async fn open(t: &TestApp) -> Vec<ConversationId> {
    let listed = t
        .app
        .read(t.owner.scope(), |desk| Box::pin(async move { conversations::list(desk, View::Open, None, 50).await }));
    listed.await.unwrap().into_iter().map(|listed| listed.row.id).collect()
}

on_both_engines! {
    async fn what_is_answered_to_the_sample_goes_nowhere_whoever_it_names_and_whenever_it_leaves(t: TestApp) {
        let sample = make_sample(&t).await;
        for (to, leaves_at) in [(None, None), (Some("ana@shop.example"), Some(t.app.now() + SignedDuration::from_secs(5)))] {
            let to = to.map(|address| vec![Person { name: None, address: address.to_owned() }]);
            let new = NewReply {
                conversation: sample, client_id: None, markdown: "Trying it out".into(), from: None, to, cc: None, uploads: vec![], seen: None,
                send_anyway: true, leaves_at,
            };
            t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await.unwrap();
        }
        t.clock.advance(SignedDuration::from_mins(10));
        t.run_jobs().await;
        assert!(t.channel.sent.lock().is_empty());
        let thread = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::thread(desk, sample, None, 50).await })).await.unwrap();
        let answers: Vec<_> = thread.iter().filter(|message| message.kind == MessageKind::Outgoing).map(|message| message.delivery).collect();
        assert_eq!(answers, [None, None]);
    }

    async fn the_sample_is_taken_away_from_every_list_and_brought_back(t: TestApp) {
        let other = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let sample = make_sample(&t).await;
        assert_eq!(open(&t).await.len(), 2);
        let taken = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::take_sample_away(desk, other).await })).await;
        assert!(matches!(taken, Err(Error::NotFound)), "only the sample can be taken away");
        for _ in 0..2 {
            t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::take_sample_away(desk, sample).await })).await.unwrap();
        }
        assert_eq!(open(&t).await, [other]);
        let counts = || t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::counts(desk).await }));
        assert_eq!(counts().await.unwrap().open, 1);
        let found = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::find_by_number(desk, 2).await })).await;
        assert!(matches!(found, Err(Error::NotFound)));
        assert_eq!(make_sample(&t).await, sample);
        assert_eq!((open(&t).await.len(), counts().await.unwrap().open), (2, 2));
    }

    async fn a_customers_conversation_and_the_sample_are_never_merged(t: TestApp) {
        let other = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let sample = make_sample(&t).await;
        for (from, to) in [(other, sample), (sample, other)] {
            let merged = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::merge(desk, from, to).await })).await;
            assert!(matches!(merged, Err(Error::Conflict("sample"))));
        }
    }

    async fn the_checklist_counts_what_is_there_but_not_the_sample(t: TestApp) {
        make_sample(&t).await;
        let checklist = || t.app.read(t.owner.scope(), |desk| Box::pin(async move { onboarding::checklist(desk).await }));
        let before = checklist().await.unwrap().unwrap();
        assert_eq!((before.arrived, before.answered, before.sample), (None, false, true));
        t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assert_eq!(checklist().await.unwrap().unwrap().arrived, Some(2));
        t.app.write(t.owner.scope(), |desk| Box::pin(async move { onboarding::dismiss(desk, true).await })).await.unwrap();
        assert_eq!(checklist().await.unwrap(), None);
    }
}
