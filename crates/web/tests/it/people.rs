//! People who come in by a link.

use http::StatusCode;
use testkit::app::{PASSWORD, TestApp};

use crate::browser::Browser;

/// The links on the page that shows them, as paths.
fn links(page: &crate::browser::Page) -> Vec<String> {
    let (at, mut found) = ("/invitation/", Vec::new());
    for part in page.text.split(at).skip(1) {
        let token: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        found.push(format!("{at}{token}"));
    }
    found
}

#[tokio::test]
async fn a_link_lets_somebody_in_once_and_sets_their_password() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let invited = [("name", "Sam"), ("email", "sam@desk.example"), ("role", "agent")];
    let page = owner.post("/settings/people/invite", &invited).await;
    let link = links(&page).pop().unwrap();
    let stranger = Browser::stranger(&t);
    assert!(stranger.get(&link).await.says("Welcome, Sam"));
    let short = stranger.post(&link, &[("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(stranger.post(&link, &[("password", PASSWORD)]).await.location(), "/inbox/open");
    assert_eq!(stranger.get(&link).await.status, StatusCode::GONE);
    assert_eq!(stranger.post(&link, &[("password", "another password")]).await.status, StatusCode::GONE);
    Browser::of(&t, "sam@desk.example").await;
}

#[tokio::test]
async fn a_new_link_ends_the_one_before_and_none_is_good_after_a_week() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let invited = [("name", "Sam"), ("email", "sam@desk.example"), ("role", "agent")];
    let first = links(&owner.post("/settings/people/invite", &invited).await).pop().unwrap();
    assert_eq!(owner.post("/settings/people/invite", &invited).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let id = desk::people::agent_by_email(&t.app, t.workspace, "sam@desk.example").await.unwrap().id;
    let second = links(&owner.post(&format!("/settings/people/{id}/invitation"), &[]).await).pop().unwrap();
    let stranger = Browser::stranger(&t);
    assert_eq!(stranger.get(&first).await.status, StatusCode::GONE);
    assert_eq!(stranger.get(&second).await.status, StatusCode::OK);
    t.clock.advance(desk::people::GOOD_FOR);
    assert_eq!(stranger.get(&second).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_list_changes_nothing_before_it_is_confirmed_and_twice_is_once() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let list = "Name;E-Mail;Teams\nAna;ana@desk.example;Returns\nBroken;nonsense;\nOlga;owner@desk.example;Returns\n";
    let look = owner.post_with_files("/settings/people/import", &[], &[("people.csv", list)], false).await;
    assert!(look.says("Will be invited") && look.says("This is not an e-mail address.") && look.says("joins teams"));
    assert!(!owner.get("/settings/people").await.says("ana@desk.example"));
    let columns = [("list", list), ("column", "name"), ("column", "email"), ("column", "teams")];
    let other = [("list", list), ("column", "nothing"), ("column", "nothing"), ("column", "nothing")];
    assert!(owner.post("/settings/people/import/columns", &other).await.says("There is nobody to invite"));
    let done = owner.post("/settings/people/import/confirmation", &columns).await;
    assert_eq!(links(&done).len(), 1);
    assert!(owner.get("/settings/people").await.says("ana@desk.example"));
    assert!(owner.get("/settings/teams").await.says("Returns"));
    let again = owner.post("/settings/people/import/confirmation", &columns).await;
    assert_eq!(links(&again).len(), 0);
    assert!(again.says("Nobody had to be invited"));
}

#[tokio::test]
async fn an_administrator_cannot_bring_in_owners() {
    let t = TestApp::sqlite().await;
    t.sign_in_new("Adam Admin", desk::people::Role::Admin).await;
    let adam = Browser::of(&t, "adam@desk.example").await;
    let list = "email,role\nboss@desk.example,owner\nsam@desk.example,agent\n";
    let columns = [("list", list), ("column", "email"), ("column", "role")];
    let done = adam.post("/settings/people/import/confirmation", &columns).await;
    assert_eq!(links(&done).len(), 1);
    assert!(!adam.get("/settings/people").await.says("boss@desk.example"));
}
