//! Answers go out once, and what becomes of them is known.

use desk::{
    channel::SendOutcome,
    conversations::{self, ConversationId, DeliveryState, MessageId, NewReply, Status},
    jobs,
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

async fn answered(t: &TestApp) -> (ConversationId, MessageId) {
    let id = t.mail_from("carla@c.example", "Hello", "Hi").await;
    let new = NewReply {
        conversation: id,
        client_id: None,
        markdown: "Dear Carla".into(),
        from: None,
        to: None,
        cc: None,
        uploads: vec![],
        seen: None,
        send_anyway: false,
        leaves_at: None,
    };
    let message =
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await }));
    (id, message.await.unwrap())
}

async fn state(t: &TestApp, id: MessageId) -> DeliveryState {
    let message = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::message(desk, id).await }));
    message.await.unwrap().delivery.unwrap()
}

on_both_engines! {
    async fn a_server_that_is_away_is_tried_again_with_the_same_message_id(t: TestApp) {
        let (_, id) = answered(&t).await;
        t.channel.outcomes.lock().push_back(SendOutcome::Deferred("451 busy".into()));
        t.run_jobs().await;
        assert_eq!(state(&t, id).await, DeliveryState::Deferred);
        t.clock.advance(SignedDuration::from_mins(1));
        t.run_jobs().await;
        assert_eq!(state(&t, id).await, DeliveryState::Sent);
        let sent = t.channel.sent.lock().clone();
        assert_eq!((sent.len(), &sent[0].rfc_message_id), (2, &sent[1].rfc_message_id));
    }

    async fn a_refused_answer_leaves_the_customer_waiting_and_a_dead_letter_that_sends_it_when_it_is_brought_back(t: TestApp) {
        let (conversation, id) = answered(&t).await;
        t.channel.outcomes.lock().push_back(SendOutcome::Refused("550 no such user".into()));
        t.run_jobs().await;
        assert_eq!(state(&t, id).await, DeliveryState::Failed);
        let c = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, conversation).await })).await.unwrap();
        assert!(c.respond_by.is_some(), "the customer has no answer");
        let dead = desk::jobs::dead_letters(&t.app, t.workspace, None, 10).await.unwrap();
        assert_eq!(dead[0].last_error, "550 no such user");
        desk::jobs::requeue(&t.app, t.workspace, Some(dead[0].id)).await.unwrap();
        t.run_jobs().await;
        assert_eq!((state(&t, id).await, t.channel.sent.lock().len()), (DeliveryState::Sent, 2));
    }

    async fn an_answer_that_broke_off_is_not_sent_again_until_a_person_says_so(t: TestApp) {
        let (_, id) = answered(&t).await;
        t.channel.outcomes.lock().push_back(SendOutcome::Unknown("connection reset".into()));
        t.run_jobs().await;
        t.clock.advance(SignedDuration::from_hours(50));
        t.run_jobs().await;
        assert_eq!((state(&t, id).await, t.channel.sent.lock().len()), (DeliveryState::Unconfirmed, 1));
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::send_again(desk, id).await })).await.unwrap();
        t.run_jobs().await;
        assert_eq!((state(&t, id).await, t.channel.sent.lock().len()), (DeliveryState::Sent, 2));
        let again = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::send_again(desk, id).await }));
        assert!(again.await.is_err(), "what has arrived is not sent again");
    }

    async fn sending_a_failed_answer_again_takes_the_place_of_its_failed_work(t: TestApp) {
        let (_, id) = answered(&t).await;
        t.channel.outcomes.lock().push_back(SendOutcome::Refused("no such user".into()));
        t.run_jobs().await;
        assert_eq!(state(&t, id).await, DeliveryState::Failed);
        assert_eq!(jobs::dead_letters(&t.app, t.workspace, None, 10).await.unwrap().len(), 1);
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::send_again(desk, id).await })).await.unwrap();
        t.run_jobs().await;
        assert_eq!(state(&t, id).await, DeliveryState::Sent);
        assert!(jobs::dead_letters(&t.app, t.workspace, None, 10).await.unwrap().is_empty());
    }

    async fn a_bounce_marks_the_answer_and_brings_the_conversation_back(t: TestApp) {
        let (conversation, id) = answered(&t).await;
        t.run_jobs().await;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::resolve(desk, conversation).await })).await.unwrap();
        let message = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::message(desk, id).await })).await.unwrap();
        let ours = message.rfc_message_id.unwrap();
        t.deliver(&format!(
            "From: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: Undelivered Mail Returned to Sender\n\
             Message-ID: <b1@mx.example>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
             --b\nContent-Type: text/plain\n\nI'm sorry.\n--b\nContent-Type: message/delivery-status\n\n\
             Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; carla@c.example\nAction: failed\nStatus: 5.1.1\n\n\
             --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{ours}>\nFrom: help@desk.example\n\n--b--\n"
        ))
        .await;
        assert_eq!(state(&t, id).await, DeliveryState::Failed);
        let c = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, conversation).await })).await.unwrap();
        assert_eq!((c.status, c.message_count, c.respond_by.is_some()), (Status::Open, 3, true));
    }
}
