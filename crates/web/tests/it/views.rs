//! Putting off, saved views, fields and changing many, without any script.

use desk::conversations;
use http::{Request, StatusCode};
use testkit::app::TestApp;

use crate::browser::Browser;

async fn desk_with_letters() -> (TestApp, Browser) {
    let t = TestApp::sqlite().await;
    for (who, subject) in [("ana", "Where is my parcel?"), ("ben", "Refund please"), ("eva", "A question")] {
        t.mail_from(&format!("{who}@customer.example"), subject, "Hello.").await;
    }
    let owner = Browser::of_owner(&t).await;
    (t, owner)
}

#[tokio::test]
async fn a_conversation_is_put_off_in_words_and_stands_in_snoozed_until_it_wakes() {
    let (t, owner) = desk_with_letters().await;
    let page = owner.get("/c/1?in=open").await;
    assert!(page.count("#snooze-menu button[name=until]") >= 4);
    let put_off = owner.post("/c/1/snooze", &[("in", "open"), ("until", ""), ("text", "in 3 hours")]).await;
    assert_eq!((put_off.status, put_off.location()), (StatusCode::SEE_OTHER, "/c/1?in=open"));
    let list = owner.get("/inbox/snoozed").await;
    assert_eq!((list.count("#list > li"), list.text_of("#count-snoozed").as_str()), (1, "1"));
    assert_eq!(owner.get("/inbox/open").await.count("#list > li"), 2);
    let nonsense = owner.post("/c/2/snooze", &[("text", "when pigs fly")]).await;
    assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
    t.clock.advance(jiff::SignedDuration::from_hours(3));
    t.run_jobs().await;
    assert_eq!(owner.get("/inbox/open").await.count("#list > li"), 3);
}

#[tokio::test]
async fn what_a_moment_means_is_said_before_it_is_chosen() {
    let (_t, owner) = desk_with_letters().await;
    let meaning = owner.part("/snooze?text=tue%209am", "text").await;
    assert!(meaning.text.contains("24") && meaning.text.contains("9:00"), "{}", meaning.text);
    assert!(owner.part("/snooze?text=soon", "text").await.text.contains("Not understood"));
}

#[tokio::test]
async fn a_view_is_put_together_by_round_trips_saved_and_shown() {
    let (_t, owner) = desk_with_letters().await;
    let new = owner.get("/views/new").await;
    assert_eq!((new.status, new.count("#view-preview li")), (StatusCode::OK, 3));
    let mut fields = vec![
        ("name", "Parcels"),
        ("audience", "me"),
        ("order", "created"),
        ("detail", "number"),
        ("mode.0", "all"),
        ("what.0.0", "status"),
        ("how.0.0", "is"),
        ("value.0.0", "open"),
    ];
    let added = owner.post("/views/new", &[&fields[..], &[("do", "add:0")]].concat()).await;
    assert_eq!((added.status, added.count(".view-line")), (StatusCode::OK, 2));
    fields.extend([("what.0.1", "subject"), ("how.0.1", "contains"), ("value.0.1", "PARCEL")]);
    let previewed = owner.post("/views/new", &[&fields[..], &[("do", "preview")]].concat()).await;
    assert_eq!(previewed.text_of("#view-preview li .title"), "Where is my parcel?");
    assert_eq!(previewed.text_of("#view-preview header p"), "1 conversation");
    let saved = owner.post("/views/new", &[&fields[..], &[("do", "save")]].concat()).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let address = saved.location().trim_end_matches("?done=saved").to_owned();
    let shown = owner.get(&address).await;
    assert_eq!((shown.count("#list > li"), shown.text_of("#list .tag.extra").as_str()), (1, "#1"));
    let counts = owner.part("/views/counts", "ops").await;
    assert!(counts.text.contains("\"1\""), "{}", counts.text);
    let id = address.trim_start_matches("/inbox/view-");
    let again = owner.get(&format!("/views/{id}")).await;
    assert_eq!((again.attribute("#name", "value").as_str(), again.count(".view-line")), ("Parcels", 2));
    let deleted = owner.post(&format!("/views/{id}/deletion"), &[]).await;
    assert_eq!(owner.get(&address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(owner.get(deleted.location()).await.count("form[action$=restoration]"), 1);
    owner.post(&format!("/views/{id}/restoration"), &[]).await;
    assert_eq!(owner.get(&address).await.count("#list > li"), 1);
}

#[tokio::test]
async fn a_condition_that_is_not_filled_in_keeps_a_view_from_being_saved() {
    let (_t, owner) = desk_with_letters().await;
    let fields = [
        ("name", "Half"),
        ("mode.0", "all"),
        ("what.0.0", "subject"),
        ("how.0.0", "contains"),
        ("value.0.0", ""),
        ("do", "save"),
    ];
    let refused = owner.post("/views/new", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Fill in every condition"));
    let nameless = owner.post("/views/new", &[("name", " "), ("mode.0", "all"), ("do", "save")]).await;
    assert_eq!((nameless.status, nameless.count("#name-wrong")), (StatusCode::UNPROCESSABLE_ENTITY, 1));
}

#[tokio::test]
async fn many_are_changed_by_one_form_and_put_back_by_another() {
    let (_t, owner) = desk_with_letters().await;
    let list = owner.get("/inbox/open").await;
    assert_eq!(list.count("#list input[form=bulk-form]"), 3);
    let done = owner.post("/bulk", &[("in", "open"), ("number", "1"), ("number", "3"), ("do", "resolve")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let after = owner.get(done.location()).await;
    assert_eq!((after.count("#list > li"), after.text_of("#bulk-status p").as_str()), (1, "2 conversations changed."));
    let undo = after.attribute("#bulk-status form", "action");
    let undone = owner.post(&undo, &[]).await;
    let back = owner.get(undone.location()).await;
    assert_eq!((back.count("#list > li"), back.text_of("#bulk-status p").as_str()), (3, "2 conversations put back."));
    let none = owner.post("/bulk", &[("do", "resolve")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_required_field_is_asked_for_in_words_before_resolving() {
    let (t, owner) = desk_with_letters().await;
    let made = owner
        .post(
            "/settings/fields/new",
            &[("name", "Reason"), ("kind", "choice"), ("options", "Lost\nBroken"), ("required", "yes")],
        )
        .await;
    assert_eq!((made.status, made.location()), (StatusCode::SEE_OTHER, "/settings/fields?done=added"));
    let refused = owner.post("/c/1/status", &[("status", "resolved")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.says("fill in: Reason"));
    let page = owner.get("/c/1").await;
    let action = page.attribute("#part-fields form", "action");
    assert_eq!(owner.post(&action, &[("value", "Eaten")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    owner.post(&action, &[("value", "Lost")]).await;
    assert_eq!(owner.post("/c/1/status", &[("status", "resolved")]).await.status, StatusCode::SEE_OTHER);
    let settled = t
        .app
        .read(t.system(), |desk| Box::pin(async move { conversations::find_by_number(desk, 1).await }))
        .await
        .unwrap();
    assert_eq!(settled.status, conversations::Status::Resolved);
    let agent = t.agent("Sam").await;
    drop(agent);
    let sam = Browser::of(&t, "sam@desk.example").await;
    assert_eq!(sam.get("/settings/fields").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn following_pinning_and_links_show_on_the_page() {
    let (_t, owner) = desk_with_letters().await;
    owner.post("/c/1/follow", &[("follow", "yes")]).await;
    owner.post("/c/1/pin", &[("pin", "yes")]).await;
    owner.post("/c/1/links", &[("kind", "duplicate_of"), ("number", "#2")]).await;
    let page = owner.get("/c/1?in=open").await;
    assert_eq!(page.count(".toggle[aria-pressed=true]"), 2);
    assert_eq!(page.attribute("#list > li", "id"), "c-1", "what is pinned stands on top");
    assert_eq!(page.count("#list > li"), 3);
    assert!(page.text_of("#part-links").contains("duplicate of"));
    assert!(owner.get("/c/2").await.text_of("#part-links").contains("has the duplicate"));
    let unknown = owner.post("/c/1/links", &[("kind", "related"), ("number", "99")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ops = Request::post("/c/1/links/remove")
        .header("x-fragment", "ops")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let gone = owner.ask(ops, axum::body::Body::from("number=2")).await;
    assert!(gone.text.contains("part-links") && !gone.text.contains("/c/1/links/remove"), "{}", gone.status);
}
