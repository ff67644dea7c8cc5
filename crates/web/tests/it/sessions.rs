//! Coming in and going out.

use axum::body::Body;
use http::{Request, StatusCode, header};
use testkit::app::{PASSWORD, TestApp};

use crate::browser::Browser;

#[tokio::test]
async fn a_stranger_is_led_to_sign_in_and_from_there_to_what_they_wanted() {
    let t = TestApp::sqlite().await;
    let stranger = Browser::stranger(&t);
    assert_eq!(stranger.get("/c/5?in=mine").await.location(), "/sign-in?next=%2Fc%2F5%3Fin%3Dmine");
    let form = stranger.get("/sign-in?next=%2Fc%2F5").await;
    assert_eq!(form.text_of("label[for=email]"), "E-mail address");
    assert_eq!(form.attribute("#password", "autocomplete"), "current-password");
    let fields = [("email", "owner@desk.example"), ("password", PASSWORD), ("next", "/c/5")];
    let signed_in = stranger.post("/sign-in", &fields).await;
    assert_eq!((signed_in.status, signed_in.location()), (StatusCode::SEE_OTHER, "/c/5"));
    let cookie = signed_in.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        cookie.starts_with("session=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_refused_with_the_same_words() {
    let t = TestApp::sqlite().await;
    let stranger = Browser::stranger(&t);
    let wrong = stranger.post("/sign-in", &[("email", "owner@desk.example"), ("password", "no")]).await;
    let unknown = stranger.post("/sign-in", &[("email", "nobody@desk.example"), ("password", "no")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.text_of("[role=alert]"), unknown.text_of("[role=alert]"));
    assert_eq!(wrong.attribute("#email", "value"), "owner@desk.example");
    assert_eq!(wrong.attribute("#password", "value"), "");
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    for foreign in [
        Request::post("/sign-out").header("sec-fetch-site", "cross-site"),
        Request::post("/sign-out").header("origin", "https://evil.example").header("host", "desk.example"),
        Request::post("/sign-out").header("host", "desk.example"),
    ] {
        assert_eq!(owner.ask(foreign, Body::empty()).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(owner.get("/inbox/open").await.status, StatusCode::OK);
    let own = Request::post("/sign-out").header("origin", "http://desk.example").header("host", "desk.example");
    assert_eq!(owner.ask(own, Body::empty()).await.location(), "/sign-in");
    assert_eq!(owner.get("/inbox/open").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_out_everywhere_ends_the_sessions_of_other_browsers() {
    let t = TestApp::sqlite().await;
    let (here, there) = (Browser::of_owner(&t).await, Browser::of_owner(&t).await);
    here.post("/sign-out/everywhere", &[]).await;
    assert_eq!(there.get("/inbox/open").await.location(), "/sign-in?next=%2Finbox%2Fopen");
}

#[tokio::test]
async fn set_up_is_over_once_there_is_an_owner() {
    let t = TestApp::sqlite().await;
    assert_eq!(Browser::stranger(&t).get("/setup").await.location(), "/sign-in");
    let fields = [("workspace", "Mine"), ("name", "Eve"), ("email", "eve@evil.example"), ("password", "long enough 1")];
    let second = Browser::stranger(&t).post("/setup", &fields).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
}
