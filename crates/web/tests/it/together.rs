//! Macros, notifications and hand-offs by plain forms.

use desk::conversations;
use http::StatusCode;
use testkit::app::TestApp;

use crate::browser::Browser;

async fn desk_with_a_letter() -> (TestApp, Browser) {
    let t = TestApp::sqlite().await;
    t.mail_from("Ana Lind <ana@customer.example>", "Where is my parcel?", "My parcel has not come.").await;
    let owner = Browser::of_owner(&t).await;
    (t, owner)
}

async fn make_macro(owner: &Browser, text: &str) -> String {
    let form = [
        ("name", "Late"),
        ("belongs", "everyone"),
        ("language", "en"),
        ("text", text),
        ("tags", "late"),
        ("status", "resolved"),
    ];
    let made = owner.post("/settings/macros", &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let list = owner.get("/settings/macros").await;
    list.attribute(".rows a.title", "href").trim_start_matches("/settings/macros/").to_owned()
}

#[tokio::test]
async fn a_macro_by_plain_form_stands_in_the_draft_and_acts_with_the_send() {
    let (t, owner) = desk_with_a_letter().await;
    let id = make_macro(&owner, "Hello {{customer.first_name|there}}, it is on its way.").await;
    let choose = owner.get("/c/1/macros?q=la").await;
    assert_eq!(choose.count("main form[method=post]"), 1);
    owner.post(&format!("/c/1/macros/{id}"), &[]).await;
    let page = owner.get("/c/1").await;
    assert_eq!(page.text_of("#composer-body"), "Hello Ana, it is on its way.");
    assert!(page.text_of("#part-macros").contains("Tag late"));
    let sent = owner
        .post_with_files("/c/1/messages", &[("kind", "reply"), ("body", "Hello Ana, it is on its way.")], &[], false)
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let found = t.app.read(t.system(), |desk| {
        Box::pin(async move {
            let one = conversations::find_by_number(desk, 1).await?;
            Ok((one.status, conversations::tags_of(desk, one.id).await?.len()))
        })
    });
    assert_eq!(found.await.unwrap(), (conversations::Status::Resolved, 1));
}

#[tokio::test]
async fn an_answer_with_a_gap_is_asked_about_and_kept() {
    let (_t, owner) = desk_with_a_letter().await;
    let body = "Dear {{customer.name}}";
    let asked = owner.post_with_files("/c/1/messages", &[("kind", "reply"), ("body", body)], &[], false).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.text_of("#composer-warning").contains("customer.name"));
    assert_eq!(asked.text_of("#composer-body"), body);
    let sent =
        owner.post_with_files("/c/1/messages", &[("kind", "reply"), ("body", body), ("gaps", "yes")], &[], false).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_hand_off_by_plain_form_needs_a_whole_brief_and_is_on_top_for_its_receiver() {
    let (t, owner) = desk_with_a_letter().await;
    let sam = t.agent("Sam Okafor").await;
    owner.post("/c/1/assignment", &[("agent", &t.owner.agent_id.to_string())]).await;
    let to = format!("agent-{}", sam.agent_id);
    let refused = owner.post("/c/1/assignment", &[("agent", &sam.agent_id.to_string())]).await;
    assert!(refused.location().contains("/hand-off?to=agent-"));
    let form = owner.get(&format!("/c/1/hand-off?to={to}")).await;
    assert_eq!(form.text_of("#asked"), "My parcel has not come.");
    let half = [("to", to.as_str()), ("asked", "x"), ("tried", "x"), ("promised", ""), ("known", "x")];
    assert_eq!(owner.post("/c/1/hand-off", &half).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let whole = [("to", to.as_str()), ("asked", "x"), ("tried", "x"), ("promised", "By Friday"), ("known", "x")];
    assert_eq!(owner.post("/c/1/hand-off", &whole).await.status, StatusCode::SEE_OTHER);
    let theirs = Browser::of(&t, "sam@desk.example").await;
    let page = theirs.get("/c/1").await;
    assert!(page.text_of("#part-handoff").contains("By Friday"));
    assert_eq!(page.count("#part-handoff form[action$=acceptance]"), 1);
    assert_eq!(owner.get("/c/1").await.count("#part-handoff form[action$=withdrawal]"), 1);
    let told = theirs.get("/notifications").await;
    assert!(told.says("Olga Owner hands this over to you"), "{}", told.text);
}

#[tokio::test]
async fn the_worker_of_browser_messages_lies_at_a_fixed_address() {
    let (_t, owner) = desk_with_a_letter().await;
    let worker = owner.get("/sw.js").await;
    assert_eq!(worker.headers[http::header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    assert!(worker.text.contains("showNotification"));
}
