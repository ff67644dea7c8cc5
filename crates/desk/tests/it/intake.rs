//! The way in: journalled once, read whatever happens.

use base::{
    blobs::BlobHash,
    queue::{self, Claimed},
};
use desk::{
    conversations,
    intake::{self, Accepted, ReceiveDelivery},
    jobs::Handler,
};
use std::time::Duration;
use testkit::{app::TestApp, on_both_engines};

const ANSWER: &str = "From: a@c.example\nTo: help@desk.example\nSubject: Re: One\nMessage-ID: <2@c.example>\nIn-Reply-To: <1@c.example>\n\nand again\n";

/// The jobs of what has arrived, in a worker's hands.
async fn claimed(t: &TestApp) -> Vec<Claimed> {
    let now = t.app.now();
    t.app.db().write(move |tx| Box::pin(async move { queue::claim(tx, now, 10, 10).await })).await.unwrap()
}

async fn open_conversations(t: &TestApp) -> i64 {
    let counts = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::counts(desk).await }));
    counts.await.unwrap().open
}

const MAIL: &str = "From: a@c.example\nTo: help@desk.example\nSubject: One\nMessage-ID: <1@c.example>\n\nhello\n";

on_both_engines! {
    async fn an_arrival_with_a_known_source_key_is_taken_once(t: TestApp) {
        let first = t.accept(MAIL, "imap:1:1").await;
        let second = t.accept(MAIL, "imap:1:1").await;
        let (Accepted::New(a), Accepted::Known(b)) = (first, second) else { panic!("{first:?} {second:?}") };
        assert_eq!(a, b);
        assert_eq!(t.run_jobs().await, 1);
    }

    async fn what_was_accepted_is_read_by_the_next_process(t: TestApp) {
        t.accept(MAIL, "k").await;
        // Nobody has run the job yet: a job and its arrival are one commit, so the next process finds both.
        t.run_jobs().await;
        let counts = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::counts(desk).await }));
        assert_eq!(counts.await.unwrap().open, 1);
    }

    async fn bytes_that_are_no_mail_become_a_conversation_and_do_not_delay_the_next(t: TestApp) {
        t.accept("\u{0}\u{1}\u{2} garbage", "bad").await;
        t.accept(MAIL, "good").await;
        t.run_jobs().await;
        let counts = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::counts(desk).await }));
        assert_eq!(counts.await.unwrap().open, 2);
    }

    async fn blobs_that_a_row_names_are_known_as_such_and_others_are_not(t: TestApp) {
        t.deliver("From: a@c.example\nTo: help@desk.example\nSubject: File\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\nYWJj\n--b--\n").await;
        let file = BlobHash::of(b"abc");
        let orphan = t.app.blobs().put("orphan".into()).await.unwrap();
        let named = intake::named_blobs(&t.app, vec![file, orphan]).await.unwrap();
        assert_eq!(named, [file]);
    }

    async fn an_answer_read_before_the_mail_that_it_answers_waits_for_it(t: TestApp) {
        t.accept(MAIL, "first").await;
        t.accept(ANSWER, "second").await;
        let jobs = claimed(&t).await;
        let (app, answer) = (t.app.clone(), jobs[1].clone());
        let reading = tokio::spawn(async move { ReceiveDelivery.run(&app, &answer).await });
        tokio::time::sleep(Duration::from_millis(100)).await;
        ReceiveDelivery.run(&t.app, &jobs[0]).await.unwrap();
        reading.await.unwrap().unwrap();
        assert_eq!(open_conversations(&t).await, 1, "the answer did not find what it answers");
    }

    async fn an_answer_to_a_mail_that_never_gets_read_is_taken_in_all_the_same(t: TestApp) {
        t.accept(MAIL, "stuck").await;
        t.accept(ANSWER, "next").await;
        let jobs = claimed(&t).await;
        ReceiveDelivery.run(&t.app, &jobs[1]).await.unwrap();
        assert_eq!(open_conversations(&t).await, 1);
    }
}
