//! Rules by plain forms: put together, looked at before they act, switched on, explained, put back, brought back.

use http::StatusCode;
use testkit::app::TestApp;

use crate::browser::Browser;

const NEW: &str = "/settings/rules/new";

/// A form of a rule that puts a tag on what begins with a zip in its subject.
fn form<'a>(name: &'a str, subject: &'a str, tag: &'a str, order: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", name),
        ("when", "events"),
        ("cause", "opened"),
        ("since", "silence"),
        ("after", "3"),
        ("unit", "days"),
        ("mode.0", "all"),
        ("what.0.0", "subject"),
        ("how.0.0", "contains"),
        ("value.0.0", subject),
        ("act.0", "tag"),
        ("act-value.0", ""),
        ("act-text.0", tag),
        ("do", order),
    ]
}

/// Makes a rule; its address.
async fn rule(owner: &Browser, name: &str) -> String {
    let made = owner.post(NEW, &form(name, "zip", "zips", "save")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    made.location().trim_end_matches("?done=saved").to_owned()
}

#[tokio::test]
async fn a_rule_is_put_together_looked_at_switched_on_and_explains_itself() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    t.mail_from("ana@customer.example", "Broken zip", "It broke").await;
    assert!(owner.get("/settings/rules").await.says("No rules yet"));
    let here = rule(&owner, "Zips first").await;
    let page = owner.get(&here).await;
    assert!(page.says("Off") && page.says("Version 1"), "{}", page.text);
    assert_eq!(page.attribute("[name='value.0.0']", "value"), "zip");

    owner.post(&format!("{here}/simulation"), &[("months", "1")]).await;
    assert!(
        owner.get(&format!("{here}/simulation")).await.says("Once so far")
            || owner.get(&format!("{here}/simulation")).await.says("0 times so far")
    );
    t.run_jobs().await;
    let page = owner.get(&format!("{here}/simulation")).await;
    assert!(page.says("It would have acted once") && page.says("#1 Broken zip"), "{}", page.text);

    let on = owner.post(&format!("{here}/switch"), &[("on", "yes"), ("from", "list")]).await;
    assert_eq!(on.location(), "/settings/rules?done=rule-on");
    t.mail_from("bo@customer.example", "My zip", "It broke").await;
    let theirs = Browser::of(&t, {
        t.agent("Sam Okafor").await;
        "sam@desk.example"
    })
    .await;
    let page = theirs.get("/c/2").await;
    assert!(page.text_of("#part-tags").contains("zips"), "{}", page.text);
    assert!(page.text_of("#part-rules").contains("Zips first"));
    assert!(page.says("Rule “Zips first” acted"));
    let page = theirs.get("/c/2/why").await;
    assert!(
        page.says("Subject contains zip") && page.says("Add tag: zips") && page.says("A conversation begins"),
        "{}",
        page.text
    );
    assert!(theirs.get("/c/1").await.text_of("#part-rules").trim().is_empty());
    let page = owner.get(&format!("{here}/runs")).await;
    assert!(page.says("#2 My zip") && page.says("Done"), "{}", page.text);
    assert!(owner.get("/settings/rules").await.says("acted once"));
}

#[tokio::test]
async fn buttons_of_the_form_work_by_round_trips_and_what_is_missing_is_said() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let page = owner.get(NEW).await;
    assert_eq!((page.status, page.count("#view-actions .view-line")), (StatusCode::OK, 1));
    assert_eq!(page.count("#view-conditions [value=followed]"), 0, "nobody looks");
    let page = owner.post(NEW, &form("", "zip", "zips", "act-add")).await;
    assert_eq!((page.status, page.count("#view-actions .view-line")), (StatusCode::OK, 2));
    let page = owner.post(NEW, &form("", "zip", "zips", "add:0")).await;
    assert_eq!(page.count("#view-conditions .view-line"), 2);
    let page = owner.post(NEW, &form("", "zip", "zips", "act-remove:0")).await;
    assert_eq!(page.count("#view-actions .view-line"), 0);
    for (name, subject, tag, said) in [
        ("", "zip", "zips", "required"),
        ("Zips", "", "zips", "Fill in every condition"),
        ("Zips", "zip", " ", "Fill in every action"),
    ] {
        let page = owner.post(NEW, &form(name, subject, tag, "save")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let said = if said == "required" { page.count("#name-wrong") == 1 } else { page.says(said) };
        assert!(said, "{}", page.text);
        assert_eq!(page.attribute("[name='act-text.0']", "value"), tag, "what was written stays");
    }
}

#[tokio::test]
async fn rules_are_ordered_deleted_brought_back_and_their_versions_put_back() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let (first, second) = (rule(&owner, "First").await, rule(&owner, "Second").await);
    let order = |page: crate::browser::Page| page.text.find(">First<").unwrap() < page.text.find(">Second<").unwrap();
    assert!(order(owner.get("/settings/rules").await));
    owner.post(&format!("{second}/place"), &[("way", "up")]).await;
    assert!(!order(owner.get("/settings/rules").await));

    owner.post(&first, &form("First anew", "buckle", "buckles", "save")).await;
    let page = owner.get(&format!("{first}/versions")).await;
    assert!(
        page.says("Version 2 · First anew") && page.says("Subject contains buckle") && page.says("Olga Owner"),
        "{}",
        page.text
    );
    owner.post(&format!("{first}/versions"), &[("version", "1")]).await;
    assert_eq!(owner.get(&first).await.attribute("[name='value.0.0']", "value"), "zip");

    let gone = owner.post(&format!("{first}/deletion"), &[]).await;
    assert!(owner.get(gone.location()).await.says("The rule is deleted."));
    assert_eq!(owner.get(&first).await.status, StatusCode::NOT_FOUND);
    owner.post(&format!("{first}/restoration"), &[]).await;
    assert!(owner.get("/settings/rules").await.says("First"));
}

#[tokio::test]
async fn the_secret_of_webhooks_is_shown_to_administrators_and_drawn_anew() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let mut fields = form("Tell", "zip", "https://crm.example/hook", "save");
    for (name, value) in &mut fields {
        if *name == "act.0" {
            *value = "webhook";
        }
    }
    let here = owner.post(NEW, &fields).await.location().trim_end_matches("?done=saved").to_owned();
    let secret = owner.get(&here).await.text_of("code.secret");
    assert!(secret.starts_with("whsec_") && secret.len() > 60, "{secret}");
    owner.post(&format!("{here}/secret"), &[]).await;
    assert_ne!(owner.get(&here).await.text_of("code.secret"), secret);
    t.agent("Sam Okafor").await;
    let sam = Browser::of(&t, "sam@desk.example").await;
    assert_eq!(sam.get(&here).await.status, StatusCode::FORBIDDEN);
}
