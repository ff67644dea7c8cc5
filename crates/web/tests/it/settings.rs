//! One's own settings and those of the desk.

use http::StatusCode;
use testkit::app::{PASSWORD, TestApp};

use crate::browser::Browser;

#[tokio::test]
async fn a_colleague_is_added_changed_and_deactivated() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let wrong = [("name", "Sam"), ("email", "sam"), ("password", "short"), ("role", "agent")];
    let refused = owner.post("/settings/people", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.text_of("#email-wrong"), "This is not an e-mail address.");
    assert_eq!(refused.attribute("#email", "aria-describedby"), "email-wrong email-hint");
    assert_eq!(refused.attribute("#password", "value"), "");
    let right = [("name", "Sam"), ("email", "sam@desk.example"), ("password", PASSWORD), ("role", "agent")];
    assert_eq!(owner.post("/settings/people", &right).await.location(), "/settings/people?done=added");
    let sam = Browser::of(&t, "sam@desk.example").await;
    assert_eq!(sam.get("/settings/people").await.status, StatusCode::FORBIDDEN);
    assert!(!sam.get("/settings/profile").await.says("Mailboxes"));
    let address =
        owner.get("/settings/people").await.attribute("a[href^='/settings/people/0']:not([aria-current])", "href");
    assert_eq!(owner.get(&address).await.status, StatusCode::OK);
    let list = owner.get("/settings/people").await;
    assert!(list.says("Sam") && list.says("Olga Owner"));
}

#[tokio::test]
async fn the_last_owner_cannot_step_down() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let id = t.owner.agent_id;
    let fields = [("name", "Olga"), ("email", "owner@desk.example"), ("role", "agent")];
    let refused = owner.post(&format!("/settings/people/{id}"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("The desk needs at least one active owner."));
}

#[tokio::test]
async fn a_team_has_members_and_a_view_of_its_own() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let made = owner.post("/settings/teams", &[("name", "Billing")]).await;
    let address = made.location().split('?').next().unwrap().to_owned();
    let me = t.owner.agent_id.to_string();
    owner.post(&address, &[("name", "Billing"), ("member", &me)]).await;
    assert_eq!(owner.get(&address).await.attribute("input[name=member][checked]", "value"), me);
    assert!(owner.get("/inbox/open").await.text_of("#views").contains("Billing"));
}

#[tokio::test]
async fn a_mailboxs_passwords_are_taken_and_never_given_back() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let fields = [
        ("name", "Sales"),
        ("address", "sales@desk.example"),
        ("imap_host", "imap.example"),
        ("imap_security", "tls"),
        ("imap_password", "hunter2hunter2"),
    ];
    let made = owner.post("/settings/mailboxes", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let page = owner.get(made.location()).await;
    assert_eq!(page.attribute("#imap_host", "value"), "imap.example");
    assert_eq!(page.attribute("#imap_port", "value"), "993");
    assert!(!page.text.contains("hunter2"));
    let refused =
        owner.post("/settings/mailboxes", &[("name", "x"), ("address", "no"), ("imap_password", "hunter3")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.text.contains("hunter3"));
}

#[tokio::test]
async fn single_keys_can_be_switched_off() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    assert_eq!(owner.get("/inbox/open").await.count("body[data-keys=off]"), 0);
    owner.post("/settings/keyboard", &[]).await;
    assert_eq!(owner.get("/inbox/open").await.count("body[data-keys=off]"), 1);
    owner.post("/settings/keyboard", &[("single", "on")]).await;
    assert_eq!(owner.get("/inbox/open").await.count("body[data-keys=off]"), 0);
}

#[tokio::test]
async fn the_present_password_is_needed_for_a_new_one() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let refused = owner.post("/settings/password", &[("current", "wrong"), ("password", "a new password")]).await;
    assert_eq!(refused.text_of("#current-wrong"), "This is not your present password.");
    let changed = owner.post("/settings/password", &[("current", PASSWORD), ("password", "a new password")]).await;
    assert_eq!(changed.location(), "/settings/profile?done=password");
}

#[tokio::test]
async fn times_are_shown_in_the_zone_that_was_chosen() {
    let t = TestApp::sqlite().await;
    t.mail_from("ana@customer.example", "Hello", "Hi").await;
    let owner = Browser::of_owner(&t).await;
    assert_eq!(owner.get("/c/1").await.text_of("article time"), "10:00");
    owner.post("/settings/profile", &[("name", "Olga"), ("time_zone", "Asia/Tokyo"), ("theme", "dark")]).await;
    let page = owner.get("/c/1").await;
    assert_eq!(page.text_of("article time"), "19:00");
    assert_eq!(page.attribute("html", "data-theme"), "dark");
    let wrong = owner.post("/settings/profile", &[("name", "Olga"), ("time_zone", "Mars/Olympus")]).await;
    assert_eq!(wrong.text_of("#time_zone-wrong"), "There is no time zone of this name.");
}

#[tokio::test]
async fn failed_work_is_shown_with_its_reason_and_tried_again() {
    let t = TestApp::sqlite().await;
    t.mail_from("ana@customer.example", "Hello", "Hi").await;
    let owner = Browser::of_owner(&t).await;
    assert!(owner.get("/settings/jobs").await.says("Nothing has failed"));
    t.channel.outcomes.lock().push_back(desk::channel::SendOutcome::Refused("mailbox full".into()));
    owner.post_with_files("/c/1/messages", &[("kind", "reply"), ("body", "Hello")], &[], false).await;
    // The seconds for second thoughts.
    t.clock.advance(jiff::SignedDuration::from_secs(6));
    t.run_jobs().await;
    let page = owner.get("/settings/jobs").await;
    assert!(page.says("mailbox full"), "{}", page.text_of("main"));
    assert!(owner.get("/c/1").await.text_of("article.failed").contains("Not delivered: mailbox full"));
    let action = page.attribute("form[action$=requeue]", "action");
    assert_eq!(owner.post(&action, &[]).await.location(), "/settings/jobs?done=requeued");
    assert!(owner.get("/settings/jobs").await.says("Nothing has failed"));
}

#[tokio::test]
async fn business_hours_are_made_closed_on_own_days_and_taken_out_as_a_file() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let hours = [("name", "Berlin"), ("zone", "Europe/Berlin"), ("mon", "9-17"), ("country", "DE"), ("region", "")];
    let wrong =
        owner.post("/settings/hours/new", &[("name", "Berlin"), ("zone", "Europe/Berlin"), ("mon", "late")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.attribute("#mon", "value"), "late");
    assert!(wrong.text_of("#mon-wrong").starts_with("Write times with a dash"));
    let address = owner.post("/settings/hours/new", &hours).await.location().split('?').next().unwrap().to_owned();
    let december = owner.get(&format!("{address}?month=2026-12")).await;
    assert!(december.says("Dec 2026") && december.says("Christmas Day") && december.says("32 hours open"));
    assert!(december.attribute("#region option[value=BY]", "value") == "BY");
    let day = [("day", "2026-12-07"), ("until_day", ""), ("title", "Outing"), ("hours", "")];
    owner.post(&format!("{address}/days"), &day).await;
    let december = owner.get(&format!("{address}?month=2026-12")).await;
    assert!(december.says("Outing") && december.says("24 hours open"));
    let file = owner.get(&format!("{address}/days.ics")).await;
    assert!(file.text.contains("DTSTART;VALUE=DATE:20261207") && file.text.contains("SUMMARY:Outing"));
    owner.post(&format!("{address}/days/removal"), &[("day", "2026-12-07"), ("until_day", "2026-12-07")]).await;
    assert!(!owner.get(&format!("{address}?month=2026-12")).await.says("Outing"));
}
