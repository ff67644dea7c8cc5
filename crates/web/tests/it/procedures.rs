//! Procedures by plain forms: written down in the settings, gone through beside a conversation, overridden with a reason.

use http::{Method, Request, StatusCode, header};
use testkit::app::TestApp;

use crate::browser::{Browser, Page};

const NEW: &str = "/settings/procedures/new";

/// A form of three steps: a task, a decision, words.
fn form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Damaged on arrival"),
        ("seen", "0"),
        ("last_key", "3"),
        ("mode.0", "all"),
        ("kind.0", "task"),
        ("key.0", "1"),
        ("title.0", "Ask for a picture"),
        ("required.0", "yes"),
        ("kind.1", "decision"),
        ("key.1", "2"),
        ("title.1", "Is it our fault?"),
        ("who.1", "anyone"),
        ("answer.1.0", "Yes"),
        ("to.1.0", "next"),
        ("answer.1.1", "No"),
        ("to.1.1", "end"),
        ("kind.2", "text"),
        ("key.2", "3"),
        ("title.2", "Be sorry"),
        ("text.2", "Dear {{customer.first_name|friend}}, we are sorry."),
    ]
}

fn with(order: &'static str, more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields: Vec<_> =
        form().into_iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).collect();
    fields.extend(more.iter().copied());
    fields.push(("do", order));
    fields
}

/// A desk with a letter and a procedure, which the letter has.
async fn desk_with_a_procedure() -> (TestApp, Browser, String) {
    let t = TestApp::sqlite().await;
    t.mail_from("Ana Lind <ana@customer.example>", "It came broken", "My parcel came broken.").await;
    let owner = Browser::of_owner(&t).await;
    let saved = owner.post(NEW, &with("save", &[])).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let place = saved.location().split('?').next().unwrap().to_owned();
    let id = place.rsplit('/').next().unwrap().to_owned();
    assert!(owner.get("/c/1").await.text_of("#part-procedure").contains("Begin a procedure"));
    let begun = owner.post("/c/1/procedure", &[("procedure", &id)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    (t, owner, place)
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

#[tokio::test]
async fn steps_are_added_moved_and_removed_without_a_script_and_nothing_is_kept_before_it_is_saved() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let page = owner.get(NEW).await;
    assert_eq!(page.count(".step-form"), 1);
    let page = owner.post(NEW, &with("step-add:fact", &[])).await;
    assert_eq!((page.status, page.count(".step-form")), (StatusCode::OK, 4));
    assert_eq!(page.attribute("[name='key.3']", "value"), "4");
    let page = owner.post(NEW, &with("step-up:1", &[])).await;
    assert_eq!(page.attribute("[name='title.0']", "value"), "Is it our fault?");
    let page = owner.post(NEW, &with("step-remove:0", &[])).await;
    assert_eq!(
        (page.count(".step-form"), page.attribute("[name='title.0']", "value").as_str()),
        (2, "Is it our fault?")
    );
    let page = owner.post(NEW, &with("add:0", &[])).await;
    assert_eq!(page.count(".view-line"), 1, "conditions are those of views");
    assert!(owner.get("/settings/procedures").await.says("No procedures yet"));
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_step_and_what_was_filled_in_stays() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let refused = owner.post(NEW, &with("save", &[("answer.1.1", " "), ("title.0", ""), ("most_steps", "many")])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text_of("#step-form-0").contains("Fill this in") || refused.count("#step-form-0 .wrong") == 1);
    assert!(refused.text_of("#step-form-1").contains("Give at least two answers."));
    assert!(refused.says("A limit is a whole number"));
    assert_eq!(refused.attribute("[name='name']", "value"), "Damaged on arrival");
    let back = owner.post(NEW, &with("save", &[("to.1.1", "1")])).await;
    assert!(back.text_of("#step-form-1").contains("does not come later"));
    let nameless = owner.post(NEW, &with("save", &[("name", " ")])).await;
    assert_eq!((nameless.status, nameless.count("#name-wrong")), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    let sam = t.agent("Sam Okafor").await;
    let theirs = Browser::of(&t, &sam.email).await;
    assert_eq!(theirs.get("/settings/procedures").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_procedure_is_gone_through_by_plain_forms() {
    let (_t, owner, _) = desk_with_a_procedure().await;
    let beside = owner.get("/c/1").await;
    assert!(beside.text_of(".procedure-progress").contains("0 of at most 3"));
    assert_eq!(beside.count(".procedure-step"), 2);
    assert_eq!(beside.attribute(".procedure-step[aria-current]", "id"), "step-1");
    owner.post("/c/1/procedure/steps/1", &[("done", "yes")]).await;
    owner.post("/c/1/procedure/steps/2", &[("answer", "0")]).await;
    let beside = owner.get("/c/1").await;
    assert!(beside.text_of(".procedure-progress").contains("2 of 3"), "{}", beside.text_of("#part-procedure"));
    assert_eq!(beside.attribute("#step-2 [aria-pressed=true]", "value"), "", "pressing it again takes it back");
    owner.post("/c/1/procedure/steps/3/text", &[]).await;
    let page = owner.get("/c/1").await;
    assert_eq!(page.text_of("#composer-body"), "Dear Ana, we are sorry.");
    assert!(page.text_of(".procedure-progress").contains("Finished"));
    assert!(page.says("decided “Is it our fault?”: Yes") && page.says("finished the procedure Damaged on arrival"));
    let off = owner.post("/c/1/procedure/steps/9", &[("done", "yes")]).await;
    assert_eq!(off.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn resolving_leads_to_the_missing_steps_and_a_reason_resolves_all_the_same() {
    let (_t, owner, place) = desk_with_a_procedure().await;
    let refused = owner.post("/c/1/status", &[("status", "resolved")]).await;
    assert_eq!(refused.location(), "/c/1/resolution");
    let told = script(&owner, "/c/1/status", "status=resolved").await;
    assert_eq!(
        (told.status, told.headers.get("x-instead").unwrap().to_str().unwrap()),
        (StatusCode::CONFLICT, "/c/1/resolution")
    );
    assert_eq!(told.text, "Before this can be resolved, do: Ask for a picture, Is it our fault?.");
    let sent = owner
        .post_with_files("/c/1/messages", &[("kind", "reply"), ("body", "Sorry"), ("then", "resolve")], &[], false)
        .await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.says("do: Ask for a picture") && sent.text_of("#composer-body") == "Sorry");
    let page = owner.get("/c/1/resolution").await;
    assert_eq!(page.count(".procedure-missing li"), 2);
    let without = owner.post("/c/1/resolution", &[("reason", " ")]).await;
    assert_eq!((without.status, without.count("#reason-wrong")), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    let done = owner.post("/c/1/resolution", &[("reason", "She found it herself")]).await;
    assert_eq!(done.location(), "/c/1?done=resolved");
    let page = owner.get("/c/1").await;
    assert!(
        page.says("resolved without these steps: Ask for a picture, Is it our fault?. Reason: She found it herself")
    );
    // Every figure leads to its conversations.
    let figures = owner.get(&format!("{place}/versions/1")).await;
    assert!(figures.says("She found it herself") && figures.says("at “Ask for a picture”"), "{}", figures.text);
    let there = figures.attribute(".table td a", "href");
    assert_eq!(there, format!("{place}/versions/1/conversations?state=overridden&step=1"));
    assert!(owner.get(&there).await.says("It came broken"));
    assert!(owner.get(&format!("{place}/versions/1/conversations")).await.says("It came broken"));
    assert_eq!(owner.get(&format!("{place}/versions/2")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_steps_make_a_version_that_conversations_can_go_on_with() {
    let (_t, owner, place) = desk_with_a_procedure().await;
    let page = owner.get(&place).await;
    assert_eq!(page.count(".step-form"), 3);
    let renamed = owner.post(&place, &with("save", &[("name", "Damage"), ("seen", "1")])).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.text);
    assert!(owner.get(&place).await.count("a[href$='/versions/2']") == 0, "another name is no other version");
    let more = [("seen", "1"), ("title.0", "Ask for two pictures")];
    owner.post(&place, &with("save", &more)).await;
    assert_eq!(owner.get(&place).await.count("a[href$='/versions/2']"), 1);
    let stale = owner.post(&place, &with("save", &[("seen", "1"), ("title.0", "Ask for three pictures")])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.says("Somebody else saved a new version meanwhile") && stale.text.contains("Ask for three pictures"));
    let beside = owner.get("/c/1").await;
    assert!(beside.says("There is a version 2.") && beside.says("Ask for a picture"));
    owner.post("/c/1/procedure/newest", &[]).await;
    assert!(owner.get("/c/1").await.text_of("#part-procedure").contains("Ask for two pictures"));
    owner.post("/c/1/procedure/removal", &[]).await;
    owner.post(&format!("{place}/archive"), &[("archived", "yes")]).await;
    assert!(!owner.get("/c/1").await.says("Begin a procedure"));
    assert!(owner.get("/settings/procedures").await.says("Archived"));
}
