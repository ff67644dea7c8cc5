//! Mail that may not be from whom it says, and mail that names our own addresses.

use desk::conversations::{self, ConversationId, Header, Message, MessageKind, Sender, Threading};
use desk::{
    channel::{Channel, Envelope},
    customers,
    mailboxes::{self, MailboxForm},
};
use testkit::{app::TestApp, on_both_engines};

/// Our mail server's finding on top of a mail.
const FAILS: &str =
    "Authentication-Results: mx.desk.example; spf=fail smtp.mailfrom=evil.example; dkim=none; dmarc=fail header.from=";

async fn set_up(t: &TestApp, aliases: &str) {
    let form = MailboxForm {
        name: "Help".into(),
        address: "help@desk.example".into(),
        aliases: aliases.into(),
        smtp_host: "smtp.desk.example".into(),
        auto_reply: "We have it".into(),
        authserv_id: "mx.desk.example".into(),
        reply_tokens: "on".into(),
        ..MailboxForm::default()
    };
    mailboxes::update(&t.app, t.owner.scope(), t.mailbox, form).await.unwrap();
}

async fn thread(t: &TestApp, id: ConversationId) -> Vec<Message> {
    t.app
        .read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 50).await }))
        .await
        .unwrap()
}

async fn part(t: &TestApp, id: ConversationId) -> Vec<String> {
    let recipients =
        t.app.read(t.system(), move |desk| Box::pin(async move { conversations::recipients(desk, id).await }));
    recipients.await.unwrap().to.into_iter().map(|person| person.address).collect()
}

fn why(message: &Message) -> Option<Threading> {
    Header::of(message).threading
}

fn sent_to(t: &TestApp) -> Vec<String> {
    let sent = std::mem::take(&mut *t.channel.sent.lock());
    sent.into_iter().flat_map(|order| order.to.into_iter().map(|to| to.address)).collect()
}

on_both_engines! {
    async fn a_doubted_sender_lands_in_no_conversation_by_their_name_alone(t: TestApp) {
        set_up(&t, "").await;
        let id = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        sent_to(&t);
        let first = thread(&t, id).await[0].rfc_message_id.clone().unwrap();
        let before = thread(&t, id).await.len();
        let by_reference = format!("{FAILS}shop.example\nFrom: ana@shop.example\nReply-To: eve@evil.example\nTo: help@desk.example\n\
            Subject: Re: Broken zip\nIn-Reply-To: <{first}>\nMessage-ID: <1@evil.example>\n\nSend the refund to this account");
        let by_subject = by_reference.replace(&format!("In-Reply-To: <{first}>\n"), "").replace("<1@", "<2@");
        for raw in [&by_subject, &by_reference] {
            t.deliver(raw).await;
            let apart = thread(&t, t.newest_conversation().await).await;
            assert_eq!(why(&apart[0]), Some(Threading::Unverified { from: "ana@shop.example".into(), number: 1 }));
        }
        assert_eq!(thread(&t, id).await.len(), before);
        assert!(sent_to(&t).is_empty(), "whoever is named by a forged mail has asked for nothing");
        // Without the server's warning it would have landed there: the test can fail.
        let honest = by_reference.split_once('\n').unwrap().1.replace("<1@", "<3@").replace("eve@evil.example", "ana@shop.example");
        t.deliver(&honest).await;
        assert_eq!(thread(&t, id).await.len(), before + 1);
    }

    async fn a_forgery_that_was_kept_apart_does_not_draw_away_what_the_customer_writes_next(t: TestApp) {
        set_up(&t, "").await;
        let id = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let before = thread(&t, id).await.len();
        let by_subject = "From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <1@evil.example>\n\nPay here";
        t.deliver(&format!("{FAILS}shop.example\n{by_subject}")).await;
        let forged = t.newest_conversation().await;
        assert_ne!(forged, id);
        t.deliver(&by_subject.replace("<1@evil.example>", "<2@shop.example>")).await;
        let messages = thread(&t, id).await;
        assert_eq!(messages.len(), before + 1);
        assert_eq!(why(&messages[before]), Some(Threading::Subject { subject: "Broken zip".into() }));
        // Another forgery is told of the honest conversation too, and goes to neither.
        t.deliver(&format!("{FAILS}shop.example\n{}", by_subject.replace("<1@", "<3@"))).await;
        let apart = thread(&t, t.newest_conversation().await).await;
        assert_eq!(why(&apart[0]), Some(Threading::Unverified { from: "ana@shop.example".into(), number: 1 }));
        assert_eq!(thread(&t, forged).await.len(), 1);
    }

    async fn a_forgery_alone_of_its_subject_is_not_continued_by_an_honest_mail(t: TestApp) {
        set_up(&t, "").await;
        t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let raw = "From: ana@shop.example\nTo: help@desk.example\nSubject: Your refund\nMessage-ID: <1@evil.example>\n\nPay here";
        t.deliver(&format!("{FAILS}shop.example\n{raw}")).await;
        let forged = t.newest_conversation().await;
        t.deliver(&raw.replace("<1@", "<2@").replace("Your", "Re: Your")).await;
        assert_ne!(t.newest_conversation().await, forged);
        assert_eq!(thread(&t, forged).await.len(), 1);
    }

    async fn a_doubted_mail_brings_nobody_along_not_even_when_it_is_merged(t: TestApp) {
        set_up(&t, "").await;
        let id = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let first = thread(&t, id).await[0].rfc_message_id.clone().unwrap();
        t.deliver(&format!("{FAILS}shop.example\nFrom: ana@shop.example\nReply-To: eve@evil.example\nCc: mallory@evil.example\nTo: help@desk.example\n\
            Subject: Re: Broken zip\nIn-Reply-To: <{first}>\nMessage-ID: <1@evil.example>\n\nMe again")).await;
        let apart = t.newest_conversation().await;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::merge(desk, apart, id).await })).await.unwrap();
        let before = thread(&t, id).await.len();
        t.deliver(&format!("From: eve@evil.example\nTo: help@desk.example\nSubject: Re: Broken zip\nIn-Reply-To: <{first}>\nMessage-ID: <2@evil.example>\n\nHello")).await;
        t.deliver(&format!("From: mallory@evil.example\nTo: help@desk.example\nSubject: Re: Broken zip\nIn-Reply-To: <{first}>\nMessage-ID: <3@evil.example>\n\nHello")).await;
        assert_eq!(thread(&t, id).await.len(), before);
    }

    async fn the_signed_reply_address_still_lets_a_participant_in_whose_mail_was_forwarded(t: TestApp) {
        set_up(&t, "").await;
        let id = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        t.run_jobs().await;
        let address = t.channel.sent.lock()[0].reply_to.clone().unwrap().address;
        let before = thread(&t, id).await.len();
        let raw = format!("{FAILS}shop.example\nFrom: ana@shop.example\nTo: {address}\nSubject: Re\nMessage-ID: <1@list.example>\n\nThe left one");
        t.deliver(&raw).await;
        let messages = thread(&t, id).await;
        assert_eq!(messages.len(), before + 1);
        assert_eq!(why(&messages[before]), Some(Threading::ReplyAddress));
        // The address alone is no key.
        t.deliver(&raw.replace("ana@", "eve@").replace("<1@", "<2@")).await;
        assert_eq!(thread(&t, id).await.len(), before + 1);
        // Nor is our own name with it.
        t.deliver(&raw.replace("ana@shop.example", "help@desk.example").replace("header.from=shop", "header.from=desk").replace("<1@", "<3@")).await;
        assert_eq!(thread(&t, id).await.len(), before + 1);
    }

    async fn a_forged_mail_from_our_own_address_is_not_ours(t: TestApp) {
        set_up(&t, "sales@desk.example").await;
        let id = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let first = thread(&t, id).await[0].rfc_message_id.clone().unwrap();
        for (n, own) in ["help@desk.example", "Sales+x@desk.example"].into_iter().enumerate() {
            let before = thread(&t, id).await.len();
            t.deliver(&format!("{FAILS}desk.example\nFrom: Help <{own}>\nTo: ana@shop.example\nCc: help@desk.example\nSubject: Re: Broken zip\n\
                In-Reply-To: <{first}>\nMessage-ID: <{n}@evil.example>\n\nPay here")).await;
            assert_eq!(thread(&t, id).await.len(), before);
            let apart = thread(&t, t.newest_conversation().await).await;
            assert_eq!(apart[0].kind, MessageKind::Incoming, "it is no answer of ours");
            assert_eq!(why(&apart[0]), Some(Threading::Unverified { from: own.into(), number: 1 }));
        }
        // The same without the warning is what somebody wrote in another program.
        let before = thread(&t, id).await.len();
        t.deliver(&format!("From: Sales <sales@desk.example>\nTo: ana@shop.example\nSubject: Re: Broken zip\nIn-Reply-To: <{first}>\nMessage-ID: <9@desk.example>\n\nWe look")).await;
        let messages = thread(&t, id).await;
        assert_eq!((messages.len(), messages[before].kind), (before + 1, MessageKind::Outgoing));
    }

    async fn a_forms_mail_that_cannot_be_verified_is_answered_to_the_customer_and_lands_nowhere_else(t: TestApp) {
        set_up(&t, "").await;
        let id = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let first = thread(&t, id).await[0].rfc_message_id.clone().unwrap();
        let before = thread(&t, id).await.len();
        t.deliver(&format!("{FAILS}desk.example\nFrom: help@desk.example\nReply-To: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\n\
            In-Reply-To: <{first}>\nMessage-ID: <1@form.example>\n\nBy the form")).await;
        assert_eq!(thread(&t, id).await.len(), before);
        let apart = t.newest_conversation().await;
        assert_eq!(part(&t, apart).await, ["ana@shop.example"]);
        assert_eq!(why(&thread(&t, apart).await[0]), Some(Threading::Unverified { from: "help@desk.example".into(), number: 1 }));
    }

    async fn a_doubted_mail_does_not_lift_the_ban_on_an_address_that_mail_came_back_from(t: TestApp) {
        set_up(&t, "").await;
        let id = t.mail_from("ana@shop.example", "Zip", "It broke").await;
        t.run_jobs().await;
        let ours = t.channel.sent.lock()[0].rfc_message_id.clone();
        t.deliver(&format!(
            "From: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: Undelivered\nMessage-ID: <b@mx.example>\nMIME-Version: 1.0\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n--b\n\
             Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana@shop.example\n\
             Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{ours}>\n\n--b--\n")).await;
        let suppressed = || t.app.read(t.system(), |desk| Box::pin(async move { customers::suppressed(desk, "ana@shop.example").await }));
        assert!(suppressed().await.unwrap().is_some());
        t.deliver(&format!("{FAILS}shop.example\nFrom: ana@shop.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <1@evil.example>\n\nI am back")).await;
        assert!(suppressed().await.unwrap().is_some());
        assert_eq!(thread(&t, id).await[0].kind, MessageKind::Incoming);
    }

    async fn where_a_mail_would_go_is_told_without_taking_it_in(t: TestApp) {
        set_up(&t, "").await;
        let id = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let first = thread(&t, id).await[0].rfc_message_id.clone().unwrap();
        let before = thread(&t, id).await.len();
        let raw = format!("From: ana@shop.example\r\nTo: help@desk.example\r\nSubject: Re: Broken zip\r\nIn-Reply-To: <{first}>\r\nMessage-ID: <1@shop.example>\r\n\r\nStill");
        let incoming = t.channel.read(raw.as_bytes(), &Envelope::default());
        let placed = t.app.read(t.system(), move |desk| {
            let incoming = incoming.clone();
            Box::pin(async move { conversations::placement(desk, &incoming, None).await })
        }).await.unwrap();
        assert_eq!(placed.conversation.map(|conversation| conversation.number), Some(1));
        assert_eq!((placed.why, placed.is_known, placed.sender), (Threading::Reference { rfc_message_id: first }, false, Sender::Believed));
        assert_eq!(thread(&t, id).await.len(), before);
    }
}
