//! Linked problems: conversations that have one cause, and one answer to all of them, each in its customer's language.

use base::{db::DbError, params};
use desk::{
    Error, Event,
    bulk::{self, Change, Chosen},
    channel::SendOutcome,
    conversations::{self, ConversationId, MessageKind, Status},
    customers::{self, consent},
    fields::{self, FieldForm, FieldKind, Limits},
    people::Viewer,
    problems::{
        self, Afterwards, Answer, Member, Outcome, Problem, ProblemForm, ProblemId, Progress, Reason, Send, SendId,
        State, Wish,
    },
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

/// Does something as an agent, and expects nothing to be in its way.
macro_rules! act {
    ($t:expr, $who:expr, |$desk:ident| $body:expr) => {
        $t.app.write($who.scope(), move |$desk| Box::pin(async move { $body })).await
    };
}

const ENGLISH: &str = "Hello, I cannot sign in to the shop since this morning. What can I do about it? Thank you very much for your help.";
const GERMAN: &str = "Guten Tag, ich kann mich seit heute Morgen nicht mehr im Laden anmelden. Was kann ich tun? Vielen Dank für Ihre Hilfe.";
const FRENCH: &str = "Bonjour, je ne peux plus me connecter à la boutique depuis ce matin. Que puis-je faire ? Merci beaucoup pour votre aide.";

async fn three(t: &TestApp) -> [ConversationId; 3] {
    let mut ids = Vec::new();
    for (who, text) in [("eve", ENGLISH), ("dora", GERMAN), ("fleur", FRENCH)] {
        ids.push(t.mail_from(&format!("{who}@c.example"), &format!("Down for {who}"), text).await);
        t.clock.advance(SignedDuration::from_secs(1));
    }
    [ids[0], ids[1], ids[2]]
}

async fn opened(t: &TestApp, who: &Viewer, members: &[ConversationId]) -> ProblemId {
    let members = members.to_vec();
    act!(t, who, |desk| {
        let id = problems::open(desk, "The shop is down", None).await?;
        for member in members {
            problems::add(desk, id, member).await?;
        }
        Ok(id)
    })
    .unwrap()
}

async fn problem(t: &TestApp, id: ProblemId) -> Problem {
    t.app.read(t.owner.scope(), move |desk| Box::pin(async move { problems::find(desk, id).await })).await.unwrap()
}

async fn members(t: &TestApp, id: ProblemId) -> Vec<Member> {
    t.app
        .read(t.owner.scope(), move |desk| {
            Box::pin(async move {
                let problem = problems::find(desk, id).await?;
                problems::members(desk, &problem, None, 500).await
            })
        })
        .await
        .unwrap()
}

async fn languages(t: &TestApp, id: ProblemId) -> Vec<(String, i64)> {
    t.app.read(t.owner.scope(), move |desk| Box::pin(async move { problems::languages(desk, id).await })).await.unwrap()
}

fn texts(texts: &[(&str, &str)], standard: Option<&str>) -> Answer {
    let texts = texts.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect();
    Answer { texts, standard: standard.map(str::to_owned) }
}

async fn written(t: &TestApp, who: &Viewer, id: ProblemId, answer: Answer) {
    act!(t, who, |desk| {
        let seen = problems::find(desk, id).await?.revision;
        problems::save_answer(desk, id, seen, answer).await
    })
    .unwrap();
}

async fn begun(
    t: &TestApp,
    who: &Viewer,
    id: ProblemId,
    only_open: bool,
    afterwards: Afterwards,
) -> desk::Result<SendId> {
    act!(t, who, |desk| {
        let revision = problems::find(desk, id).await?.revision;
        problems::send(desk, id, Wish { revision, only_open, afterwards }).await
    })
}

async fn sent(t: &TestApp, who: &Viewer, id: ProblemId, only_open: bool, afterwards: Afterwards) -> Send {
    let send = begun(t, who, id, only_open, afterwards).await.unwrap();
    t.clock.advance(SignedDuration::from_secs(61));
    t.run_jobs().await;
    went(t, send).await
}

async fn went(t: &TestApp, send: SendId) -> Send {
    t.app
        .read(t.owner.scope(), move |desk| Box::pin(async move { problems::find_send(desk, send).await }))
        .await
        .unwrap()
}

/// The mailbox of a conversation is gone, as in a store that was repaired by hand: answering it fails.
async fn lose_mailbox_of(t: &TestApp, id: ConversationId) {
    let (workspace, nowhere) = (t.workspace, t.app.new_id());
    let lost = "update conversation set mailbox_id = $3 where workspace_id = $1 and id = $2";
    t.app
        .db()
        .write::<_, DbError, _>(move |tx| Box::pin(async move { tx.exec(lost, params![workspace, id, nowhere]).await }))
        .await
        .unwrap();
}

/// What we have written in a conversation.
async fn answers(t: &TestApp, id: ConversationId) -> Vec<String> {
    let thread = t
        .app
        .read(t.owner.scope(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 50).await }))
        .await
        .unwrap();
    thread.into_iter().filter(|one| one.kind == MessageKind::Outgoing).map(|one| one.body).collect()
}

async fn status(t: &TestApp, id: ConversationId) -> Status {
    t.app
        .read(t.owner.scope(), move |desk| Box::pin(async move { conversations::find(desk, id).await }))
        .await
        .unwrap()
        .status
}

async fn happened(t: &TestApp, id: ConversationId) -> Vec<Event> {
    let all = t
        .app
        .read(t.owner.scope(), move |desk| Box::pin(async move { conversations::history(desk, id, 50).await }))
        .await
        .unwrap();
    all.into_iter().map(|one| one.event).collect()
}

fn all_languages() -> Answer {
    texts(
        &[
            ("en", "{{customer.greeting}} it works again. {{agent.first_name}}"),
            ("de", "{{customer.greeting}} es geht wieder. {{agent.first_name}}"),
            ("fr", "{{customer.greeting}} cela remarche. {{agent.first_name}}"),
        ],
        None,
    )
}

on_both_engines! {
    async fn conversations_are_added_and_taken_out_and_counted_and_their_history_says_so(t: TestApp) {
        let ann = t.agent("Ann").await;
        let [one, two, three] = three(&t).await;
        let id = act!(t, ann, |desk| problems::open(desk, "  The shop\n is down ", Some(one)).await).unwrap();
        let opened = problem(&t, id).await;
        assert_eq!((opened.number, opened.title.as_str(), opened.conversations), (1, "The shop is down", 1));
        assert_eq!((opened.owner_id, opened.state), (Some(ann.agent_id), State::Open));
        assert_eq!(act!(t, ann, |desk| problems::add(desk, id, two).await).unwrap(), None);
        assert_eq!(act!(t, ann, |desk| problems::add(desk, id, two).await).unwrap(), Some(id), "twice is once");
        let other = act!(t, ann, |desk| problems::open(desk, "Parcels are late", Some(three)).await).unwrap();
        assert_eq!(act!(t, ann, |desk| problems::add(desk, other, two).await).unwrap(), Some(id), "of one at most");
        assert_eq!((problem(&t, id).await.conversations, problem(&t, other).await.conversations), (1, 2));
        assert_eq!(languages(&t, other).await, [("de".to_owned(), 1), ("fr".to_owned(), 1)]);
        assert_eq!(act!(t, ann, |desk| problems::take_out(desk, two).await).unwrap(), Some(other));
        assert_eq!(problem(&t, other).await.conversations, 1);
        let told: Vec<(bool, i64)> = happened(&t, two).await.into_iter().filter_map(|event| match event {
            Event::AddedToProblem { number, .. } => Some((true, number)),
            Event::TakenFromProblem { number, .. } => Some((false, number)),
            _ => None,
        }).collect();
        assert_eq!(told.len(), 4);
        for wanted in [(true, 1), (false, 1), (true, 2), (false, 2)] {
            assert!(told.contains(&wanted), "{wanted:?} in {told:?}");
        }
        let meant = |query: &'static str| t.app.read(ann.scope(), move |desk| Box::pin(async move { problems::meant(desk, query, 10).await }));
        let numbers = |found: Vec<Problem>| found.into_iter().map(|one| one.number).collect::<Vec<_>>();
        assert_eq!(numbers(meant("shop").await.unwrap()), [1]);
        assert_eq!(numbers(meant("#2").await.unwrap()), [2]);
        assert_eq!(numbers(meant("").await.unwrap()), [2, 1], "the last used stands first");
    }

    async fn what_is_wrong_changes_nothing(t: TestApp) {
        let [one, ..] = three(&t).await;
        let id = opened(&t, &t.owner, &[one]).await;
        assert!(matches!(act!(t, t.owner, |desk| problems::open(desk, "  ", None).await), Err(Error::Invalid(_))));
        let form = ProblemForm { title: "x".repeat(300), known: String::new(), owner: None };
        assert!(matches!(act!(t, t.owner, |desk| problems::edit(desk, id, form).await), Err(Error::Invalid(_))));
        assert!(matches!(begun(&t, &t.owner, id, false, Afterwards::Nothing).await, Err(Error::Invalid(_))), "there is no text");
        written(&t, &t.owner, id, texts(&[("en", "Hello {{customer.nam}}")], None)).await;
        assert!(matches!(begun(&t, &t.owner, id, false, Afterwards::Nothing).await, Err(Error::Invalid(_))), "there is no such variable");
        let stale = act!(t, t.owner, |desk| problems::save_answer(desk, id, 0, texts(&[("en", "Hi")], None)).await);
        assert!(matches!(stale, Err(Error::Conflict("changed"))));
        let stale = act!(t, t.owner, |desk| problems::send(desk, id, Wish { revision: 0, only_open: false, afterwards: Afterwards::Nothing }).await);
        assert!(matches!(stale, Err(Error::Conflict("changed"))));
        assert_eq!(answers(&t, one).await, Vec::<String>::new());
    }

    async fn everybody_gets_the_answer_once_in_their_language_and_who_comes_later_with_the_next_send(t: TestApp) {
        let ann = t.agent("Ann Berg").await;
        let [one, two, three] = three(&t).await;
        let id = opened(&t, &ann, &[one, two]).await;
        written(&t, &ann, id, all_languages()).await;
        let send = begun(&t, &ann, id, false, Afterwards::Nothing).await.unwrap();
        assert!(matches!(begun(&t, &ann, id, false, Afterwards::Nothing).await, Err(Error::Conflict("under_way"))));
        t.run_jobs().await;
        assert_eq!(went(&t, send).await.sent, 0, "nothing leaves while it can be called off");
        t.clock.advance(SignedDuration::from_secs(61));
        act!(t, ann, |desk| problems::add(desk, id, three).await).unwrap();
        t.run_jobs().await;
        let done = went(&t, send).await;
        assert_eq!((done.state, done.total, done.sent, done.passed_over, done.failed), (Progress::Done, 2, 2, 0, 0));
        assert_eq!(answers(&t, one).await, ["Hello, it works again. Ann"]);
        assert_eq!(answers(&t, two).await, ["Guten Tag, es geht wieder. Ann"]);
        assert_eq!(answers(&t, three).await, Vec::<String>::new(), "it was added after the send began");
        let outcomes: Vec<_> = members(&t, id).await.iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [Some(Outcome::Sent), Some(Outcome::Sent), None]);
        let again = sent(&t, &ann, id, false, Afterwards::Nothing).await;
        assert_eq!((again.total, again.sent, again.passed_over), (1, 1, 0));
        assert_eq!(answers(&t, three).await, ["Bonjour, cela remarche. Ann"]);
        assert_eq!(answers(&t, one).await.len(), 1);
        assert!(matches!(begun(&t, &ann, id, false, Afterwards::Nothing).await, Err(Error::Conflict("nobody"))));
        act!(t, ann, |desk| {
            problems::take_out(desk, one).await?;
            problems::add(desk, id, one).await
        }).unwrap();
        assert!(matches!(begun(&t, &ann, id, false, Afterwards::Nothing).await, Err(Error::Conflict("nobody"))), "out and in again is no new member");
        act!(t, ann, |desk| problems::begin_another(desk, id).await).unwrap();
        written(&t, &ann, id, texts(&[("en", "And it stays so.")], Some("en"))).await;
        assert_eq!(sent(&t, &ann, id, false, Afterwards::Nothing).await.sent, 3, "another answer goes to all");
        assert_eq!(answers(&t, two).await.len(), 2);
    }

    async fn what_is_interrupted_goes_on_and_nobody_is_answered_twice(t: TestApp) {
        let [one, two, three] = three(&t).await;
        let id = opened(&t, &t.owner, &[one, two, three]).await;
        written(&t, &t.owner, id, all_languages()).await;
        let send = begun(&t, &t.owner, id, false, Afterwards::Nothing).await.unwrap();
        t.clock.advance(SignedDuration::from_secs(61));
        // A worker that is killed after the first: its job comes back when its lease ends. Two workers at once are one.
        let first = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { problems::go_on(desk, send).await }));
        assert!(first.await.unwrap());
        assert_eq!(went(&t, send).await.sent, 1);
        t.run_jobs().await;
        assert_eq!(went(&t, send).await.sent, 3);
        for again in 0..2 {
            let more = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { problems::go_on(desk, send).await }));
            assert!(!more.await.unwrap(), "{again}");
        }
        for conversation in [one, two, three] {
            assert_eq!(answers(&t, conversation).await.len(), 1);
        }
    }

    async fn a_send_that_is_stopped_in_time_reaches_nobody(t: TestApp) {
        let [one, two, three] = three(&t).await;
        let id = opened(&t, &t.owner, &[one, two, three]).await;
        written(&t, &t.owner, id, all_languages()).await;
        let send = begun(&t, &t.owner, id, false, Afterwards::Nothing).await.unwrap();
        act!(t, t.owner, |desk| problems::stop(desk, send).await).unwrap();
        t.clock.advance(SignedDuration::from_secs(61));
        t.run_jobs().await;
        assert_eq!((went(&t, send).await.state, went(&t, send).await.sent), (Progress::Stopped, 0));
        assert_eq!(answers(&t, one).await.len() + answers(&t, two).await.len(), 0);
        assert_eq!(sent(&t, &t.owner, id, false, Afterwards::Nothing).await.sent, 3, "it can be sent again");
    }

    async fn the_plan_says_who_gets_nothing_and_why_and_that_is_what_happens(t: TestApp) {
        let [one, two, three] = three(&t).await;
        let other = t.mail_from("otto@c.example", "Down for otto", GERMAN).await;
        let settled = t.mail_from("sue@c.example", "Down for sue", ENGLISH).await;
        let begun_already = t.mail_from("dan@c.example", "Down for dan", ENGLISH).await;
        let all = [one, two, three, other, settled, begun_already];
        let id = opened(&t, &t.owner, &all).await;
        written(&t, &t.owner, id, texts(&[("en", "Hello {{customer.first_name|there}}"), ("de", "Hallo {{team.name}}")], None)).await;
        act!(t, t.owner, |desk| {
            let customer = conversations::find(desk, other).await?.customer_id;
            let entry = consent::NewEntry {
                purpose: consent::Purpose::AnyContact, answer: consent::Answer::Objected, source: consent::Source::Spoken,
                evidence: String::new(), at: None,
            };
            consent::record(desk, customer, entry).await?;
            conversations::resolve(desk, settled).await?;
            conversations::save_draft(desk, begun_already, MessageKind::Outgoing, "Dear Dan").await
        }).unwrap();
        let plan = t.app.read(t.owner.scope(), move |desk| Box::pin(async move {
            let problem = problems::find(desk, id).await?;
            problems::plan(desk, &problem, true).await
        })).await.unwrap();
        assert_eq!(plan.texts, [("en".to_owned(), 1)]);
        let without = [(Reason::Resolved, 1), (Reason::DoNotContact, 1), (Reason::Draft, 1), (Reason::NoText, 1), (Reason::Gap, 1)];
        assert_eq!(plan.without, without);
        let done = sent(&t, &t.owner, id, true, Afterwards::Nothing).await;
        assert_eq!((done.sent, done.passed_over, done.failed), (1, 5, 0));
        let mut told = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { problems::told(desk, done.id, None, 50).await })).await.unwrap();
        told.sort_by_key(|one| one.reason);
        let reasons: Vec<_> = told.iter().map(|one| (one.reason.unwrap(), 1)).collect();
        assert_eq!(reasons, without);
        assert_eq!(told.last().unwrap().detail, "team.name");
        let draft = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::draft(desk, begun_already).await })).await.unwrap();
        assert_eq!(draft.unwrap().body, "Dear Dan", "nobody's words are lost");
    }

    async fn one_that_fails_does_not_stop_the_rest(t: TestApp) {
        let [one, two, three] = three(&t).await;
        let id = opened(&t, &t.owner, &[one, two, three]).await;
        written(&t, &t.owner, id, all_languages()).await;
        let form = FieldForm { type_id: None, name: "Reason".into(), kind: FieldKind::Text, required: true, limits: Limits::default() };
        let field = act!(t, t.owner, |desk| fields::create_field(desk, form).await).unwrap();
        act!(t, t.owner, |desk| {
            conversations::set_field(desk, one, field, &["Outage".into()]).await?;
            conversations::set_field(desk, three, field, &["Outage".into()]).await
        }).unwrap();
        lose_mailbox_of(&t, two).await;
        let done = sent(&t, &t.owner, id, false, Afterwards::Resolve).await;
        assert_eq!((done.state, done.sent, done.passed_over, done.failed), (Progress::Done, 2, 0, 1));
        assert_eq!((status(&t, one).await, status(&t, two).await, status(&t, three).await), (Status::Resolved, Status::Open, Status::Resolved));
        assert_eq!(answers(&t, two).await, Vec::<String>::new());
        let failed = &members(&t, id).await[1];
        assert_eq!(failed.outcome, Some(Outcome::Failed));
        assert!(failed.reason().is_some() && failed.message_id.is_none());
    }

    async fn what_cannot_be_resolved_has_its_answer_all_the_same(t: TestApp) {
        let [one, two, _] = three(&t).await;
        let id = opened(&t, &t.owner, &[one, two]).await;
        written(&t, &t.owner, id, all_languages()).await;
        let form = FieldForm { type_id: None, name: "Reason".into(), kind: FieldKind::Text, required: true, limits: Limits::default() };
        act!(t, t.owner, |desk| fields::create_field(desk, form).await).unwrap();
        let done = sent(&t, &t.owner, id, false, Afterwards::Resolve).await;
        assert_eq!((done.sent, status(&t, one).await), (2, Status::Open));
        let member = &members(&t, id).await[0];
        assert_eq!((member.outcome, member.reason().map(|(reason, _)| reason)), (Some(Outcome::Partly), Some(Reason::FieldsMissing)));
        assert_eq!(answers(&t, one).await.len(), 1);
    }

    async fn an_answer_that_does_not_arrive_is_told_and_does_not_count(t: TestApp) {
        let [one, two, _] = three(&t).await;
        let id = opened(&t, &t.owner, &[one, two]).await;
        written(&t, &t.owner, id, all_languages()).await;
        t.channel.outcomes.lock().push_back(SendOutcome::Refused("550 no such person".into()));
        let done = sent(&t, &t.owner, id, false, Afterwards::Nothing).await;
        assert_eq!((done.sent, done.failed), (1, 1));
        let all = members(&t, id).await;
        let lost: Vec<_> = all.iter().filter(|one| one.outcome == Some(Outcome::NotDelivered)).collect();
        assert_eq!(lost.len(), 1);
        assert_eq!(lost[0].reason().map(|(reason, _)| reason), Some(Reason::NotDelivered));
        let message = lost[0].message_id.unwrap();
        act!(t, t.owner, |desk| conversations::send_again(desk, message).await).unwrap();
        t.run_jobs().await;
        assert_eq!((went(&t, done.id).await.sent, went(&t, done.id).await.failed), (2, 0));
    }

    async fn waiting_for_the_customer_ends_when_they_write(t: TestApp) {
        let [one, ..] = three(&t).await;
        let id = opened(&t, &t.owner, &[one]).await;
        written(&t, &t.owner, id, all_languages()).await;
        sent(&t, &t.owner, id, false, Afterwards::Wait).await;
        assert_eq!(status(&t, one).await, Status::Snoozed);
    }

    async fn the_language_follows_what_is_known_of_the_customer(t: TestApp) {
        let [one, two, _] = three(&t).await;
        let id = opened(&t, &t.owner, &[one, two]).await;
        assert_eq!(languages(&t, id).await, [("de".to_owned(), 1), ("en".to_owned(), 1)]);
        act!(t, t.owner, |desk| {
            let customer = conversations::find(desk, two).await?.customer_id;
            let who = customers::find(desk, customer).await?;
            let mut form = customers::CustomerForm { name: who.name.clone(), phone: String::new(), preferences: who.preferences.clone() };
            form.preferences.language = "en".into();
            customers::edit(desk, customer, form).await
        }).unwrap();
        assert_eq!(languages(&t, id).await, [("en".to_owned(), 2)]);
        let still = members(&t, id).await;
        assert_eq!(still.iter().map(|one| one.language.as_str()).collect::<Vec<_>>(), ["en", "en"]);
    }

    async fn merging_keeps_the_membership_and_the_answer_and_undoing_gives_both_back(t: TestApp) {
        let [one, two, three] = three(&t).await;
        let id = opened(&t, &t.owner, &[one, two]).await;
        written(&t, &t.owner, id, all_languages()).await;
        sent(&t, &t.owner, id, false, Afterwards::Nothing).await;
        let merge = act!(t, t.owner, |desk| conversations::merge(desk, one, three).await).unwrap();
        let held: Vec<_> = members(&t, id).await.iter().map(|one| (one.conversation_id, one.message_id.is_some())).collect();
        assert_eq!((held.len(), problem(&t, id).await.conversations), (2, 2));
        assert!(held.contains(&(three, true)) && held.contains(&(two, true)), "{held:?}");
        assert!(matches!(begun(&t, &t.owner, id, false, Afterwards::Nothing).await, Err(Error::Conflict("nobody"))));
        act!(t, t.owner, |desk| conversations::undo(desk, merge).await).unwrap();
        let held: Vec<_> = members(&t, id).await.iter().map(|one| (one.conversation_id, one.message_id.is_some())).collect();
        assert!(held.len() == 2 && held.contains(&(one, true)) && held.contains(&(two, true)), "{held:?}");
        assert_eq!(problem(&t, id).await.conversations, 2);
        assert_eq!(languages(&t, id).await, [("de".to_owned(), 1), ("en".to_owned(), 1)]);
        act!(t, t.owner, |desk| conversations::merge(desk, one, two).await).unwrap();
        assert_eq!(problem(&t, id).await.conversations, 1, "both were part of it");
        let gone = act!(t, t.owner, |desk| problems::add(desk, id, one).await);
        assert!(matches!(gone, Err(Error::Conflict("merged"))));
    }

    async fn many_are_added_at_once_and_put_back_where_they_were(t: TestApp) {
        let [one, ..] = three(&t).await;
        let first = opened(&t, &t.owner, &[one]).await;
        let second = opened(&t, &t.owner, &[]).await;
        let done = act!(t, t.owner, |desk| bulk::change(desk, Chosen::These(vec![1, 2, 3]), Change::Problem(Some(second))).await).unwrap();
        assert_eq!((problem(&t, first).await.conversations, problem(&t, second).await.conversations), (0, 3));
        act!(t, t.owner, |desk| bulk::undo(desk, done).await).unwrap();
        assert_eq!((problem(&t, first).await.conversations, problem(&t, second).await.conversations), (1, 0));
        assert_eq!(members(&t, first).await[0].conversation_id, one);
    }

    async fn a_solved_problem_says_since_when_and_can_be_opened_again(t: TestApp) {
        let id = opened(&t, &t.owner, &[]).await;
        act!(t, t.owner, |desk| problems::solve(desk, id).await).unwrap();
        let solved = problem(&t, id).await;
        assert_eq!((solved.state, solved.solved_by, solved.solved_at), (State::Solved, Some(t.owner.agent_id), Some(t.app.now())));
        let open = t.app.read(t.owner.scope(), |desk| Box::pin(async move { problems::meant(desk, "", 10).await })).await.unwrap();
        assert!(open.is_empty(), "what is solved is not offered");
        act!(t, t.owner, |desk| problems::reopen(desk, id).await).unwrap();
        assert_eq!((problem(&t, id).await.state, problem(&t, id).await.solved_at), (State::Open, None));
    }
}
