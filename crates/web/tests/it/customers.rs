//! Customers and organisations: lists, the page of one, what its forms do, and what the composer is told.

use desk::people::Role;
use http::StatusCode;
use testkit::app::TestApp;

use crate::browser::{Browser, Page};

async fn desk_with_ana() -> (TestApp, Browser, String) {
    let t = TestApp::sqlite().await;
    t.mail_from("Ana Lind <ana@north.example>", "Broken zip", "My order number is LO-10423, the zip broke.").await;
    let owner = Browser::of_owner(&t).await;
    let link = owner.get("/customers").await.attribute("ul.rows a.title", "href");
    (t, owner, link)
}

fn hidden(page: &Page, name: &str) -> String {
    page.attribute(&format!("#composer input[name={name}]"), "value")
}

#[tokio::test]
async fn customers_are_listed_and_found() {
    let (t, owner, link) = desk_with_ana().await;
    t.mail_from("Bo Berg <bo@south.example>", "Invoice", "Which?").await;
    let all = owner.get("/customers").await;
    assert_eq!(all.count("ul.rows > li"), 2);
    let found = owner.get("/customers?q=lind").await;
    assert_eq!(found.count("ul.rows > li"), 1);
    assert!(found.text_of("ul.rows li").contains("1 open, 1 in all"), "{}", found.text_of("ul.rows li"));
    assert!(owner.get("/customers?q=xyz").await.says("Nothing found"));
    let page = owner.get(&link).await;
    assert_eq!(page.text_of("h1"), "Ana Lind");
    assert_eq!(page.text_of(".story a.title .cut"), "Broken zip");
    let beside = owner.get("/c/1").await;
    assert_eq!(beside.attribute("#part-customer a[data-does=customer-page]", "href"), link);
}

#[tokio::test]
async fn what_is_known_is_filled_in_and_shown_at_the_composer() {
    let (_t, owner, link) = desk_with_ana().await;
    let wrong = owner.post(&format!("{link}/edit"), &[("name", ""), ("phone", "x"), ("time_zone", "Mars/Base")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.count("p.wrong"), 3);
    let fields = [
        ("name", "Ana Lind"),
        ("phone", "+49 30 123456"),
        ("form", "formal"),
        ("language", "de"),
        ("time_zone", "America/New_York"),
        ("need", "no_phone"),
        ("need", "large_print"),
    ];
    let saved = owner.post(&format!("{link}/edit"), &fields).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, &*format!("{link}?done=saved")));
    let line = owner.get("/c/1").await.text_of(".composer-wishes");
    // It is 10:00 UTC, five hours less in New York.
    for words in ["Formal", "Deutsch", "It is 05:00 there, outside their hours", "Large print", "No phone calls"] {
        assert!(line.contains(words), "{words} in {line}");
    }
    assert_eq!(owner.get("/c/1").await.count("#send-menu button[value=theirs]"), 1);
    assert_eq!(owner.get(&format!("{link}/edit")).await.count("input[name=need][checked]"), 2);
}

#[tokio::test]
async fn a_deleted_note_can_be_brought_back() {
    let (_t, owner, link) = desk_with_ana().await;
    owner.post(&format!("{link}/notes"), &[("note", "Speaks **slowly**"), ("pinned", "on")]).await;
    assert_eq!(owner.get("/c/1").await.text_of(".pinned-note strong"), "slowly");
    let note = owner.get(&link).await.attribute(".customer-note input[name=note]", "value");
    let deleted = owner.post(&format!("{link}/notes/deletion"), &[("note", &note)]).await;
    assert_eq!(owner.get("/c/1").await.count(".pinned-note"), 0);
    let after = owner.get(deleted.location()).await;
    assert!(after.says("The note was deleted."));
    owner.post(&format!("{link}/notes/undo"), &[("note", &note)]).await;
    assert_eq!(owner.get("/c/1").await.count(".pinned-note"), 1);
    let empty = owner.post(&format!("{link}/notes"), &[("note", " ")]).await;
    assert_eq!((empty.status, empty.count("#note-wrong")), (StatusCode::UNPROCESSABLE_ENTITY, 1));
}

#[tokio::test]
async fn an_organisation_shows_its_people_and_refuses_public_domains() {
    let (t, owner, link) = desk_with_ana().await;
    let refused = owner.post("/organisations", &[("name", "All"), ("domains", "gmail.com")]).await;
    assert_eq!((refused.status, refused.count("#domains-wrong")), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    let made = owner.post("/organisations", &[("name", "North Ltd"), ("domains", "north.example")]).await;
    t.run_jobs().await;
    let page = owner.get(made.location()).await;
    assert!(page.says("Ana Lind") && page.says("Broken zip"));
    assert!(owner.get("/organisations").await.says("north.example"));
    assert!(owner.get(&link).await.says("North Ltd"));
}

#[tokio::test]
async fn two_customers_are_merged_and_parted_again() {
    let (t, owner, link) = desk_with_ana().await;
    t.mail_from("Ana L. <ana+shop@north.example>", "Second parcel", "Hello").await;
    let page = owner.get(&link).await;
    assert!(page.says("variants of one address"));
    let other = page.attribute(".notice input[name=other]", "value");
    let merged = owner.post(&format!("{link}/merge"), &[("other", &other)]).await;
    assert_eq!(merged.location(), format!("{link}?done=merged"));
    t.run_jobs().await;
    let page = owner.get(&link).await;
    assert!(page.says("Second parcel") && page.says("Ana L. was merged into this customer."));
    let gone = owner.get(&format!("/customers/{other}")).await;
    assert_eq!(gone.location(), link);
    let undo = page.attribute(".merged-line form", "action");
    let undone = owner.post(&undo, &[]).await;
    assert_eq!(undone.location(), format!("/customers/{other}?done=undone"));
    t.run_jobs().await;
    assert!(!owner.get(&link).await.says("Second parcel"));
    let unknown = owner.post(&format!("{link}/merge"), &[("other", "nobody@x.example")]).await;
    assert_eq!((unknown.status, unknown.count("#other-wrong")), (StatusCode::UNPROCESSABLE_ENTITY, 1));
}

#[tokio::test]
async fn who_does_not_want_to_be_contacted_is_answered_only_after_a_second_word() {
    let (t, owner, link) = desk_with_ana().await;
    let consent = [("purpose", "any_contact"), ("answer", "objected"), ("source", "spoken"), ("evidence", "By phone")];
    owner.post(&format!("{link}/consent"), &consent).await;
    assert!(owner.get(&link).await.says("Ana Lind asked not to be contacted."));
    let page = owner.get("/c/1").await;
    let id = hidden(&page, "client_id");
    let seen = hidden(&page, "seen");
    let answer = [("kind", "reply"), ("body", "Sorry to write."), ("client_id", &*id), ("seen", &*seen)];
    let asked = owner.post_with_files("/c/1/messages", &answer, &[], false).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert_eq!(asked.count("#composer-warning button[name=contact]"), 1);
    assert!(asked.text_of("#composer-body").contains("Sorry to write."), "nothing is lost");
    let sent = owner.post_with_files("/c/1/messages", &[&answer[..], &[("contact", "yes")]].concat(), &[], false).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    t.clock.advance(jiff::SignedDuration::from_secs(6));
    t.run_jobs().await;
    assert_eq!(t.channel.sent.lock().len(), 1);
}

#[tokio::test]
async fn a_draft_that_asks_for_what_is_known_says_so_and_is_counted() {
    let (_t, owner, _) = desk_with_ana().await;
    let page = owner.get("/c/1").await;
    let (id, seen) = (hidden(&page, "client_id"), hidden(&page, "seen"));
    let asks = "Could you send me your order number?";
    let known = owner.post("/c/1/asked", &[("body", asks), ("client_id", &id)]).await;
    assert!(known.text_of(".known-line").contains("order number: LO-10423"), "{}", known.text);
    let place = known.attribute(".known-line a", "href");
    assert_eq!(owner.get("/c/1").await.count(&format!("[id='{}']", &place[1..])), 1, "the link leads to the message");
    assert_eq!(owner.post("/c/1/asked", &[("body", "Thank you."), ("client_id", &id)]).await.count(".known-line"), 0);
    // Without scripts a kept draft says it as well.
    owner.post("/c/1/draft", &[("kind", "reply"), ("body", asks)]).await;
    assert_eq!(owner.get("/c/1").await.count("#known .known-line"), 1);
    owner
        .post_with_files(
            "/c/1/messages",
            &[("kind", "reply"), ("body", asks), ("client_id", &id), ("seen", &seen)],
            &[],
            false,
        )
        .await;
    assert!(owner.get("/c/1").await.says("asked again for what was known: order number"));
    let weeks = owner.get("/customers/asked-again").await;
    assert_eq!(weeks.text_of("table.figures tbody tr td.number:last-child"), "1");
    let cases = owner.get(&weeks.attribute("table.figures tbody tr td.number:last-child a", "href")).await;
    assert_eq!(cases.attribute("ul.rows a.title", "href"), "/c/1");
}

#[tokio::test]
async fn own_fields_are_an_administrators_and_filled_in_by_all() {
    let (t, owner, link) = desk_with_ana().await;
    t.sign_in_new("Sam Agent", Role::Agent).await;
    let sam = Browser::of(&t, "sam@desk.example").await;
    assert_eq!(sam.get("/customers/fields").await.status, StatusCode::FORBIDDEN);
    owner
        .post("/customers/fields", &[("name", "Size"), ("owner", "customers"), ("kind", "choice"), ("options", "S\nM")])
        .await;
    let form = sam.get(&format!("{link}/edit")).await;
    let name = form.attribute("select[name^=field-]", "name");
    let wrong = sam.post(&format!("{link}/edit"), &[("name", "Ana Lind"), (&*name, "XXL")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    sam.post(&format!("{link}/edit"), &[("name", "Ana Lind"), (&*name, "M")]).await;
    assert!(sam.get(&link).await.text_of("dl.facts dd").contains('M'));
}
