//! Drafts under review by plain forms, and who may do what with them.

use desk::conversations::{self, Header};
use http::{Method, Request, StatusCode, header};
use testkit::app::TestApp;

use crate::browser::{Browser, Page};

const BODY: &str = "We send it soon.";

/// A desk with a letter, its owner, and a colleague whom the owner has asked for a review.
async fn desk_with_a_review() -> (TestApp, Browser, Browser, String) {
    let t = TestApp::sqlite().await;
    t.mail_from("Ana Lind <ana@customer.example>", "Where is my parcel?", "My parcel has not come.").await;
    let owner = Browser::of_owner(&t).await;
    let sam = t.agent("Sam Okafor").await;
    let theirs = Browser::of(&t, "sam@desk.example").await;
    let kept = owner.post_with_files("/c/1/review/draft", &[("kind", "reply"), ("body", BODY)], &[], false).await;
    assert_eq!(kept.location(), "/c/1/review");
    let to = format!("agent-{}", sam.agent_id);
    let asked = owner.post("/c/1/review", &[("to", &to), ("remark", "Is that right?")]).await;
    assert_eq!(asked.location(), "/c/1?done=review-asked");
    let id = theirs.get("/c/1").await.attribute("#review-form", "action");
    let id = id.trim_start_matches("/reviews/").trim_end_matches("/sending").to_owned();
    (t, owner, theirs, id)
}

/// Posts as a script does.
async fn script(who: &Browser, path: &str, body: &'static str) -> Page {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("x-fragment", "ops")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    who.ask(request, body.into()).await
}

async fn messages(t: &TestApp) -> Vec<(String, String, Option<String>)> {
    let found = t.app.read(t.system(), |desk| {
        Box::pin(async move {
            let id = conversations::find_by_number(desk, 1).await?.id;
            conversations::thread(desk, id, None, 10).await
        })
    });
    let all = found.await.unwrap();
    all.into_iter().map(|one| (one.author_name.clone(), one.body.clone(), Header::of(&one).approved_by)).collect()
}

#[tokio::test]
async fn a_review_is_asked_for_and_sent_by_plain_forms() {
    let (t, owner, theirs, id) = desk_with_a_review().await;
    let page = owner.get("/c/1").await;
    assert_eq!(page.text_of("#composer-body"), "");
    assert!(page.text_of("#part-review h2").contains("waits for review by Sam Okafor"));
    assert_eq!(
        (page.count("#part-review form[action$=withdrawal]"), page.count("[data-done=review-approved]")),
        (1, 0)
    );
    let page = theirs.get("/c/1").await;
    assert!(page.text_of("#part-review").contains("Is that right?"));
    assert_eq!(
        (page.count("#part-review form[action$=withdrawal]"), page.count("[data-done=review-approved]")),
        (0, 1)
    );
    assert_eq!(theirs.get("/inbox/reviews").await.text_of("#c-1 .draft"), "In review");
    assert_eq!(owner.get("/inbox/reviews").await.count("#c-1"), 0);
    assert!(theirs.get("/notifications").await.says("Olga Owner asks you for a review"));
    let sent =
        theirs.post(&format!("/reviews/{id}/sending"), &[("revision", "0"), ("text", "We send it on Friday.")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let answer = messages(&t).await.pop().unwrap();
    assert_eq!(answer, ("Olga Owner".into(), "We send it on Friday.".into(), Some("Sam Okafor".into())));
    let page = owner.get("/c/1").await;
    assert!(page.says("Approved by Sam Okafor") && page.says("Sam Okafor approved and sent the draft by Olga Owner"));
    assert_eq!(page.count("#part-review section"), 0);
    assert!(owner.get("/activity").await.says("Sam Okafor approved and sent the draft by Olga Owner"));
}

#[tokio::test]
async fn of_two_changes_the_second_gets_a_choice_and_nothing_is_lost() {
    let (_t, owner, theirs, id) = desk_with_a_review().await;
    let text = format!("/reviews/{id}/text");
    assert_eq!(
        owner.post(&text, &[("revision", "0"), ("text", "We send it today.")]).await.status,
        StatusCode::SEE_OTHER
    );
    let late =
        theirs.post(&format!("/reviews/{id}/sending"), &[("revision", "0"), ("text", "We send it on Friday.")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text_of("#review-warning").contains("Olga Owner changed the text meanwhile."));
    assert_eq!(late.text_of("#review-text"), "We send it on Friday.");
    assert!(late.text_of("#part-review .review-text").contains("We send it today."));
    assert_eq!(late.attribute("#review-warning button[name=over]", "value"), "1");
    assert_eq!(late.attribute("#review-warning button[name=over]", "formaction"), format!("/reviews/{id}/sending"));
    let answer = script(&theirs, &text, "revision=0&text=Mine").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text.contains("name=\\\"over\\\""), "{}", answer.text);
    let kept = theirs.post(&text, &[("revision", "0"), ("over", "1"), ("text", "Mine")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let page = owner.get("/c/1").await;
    assert!(page.text_of(".changes del").contains("We send it soon"), "{}", page.text_of(".changes"));
    assert_eq!(page.text_of(".changes ins"), "Mine");
}

#[tokio::test]
async fn a_draft_that_is_given_back_stands_in_its_authors_composer() {
    let (_t, owner, theirs, id) = desk_with_a_review().await;
    let back = format!("/reviews/{id}/return");
    let bare = theirs.post(&back, &[("revision", "0"), ("text", BODY), ("remark", "")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.text_of("#review-warning").contains("Say what should be changed"));
    theirs.post(&back, &[("revision", "0"), ("text", BODY), ("remark", "Say when")]).await;
    assert_eq!(theirs.get("/c/1").await.count("#part-review section"), 0);
    let page = owner.get("/c/1").await;
    assert_eq!(page.text_of("#composer-body"), BODY);
    assert!(page.text_of("#part-review").contains("Say when"));
    assert_eq!(page.count("form[action$=taking-up]"), 0);
    owner.post("/c/1/draft", &[("kind", "reply"), ("body", "Other")]).await;
    assert_eq!(owner.get("/c/1").await.count("form[action$=taking-up]"), 1);
    owner.post(&format!("/reviews/{id}/note"), &[]).await;
    assert_eq!(owner.get("/c/1").await.count("#part-review section"), 0);
}

#[tokio::test]
async fn whoever_was_not_asked_can_look_but_decide_nothing() {
    let (t, _owner, _theirs, id) = desk_with_a_review().await;
    t.agent("Mei Tanaka").await;
    let mei = Browser::of(&t, "mei@desk.example").await;
    let page = mei.get("/c/1").await;
    assert!(page.text_of("#part-review").contains(BODY));
    assert_eq!(page.count("#part-review form"), 0);
    for what in ["text", "sending", "approval", "return", "withdrawal", "taking-up", "note"] {
        let tried =
            mei.post(&format!("/reviews/{id}/{what}"), &[("revision", "0"), ("text", "x"), ("remark", "x")]).await;
        assert_eq!(tried.status, StatusCode::FORBIDDEN, "{what}");
    }
    assert_eq!(messages(&t).await.len(), 1);
    assert_eq!(Browser::stranger(&t).get(&format!("/reviews/{id}/files/{id}")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn somebody_of_another_workspace_finds_no_review() {
    let (_t, _owner, _theirs, id) = desk_with_a_review().await;
    let (other, owner, ..) = desk_with_a_review().await;
    for what in ["text", "sending", "approval", "return", "withdrawal", "taking-up", "note"] {
        let tried =
            owner.post(&format!("/reviews/{id}/{what}"), &[("revision", "0"), ("text", "x"), ("remark", "x")]).await;
        assert_eq!(tried.status, StatusCode::NOT_FOUND, "{what}");
    }
    assert_eq!(owner.get(&format!("/reviews/{id}/files/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(messages(&other).await.len(), 1);
}

#[tokio::test]
async fn without_a_draft_nothing_is_asked() {
    let t = TestApp::sqlite().await;
    t.mail_from("Ana Lind <ana@customer.example>", "Where is my parcel?", "My parcel has not come.").await;
    let owner = Browser::of_owner(&t).await;
    let form = owner.get("/c/1/review").await;
    assert!(form.says("Write the answer first") && form.count("main button[type=submit]") == 0);
    assert_eq!(owner.post("/c/1/review", &[("to", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(owner.post("/c/1/review", &[("to", "agent-x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
