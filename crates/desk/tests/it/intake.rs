//! The way in: journalled once, read whatever happens.

use base::blobs::BlobHash;
use desk::{
    conversations,
    intake::{self, Accepted},
};
use testkit::on_both_engines;

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
}
