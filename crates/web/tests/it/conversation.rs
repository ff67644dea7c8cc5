//! Lists, one conversation, answering, and what strangers' content may not do.

use desk::mailboxes::{self, MailboxForm};
use http::{StatusCode, header};
use testkit::app::TestApp;

use crate::browser::{Browser, Page};

const LETTER: &str = "My parcel has not come.\n\nAna <script>alert(1)</script>";

async fn desk_with_a_letter() -> (TestApp, Browser) {
    let t = TestApp::sqlite().await;
    t.mail_from("Ana Lind <ana@customer.example>", "Where is my parcel?", LETTER).await;
    let owner = Browser::of_owner(&t).await;
    (t, owner)
}

/// The answer's form as the page gave it.
fn hidden(page: &Page, name: &str) -> String {
    page.attribute(&format!("#composer input[name={name}]"), "value")
}

#[tokio::test]
async fn a_letter_stands_in_the_list_unread_until_it_is_opened() {
    let (_t, owner) = desk_with_a_letter().await;
    let list = owner.get("/inbox/unassigned").await;
    assert_eq!(list.text_of("#list .row-who"), "Ana Lind");
    assert_eq!(list.attribute("#list .row-link", "href"), "/c/1?in=unassigned");
    assert_eq!(list.count("#list .row[data-unread]"), 1);
    assert_eq!(list.text_of("#count-unassigned"), "1");
    // Fetching ahead is not reading.
    let ahead = http::Request::get("/c/1?in=unassigned").header("x-fragment", "main").header("x-ahead", "yes");
    owner.ask(ahead, axum::body::Body::empty()).await;
    assert_eq!(owner.get("/inbox/unassigned").await.count("#list .row[data-unread]"), 1);
    let open = owner.get("/c/1?in=unassigned").await;
    assert_eq!(open.text_of("#main h1"), "Where is my parcel?");
    assert_eq!(open.attribute("#list .row-link[aria-current]", "href"), "/c/1?in=unassigned");
    assert_eq!(owner.get("/inbox/unassigned").await.count("#list .row[data-unread]"), 0);
}

#[tokio::test]
async fn what_a_stranger_wrote_is_text() {
    let (_t, owner) = desk_with_a_letter().await;
    let page = owner.get("/c/1").await;
    assert!(page.text_of("article.message").contains("<script>alert(1)</script>"));
    assert_eq!(page.count("article script"), 0);
}

#[tokio::test]
async fn a_script_gets_only_the_pane() {
    let (_t, owner) = desk_with_a_letter().await;
    let pane = owner.part("/c/1?in=open", "main").await;
    assert!(pane.text.starts_with("<div class=\"pane\"") && !pane.text.contains("<html"), "{}", pane.text);
    let missing = owner.part("/c/99", "main").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.says("There is no such conversation"));
}

#[tokio::test]
async fn an_answer_by_plain_form_reaches_the_customer_and_stands_in_the_thread() {
    let (t, owner) = desk_with_a_letter().await;
    let page = owner.get("/c/1?in=open").await;
    let (client_id, seen) = (hidden(&page, "client_id"), hidden(&page, "seen"));
    let fields = [
        ("in", "open"),
        ("kind", "reply"),
        ("body", "It is **on its way**."),
        ("client_id", &client_id),
        ("seen", &seen),
    ];
    let sent = owner.post_with_files("/c/1/messages", &fields, &[("label.txt", "4711")], false).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/c/1?in=open"));
    // The same form once more is the same answer.
    owner.post_with_files("/c/1/messages", &fields, &[], false).await;
    t.run_jobs().await;
    assert!(t.channel.sent.lock().is_empty(), "it waits for second thoughts");
    t.clock.advance(jiff::SignedDuration::from_secs(6));
    t.run_jobs().await;
    let handed_over = t.channel.sent.lock().clone();
    assert_eq!(handed_over.len(), 1);
    assert_eq!(handed_over[0].to[0].address, "ana@customer.example");
    assert_eq!(handed_over[0].attachments[0].name, "label.txt");
    let after = owner.get("/c/1").await;
    assert_eq!(after.count("#message-list article.agent strong"), 1);
    assert!(after.text_of("#message-list article.agent .delivery").contains("Sent"));
    assert_eq!(after.text_of("article.agent .attachment .cut"), "label.txt");
}

#[tokio::test]
async fn who_was_overtaken_is_asked_before_anything_is_sent() {
    let (t, owner) = desk_with_a_letter().await;
    t.agent("Sam Agent").await;
    let sam = Browser::of(&t, "sam@desk.example").await;
    let page = owner.get("/c/1").await;
    let seen = hidden(&page, "seen");
    let theirs = [("kind", "reply"), ("body", "Sam was faster."), ("seen", seen.as_str())];
    sam.post_with_files("/c/1/messages", &theirs, &[], false).await;
    let mine = [("kind", "reply"), ("body", "My answer"), ("seen", seen.as_str())];
    let refused = owner.post_with_files("/c/1/messages", &mine, &[], false).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text_of(".composer-warning").contains("Sam Agent replied while you were writing"));
    assert_eq!(refused.text_of("#composer-body"), "My answer");
    let told = owner.post_with_files("/c/1/messages", &mine, &[], true).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.text.contains("Send anyway"));
    let anyway = [("kind", "reply"), ("body", "My answer"), ("seen", seen.as_str()), ("anyway", "yes")];
    assert_eq!(owner.post_with_files("/c/1/messages", &anyway, &[], false).await.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.get("/c/1").await.count("#message-list article.agent"), 2);
}

#[tokio::test]
async fn a_note_is_marked_in_words_and_never_sent() {
    let (t, owner) = desk_with_a_letter().await;
    owner.post_with_files("/c/1/messages", &[("kind", "note"), ("body", "A good customer")], &[], false).await;
    t.run_jobs().await;
    assert!(t.channel.sent.lock().is_empty());
    assert!(owner.get("/c/1").await.text_of("article.note header").contains("Internal note"));
}

#[tokio::test]
async fn each_property_has_a_form_that_changes_it() {
    let (t, owner) = desk_with_a_letter().await;
    let sam = t.agent("Sam Agent").await.agent_id.to_string();
    type Change<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);
    let changes: [Change<'_>; 5] = [
        ("assignment", &[("agent", &sam)], "#part-assignee > button", "Sam Agent"),
        ("priority", &[("priority", "urgent")], "#part-priority > button", "Urgent"),
        ("tags", &[("tag", "VIP")], "#part-tags > button", "vip"),
        ("subject", &[("subject", "Parcel 4711")], "#part-title h1", "Parcel 4711"),
        ("status", &[("status", "resolved")], "#part-state", "Resolved"),
    ];
    for (action, fields, place, words) in changes {
        let done = owner.post(&format!("/c/1/{action}"), fields).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/c/1?in=open"), "{action}");
        assert!(owner.get("/c/1").await.text_of(place).contains(words), "{action}");
    }
    assert_eq!(owner.get("/inbox/open").await.count("#list .row"), 0);
    assert_eq!(owner.get("/inbox/resolved").await.count("#list .row"), 1);
    let events = owner.get("/c/1").await;
    assert!(events.says("Olga Owner assigned this to Sam Agent") && events.says("Olga Owner resolved this"));
}

#[tokio::test]
async fn a_script_that_changes_something_is_told_what_to_redraw() {
    let (_t, owner) = desk_with_a_letter().await;
    let request = http::Request::post("/c/1/status")
        .header("sec-fetch-site", "same-origin")
        .header("x-fragment", "ops")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = owner.ask(request, axum::body::Body::from("status=resolved&in=open")).await;
    let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let ops = told["ops"].as_array().unwrap();
    assert!(ops.iter().any(|op| op[0] == "del" && op[1] == "c-1"), "{told}");
    assert!(ops.iter().any(|op| op[0] == "put" && op[1] == "part-state" && op[3] == 1), "{told}");
    assert!(ops.iter().any(|op| op[0] == "text" && op[1] == "count-open" && op[2] == ""), "{told}");
}

#[tokio::test]
async fn a_draft_is_kept_for_its_writer_alone() {
    let (t, owner) = desk_with_a_letter().await;
    t.agent("Sam Agent").await;
    owner.post("/c/1/draft", &[("kind", "note"), ("body", "half a thou")]).await;
    let again = owner.get("/c/1").await;
    assert_eq!(again.text_of("#composer-body"), "half a thou");
    assert_eq!(again.count(".kind-note[checked]"), 1);
    assert_eq!(Browser::of(&t, "sam@desk.example").await.get("/c/1").await.text_of("#composer-body"), "");
    assert!(owner.get("/inbox/open").await.text_of("#list .row-preview").starts_with("Draft"));
    owner.post("/c/1/draft/discard", &[]).await;
    assert_eq!(owner.get("/c/1").await.text_of("#composer-body"), "");
}

#[tokio::test]
async fn formatted_mail_is_a_document_that_can_do_nothing() {
    let (t, owner) = desk_with_a_letter().await;
    t.deliver(
        "From: eve@evil.example\nTo: help@desk.example\nSubject: Offer\nMessage-ID: <offer@evil.example>\n\
         Date: Sun, 22 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n\
         <p>Buy <b>now</b></p><img src=\"https://evil.example/pixel.png\"><script>alert(1)</script>\n",
    )
    .await;
    let page = owner.get("/c/2").await;
    let address = page.attribute("iframe", "src");
    assert_eq!(page.attribute("iframe", "sandbox"), "allow-popups allow-popups-to-escape-sandbox");
    let body = owner.get(&address).await;
    let policy = body.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("https:"),
        "{policy}"
    );
    assert!(body.text.contains("<b>now</b>") && !body.text.contains("<script"), "{}", body.text);
    assert_eq!(body.count("img[src^=http]"), 0);
    let with_images = owner.get(&format!("{address}?images=load")).await;
    assert_eq!(with_images.count("img[src^=http]"), 1);
}

#[tokio::test]
async fn search_finds_words_of_messages_and_marks_them() {
    let (_t, owner) = desk_with_a_letter().await;
    let found = owner.get("/search?q=parcel").await;
    assert_eq!(found.attribute(".result", "href"), "/c/1");
    assert_eq!(found.text_of("mark").to_lowercase(), "parcel");
    assert!(owner.get("/search?q=elephant").await.says("Nothing found"));
}

#[tokio::test]
async fn a_mail_that_may_be_forged_says_so_before_its_text() {
    let (t, owner) = desk_with_a_letter().await;
    let form = MailboxForm {
        name: "Help".into(),
        address: "help@desk.example".into(),
        authserv_id: "mx.desk.example".into(),
        ..MailboxForm::default()
    };
    mailboxes::update(&t.app, t.system(), t.mailbox, form).await.unwrap();
    let from = "From: Bank <service@bank.example>\nSubject: Your account\nMessage-ID: <9@bank.example>\n\nPay now.\n";
    t.deliver(&format!("Authentication-Results: mx.desk.example; dmarc=fail header.from=bank.example\n{from}")).await;
    let page = owner.get("/c/2").await;
    let warning = page.text_of("article.message .suspicion[role=note]");
    assert!(warning.contains("This may not be from who it says.") && warning.contains("bank.example"), "{warning}");
    assert_eq!(owner.get("/c/1").await.count(".suspicion"), 0);
}
