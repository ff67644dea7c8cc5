//! Linked problems by plain forms: from a conversation, from a list, and the answer to all.

use desk::conversations::{self, MessageKind};
use http::StatusCode;
use jiff::SignedDuration;
use testkit::app::TestApp;

use crate::browser::Browser;

const GERMAN: &str = "Guten Tag, ich kann mich seit heute Morgen nicht mehr anmelden. Was kann ich tun? Vielen Dank.";
const ENGLISH: &str = "Hello, I have not been able to sign in since this morning. What can I do? Thank you very much.";

async fn desk_with_two_letters() -> (TestApp, Browser) {
    let t = TestApp::sqlite().await;
    t.mail_from("Ana Lind <ana@customer.example>", "I cannot sign in", ENGLISH).await;
    t.mail_from("Bodo Kern <bodo@customer.example>", "Anmeldung geht nicht", GERMAN).await;
    let owner = Browser::of_owner(&t).await;
    (t, owner)
}

async fn answers(t: &TestApp, number: i64) -> Vec<String> {
    let thread = t.app.read(t.system(), move |desk| {
        Box::pin(async move {
            let id = conversations::find_by_number(desk, number).await?.id;
            conversations::thread(desk, id, None, 50).await
        })
    });
    thread.await.unwrap().into_iter().filter(|one| one.kind == MessageKind::Outgoing).map(|one| one.body).collect()
}

#[tokio::test]
async fn a_problem_begins_with_a_conversation_and_another_one_joins_it_and_is_taken_out_again() {
    let (_t, owner) = desk_with_two_letters().await;
    let choose = owner.get("/c/1/problem").await;
    assert_eq!(choose.attribute("#title", "value"), "I cannot sign in");
    let opened = owner.post("/c/1/problem", &[("do", "new"), ("title", "Sign-in is down")]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    assert!(owner.get("/c/1").await.text_of("#part-problem").contains("Sign-in is down"));
    assert!(owner.get("/c/2/problem?q=sign").await.says("Sign-in is down"));
    assert!(owner.get("/c/2/problem?q=parcel").await.says("No open problem fits."));
    owner.post("/c/2/problem", &[("problem", "1")]).await;
    let page = owner.get("/problems/1").await;
    assert!(page.says("2 conversations") && page.says("Bodo Kern") && page.says("Ana Lind"), "{}", page.text);
    let out = owner.post("/c/2/problem/removal", &[("back", "problem")]).await;
    assert_eq!(out.location(), "/problems/1?taken=2");
    let page = owner.get("/problems/1?taken=2").await;
    assert!(page.says("1 conversation") && !page.says("Bodo Kern"));
    assert_eq!(page.count("form[action='/c/2/problem']"), 1, "it can be undone");
    assert!(owner.get("/c/2").await.says("took this out of the problem #1 Sign-in is down"));
    let refused = owner.post("/c/1/problem", &[("do", "new"), ("title", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn chosen_conversations_become_a_new_problem_and_undo_takes_them_out() {
    let (_t, owner) = desk_with_two_letters().await;
    let form =
        [("number", "1"), ("number", "2"), ("do", "new-problem"), ("problem_title", "Sign-in is down"), ("in", "open")];
    let done = owner.post("/bulk", &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(owner.get("/problems").await.says("2 conversations"));
    let list = owner.get(done.location()).await;
    let undo = list.attribute("#bulk-status form", "action");
    owner.post(&undo, &[]).await;
    assert!(owner.get("/problems").await.says("0 conversations"));
    assert_eq!(owner.get("/inbox/open").await.count("#bulk-problem button[name=problem]"), 2, "the problem, and none");
}

#[tokio::test]
async fn the_answer_is_looked_at_before_it_is_sent_and_an_unknown_variable_is_refused() {
    let (t, owner) = desk_with_two_letters().await;
    owner.post("/c/1/problem", &[("do", "new"), ("title", "Sign-in is down")]).await;
    owner.post("/c/2/problem", &[("problem", "1")]).await;
    let page = owner.get("/problems/1").await;
    let label = |language: &str| format!("{language} (1 conversation)");
    assert!(page.says(&label("Deutsch")) && page.says(&label("English")), "{}", page.text);
    let written = |revision: &str, german: &str| {
        [
            ("revision", revision.to_owned()),
            ("language-0", "de".to_owned()),
            ("text-0", german.to_owned()),
            ("standard", String::new()),
            ("then", "send".to_owned()),
        ]
    };
    let post = async |form: &[(&str, String)]| {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        owner.post("/problems/1/answer", &form).await
    };
    assert_eq!(post(&written("0", "Hallo {{customer.nam}}")).await.location(), "/problems/1/send");
    let looked = owner.get("/problems/1/send").await;
    assert!(looked.says("There is no variable customer.nam."));
    assert_eq!(looked.count("button[data-does=send-to-all][disabled]"), 1);
    let refused = owner.post("/problems/1/send", &[("revision", "1")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let stale = post(&written("0", "Hallo Welt")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(stale.text_of("#text-0"), "Hallo Welt", "what was written is kept");
    assert_eq!(post(&written("1", "{{customer.greeting}} es geht wieder.")).await.status, StatusCode::SEE_OTHER);
    let looked = owner.get("/problems/1/send").await;
    assert!(looked.says("Send to 1 customer") && looked.says("Hallo Bodo, es geht wieder."), "{}", looked.text);
    assert!(looked.says("There is no text in its language, and none for all others."));
    let sent = owner.post("/problems/1/send", &[("revision", "2"), ("afterwards", "resolve")]).await;
    assert_eq!(sent.location(), "/problems/1", "{}", sent.text);
    assert_eq!(owner.get("/problems/1").await.count(".problem-send form[action$=stop]"), 1);
    t.clock.advance(SignedDuration::from_secs(61));
    t.run_jobs().await;
    assert_eq!(answers(&t, 2).await, ["Hallo Bodo, es geht wieder."]);
    assert_eq!(answers(&t, 1).await, Vec::<String>::new());
    let page = owner.get("/problems/1").await;
    assert!(page.says("1 customer has the answer.") && page.says("1 was passed over."), "{}", page.text);
    let told = owner.get(&page.attribute(".problem-send a", "href")).await;
    assert!(told.says("Ana Lind") && !told.says("Bodo Kern"));
}

#[tokio::test]
async fn a_solved_problem_offers_what_remains_to_be_done_to_whoever_joins_it() {
    let (_t, owner) = desk_with_two_letters().await;
    owner.post("/c/1/problem", &[("do", "new"), ("title", "Sign-in is down")]).await;
    let form = [("revision", "0"), ("language-0", "en"), ("text-0", "It works again."), ("standard", "en")];
    owner.post("/problems/1/answer", &form).await;
    owner.post("/problems/1/state", &[("state", "solved")]).await;
    let page = owner.get("/problems/1").await;
    assert!(
        page.says("marked it as solved") && page.says("1 conversation has not got the answer yet."),
        "{}",
        page.text
    );
    owner.post("/c/2/problem", &[("problem", "1")]).await;
    let beside = owner.get("/c/2").await.text_of("#part-problem");
    assert!(beside.contains("The problem is solved, and this conversation has no answer yet."), "{beside}");
    let looked = owner.get("/problems/1/send").await;
    assert_eq!(looked.attribute("#afterwards option[selected]", "value"), "resolve");
    let resolved = owner.post("/problems/1/resolution", &[]).await;
    let page = owner.get(resolved.location()).await;
    assert!(page.says("2 conversations changed."), "{}", page.text);
    assert_eq!(page.count("#bulk-status form[action$=undo]"), 1);
    assert!(owner.get("/problems?state=solved").await.says("Sign-in is down"));
    assert!(owner.get("/problems").await.says("No open problem"));
}
