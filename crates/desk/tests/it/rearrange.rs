//! Merging, splitting and moving messages, and undoing each.

use desk::{
    Error,
    conversations::{self, Conversation, ConversationId, Counts, MessageId, RearrangementId, Status, View},
};
use testkit::{app::TestApp, on_both_engines};

async fn conversation(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn messages(t: &TestApp, id: ConversationId) -> Vec<MessageId> {
    let thread =
        t.app.read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 50).await }));
    thread.await.unwrap().into_iter().map(|message| message.id).collect()
}

async fn counts(t: &TestApp) -> Counts {
    t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::counts(desk).await })).await.unwrap()
}

async fn found(t: &TestApp, words: &'static str) -> Vec<i64> {
    let page = t.app.read(t.owner.scope(), move |desk| {
        Box::pin(async move { conversations::search(desk, &conversations::Search::of(words)).await })
    });
    page.await.unwrap().found.into_iter().map(|one| one.row.number).collect()
}

async fn merge(t: &TestApp, from: ConversationId, to: ConversationId) -> RearrangementId {
    t.app
        .write(t.owner.scope(), move |desk| Box::pin(async move { conversations::merge(desk, from, to).await }))
        .await
        .unwrap()
}

async fn split(t: &TestApp, message: MessageId) -> (RearrangementId, ConversationId) {
    let made = t
        .app
        .write(t.owner.scope(), move |desk| Box::pin(async move { conversations::split(desk, message, false).await }));
    let (id, number) = made.await.unwrap();
    let new =
        t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find_by_number(desk, number).await }));
    (id, new.await.unwrap().id)
}

async fn undo(t: &TestApp, id: RearrangementId) -> desk::Result<i64> {
    t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::undo(desk, id).await })).await
}

async fn resolve(t: &TestApp, id: ConversationId) {
    t.app
        .write(t.owner.scope(), move |desk| Box::pin(async move { conversations::resolve(desk, id).await }))
        .await
        .unwrap();
}

on_both_engines! {
    async fn a_merged_conversation_gives_all_it_has_and_its_number_leads_on(t: TestApp) {
        let one = t.mail_from("ana@shop.example", "Broken zip", "The zip broke").await;
        let other = t.mail_from("ana@shop.example", "Photo of it", "Here is a photo").await;
        merge(&t, other, one).await;
        assert_eq!(messages(&t, one).await.len(), 2);
        let (gone, kept) = (conversation(&t, other).await, conversation(&t, one).await);
        assert_eq!((gone.status, kept.message_count), (Status::Merged, 2));
        assert_eq!((counts(&t).await.open, counts(&t).await.neglected), (1, 1));
        assert_eq!(found(&t, "photo ").await, [kept.number]);
        let number = gone.number;
        let into = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::merged_into(desk, number).await }));
        assert_eq!(into.await.unwrap(), Some(kept.number));
        let customer = View::Customer(kept.customer_id);
        let listed = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::list(desk, customer, None, 10).await }));
        assert_eq!(listed.await.unwrap().len(), 1, "what was merged away stands in no list");
        let late = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::resolve(desk, other).await }));
        assert!(matches!(late.await, Err(Error::Conflict("merged"))));
    }

    async fn undoing_a_merge_restores_exactly_what_was(t: TestApp) {
        let one = t.mail_from("ana@shop.example", "Broken zip", "The zip broke").await;
        let other = t.mail_from("bob@shop.example", "Invoice", "Which invoice?").await;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::add_tag(desk, other, "invoice").await })).await.unwrap();
        resolve(&t, one).await;
        let before = (conversation(&t, one).await, conversation(&t, other).await, counts(&t).await);
        let id = merge(&t, other, one).await;
        assert_eq!(conversation(&t, one).await.status, Status::Open, "an open matter came into it");
        undo(&t, id).await.unwrap();
        assert_eq!((conversation(&t, one).await, conversation(&t, other).await, counts(&t).await), before);
        assert_eq!(found(&t, "invoice ").await, [before.1.number]);
        assert!(matches!(undo(&t, id).await, Err(Error::Conflict("undone_already"))));
        // Bob takes part in his own conversation only, again.
        t.deliver(&format!(
            "From: bob@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <late@shop.example>\n\
             References: <{}>\n\nMine too", rfc_id(&t, one).await)).await;
        assert_eq!(messages(&t, one).await.len(), 1);
    }

    async fn what_arrives_after_a_merge_stays_when_the_merge_is_undone(t: TestApp) {
        let one = t.mail_from("ana@shop.example", "Broken zip", "The zip broke").await;
        let other = t.mail_from("ana@shop.example", "Photo of it", "Here is a photo").await;
        let answered = rfc_id(&t, one).await;
        let id = merge(&t, other, one).await;
        t.deliver(&format!(
            "From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <new@shop.example>\n\
             In-Reply-To: <{answered}>\n\nStill broken")).await;
        undo(&t, id).await.unwrap();
        assert_eq!((messages(&t, one).await.len(), messages(&t, other).await.len()), (2, 1));
        let (one, other) = (conversation(&t, one).await, conversation(&t, other).await);
        assert_eq!((one.message_count, one.preview.as_str(), other.message_count, other.status), (2, "Still broken", 1, Status::Open));
        assert_eq!((counts(&t).await.open, counts(&t).await.neglected), (2, 2));
    }

    async fn a_new_topic_in_an_old_conversation_is_split_off_with_all_after_it(t: TestApp) {
        let one = t.mail_from("ana@shop.example", "Broken zip", "The zip broke").await;
        let answered = rfc_id(&t, one).await;
        for (n, text) in ["Something else: when do you open?", "And on Sundays?"].iter().enumerate() {
            t.deliver(&format!(
                "From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Opening hours\nMessage-ID: <t{n}@shop.example>\n\
                 In-Reply-To: <{answered}>\n\n{text}")).await;
        }
        let all = messages(&t, one).await;
        let before = (conversation(&t, one).await, counts(&t).await);
        let (id, new) = split(&t, all[1]).await;
        let (left, taken) = (conversation(&t, one).await, conversation(&t, new).await);
        assert_eq!((left.message_count, left.preview.as_str()), (1, "The zip broke"));
        assert_eq!((taken.message_count, taken.subject.as_str(), taken.customer_id), (2, "Opening hours", left.customer_id));
        assert_eq!((counts(&t).await.open, counts(&t).await.neglected), (2, 2));
        assert_eq!(found(&t, "sundays ").await, [taken.number]);
        // An answer to what was split off goes where it is now.
        t.deliver("From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Opening hours\nMessage-ID: <t9@shop.example>\n\
                   In-Reply-To: <t1@shop.example>\n\nThanks").await;
        assert_eq!(messages(&t, new).await.len(), 3);
        undo(&t, id).await.unwrap();
        assert_eq!((messages(&t, one).await.len(), conversation(&t, new).await.status), (4, Status::Merged));
        assert_eq!(counts(&t).await, before.1);
    }

    async fn undoing_a_split_at_once_restores_exactly_what_was(t: TestApp) {
        let one = t.mail_from("ana@shop.example", "Broken zip", "The zip broke").await;
        let answered = rfc_id(&t, one).await;
        t.deliver(&format!(
            "From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <u@shop.example>\n\
             In-Reply-To: <{answered}>\n\nHello?")).await;
        let before = (conversation(&t, one).await, messages(&t, one).await, counts(&t).await);
        let (id, _) = split(&t, before.1[1]).await;
        undo(&t, id).await.unwrap();
        assert_eq!((conversation(&t, one).await, messages(&t, one).await, counts(&t).await), before);
    }

    async fn the_only_message_cannot_be_split_off_and_nothing_is_merged_with_itself(t: TestApp) {
        let one = t.mail_from("ana@shop.example", "Broken zip", "The zip broke").await;
        let only = messages(&t, one).await[0];
        let split = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::split(desk, only, false).await }));
        assert!(matches!(split.await, Err(Error::Conflict("nothing_left"))));
        let itself = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::merge(desk, one, one).await }));
        assert!(matches!(itself.await, Err(Error::Invalid(_))));
    }

    async fn a_message_that_was_moved_is_back_when_that_is_undone(t: TestApp) {
        let one = t.mail_from("ana@shop.example", "Broken zip", "The zip broke").await;
        let answered = rfc_id(&t, one).await;
        t.deliver(&format!(
            "From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <v@shop.example>\n\
             In-Reply-To: <{answered}>\n\nThe invoice, please")).await;
        let other = t.mail_from("ana@shop.example", "Invoice", "Which invoice?").await;
        let before = (conversation(&t, one).await, conversation(&t, other).await, counts(&t).await);
        let moved = messages(&t, one).await[1];
        let id = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::move_message(desk, moved, other).await })).await.unwrap();
        assert_eq!((messages(&t, one).await.len(), messages(&t, other).await.len()), (1, 2));
        undo(&t, id).await.unwrap();
        assert_eq!((conversation(&t, one).await, conversation(&t, other).await, counts(&t).await), before);
    }
}

async fn rfc_id(t: &TestApp, id: ConversationId) -> String {
    let thread =
        t.app.read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 50).await }));
    thread.await.unwrap()[0].rfc_message_id.clone().unwrap()
}
