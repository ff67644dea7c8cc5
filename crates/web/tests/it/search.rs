//! Searching, as a page.

use testkit::app::TestApp;

use crate::browser::Browser;

async fn with_mail() -> (TestApp, Browser) {
    let t = TestApp::sqlite().await;
    t.mail_from("Ana López <ana@shop.example>", "Late parcel", "Where is my refund for the parcel?").await;
    t.mail_from("Ben <ben@mail.example>", "A refund please", "The kettle leaks, refund it.").await;
    let owner = Browser::of_owner(&t).await;
    (t, owner)
}

#[tokio::test]
async fn a_condition_narrows_the_search_and_can_be_dropped() {
    let (_t, owner) = with_mail().await;
    let all = owner.get("/search?q=refund%20").await;
    assert_eq!(all.count("#search-results > li"), 2);
    let page = owner.get("/search?q=refund%20from%3Aana").await;
    assert_eq!(page.count("#search-results > li"), 1);
    assert_eq!(page.text_of(".filter-chip"), "from:ana");
    let without = page.attribute(".filter-chip", "href");
    assert_eq!(owner.get(&without).await.count("#search-results > li"), 2);
}

#[tokio::test]
async fn nothing_found_says_what_to_leave_out() {
    let (_t, owner) = with_mail().await;
    let page = owner.get("/search?q=refund%20is%3Aresolved").await;
    assert!(page.says("Nothing found"));
    assert_eq!(page.text_of(".drop-filters .button"), "Without is:resolved");
}

#[tokio::test]
async fn what_is_not_understood_is_said_in_words() {
    let (_t, owner) = with_mail().await;
    assert!(owner.get("/search?q=refund%20form%3Aana").await.says("There is no condition “form:”"));
    assert!(owner.get("/search?q=refund%20before%3Asoon").await.says("“soon” is not understood"));
    assert!(owner.get("/search?q=assignee%3Azorro").await.says("Nothing is called “zorro”"));
}

#[tokio::test]
async fn a_mistyped_word_is_searched_for_as_it_was_meant() {
    let (_t, owner) = with_mail().await;
    let page = owner.get("/search?q=refnud%20").await;
    assert!(page.says("Nothing holds “refnud”."));
    assert_eq!(page.attribute(".summary a", "href"), "/search?q=refund%20");
    assert_eq!(page.count("#search-results > li"), 2);
}

#[tokio::test]
async fn a_search_can_be_narrowed_without_scripts_and_by_them() {
    let (t, owner) = with_mail().await;
    assert_eq!(owner.get("/search?q=refund%20").await.count(".facets"), 0, "counting comes afterwards");
    assert_eq!(owner.get("/search?q=refund%20&narrow=1").await.count(".facets"), 0, "nothing tells these two apart");
    let one = t.newest_conversation().await;
    let resolved = t
        .app
        .write(t.owner.scope(), move |desk| Box::pin(async move { desk::conversations::resolve(desk, one).await }));
    resolved.await.unwrap();
    assert_eq!(owner.get("/search?q=refund%20&narrow=1").await.count(".facets"), 1);
    let part = owner.part("/search?q=refund%20", "facets").await;
    let narrowed = part.attribute(".facet a[href*='resolved']", "href");
    assert_eq!(narrowed, "/search?q=refund%20is%3Aresolved");
}

#[tokio::test]
async fn conditions_are_completed_for_scripts() {
    let (_t, owner) = with_mail().await;
    assert_eq!(owner.get("/search/completions?q=assignee%3Aolg").await.text, r#"["assignee:\"Olga Owner\""]"#);
}

#[tokio::test]
async fn the_start_teaches_the_conditions() {
    let (_t, owner) = with_mail().await;
    let page = owner.get("/search").await;
    assert_eq!(page.count(".operators li"), 16);
    assert!(page.count(".search-help dt a") >= 5);
}

#[tokio::test]
async fn a_search_begins_a_view() {
    let (_t, owner) = with_mail().await;
    let page = owner.get("/search?q=refund%20subject%3Aparcel").await;
    let link = page.attribute("a[href^='/views/new']", "href");
    assert!(owner.get(&link).await.text.contains("parcel"));
}
