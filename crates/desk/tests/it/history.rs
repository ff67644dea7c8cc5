//! Mail from before that is brought along, and mail of ours that another program wrote.

use desk::{
    channel::Envelope,
    conversations::{self, Conversation, History, Message, MessageKind, Status},
    intake::{Arrival, BroughtAlong},
};
use jiff::Timestamp;
use testkit::{app::TestApp, on_both_engines};

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn bring_along(t: &TestApp, key: &str, raw: &str) -> BroughtAlong {
    let history = History { delivered_at: None, open_after: moment("2026-11-01T00:00:00Z") };
    let arrival = Arrival {
        channel: "email",
        mailbox: Some(t.mailbox),
        source_key: key.to_owned(),
        raw: raw.to_owned().into(),
        envelope: Envelope { history: Some(history), ..Envelope::default() },
        problem: None,
    };
    let prepared = t.app.prepare(arrival).await.unwrap();
    t.app.bring_along(t.workspace, prepared).await.unwrap()
}

async fn numbered(t: &TestApp, number: i64) -> (Conversation, Vec<Message>) {
    t.app
        .read(t.system(), move |desk| {
            Box::pin(async move {
                let conversation = conversations::find_by_number(desk, number).await?;
                let thread = conversations::thread(desk, conversation.id, None, 50).await?;
                Ok((conversation, thread))
            })
        })
        .await
        .unwrap()
}

fn mail(id: u32, from: &str, to: &str, date: &str, more: &str) -> String {
    format!("From: {from}\nTo: {to}\nSubject: Zip\nMessage-ID: <{id}@old.example>\nDate: {date}\n{more}\nNumber {id}\n")
}

const ANA: &str = "Ana <ana@shop.example>";
const US: &str = "help@desk.example";

on_both_engines! {
    async fn what_is_brought_along_is_dated_settled_and_sets_nothing_in_motion(t: TestApp) {
        let question = mail(1, ANA, US, "Mon, 3 Feb 2020 10:00:00 +0000", "");
        let answer = mail(2, US, ANA, "Mon, 3 Feb 2020 11:00:00 +0000", "In-Reply-To: <1@old.example>\n");
        assert_eq!(bring_along(&t, "1", &question).await, BroughtAlong::New);
        assert_eq!(bring_along(&t, "2", &answer).await, BroughtAlong::New);
        let (conversation, thread) = numbered(&t, 1).await;
        assert_eq!(conversation.created_at, moment("2020-02-03T10:00:00Z"));
        assert_eq!(conversation.last_activity_at, moment("2020-02-03T11:00:00Z"));
        assert_eq!((conversation.status, conversation.waiting_since, conversation.respond_by), (Status::Resolved, None, None));
        assert_eq!(conversation.first_response_at, Some(moment("2020-02-03T11:00:00Z")));
        let kinds: Vec<_> = thread.iter().map(|message| (message.kind, message.created_at)).collect();
        let expected = [
            (MessageKind::Incoming, moment("2020-02-03T10:00:00Z")),
            (MessageKind::Outgoing, moment("2020-02-03T11:00:00Z")),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(t.run_jobs().await, 0, "no order of any kind");
        assert!(t.channel.sent.lock().is_empty());
    }

    async fn what_is_brought_along_twice_is_there_once_also_when_it_came_by_another_way(t: TestApp) {
        let question = mail(1, ANA, US, "Mon, 3 Feb 2020 10:00:00 +0000", "");
        t.deliver(&question).await;
        assert_eq!(bring_along(&t, "1", &question.replace('\n', "\r\n")).await, BroughtAlong::Known);
        assert_eq!(bring_along(&t, "1", &question.replace('\n', "\r\n")).await, BroughtAlong::Known);
        let (conversation, thread) = numbered(&t, 1).await;
        assert_eq!((conversation.message_count, thread.len()), (1, 1));
        assert!(conversation.waiting_since.is_some(), "she goes on waiting");
    }

    async fn an_older_mail_stands_before_what_was_said_since_and_changes_nothing(t: TestApp) {
        let newer = mail(2, ANA, US, "Sun, 22 Nov 2026 09:00:00 +0000", "References: <1@old.example>\n");
        t.deliver(&newer).await;
        let older = mail(1, US, ANA, "Fri, 20 Nov 2026 09:00:00 +0000", "In-Reply-To: <2@old.example>\n");
        assert_eq!(bring_along(&t, "1", &older).await, BroughtAlong::New);
        let (conversation, thread) = numbered(&t, 1).await;
        assert_eq!(conversation.preview, "Number 2");
        assert_eq!(thread.iter().map(|message| message.body.as_str()).collect::<Vec<_>>(), ["Number 1", "Number 2"]);
        assert!(conversation.respond_by.is_some());
    }

    async fn recent_mail_that_is_brought_along_is_open_and_waits_for_nobody(t: TestApp) {
        bring_along(&t, "1", &mail(1, ANA, US, "Sat, 21 Nov 2026 10:00:00 +0000", "")).await;
        let (conversation, _) = numbered(&t, 1).await;
        assert_eq!((conversation.status, conversation.waiting_since, conversation.respond_by), (Status::Open, None, None));
    }

    async fn our_mail_to_somebody_new_opens_a_conversation_that_waits_for_nobody_and_their_answer_joins_it(t: TestApp) {
        let ours = mail(1, US, ANA, "Sun, 22 Nov 2026 09:59:00 +0000", "");
        t.deliver(&ours).await;
        let (conversation, thread) = numbered(&t, 1).await;
        assert_eq!((conversation.customer_name.as_str(), conversation.status), ("Ana", Status::Open));
        assert_eq!((conversation.waiting_since, conversation.respond_by), (None, None));
        assert_eq!(thread[0].kind, MessageKind::Outgoing);
        t.deliver(&mail(2, ANA, US, "Sun, 22 Nov 2026 10:00:00 +0000", "In-Reply-To: <1@old.example>\n")).await;
        let (conversation, thread) = numbered(&t, 1).await;
        assert_eq!(thread.len(), 2);
        assert!(conversation.waiting_since.is_some());
    }

    async fn a_customer_whose_mail_carries_the_id_of_our_answer_is_heard(t: TestApp) {
        t.deliver(&mail(1, US, ANA, "Sun, 22 Nov 2026 09:59:00 +0000", "")).await;
        t.deliver(&mail(1, ANA, US, "Sun, 22 Nov 2026 10:00:00 +0000", "Reply-To: ana@shop.example\n")).await;
        let (conversation, _) = numbered(&t, 2).await;
        assert_eq!(conversation.message_count, 1);
    }

    async fn a_mail_that_its_source_does_not_give_is_set_aside_with_the_reason(t: TestApp) {
        let arrival = Arrival {
            channel: "email",
            mailbox: Some(t.mailbox),
            source_key: "imap:1".into(),
            raw: "Subject: not fetched\r\n\r\n".into(),
            envelope: Envelope::default(),
            problem: Some("the server did not give it".into()),
        };
        t.app.accept(t.workspace, vec![arrival], None).await.unwrap();
        assert_eq!(t.run_jobs().await, 0);
        let found = t.app.read(t.system(), |desk| Box::pin(async move { conversations::find_by_number(desk, 1).await }));
        assert!(found.await.is_err(), "it is no conversation");
    }
}
