//! The desk as an app, settings found by words, first steps, keys of one's own.

use http::header;
use testkit::app::TestApp;

use crate::browser::Browser;

#[tokio::test]
async fn the_desk_can_be_installed_and_its_worker_serves_all_of_it() {
    let t = TestApp::sqlite().await;
    let stranger = Browser::stranger(&t);
    let manifest = stranger.get("/manifest.webmanifest").await;
    assert_eq!(manifest.headers[header::CONTENT_TYPE], "application/manifest+json");
    assert!(manifest.text.contains("icon-512.png") && manifest.text.contains("/inbox/open"));
    let worker = stranger.get("/sw.js").await;
    assert_eq!(worker.headers[header::CACHE_CONTROL], "no-cache");
    assert!(worker.text.contains("/offline"));
    assert!(stranger.get("/offline").await.says("You are offline"));
    let policy = worker.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains("worker-src 'self'") && !policy.contains("unsafe"));
}

#[tokio::test]
async fn settings_are_found_by_other_words_and_only_those_one_may_change() {
    let t = TestApp::sqlite().await;
    t.agent("Sam Agent").await;
    let (owner, sam) = (Browser::of_owner(&t).await, Browser::of(&t, "sam@desk.example").await);
    let page = owner.get("/settings?q=dkim").await;
    assert_eq!(page.count("main .rows li"), 1);
    assert_eq!(page.attribute("main .rows a", "href"), "/settings/domains");
    assert_eq!(sam.get("/settings").await.count("main .rows li"), 4);
    assert!(sam.get("/settings?q=dkim").await.says("No setting is called so"));
}

#[tokio::test]
async fn the_first_steps_are_done_by_what_is_there_and_stay_until_dismissed() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let steps = owner.get("/welcome").await;
    assert!(steps.says("Write a mail to help@desk.example") && steps.count("[data-waits]") == 1);
    t.mail_from("ana@shop.example", "Hello", "A test").await;
    assert!(owner.part("/welcome", "steps").await.text.contains("It arrived as conversation #1."));
    owner.post("/welcome/sample", &[]).await;
    owner.post("/welcome/sample", &[]).await;
    t.run_jobs().await;
    assert_eq!(owner.get("/inbox/open").await.count("#list > li"), 2, "the sample is made once");
    assert!(owner.get("/settings").await.says("3 of 5 done"));
    owner.post("/welcome/dismissal", &[]).await;
    assert!(!owner.get("/settings").await.says("First steps"));
    owner.post("/welcome/return", &[]).await;
    assert!(owner.get("/settings").await.says("3 of 5 done"));
}

#[tokio::test]
async fn a_known_providers_servers_are_filled_in() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let form = owner.get("/settings/mailboxes/new?address=shop%40gmail.com").await;
    assert_eq!(form.attribute("#imap_host", "value"), "imap.gmail.com");
    assert_eq!(form.attribute("#address", "value"), "shop@gmail.com");
    assert_eq!(owner.get("/settings/mailboxes/new?address=a%40own.example").await.attribute("#imap_host", "value"), "");
}

#[tokio::test]
async fn keys_are_chosen_refused_when_taken_and_given_back() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let refused = owner.post("/settings/keyboard/keys", &[("split", "e")]).await;
    assert_eq!(refused.status, http::StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text_of("#key-split-wrong").contains("Resolve"), "{}", refused.text_of("#key-split-wrong"));
    owner.post("/settings/keyboard/keys", &[("split", "y"), ("merge", "")]).await;
    let inbox = owner.get("/inbox/open").await;
    assert_eq!(inbox.attribute("#help [data-command=split]", "data-key"), "y");
    assert_eq!(inbox.attribute("#help [data-command=merge]", "data-key"), "");
    owner.post("/settings/keyboard/keys", &[("reset", "all")]).await;
    assert_eq!(owner.get("/inbox/open").await.attribute("#help [data-command=split]", "data-key"), "Shift+X");
}
