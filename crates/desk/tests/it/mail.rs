//! Mail that can be trusted: it lands where it belongs, machines do not answer each other, nothing leaves that should not.

use base::{
    mail::{OutgoingMail, build},
    redact::{RedactionPattern, RedactionRules},
};
use desk::{
    channel::Outgoing,
    conversations::{
        self, Conversation, ConversationId, DeliveryState, Header, Message, MessageId, MessageKind, NewReply, Threading,
    },
    customers,
    mailboxes::{self, MailboxForm},
    quarantine,
    redaction::{self, Original, RedactionSettings},
};
use jiff::{SignedDuration, Timestamp};
use testkit::{app::TestApp, on_both_engines};

async fn conversation(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn thread(t: &TestApp, id: ConversationId) -> Vec<Message> {
    t.app
        .read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 50).await }))
        .await
        .unwrap()
}

async fn reply(t: &TestApp, id: ConversationId, text: &str, leaves_at: Option<Timestamp>) -> desk::Result<MessageId> {
    let new = NewReply {
        conversation: id,
        client_id: None,
        markdown: text.to_owned(),
        from: None,
        to: None,
        cc: None,
        uploads: vec![],
        seen: None,
        send_anyway: true,
        leaves_at,
    };
    t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await
}

async fn set_up(t: &TestApp, change: impl FnOnce(&mut MailboxForm)) {
    let mut form = MailboxForm {
        name: "Help".into(),
        address: "help@desk.example".into(),
        smtp_host: "smtp.desk.example".into(),
        ..MailboxForm::default()
    };
    change(&mut form);
    mailboxes::update(&t.app, t.owner.scope(), t.mailbox, form).await.unwrap();
}

/// The bytes that would leave.
fn letter(order: &Outgoing) -> String {
    let mail = OutgoingMail {
        from: order.from.clone(),
        reply_to: order.reply_to.clone(),
        to: order.to.clone(),
        cc: order.cc.clone(),
        subject: order.subject.clone(),
        message_id: order.rfc_message_id.clone(),
        in_reply_to: order.in_reply_to.clone(),
        references: order.references.clone(),
        date: order.date,
        body: order.markdown.clone(),
        quoted: None,
        attachments: vec![],
        automatic: order.automatic,
    };
    String::from_utf8(build(&mail)).unwrap().replace("\r\n", "\n")
}

fn sent(t: &TestApp) -> Vec<Outgoing> {
    std::mem::take(&mut *t.channel.sent.lock())
}

on_both_engines! {
    async fn an_answer_without_references_finds_its_conversation_by_the_signed_reply_address(t: TestApp) {
        set_up(&t, |form| form.reply_tokens = "on".into()).await;
        let id = t.mail_from("ana@shop.example", "Zip", "It broke").await;
        reply(&t, id, "Which one?", None).await.unwrap();
        t.run_jobs().await;
        let address = sent(&t)[0].reply_to.clone().expect("a reply address").address;
        assert!(address.starts_with("help+r-") && address.ends_with("@desk.example"), "{address}");
        t.deliver(&format!("From: ana@shop.example\nTo: {address}\nSubject: Something else\nMessage-ID: <n@shop.example>\n\nThe left one")).await;
        let messages = thread(&t, id).await;
        assert_eq!(messages.len(), 3);
        assert_eq!(Header::of(&messages[2]).threading, Some(Threading::ReplyAddress));
        // The address is no key: who takes no part gets a conversation of their own, which says whose the address was.
        t.deliver(&format!("From: eve@other.example\nTo: {address}\nSubject: Hello\nMessage-ID: <e@other.example>\n\nLet me in")).await;
        assert_eq!(thread(&t, id).await.len(), 3);
        let other = thread(&t, t.newest_conversation().await).await;
        assert!(matches!(Header::of(&other[0]).threading, Some(Threading::Stranger { number: Some(1), .. })));
    }

    async fn an_answer_whose_references_were_lost_is_placed_by_its_subject_only_when_that_is_sure(t: TestApp) {
        let id = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let answer = "From: ana@shop.example\nTo: help@desk.example\nSubject: AW: Broken zip\nMessage-ID: <l@shop.example>\n\nStill";
        t.deliver(answer).await;
        let messages = thread(&t, id).await;
        assert_eq!((messages.len(), Header::of(&messages[1]).threading.clone()), (2, Some(Threading::Subject { subject: "Broken zip".into() })));
        // Somebody else with the same words is somebody else.
        t.deliver(&answer.replace("ana@", "bob@").replace("<l@", "<m@")).await;
        assert_eq!(thread(&t, id).await.len(), 2);
        // After a month a subject proves nothing.
        t.clock.advance(SignedDuration::from_hours(24 * 40));
        t.deliver(&answer.replace("<l@", "<o@")).await;
        assert_eq!(thread(&t, id).await.len(), 2);
    }

    async fn a_mail_that_breaks_its_reader_is_in_quarantine_with_the_reason_and_is_read_after_a_repair(t: TestApp) {
        *t.channel.unreadable.lock() = Some("poison");
        t.deliver("From: ana@shop.example\nTo: help@desk.example\nSubject: poison\nMessage-ID: <p@shop.example>\n\npoison").await;
        t.mail_from("bob@shop.example", "Fine", "All well").await;
        let list = || t.app.read(t.owner.scope(), |desk| Box::pin(async move { quarantine::list(desk, None, 10).await }));
        let kept = list().await.unwrap();
        assert_eq!(kept.len(), 1, "the other one was read");
        assert!(kept[0].reason.contains("could not be read"), "{}", kept[0].reason);
        let raw = quarantine::raw(&t.app, t.owner.scope(), kept[0].id).await.unwrap();
        assert!(raw.ends_with(b"poison"));
        assert!(desk::jobs::dead_letters(&t.app, t.workspace, None, 10).await.unwrap().is_empty(), "it is shown once");
        *t.channel.unreadable.lock() = None;
        assert_eq!(quarantine::retry_all(&t.app, t.owner.scope()).await.unwrap(), 1);
        t.run_jobs().await;
        assert!(list().await.unwrap().is_empty());
        assert_eq!(conversation(&t, t.newest_conversation().await).await.subject, "poison");
    }

    async fn an_address_that_mail_came_back_from_gets_nothing_more_until_it_writes_or_is_allowed(t: TestApp) {
        set_up(&t, |_| {}).await;
        let id = t.mail_from("ana@shop.example", "Zip", "It broke").await;
        reply(&t, id, "Which one?", None).await.unwrap();
        t.run_jobs().await;
        let ours = sent(&t)[0].rfc_message_id.clone();
        // The report also names somebody whom that message never went to: anybody can write a report.
        let report = format!(
            "From: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: Undelivered\nMessage-ID: <b@mx.example>\nMIME-Version: 1.0\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n--b\n\
             Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana@shop.example\n\
             Action: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; bob@shop.example\nAction: failed\nStatus: 5.1.1\n\n--b\n\
             Content-Type: text/rfc822-headers\n\nMessage-ID: <{ours}>\n\n--b--\n");
        t.deliver(&report).await;
        let suppressed = |address: &'static str| t.app.read(t.system(), move |desk| Box::pin(async move { customers::suppressed(desk, address).await }));
        assert!(suppressed("ana@shop.example").await.unwrap().is_some());
        assert!(suppressed("bob@shop.example").await.unwrap().is_none());
        let shown = t.app.read(t.system(), move |desk| Box::pin(async move { customers::suppressed_in(desk, id.0).await }));
        assert_eq!(shown.await.unwrap().map(|found| found.address).as_deref(), Some("ana@shop.example"));
        assert!(matches!(reply(&t, id, "Hello?", None).await, Err(desk::Error::Invalid(_))));
        t.mail_from("Ana@Shop.example", "I am back", "Full mailbox, sorry").await;
        assert!(suppressed("ana@shop.example").await.unwrap().is_none());
        reply(&t, id, "Hello?", None).await.unwrap();
    }

    async fn a_new_conversation_is_acknowledged_once_a_day_and_the_customer_waits_on(t: TestApp) {
        set_up(&t, |form| form.auto_reply = "We have it as #{number}: {subject}".into()).await;
        let id = t.mail_from("ana@shop.example", "Zip", "It broke").await;
        let automatic = sent(&t);
        assert_eq!((automatic.len(), automatic[0].markdown.as_str(), automatic[0].automatic), (1, "We have it as #1: Zip", true));
        let c = conversation(&t, id).await;
        assert_eq!((c.message_count, c.waiting_since.is_some(), c.first_response_at), (2, true, None));
        assert_eq!(thread(&t, id).await[1].kind, MessageKind::Acknowledgement);
        t.mail_from("ana@shop.example", "Another", "And this").await;
        assert_eq!(sent(&t).len(), 0, "once a day");
        for from in ["noreply@shop.example", "MAILER-DAEMON@mx.example"] {
            t.mail_from(from, "News", "Buy").await;
        }
        t.deliver("From: bot@shop.example\nTo: help@desk.example\nSubject: Re: x\nAuto-Submitted: auto-replied\nMessage-ID: <a@b.example>\n\nAway").await;
        t.deliver("From: list@lists.example\nTo: help@desk.example\nSubject: News\nPrecedence: bulk\nList-Id: <l.example>\nMessage-ID: <l@b.example>\n\nNews").await;
        assert_eq!(sent(&t).len(), 0, "nobody reads these");
    }

    async fn what_customers_are_told_of_the_wait_is_what_four_of_five_wait_in_their_language_and_is_checked(t: TestApp) {
        set_up(&t, |form| {
            form.auto_reply = "We have it.\n\nAn answer by {wait}.".into();
            form.auto_replies = [("de".to_owned(), "Wir haben es.\n\nAntwort bis {wait}.".to_owned())].into();
        })
        .await;
        let mut ids = Vec::new();
        for n in 0..20 {
            ids.push(t.mail_from(&format!("c{n}@shop.example"), &format!("Matter {n}"), "It broke").await);
        }
        assert!(sent(&t).iter().all(|one| one.markdown == "We have it."), "nothing is promised that nobody knows");
        for id in ids {
            t.clock.advance(SignedDuration::from_mins(10));
            reply(&t, id, "Here", None).await.unwrap();
        }
        sent(&t);
        let german = "Guten Tag, meine Bestellung ist leider beschädigt angekommen und ich hätte gerne schnell einen Ersatz dafür.";
        let late = t.mail_from("ana@shop.example", "Kaputt", german).await;
        // Of waits of 10, 20 … 200 minutes, four of five are not longer than 160, which is said as 165; it is 13:20.
        assert_eq!(sent(&t).last().unwrap().markdown, "Wir haben es.\n\nAntwort bis 2026-11-22 16:05.");
        let soon = t.mail_from("bob@shop.example", "Broken", "The parcel that I have ordered from you arrived broken, please help me.").await;
        assert!(sent(&t).last().unwrap().markdown.starts_with("We have it.\n\nAn answer by 2026-11-22 16:"));
        let told = |id| {
            let app = t.app.clone();
            let scope = t.owner.scope();
            async move { app.read(scope, move |desk| Box::pin(async move { conversations::waits::told_to(desk, id).await })).await.unwrap().unwrap().1 }
        };
        reply(&t, soon, "Here", None).await.unwrap();
        t.clock.advance(SignedDuration::from_hours(4));
        reply(&t, late, "Here", None).await.unwrap();
        assert_eq!((told(soon).await, told(late).await), (Some(true), Some(false)));
        let sum = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::waits::calibration(desk, jiff::Timestamp::UNIX_EPOCH).await }));
        assert_eq!(sum.await.unwrap(), conversations::waits::Calibration { held: 1, missed: 1 });
    }

    async fn two_desks_that_answer_automatically_fall_silent_within_three_mails(t: TestApp) {
        let other = TestApp::sqlite().await;
        set_up(&t, |form| form.auto_reply = "We have it".into()).await;
        mailboxes::update(&other.app, other.owner.scope(), other.mailbox, MailboxForm {
            name: "Other".into(), address: "desk@other.example".into(), smtp_host: "smtp.other.example".into(),
            auto_reply: "Thank you".into(), ..MailboxForm::default() }).await.unwrap();
        t.deliver("From: desk@other.example\nTo: help@desk.example\nSubject: Question\nMessage-ID: <q@other.example>\n\nHow much?").await;
        let mut mails = 1;
        for _ in 0..10 {
            for one in sent(&t) {
                mails += 1;
                other.deliver(&letter(&one)).await;
            }
            for one in sent(&other) {
                mails += 1;
                t.deliver(&letter(&one)).await;
            }
        }
        println!("two desks: {mails} mails passed");
        assert!(mails <= 3, "{mails}");
    }

    async fn a_vacation_responder_that_follows_no_rules_gets_one_automatic_answer(t: TestApp) {
        set_up(&t, |form| form.auto_reply = "We have it".into()).await;
        t.mail_from("ana@shop.example", "Question", "How much?").await;
        let mut mails = 1;
        for round in 0..20 {
            for _ in sent(&t) {
                mails += 2;
                // No header says that a machine wrote it; each has a subject of its own and names nothing.
                t.deliver(&format!("From: ana@shop.example\nTo: help@desk.example\nSubject: I am at the sea {round}\nMessage-ID: <v{round}@shop.example>\n\nBack soon")).await;
            }
            t.clock.advance(SignedDuration::from_mins(5));
        }
        println!("a vacation responder: {mails} mails passed");
        assert!(mails <= 3, "{mails}");
    }

    async fn an_answer_called_back_in_time_is_a_draft_again_and_everything_is_as_before(t: TestApp) {
        set_up(&t, |_| {}).await;
        let id = t.mail_from("ana@shop.example", "Zip", "It broke").await;
        let before = conversation(&t, id).await;
        let message = reply(&t, id, "Which one?", Some(t.app.now() + SignedDuration::from_secs(10))).await.unwrap();
        t.run_jobs().await;
        assert!(sent(&t).is_empty(), "it waits for second thoughts");
        assert!(conversation(&t, id).await.waiting_since.is_none());
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::recall(desk, message).await })).await.unwrap();
        assert_eq!(conversation(&t, id).await, before);
        let draft = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::draft(desk, id).await })).await.unwrap();
        assert_eq!(draft.unwrap().body, "Which one?");
        t.clock.advance(SignedDuration::from_mins(1));
        t.run_jobs().await;
        assert!(sent(&t).is_empty());
        let again = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::recall(desk, message).await }));
        assert!(again.await.is_err());
    }

    async fn an_answer_that_has_left_cannot_be_called_back(t: TestApp) {
        set_up(&t, |_| {}).await;
        let id = t.mail_from("ana@shop.example", "Zip", "It broke").await;
        let message = reply(&t, id, "Which one?", Some(t.app.now() + SignedDuration::from_secs(10))).await.unwrap();
        t.clock.advance(SignedDuration::from_secs(11));
        t.run_jobs().await;
        assert_eq!(sent(&t).len(), 1);
        let late = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::recall(desk, message).await }));
        assert!(matches!(late.await, Err(desk::Error::Conflict("left_already"))));
    }

    async fn a_scheduled_answer_counts_when_it_leaves_and_comes_back_when_the_customer_writes_first(t: TestApp) {
        set_up(&t, |_| {}).await;
        let id = t.mail_from("ana@shop.example", "Zip", "It broke").await;
        let tomorrow = t.app.now() + SignedDuration::from_hours(20);
        reply(&t, id, "Good morning", Some(tomorrow)).await.unwrap();
        assert!(conversation(&t, id).await.waiting_since.is_some(), "until it has left, she waits");
        t.clock.advance(SignedDuration::from_hours(21));
        t.run_jobs().await;
        let left = sent(&t);
        assert_eq!((left.len(), left[0].date), (1, tomorrow), "it is dated by when it leaves");
        let c = conversation(&t, id).await;
        assert_eq!((c.waiting_since, c.first_response_at.is_some()), (None, true));
        let next = t.app.now() + SignedDuration::from_hours(20);
        let held = reply(&t, id, "Any news?", Some(next)).await.unwrap();
        let first = thread(&t, id).await[0].rfc_message_id.clone().unwrap();
        t.deliver(&format!("From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Zip\nIn-Reply-To: <{first}>\nMessage-ID: <w@shop.example>\n\nSolved, thanks")).await;
        assert!(!thread(&t, id).await.iter().any(|message| message.id == held));
        t.clock.advance(SignedDuration::from_hours(30));
        t.run_jobs().await;
        assert!(sent(&t).is_empty(), "nothing leaves that the customer has overtaken");
        let draft = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::draft(desk, id).await })).await.unwrap();
        assert_eq!(draft.unwrap().body, "Any news?");
    }

    async fn a_mailbox_sends_no_more_in_an_hour_than_it_may_and_the_rest_later(t: TestApp) {
        set_up(&t, |form| form.per_hour = "2".into()).await;
        let mut ids = Vec::new();
        for n in 0..3 {
            let id = t.mail_from(&format!("c{n}@shop.example"), "Zip", "It broke").await;
            ids.push(reply(&t, id, "Which one?", None).await.unwrap());
        }
        t.run_jobs().await;
        assert_eq!(sent(&t).len(), 2);
        let last = ids[2];
        let state = || t.app.read(t.system(), move |desk| Box::pin(async move { conversations::message(desk, last).await }));
        let waiting = state().await.unwrap();
        assert_eq!(waiting.delivery, Some(DeliveryState::Deferred));
        assert!(waiting.delivery_note.unwrap().contains("hour_is_full"));
        t.clock.advance(SignedDuration::from_mins(61));
        t.run_jobs().await;
        assert_eq!((sent(&t).len(), state().await.unwrap().delivery), (1, Some(DeliveryState::Sent)));
    }

    async fn a_card_number_is_masked_in_text_list_and_search_and_its_original_is_sealed(t: TestApp) {
        let id = t.mail_from("ana@shop.example", "My card 4111 1111 1111 1111", "Charge 4111-1111-1111-1111 please, order 4111").await;
        let (c, message) = (conversation(&t, id).await, thread(&t, id).await.remove(0));
        assert_eq!(c.subject, "My card •••• 1111");
        assert_eq!(message.body, "Charge •••• 1111 please, order 4111");
        assert!(!c.preview.contains("1111-1111") && !message.header.contains("4111 1111"), "{}", message.header);
        let page = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::search(desk, &conversations::Search::of("4111-1111-1111-1111 ")).await }));
        assert!(page.await.unwrap().found.is_empty());
        assert_eq!(Header::of(&message).redactions[0].what, "card number");
        assert!(message.raw_sealed);
        let blob = base::blobs::BlobHash(message.raw_blob.unwrap().as_slice().try_into().unwrap());
        let sealed = t.app.blobs().get(blob).await.unwrap();
        assert!(!sealed.windows(4).any(|four| four == b"4111"));
        let opened = redaction::unsealed(&t.app, t.owner.scope(), &sealed).unwrap();
        assert!(String::from_utf8_lossy(&opened).contains("4111-1111-1111-1111"));
        // No row names the plain bytes any more.
        let plain = base::blobs::BlobHash::of(&opened);
        assert!(desk::intake::named_blobs(&t.app, vec![plain]).await.unwrap().is_empty());
    }

    async fn a_card_number_in_a_file_of_text_is_masked_and_other_files_stay_as_they_are(t: TestApp) {
        let part = |kind: &str, name: &str, text: &str| {
            format!("--b\nContent-Type: {kind}\nContent-Disposition: attachment; filename={name}\n\n{text}\n")
        };
        let files = [
            part("text/csv", "orders.csv", "ana;4111 1111 1111 1111;7"),
            part("application/octet-stream", "data.json", "{\"card\":\"4111111111111111\"}"),
            part("application/pdf", "scan.pdf", "4111 1111 1111 1111"),
        ];
        t.deliver(&format!("From: ana@shop.example\nTo: help@desk.example\nSubject: Orders\nMessage-ID: <f@shop.example>\nMIME-Version: 1.0\n\
            Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee the files\n{}--b--\n", files.concat())).await;
        let message = thread(&t, t.newest_conversation().await).await.remove(0);
        let found = message.clone();
        let files = t.app.read(t.system(), move |desk| { let found = found.clone(); Box::pin(async move { conversations::thread_attachments(desk, &[found]).await }) }).await.unwrap();
        let mut texts = Vec::new();
        for file in &files {
            let blob = base::blobs::BlobHash(file.blob.as_slice().try_into().unwrap());
            let bytes = t.app.blobs().get(blob).await.unwrap();
            assert_eq!(bytes.len() as i64, file.size);
            texts.push(String::from_utf8(bytes.to_vec()).unwrap().trim().to_owned());
        }
        assert_eq!(texts, ["ana;•••• 1111;7", "{\"card\":\"•••• 1111\"}", "4111 1111 1111 1111"]);
        assert!(message.raw_sealed);
        assert_eq!(Header::of(&message).redactions[0].what, "card number");
        let plain = base::blobs::BlobHash::of(b"ana;4111 1111 1111 1111;7");
        assert!(desk::intake::named_blobs(&t.app, vec![plain]).await.unwrap().is_empty());
    }

    async fn a_mail_says_in_which_language_and_when_it_was_written_and_to_what_it_invites(t: TestApp) {
        t.deliver("From: ana@shop.example\nTo: help@desk.example\nSubject: Termin\nMessage-ID: <i@shop.example>\nDate: Thu, 01 Jan 1970 00:00:00 +0000\n\
            MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
            Guten Tag, ich lade Sie herzlich zu einer Besichtigung unseres Lagers ein.\n--b\nContent-Type: text/calendar; method=REQUEST\n\n\
            BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Besichtigung\nDTSTART:20261124T140000Z\nDTEND:20261124T150000Z\n\
            ORGANIZER;CN=Ana:mailto:ana@shop.example\nUID:u1\nEND:VEVENT\nEND:VCALENDAR\n--b--\n").await;
        let message = thread(&t, t.newest_conversation().await).await.remove(0);
        let header = Header::of(&message);
        assert_eq!(header.language.as_deref(), Some("de"));
        assert!(matches!(header.written(message.created_at), conversations::Written::Unbelievable { .. }));
        let says = header.invitation.unwrap();
        assert_eq!((says.method.as_deref(), says.summary.as_deref()), (Some("request"), Some("Besichtigung")));
        assert_eq!(says.start.unwrap().at, Some("2026-11-24T14:00:00Z".parse().unwrap()));
        assert_eq!(message.attachment_count, 1);
        assert!(header.warnings.is_empty(), "{:?}", header.warnings);
    }

    async fn an_original_that_is_not_to_be_kept_is_not_and_own_patterns_are_masked(t: TestApp) {
        let rules = RedactionRules {
            patterns: vec![RedactionPattern { name: "membership".into(), pattern: r"\bM-[0-9]{6}\b".into() }],
            ..RedactionRules::default()
        };
        let new = RedactionSettings { rules, original: Original::Dropped };
        t.app.write(t.owner.scope(), move |desk| { let new = new.clone(); Box::pin(async move { redaction::set_redaction(desk, &new).await }) }).await.unwrap();
        let id = t.mail_from("ana@shop.example", "Hello", "I am M-123456, not M-12").await;
        let message = thread(&t, id).await.remove(0);
        assert_eq!((message.body.as_str(), message.raw_blob), ("I am ••••••••, not M-12", None));
        let broken = RedactionSettings {
            rules: RedactionRules { patterns: vec![RedactionPattern { name: "x".into(), pattern: "(".into() }], ..RedactionRules::default() },
            original: Original::Sealed,
        };
        let refused = t.app.write(t.owner.scope(), move |desk| { let new = broken.clone(); Box::pin(async move { redaction::set_redaction(desk, &new).await }) });
        assert!(matches!(refused.await, Err(desk::Error::Invalid(_))));
    }
}
