//! What a message carries besides its text: invitations, dates, doubts about its sender; and from where answers leave.

use desk::mailboxes::{self, MailboxForm};
use http::StatusCode;
use testkit::app::TestApp;

use crate::browser::Browser;

async fn set_up(t: &TestApp) {
    let form = MailboxForm {
        name: "Help".into(),
        address: "help@desk.example".into(),
        aliases: "sales@desk.example".into(),
        smtp_host: "smtp.desk.example".into(),
        authserv_id: "mx.desk.example".into(),
        ..MailboxForm::default()
    };
    mailboxes::update(&t.app, t.owner.scope(), t.mailbox, form).await.unwrap();
}

fn invitation(method: &str, more: &str) -> String {
    format!(
        "From: Ana <ana@shop.example>\nTo: help@desk.example\nSubject: Visit\nMessage-ID: <{method}@shop.example>\nMIME-Version: 1.0\n\
         Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease come.\n--b\n\
         Content-Type: text/calendar; method={method}\n\nBEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nSUMMARY:Visit <b>of</b> the store\n\
         DTSTART:20261124T140000Z\nDTEND:20261124T153000Z\nLOCATION:Hall 3\nORGANIZER;CN=Ana Lind:mailto:ana@shop.example\nUID:u1\n{more}\
         END:VEVENT\nEND:VCALENDAR\n--b--\n"
    )
}

#[tokio::test]
async fn an_invitation_is_shown_as_one_and_its_file_is_downloaded() {
    let t = TestApp::sqlite().await;
    t.deliver(&invitation("REQUEST", "RRULE:FREQ=WEEKLY\n")).await;
    let owner = Browser::of_owner(&t).await;
    let page = owner.get("/c/1").await;
    let card = page.text_of(".invitation");
    for words in ["Visit <b>of</b> the store", "Invitation", "24", "Hall 3", "Ana Lind", "It repeats"] {
        assert!(card.contains(words), "{words}: {card}");
    }
    assert_eq!(
        page.count(".invitation form, .invitation button, .invitation script"),
        0,
        "nothing answers or enters it"
    );
    let link = page.attribute(".invitation a[download]", "href");
    let file = owner.get(&link).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.text.starts_with("BEGIN:VCALENDAR"), "{}", file.text);
    assert_eq!(file.headers["content-disposition"].to_str().unwrap().split(';').next(), Some("attachment"));
}

#[tokio::test]
async fn a_cancellation_and_an_answer_are_told_apart_from_an_invitation() {
    for (method, more, words) in [
        ("CANCEL", "", "Cancelled"),
        ("REPLY", "ATTENDEE;PARTSTAT=DECLINED:mailto:help@desk.example\n", "Declined"),
        ("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:help@desk.example\n", "Accepted"),
    ] {
        let t = TestApp::sqlite().await;
        t.deliver(&invitation(method, more)).await;
        let page = Browser::of_owner(&t).await.get("/c/1").await;
        assert_eq!(page.text_of(".invitation .pill"), words);
    }
}

#[tokio::test]
async fn a_text_says_in_which_language_it_is_and_a_date_that_cannot_be_right_is_said_to_be_so() {
    let t = TestApp::sqlite().await;
    t.deliver("From: ana@shop.example\nTo: help@desk.example\nSubject: Termin\nMessage-ID: <1@shop.example>\nDate: Thu, 01 Jan 1970 10:00:00 +0000\n\nGuten Tag, wann wird meine Bestellung endlich geliefert werden?\n").await;
    t.deliver("From: bob@shop.example\nTo: help@desk.example\nSubject: Late\nMessage-ID: <2@shop.example>\nDate: Sun, 22 Nov 2026 06:30:00 +0000\n\nHi\n").await;
    let owner = Browser::of_owner(&t).await;
    let odd = owner.get("/c/1").await;
    assert_eq!(odd.attribute(".message-body", "lang"), "de");
    assert!(odd.text_of(".written.odd").contains("1970"), "{}", odd.text_of(".message"));
    let late = owner.get("/c/2").await;
    assert_eq!(late.count(".message-body[lang]"), 0);
    assert!(late.text_of(".written").starts_with("Written"), "{}", late.text_of(".message"));
    t.mail_from("carla@shop.example", "On time", "Hello").await;
    assert_eq!(owner.get("/c/3").await.count(".written"), 0);
}

#[tokio::test]
async fn a_mail_whose_sender_cannot_be_verified_is_kept_apart_and_merged_by_one_form() {
    let t = TestApp::sqlite().await;
    set_up(&t).await;
    t.deliver(
        "From: ana@shop.example\nTo: help@desk.example\nSubject: Zip\nMessage-ID: <1@shop.example>\n\nIt broke\n",
    )
    .await;
    t.deliver("Authentication-Results: mx.desk.example; dmarc=fail header.from=shop.example\nFrom: ana@shop.example\nTo: help@desk.example\n\
        Subject: Re: Zip\nIn-Reply-To: <1@shop.example>\nMessage-ID: <2@evil.example>\n\nPay here\n").await;
    let owner = Browser::of_owner(&t).await;
    let page = owner.get("/c/2").await;
    let notice = page.text_of("#part-notices");
    assert!(notice.contains("looks as if it came from ana@shop.example, but that could not be verified"), "{notice}");
    assert_eq!(page.attribute("#part-notices button", "data-does"), "merge-there");
    let about = owner.get(&page.attribute(".message-more", "href")).await;
    assert!(about.says("so it began one of its own. It may belong to conversation #1"), "{}", about.text_of("main"));
    let into = page.attribute("#part-notices input[name=number]", "value");
    let merged = owner.post("/c/2/merge", &[("number", &into)]).await;
    assert_eq!(merged.location(), "/c/1?done=merged");
    let there = owner.get("/c/1").await;
    assert!(there.text_of("#message-list").contains("Pay here") && there.count("#part-notices .notice") == 0);
    assert_eq!(there.count(".suspicion"), 1, "the warning stays with the message");
}

#[tokio::test]
async fn the_composer_offers_the_mailboxes_addresses_and_refuses_others_in_words() {
    let t = TestApp::sqlite().await;
    set_up(&t).await;
    t.deliver(
        "From: ana@shop.example\nTo: sales@desk.example\nSubject: Zip\nMessage-ID: <1@shop.example>\n\nIt broke\n",
    )
    .await;
    let owner = Browser::of_owner(&t).await;
    let page = owner.get("/c/1").await;
    assert_eq!(page.count("#composer-from option"), 2);
    assert_eq!(page.attribute("#composer-from option[selected]", "value"), "sales@desk.example");
    let fields = |from| [("kind", "reply"), ("body", "Which one?"), ("from", from), ("anyway", "yes")];
    let refused = owner.post_with_files("/c/1/messages", &fields("boss@desk.example"), &[], false).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.says("The mailbox may not send from this address. Choose another one."),
        "{}",
        refused.text_of("#composer")
    );
    let sent = owner.post_with_files("/c/1/messages", &fields("help@desk.example"), &[], false).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let about = owner.get(&owner.get("/c/1").await.attribute(".message.agent .message-more", "href")).await;
    assert!(about.text_of(".facts").contains("Help <help@desk.example>"), "{}", about.text_of(".facts"));
}

#[tokio::test]
async fn further_addresses_are_set_in_the_mailboxes_settings() {
    let t = TestApp::sqlite().await;
    set_up(&t).await;
    let owner = Browser::of_owner(&t).await;
    let address = format!("/settings/mailboxes/{}", t.mailbox);
    assert_eq!(owner.get(&address).await.text_of("#aliases"), "sales@desk.example");
    let fields = |aliases| {
        [
            ("name", "Help"),
            ("address", "help@desk.example"),
            ("smtp_host", "smtp.desk.example"),
            ("smtp_security", "tls"),
            ("aliases", aliases),
        ]
    };
    let wrong = owner.post(&address, &fields("sales")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("One of these is not an e-mail address."), "{}", wrong.text_of("form.sheet"));
    let saved = owner.post(&address, &fields("sales@desk.example\r\ninfo@desk.example")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.get(&address).await.text_of("#aliases"), "sales@desk.example info@desk.example");
}
