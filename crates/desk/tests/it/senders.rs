//! Further addresses of a mailbox: mail to them is taken, answers leave from them, and from no other.

use desk::{
    Error,
    conversations::{self, ConversationId, DeliveryState, MessageId, NewReply},
    mailboxes::{self, MailboxForm},
};
use testkit::{app::TestApp, on_both_engines};

fn form(aliases: &str) -> MailboxForm {
    MailboxForm {
        name: "Help".into(),
        address: "help@desk.example".into(),
        aliases: aliases.into(),
        smtp_host: "smtp.desk.example".into(),
        ..MailboxForm::default()
    }
}

async fn reply(t: &TestApp, id: ConversationId, from: Option<&str>) -> desk::Result<MessageId> {
    let new = NewReply {
        conversation: id,
        client_id: None,
        markdown: "Which one?".into(),
        from: from.map(str::to_owned),
        to: None,
        cc: None,
        uploads: vec![],
        seen: None,
        send_anyway: true,
        leaves_at: None,
    };
    t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await
}

async fn write_to(t: &TestApp, to: &str) -> ConversationId {
    let id = t.app.new_id();
    t.deliver(&format!(
        "From: ana@shop.example\nTo: {to}\nSubject: Zip {id}\nMessage-ID: <{id}@shop.example>\n\nIt broke"
    ))
    .await;
    t.newest_conversation().await
}

async fn sent_from(t: &TestApp) -> Vec<String> {
    t.run_jobs().await;
    std::mem::take(&mut *t.channel.sent.lock()).into_iter().map(|order| order.from.address).collect()
}

on_both_engines! {
    async fn an_answer_leaves_from_the_address_that_the_customer_wrote_to(t: TestApp) {
        mailboxes::update(&t.app, t.owner.scope(), t.mailbox, form("sales@desk.example\ninfo@other.example")).await.unwrap();
        let id = write_to(&t, "Sales+spring@desk.example").await;
        reply(&t, id, None).await.unwrap();
        assert_eq!(sent_from(&t).await, ["sales@desk.example"]);
        reply(&t, id, Some("info@other.example")).await.unwrap();
        assert_eq!(sent_from(&t).await, ["info@other.example"]);
        let senders = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::senders(desk, id).await })).await.unwrap();
        assert_eq!(senders.standard, "sales@desk.example");
        assert_eq!(senders.all, ["help@desk.example", "sales@desk.example", "info@other.example"]);
        let plain = write_to(&t, "help@desk.example").await;
        reply(&t, plain, None).await.unwrap();
        assert_eq!(sent_from(&t).await, ["help@desk.example"]);
    }

    async fn an_answer_leaves_from_no_address_that_the_mailbox_may_not_use(t: TestApp) {
        mailboxes::update(&t.app, t.owner.scope(), t.mailbox, form("sales@desk.example")).await.unwrap();
        let id = write_to(&t, "sales@desk.example").await;
        for other in ["boss@desk.example", "", "help+x@desk.example"] {
            let refused = reply(&t, id, Some(other)).await;
            assert!(matches!(&refused, Err(Error::Invalid(problems)) if problems[0].field == "from"), "{other}: {refused:?}");
        }
        // Taken away between writing and sending: it is refused, and the reason is said.
        let message = reply(&t, id, None).await.unwrap();
        mailboxes::update(&t.app, t.owner.scope(), t.mailbox, form("")).await.unwrap();
        assert!(sent_from(&t).await.is_empty());
        let after = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::message(desk, message).await })).await.unwrap();
        assert_eq!(after.delivery, Some(DeliveryState::Failed));
        assert!(after.delivery_note.unwrap().contains("may_not_send_from"));
    }

    async fn an_answer_merged_into_another_mailboxes_conversation_leaves_through_its_own(t: TestApp) {
        mailboxes::update(&t.app, t.owner.scope(), t.mailbox, form("")).await.unwrap();
        let other = MailboxForm { address: "sales@desk.example".into(), name: "Sales".into(), ..form("") };
        let other = mailboxes::create(&t.app, t.owner.scope(), other).await.unwrap();
        let id = write_to(&t, "help@desk.example").await;
        let arrival = desk::intake::Arrival {
            channel: "email", mailbox: Some(other), source_key: "x".into(), problem: None, envelope: desk::channel::Envelope::default(),
            raw: "From: bob@shop.example\r\nTo: sales@desk.example\r\nSubject: Price\r\nMessage-ID: <p@shop.example>\r\n\r\nHow much?".into(),
        };
        t.app.accept(t.workspace, vec![arrival], None).await.unwrap();
        t.run_jobs().await;
        let into = t.newest_conversation().await;
        reply(&t, id, None).await.unwrap();
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::merge(desk, id, into).await })).await.unwrap();
        t.run_jobs().await;
        let sent = std::mem::take(&mut *t.channel.sent.lock());
        assert_eq!((sent[0].from.address.as_str(), sent[0].mailbox.address.as_str()), ("help@desk.example", "help@desk.example"));
    }

    async fn an_address_belongs_to_one_mailbox_and_mail_to_it_is_taken(t: TestApp) {
        mailboxes::update(&t.app, t.owner.scope(), t.mailbox, form("sales@desk.example")).await.unwrap();
        let found = |address: &'static str| t.app.read(t.system(), move |desk| Box::pin(async move { mailboxes::find_by_address(desk, address).await }));
        assert_eq!(found("Sales@Desk.example").await.unwrap().map(|mailbox| mailbox.id), Some(t.mailbox));
        let own = t.app.read(t.system(), |desk| Box::pin(async move { mailboxes::own_addresses(desk).await })).await.unwrap();
        assert!(own.contains("sales+x@desk.example") && !own.contains("boss@desk.example"));
        for (address, aliases, field) in [("sales@desk.example", "", "address"), ("new@desk.example", "sales@desk.example", "aliases"), ("new@desk.example", "help@desk.example", "aliases")] {
            let refused = mailboxes::create(&t.app, t.owner.scope(), MailboxForm { address: address.into(), ..form(aliases) }).await;
            assert!(matches!(&refused, Err(Error::Invalid(problems)) if (problems[0].field, problems[0].problem) == (field, "taken")), "{refused:?}");
        }
        mailboxes::update(&t.app, t.owner.scope(), t.mailbox, form("")).await.unwrap();
        assert!(found("sales@desk.example").await.unwrap().is_none(), "what it gave up is free");
        mailboxes::create(&t.app, t.owner.scope(), MailboxForm { address: "sales@desk.example".into(), ..form("") }).await.unwrap();
    }
}
