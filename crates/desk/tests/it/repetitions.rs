//! What a draft asks for again: found in what the customer said and in their record, counted by what became of it.

use desk::{
    Event,
    conversations::{self, ConversationId, NewReply},
    customers::{
        self,
        fields::{self, Kind as FieldKind, Owner},
    },
    repetitions::{self, Kind, Outcome, Place},
};
use testkit::{app::TestApp, on_both_engines};
use uuid::Uuid;

async fn reply(t: &TestApp, id: ConversationId, draft: Uuid, text: &str) {
    let new = NewReply {
        conversation: id,
        client_id: Some(draft),
        markdown: text.to_owned(),
        to: None,
        cc: None,
        uploads: vec![],
        seen: None,
        send_anyway: true,
        leaves_at: None,
        from: None,
    };
    let text = text.to_owned();
    t.app
        .write(t.owner.scope(), move |desk| {
            Box::pin(async move {
                conversations::reply(desk, new).await?;
                repetitions::sent(desk, id, draft, &text).await
            })
        })
        .await
        .unwrap();
}

async fn notice(t: &TestApp, id: ConversationId, draft: Uuid, text: &'static str) -> Vec<(Kind, String)> {
    let found = t
        .app
        .write(t.owner.scope(), move |desk| Box::pin(async move { repetitions::notice(desk, id, draft, text).await }));
    found.await.unwrap().into_iter().map(|one| (one.fact.kind, one.fact.value)).collect()
}

async fn counts(t: &TestApp) -> [i64; 3] {
    let now = t.app.now();
    let rows = t
        .app
        .read(t.owner.scope(), move |desk| Box::pin(async move { repetitions::weeks(desk, now).await }))
        .await
        .unwrap();
    let of = |outcome| rows.iter().filter(|row| row.outcome == outcome).map(|row| row.count).sum();
    [of(Outcome::Shown), of(Outcome::Heeded), of(Outcome::SentAnyway)]
}

on_both_engines! {
    async fn a_question_whose_answer_is_known_is_counted_by_what_becomes_of_it(t: TestApp) {
        let id = t.mail_from("Ana Lind <ana@shop.example>", "Zip", "My order number is LO-10423. The zip broke.").await;
        let (first, second, third) = (t.app.new_id(), t.app.new_id(), t.app.new_id());
        let asks = "Could you send me your order number?";
        assert_eq!(notice(&t, id, first, asks).await, [(Kind::Order, "LO-10423".to_owned())]);
        notice(&t, id, first, asks).await;
        assert_eq!(counts(&t).await, [1, 0, 0], "shown again is shown once");
        reply(&t, id, first, "I have found it, thank you.").await;
        assert_eq!(counts(&t).await, [1, 1, 0]);
        notice(&t, id, second, asks).await;
        reply(&t, id, second, asks).await;
        reply(&t, id, third, asks).await;
        assert_eq!(counts(&t).await, [3, 1, 2], "what nobody was shown counts as well");
        let events = t.app.events_after(t.workspace, 0, 100).await.unwrap().0;
        let told = events.iter().filter(|one| matches!(&one.event, Event::AskedAgain { about, .. } if about == "order")).count();
        assert_eq!(told, 2);
        let (agent, week) = (t.owner.agent_id, repetitions::week_of(t.app.now()));
        let cases = t.app.read(t.owner.scope(), move |desk| Box::pin(async move {
            let first = repetitions::cases(desk, agent, week, None, None, 2).await?;
            let rest = repetitions::cases(desk, agent, week, None, first.last().map(repetitions::Case::key), 2).await?;
            let sent = repetitions::cases(desk, agent, week, Some(Outcome::SentAnyway), None, 9).await?;
            Ok((first.len(), rest.len(), sent.len(), sent[0].number))
        })).await.unwrap();
        assert_eq!(cases, (2, 1, 2, 1));
    }

    async fn what_stands_in_the_record_or_came_as_a_picture_is_known_too(t: TestApp) {
        t.deliver("From: Ana Lind <ana@shop.example>\nTo: help@desk.example\nSubject: Zip\nMessage-ID: <p@shop.example>\nMIME-Version: 1.0\n\
            Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nHere it is\n--x\nContent-Type: image/png; name=zip.png\n\
            Content-Disposition: attachment; filename=zip.png\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n--x--").await;
        let id = t.newest_conversation().await;
        let known = t.app.write(t.owner.scope(), move |desk| Box::pin(async move {
            let customer = conversations::find(desk, id).await?.customer_id;
            let number = fields::add(desk, Owner::Customers, "Customer number", FieldKind::Text, "").await?;
            fields::fill(desk, Owner::Customers, customer.0, &[(number, "K-77".into())]).await?;
            assert_eq!(customers::addresses(desk, customer).await?, ["ana@shop.example"]);
            repetitions::known(desk, id).await
        })).await.unwrap();
        let of = |kind| known.iter().find(|fact| fact.kind == kind).map(|fact| (fact.value.as_str(), fact.place == Place::Record));
        assert_eq!(of(Kind::Picture), Some(("zip.png", false)));
        assert_eq!(of(Kind::Account), Some(("K-77", true)));
        assert_eq!(of(Kind::Name), Some(("Ana Lind", true)));
        assert_eq!(of(Kind::Email), Some(("ana@shop.example", true)));
        assert_eq!(of(Kind::Order), None);
    }
}
