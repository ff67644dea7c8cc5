//! Mailboxes that are opened by a sign-in at their provider: a real Dovecot and Postfix take the access tokens (XOAUTH2), the
//! provider is a local OAuth server of this test.

use crate::house::{House, form, mail};
use desk::{
    conversations::DeliveryState,
    mailboxes::{HealthState, MailboxForm, MailboxId, oauth},
};
use testkit::{
    mail::{Dovecot, MailHost, Options},
    oauth::{CLIENT_ID, CLIENT_SECRET, OauthServer},
};

const REDIRECT: &str = "http://localhost/settings/mailboxes/oauth/callback";

fn host(provider: &OauthServer) -> MailHost {
    let host = MailHost::start_with(Options { introspection: Some(provider.port()), ..Options::default() }).unwrap();
    for address in ["help@shop.test", "ann@customer.test"] {
        host.dovecot.create_mailbox(address).unwrap();
    }
    host
}

fn by_sign_in(host: &MailHost, provider: &OauthServer) -> MailboxForm {
    MailboxForm {
        imap_host: "127.0.0.1".into(),
        imap_port: host.dovecot.imap_port().to_string(),
        imap_security: "none".into(),
        smtp_host: "127.0.0.1".into(),
        smtp_port: host.postfix.submission_port().to_string(),
        smtp_security: "start_tls".into(),
        ca_pem: std::fs::read_to_string(&host.dovecot.certificates().authority).unwrap(),
        oauth_provider: "custom".into(),
        oauth_client_id: CLIENT_ID.into(),
        oauth_client_secret: CLIENT_SECRET.into(),
        oauth_authorize_url: provider.url("authorize"),
        oauth_token_url: provider.url("token"),
        oauth_scope: "mail".into(),
        ..form()
    }
}

/// Somebody says yes at the provider: the sealed part of the state, and the code.
async fn say_yes(provider: &OauthServer, address: &str) -> (String, String) {
    let back = provider.say_yes(address).await;
    let query = back.split_once('?').unwrap().1.to_owned();
    let value = |name: &str| {
        let pair = query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name));
        pair.unwrap().1.to_owned()
    };
    (value("state").split_once('.').unwrap().1.to_owned(), value("code"))
}

async fn sign_in(house: &House, provider: &OauthServer, id: MailboxId) {
    let address = oauth::begin(&house.app, house.as_agent(), id, REDIRECT).await.unwrap();
    let (state, code) = say_yes(provider, &address).await;
    oauth::complete(&house.app, house.as_agent(), id, REDIRECT, &state, &code).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_comes_and_goes_after_one_sign_in_at_the_provider() {
    let provider = OauthServer::start("help@shop.test").unwrap();
    let (host, house) = (host(&provider), House::open().await);
    let id = house.create_mailbox(by_sign_in(&host, &provider)).await;
    let waiting = house.health(id, |health| health.state == HealthState::Failing).await;
    assert!(waiting.problem.unwrap().starts_with("Nobody has signed in with the provider"));
    sign_in(&house, &provider, id).await;
    house.health(id, |health| health.state == HealthState::Well).await;
    host.dovecot.deliver("ann@customer.test", "help@shop.test", &mail(1, "By token")).unwrap();
    assert_eq!(house.subjects(1).await, ["By token"]);
    let (conversation, _) = house.conversations().await[0].clone();
    house.answer(conversation, "It works.").await.unwrap();
    house.delivery(conversation, |state| state == DeliveryState::Sent).await;
    assert_eq!(host.dovecot.wait_for_mails("ann@customer.test", 1).unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_who_need_a_token_at_once_renew_it_once() {
    let provider = OauthServer::start("help@shop.test").unwrap();
    let house = House::open().await;
    // Nothing is fetched: only this test asks for tokens.
    let id = house
        .create_mailbox(MailboxForm { imap_host: String::new(), smtp_host: String::new(), ..closed(&provider) })
        .await;
    // Given for a minute, it is to be renewed at once.
    provider.set_life(60);
    sign_in(&house, &provider, id).await;
    provider.set_life(3600);
    let mailbox = house.mailbox(id).await;
    let scope = house.as_agent();
    let asking = (0..10).map(|_| {
        let (app, mailbox) = (house.app.clone(), mailbox.clone());
        tokio::spawn(
            async move { oauth::with_access(&app, scope, &mailbox).await.unwrap().secrets.access_token.unwrap() },
        )
    });
    let mut tokens = Vec::new();
    for one in asking.collect::<Vec<_>>() {
        tokens.push(one.await.unwrap());
    }
    tokens.dedup();
    assert_eq!((tokens.len(), provider.refreshes(), provider.reused()), (1, 1, 0));
}

fn closed(provider: &OauthServer) -> MailboxForm {
    MailboxForm {
        oauth_provider: "custom".into(),
        oauth_client_id: CLIENT_ID.into(),
        oauth_client_secret: CLIENT_SECRET.into(),
        oauth_authorize_url: provider.url("authorize"),
        oauth_token_url: provider.url("token"),
        ..form()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_the_server_refuses_is_renewed_and_a_sign_in_that_was_taken_back_is_said_plainly() {
    let provider = OauthServer::start("help@shop.test").unwrap();
    let (mut host, house) = (host(&provider), House::open().await);
    let id = house.create_mailbox(by_sign_in(&host, &provider)).await;
    sign_in(&house, &provider, id).await;
    house.health(id, |health| health.state == HealthState::Well).await;
    provider.forget_access();
    restart(&mut host.dovecot);
    house.health(id, |health| health.state == HealthState::Failing).await;
    house.health(id, |health| health.state == HealthState::Well).await;
    assert_eq!((provider.refreshes(), provider.reused()), (1, 0));
    provider.revoke_all();
    restart(&mut host.dovecot);
    let said = |health: &desk::mailboxes::Health| health.problem.clone().unwrap_or_default();
    let health = house.health(id, |health| said(health).contains("Sign in again")).await;
    assert!(said(&health).starts_with("the provider does not let Rapport into this mailbox any more"), "{health:?}");
    sign_in(&house, &provider, id).await;
    house.health(id, |health| health.state == HealthState::Well).await;
}

fn restart(dovecot: &mut Dovecot) {
    dovecot.stop();
    dovecot.resume().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_was_not_sent_brings_nothing_in() {
    let provider = OauthServer::start("help@shop.test").unwrap();
    let house = House::open().await;
    let id = house.create_mailbox(closed(&provider)).await;
    let (app, scope) = (&house.app, house.as_agent());
    let address = oauth::begin(app, scope, id, REDIRECT).await.unwrap();
    let (state, code) = say_yes(&provider, &address).await;
    let other = desk::Scope { actor: desk::Actor::System, ..scope };
    for (scope, state) in [(other, state.as_str()), (scope, "bm9uc2Vuc2U"), (scope, "")] {
        let refused = oauth::complete(app, scope, id, REDIRECT, state, &code).await;
        assert!(matches!(refused, Err(desk::Error::Conflict(_))), "{refused:?}");
    }
    // A code goes with the way that it was asked for by.
    let (_, another) = say_yes(&provider, &oauth::begin(app, scope, id, REDIRECT).await.unwrap()).await;
    assert!(matches!(
        oauth::complete(app, scope, id, REDIRECT, &state, &another).await,
        Err(desk::Error::Unavailable(_))
    ));
}
