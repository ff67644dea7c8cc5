//! Notifications: whom they reach, by which ways, and that they reach nobody twice.

use desk::{
    Error,
    channel::SendOutcome,
    conversations::{self, ConversationId, NewReply, View},
    mailboxes::{self, MailboxForm},
    notifications::{self, Kind, Line, Ways, Wording},
    people::{Agent, Viewer},
};
use jiff::SignedDuration;
use std::sync::Arc;
use testkit::{app::TestApp, on_both_engines, push::PushBrowser};

struct Plain;

impl Wording for Plain {
    fn digest(&self, to: &Agent, lines: &[Line]) -> (String, String) {
        let lines: Vec<_> =
            lines.iter().map(|line| format!("- {:?} #{} {}", line.kind, line.number, line.subject)).collect();
        (format!("For {}", to.name), lines.join("\n"))
    }

    fn push(&self, _: &Agent, line: &Line) -> String {
        format!("{{\"title\":\"{:?} #{}\"}}", line.kind, line.number)
    }
}

async fn note(t: &TestApp, by: &Viewer, id: ConversationId, text: &'static str) {
    let written = t
        .app
        .write(by.scope(), move |desk| Box::pin(async move { conversations::note(desk, id, None, text, &[]).await }));
    written.await.unwrap();
}

async fn assign(t: &TestApp, by: &Viewer, id: ConversationId, to: &Viewer) {
    let to = to.agent_id;
    t.app
        .write(by.scope(), move |desk| Box::pin(async move { conversations::assign(desk, id, Some(to)).await }))
        .await
        .unwrap();
}

async fn told(t: &TestApp, who: &Viewer) -> Vec<Kind> {
    let found = t.app.read(who.scope(), |desk| Box::pin(async move { notifications::list(desk, None, 50).await }));
    found.await.unwrap().into_iter().map(|one| one.kind).collect()
}

async fn unread(t: &TestApp, who: &Viewer) -> i64 {
    t.app.read(who.scope(), |desk| Box::pin(async move { notifications::unread(desk).await })).await.unwrap()
}

async fn mentions(t: &TestApp, who: &Viewer) -> (usize, i64) {
    t.app
        .read(who.scope(), |desk| {
            Box::pin(async move {
                let listed = conversations::list(desk, View::Mentions, None, 50).await?;
                Ok((listed.len(), conversations::counts(desk).await?.mentions))
            })
        })
        .await
        .unwrap()
}

async fn with_smtp(t: &TestApp) {
    t.app.set_wording(Arc::new(Plain));
    let form = MailboxForm {
        name: "Help".into(),
        address: "help@desk.example".into(),
        smtp_host: "127.0.0.1".into(),
        smtp_port: "25".into(),
        ..MailboxForm::default()
    };
    mailboxes::update(&t.app, t.system(), t.mailbox, form).await.unwrap();
}

on_both_engines! {
    async fn a_mention_notifies_once_lets_follow_and_stands_in_its_view_while_open(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        note(&t, &t.owner, c, "@sam okafor, can you? And me, @Olga Owner.").await;
        note(&t, &t.owner, c, "@Sam Okafor?").await;
        assert_eq!((told(&t, &sam).await, unread(&t, &sam).await), (vec![Kind::Mentioned], 1));
        assert_eq!((told(&t, &t.owner).await, mentions(&t, &t.owner).await), (vec![], (0, 0)), "nobody is told of their own act");
        assert_eq!(mentions(&t, &sam).await, (1, 1));
        let followers = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::followers(desk, c).await })).await.unwrap();
        assert_eq!(followers, [sam.agent_id]);
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::resolve(desk, c).await })).await.unwrap();
        assert_eq!(mentions(&t, &sam).await, (0, 0));
        t.deliver("From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <more@shop.example>\n\nWhen?").await;
        assert_eq!((mentions(&t, &sam).await, unread(&t, &sam).await), ((1, 1), 2), "who follows hears of the customer");
        t.app.write(sam.scope(), move |desk| Box::pin(async move { notifications::seen(desk, c).await })).await.unwrap();
        assert_eq!(unread(&t, &sam).await, 0);
    }

    async fn assigning_customers_words_and_lost_answers_notify_whom_they_concern(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assign(&t, &sam, c, &sam).await;
        assert!(told(&t, &sam).await.is_empty(), "taking it oneself is one's own act");
        t.deliver("From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <more@shop.example>\n\nWhen?").await;
        t.channel.outcomes.lock().push_back(SendOutcome::Refused("no such user".into()));
        let new = NewReply { conversation: c, client_id: None, markdown: "Soon".into(), from: None, to: None, cc: None, uploads: vec![], seen: None, send_anyway: true, leaves_at: None };
        t.app.write(sam.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await.unwrap();
        t.run_jobs().await;
        assert_eq!(told(&t, &sam).await, [Kind::AnswerFailed, Kind::CustomerReplied]);
        t.app.write(sam.scope(), |desk| Box::pin(async move { notifications::read_all(desk).await })).await.unwrap();
        assert_eq!(unread(&t, &sam).await, 0);
    }

    async fn a_kind_that_is_switched_off_reaches_nobody(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let off = [(Kind::Mentioned, Ways { in_app: false, by_mail: false, by_push: false })];
        t.app.write(sam.scope(), move |desk| Box::pin(async move { notifications::set_ways(desk, &off).await })).await.unwrap();
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        note(&t, &t.owner, c, "@Sam Okafor").await;
        assert_eq!((told(&t, &sam).await, unread(&t, &sam).await, mentions(&t, &sam).await.0), (vec![], 0, 1));
    }

    async fn each_of_those_whom_one_thing_concerns_hears_of_it_as_they_chose(t: TestApp) {
        let (sam, mia, eve) = (t.agent("Sam Okafor").await, t.agent("Mia Wong").await, t.agent("Eve Lund").await);
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        for who in [&sam, &mia, &eve] {
            t.app.write(who.scope(), move |desk| Box::pin(async move { conversations::follow(desk, c).await })).await.unwrap();
        }
        for (who, in_app) in [(&sam, false), (&mia, true)] {
            let ways = [(Kind::CustomerReplied, Ways { in_app, by_mail: true, by_push: false })];
            t.app.write(who.scope(), move |desk| Box::pin(async move { notifications::set_ways(desk, &ways).await })).await.unwrap();
        }
        t.deliver("From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <more@shop.example>\n\nWhen?").await;
        assert_eq!((unread(&t, &sam).await, unread(&t, &mia).await, unread(&t, &eve).await), (0, 1, 1));
    }

    async fn a_digest_has_what_is_unread_leaves_once_and_at_most_hourly(t: TestApp) {
        with_smtp(&t).await;
        let sam = t.agent("Sam Okafor").await;
        let read = t.mail_from("ana@shop.example", "Read meanwhile", "x").await;
        let unread = t.mail_from("bea@shop.example", "Left unread", "x").await;
        for c in [read, unread] {
            note(&t, &t.owner, c, "@Sam Okafor").await;
        }
        t.app.write(sam.scope(), move |desk| Box::pin(async move { notifications::seen(desk, read).await })).await.unwrap();
        t.run_jobs().await;
        assert!(t.channel.sent.lock().is_empty(), "not before some patience");
        t.clock.advance(SignedDuration::from_mins(11));
        t.run_jobs().await;
        {
            let sent = t.channel.sent.lock();
            assert_eq!(sent.len(), 1);
            let to: Vec<_> = sent[0].to.iter().map(|to| to.address.as_str()).collect();
            assert_eq!((to, sent[0].automatic, sent[0].markdown.as_str()), (vec!["sam@desk.example"], true, "- Mentioned #2 Left unread"));
        }
        note(&t, &t.owner, read, "@Sam Okafor again").await;
        t.clock.advance(SignedDuration::from_mins(30));
        t.run_jobs().await;
        assert_eq!(t.channel.sent.lock().len(), 1, "not twice within the hour");
        t.clock.advance(SignedDuration::from_mins(31));
        t.run_jobs().await;
        assert_eq!(t.channel.sent.lock().last().unwrap().markdown, "- Mentioned #1 Read meanwhile", "nor the same again");
    }

    async fn a_message_reaches_the_browser_encrypted_and_a_browser_that_is_gone_is_forgotten(t: TestApp) {
        with_smtp(&t).await;
        let sam = t.agent("Sam Okafor").await;
        let browser = PushBrowser::start().await.unwrap();
        let subscribe = |endpoint: String| notifications::subscribe(&t.app, &sam, endpoint.leak(), browser.p256dh.clone(), browser.auth.to_vec(), "Firefox");
        assert!(matches!(subscribe(browser.endpoint.clone()).await, Err(Error::Invalid(_))), "no service that is known");
        t.app.set_push_services(vec![browser.origin()]);
        subscribe(browser.endpoint.clone()).await.unwrap();
        subscribe(browser.endpoint.clone()).await.unwrap();
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        note(&t, &t.owner, c, "@Sam Okafor").await;
        t.run_jobs().await;
        assert_eq!((browser.count(), browser.read().unwrap().as_str()), (1, "{\"title\":\"Mentioned #1\"}"));
        browser.answer(410);
        assign(&t, &t.owner, c, &sam).await;
        t.run_jobs().await;
        let left = t.app.read(sam.scope(), |desk| Box::pin(async move { notifications::browsers(desk).await })).await.unwrap();
        assert_eq!((browser.count(), left.len()), (2, 0));
    }
}
