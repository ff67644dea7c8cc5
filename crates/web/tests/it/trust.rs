//! Settings of trust: domains that sign, mailboxes that are opened at their provider, the test of a connection.

use http::StatusCode;
use testkit::{
    app::TestApp,
    dns::NameServer,
    oauth::{CLIENT_ID, CLIENT_SECRET, OauthServer},
};

use crate::browser::Browser;

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_signs_only_after_its_record_was_found() {
    let (t, server) = (TestApp::sqlite().await, NameServer::start().unwrap());
    t.app.set_dns(server.dns());
    let owner = Browser::of_owner(&t).await;
    let refused = owner.post("/settings/domains", &[("domain", "desk")]).await;
    assert_eq!(refused.text_of("#domain-wrong"), "This is not a domain, such as example.com.");
    let made = owner.post("/settings/domains", &[("domain", "Desk.example"), ("algorithm", "ed25519")]).await;
    assert_eq!(made.location(), "/settings/domains?done=added");
    let page = owner.get("/settings/domains").await;
    let name = page.text_of("[id='name-desk.example']");
    let record = page.text_of("[id='record-desk.example']");
    assert!(
        name.ends_with("._domainkey.desk.example") && record.starts_with("v=DKIM1; k=ed25519; p="),
        "{name} {record}"
    );
    let start = [("domain", "desk.example"), ("active", "yes")];
    let missing = owner.post("/settings/domains/activation", &start).await;
    assert_eq!(missing.status, StatusCode::CONFLICT);
    assert!(missing.says("The record is not there yet"));
    server.txt(&name, &record);
    let checked = owner.post("/settings/domains/check", &[("domain", "desk.example")]).await;
    assert!(checked.says("The record is published. Start signing when you like."));
    assert_eq!(owner.post("/settings/domains/activation", &start).await.location(), "/settings/domains?done=activated");
    assert!(owner.get("/settings/domains").await.says("Signs"));
    let twice = owner.post("/settings/domains", &[("domain", "desk.example")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_lets_rapport_into_a_mailbox_at_its_provider() {
    let (t, provider) = (TestApp::sqlite().await, OauthServer::start("sales@desk.example").unwrap());
    let owner = Browser::of_owner(&t).await;
    let (authorize, token) = (provider.url("authorize"), provider.url("token"));
    let fields = [
        ("name", "Sales"),
        ("address", "sales@desk.example"),
        ("imap_host", "imap.example"),
        ("imap_security", "tls"),
        ("oauth_provider", "custom"),
        ("oauth_client_id", CLIENT_ID),
        ("oauth_client_secret", CLIENT_SECRET),
        ("oauth_authorize_url", &authorize),
        ("oauth_token_url", &token),
        ("oauth_scope", "mail"),
    ];
    let made = owner.post("/settings/mailboxes", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let address = made.location().split('?').next().unwrap().to_owned();
    let page = owner.get(&address).await;
    assert!(!page.text.contains(CLIENT_SECRET) && page.says("Sign in with the provider"));
    let sent = owner.get(&format!("{address}/sign-in")).await;
    assert!(sent.location().starts_with(&authorize), "{}", sent.location());
    let back = provider.say_yes(sent.location()).await;
    let query = back.split_once('?').unwrap().1;
    assert!(back.starts_with("http://localhost/settings/mailboxes/oauth/callback?code="), "{back}");
    let done = owner.get(&format!("/settings/mailboxes/oauth/callback?{query}")).await;
    assert_eq!(done.location(), format!("{address}?done=signed-in"));
    // The same address once more, and what a foreign page might send somebody to.
    let again = owner.get(&format!("/settings/mailboxes/oauth/callback?{query}")).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let other = t.sign_in_new("Ada Admin", desk::people::Role::Admin).await;
    let ada = Browser::of(&t, &other.email).await;
    let sent = owner.get(&format!("{address}/sign-in")).await;
    let stolen = provider.say_yes(sent.location()).await;
    let query = stolen.split_once('?').unwrap().1;
    assert_eq!(ada.get(&format!("/settings/mailboxes/oauth/callback?{query}")).await.status, StatusCode::CONFLICT);
    let no = owner.get("/settings/mailboxes/oauth/callback?error=access_denied").await;
    assert_eq!(no.status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_of_the_connection_lists_what_it_found() {
    let t = TestApp::sqlite().await;
    let owner = Browser::of_owner(&t).await;
    let fields = [
        ("name", "Sales"),
        ("address", "sales@desk.example"),
        ("imap_host", "127.0.0.1"),
        ("imap_port", "1"),
        ("imap_security", "tls"),
        ("imap_password", "hunter2hunter2"),
    ];
    let made = owner.post("/settings/mailboxes", &fields).await;
    let address = made.location().split('?').next().unwrap().to_owned();
    let tested = owner.post(&format!("{address}/test"), &[]).await;
    let found = tested.text_of(".findings");
    assert!(found.contains("no connection to 127.0.0.1, port 1") && found.contains("Does not work"), "{found}");
    assert!(found.contains("customers cannot be answered"), "{found}");
}
