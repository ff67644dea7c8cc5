//! The desk as an app, and settings found by words.

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
    assert_eq!(sam.get("/settings").await.count("main .rows li"), 2);
    assert!(sam.get("/settings?q=dkim").await.says("No setting is called so"));
}
