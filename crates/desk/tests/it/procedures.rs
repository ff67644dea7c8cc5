//! Procedures: where they begin, which way leads through them, what resolving needs, what is measured, and when it is too much.

use desk::{
    Error, Event,
    bulk::{self, Change, Chosen},
    conversations::{
        self, Conversation, ConversationId, NewReply, Priority, Status,
        views::{Compare, Condition, Filter, Who as Responsible},
    },
    fields::{self, FieldForm, FieldId, FieldKind, Limits, TypeId},
    handoffs::{self, Brief, Receiver},
    macros::{self, Actions, Belongs, NewMacro},
    notifications::{self, Kind},
    people::{self, Role, Viewer},
    procedures::{self, Answer, Cap, Figure, For, ProcedureForm, ProcedureId, Shown, State, Step, To, What, Who},
};
use testkit::{app::TestApp, on_both_engines};

macro_rules! act {
    ($t:expr, $who:expr, |$desk:ident| $body:expr) => {
        $t.app.write($who.scope(), move |$desk| Box::pin(async move { $body })).await
    };
}

fn step(key: i32, title: &str, what: What) -> Step {
    Step { key, title: title.into(), text: String::new(), required: true, what }
}

fn decision(key: i32, title: &str, answers: &[(&str, To)], who: Who) -> Step {
    let answers = answers.iter().map(|(text, to)| Answer { text: (*text).into(), to: *to }).collect();
    step(key, title, What::Decision { answers, who })
}

/// Ask for a picture, decide whether it is ours, refund or be sorry.
fn damage() -> Vec<Step> {
    let sorry =
        Step { text: "Dear {{customer.first_name|friend}}, we are sorry.".into(), ..step(4, "Be sorry", What::Text) };
    vec![
        step(1, "Ask for a picture", What::Task),
        decision(2, "Is it our fault?", &[("Yes", To::Next), ("No", To::Step(4))], Who::Anyone),
        step(3, "Refund", What::Task),
        Step { required: false, ..sorry },
    ]
}

fn form(name: &str, is_for: For, steps: Vec<Step>) -> ProcedureForm {
    ProcedureForm { name: name.into(), is_for, steps, ..ProcedureForm::default() }
}

async fn create(t: &TestApp, form: ProcedureForm) -> desk::Result<ProcedureId> {
    act!(t, t.owner, |desk| procedures::create(desk, form).await)
}

async fn begin(t: &TestApp, c: ConversationId, id: ProcedureId) -> desk::Result<()> {
    act!(t, t.owner, |desk| procedures::begin(desk, c, id).await)
}

async fn tick(t: &TestApp, who: &Viewer, c: ConversationId, key: i32, done: bool) -> desk::Result<()> {
    act!(t, who, |desk| procedures::tick(desk, c, key, done).await)
}

async fn decide(t: &TestApp, who: &Viewer, c: ConversationId, key: i32, answer: Option<i32>) -> desk::Result<()> {
    act!(t, who, |desk| procedures::decide(desk, c, key, answer).await)
}

async fn resolve(t: &TestApp, c: ConversationId) -> desk::Result<()> {
    act!(t, t.owner, |desk| conversations::resolve(desk, c).await)
}

async fn shown(t: &TestApp, c: ConversationId) -> Option<Shown> {
    let shown =
        t.app.read(t.owner.scope(), move |desk| Box::pin(async move { procedures::of_conversation(desk, c).await }));
    shown.await.unwrap()
}

async fn state(t: &TestApp, c: ConversationId) -> Option<(ProcedureId, State)> {
    shown(t, c).await.map(|shown| (shown.procedure.id, shown.run.state))
}

async fn conversation(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn missing(t: &TestApp, c: ConversationId) -> Vec<String> {
    t.app.read(t.owner.scope(), move |desk| Box::pin(async move { procedures::missing(desk, c).await })).await.unwrap()
}

async fn figures(t: &TestApp, id: ProcedureId, version: i32) -> Vec<Figure> {
    let found =
        t.app.read(t.owner.scope(), move |desk| Box::pin(async move { procedures::figures(desk, id, version).await }));
    found.await.unwrap()
}

async fn history(t: &TestApp, c: ConversationId) -> Vec<Event> {
    let found =
        t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::history(desk, c, 100).await }));
    found.await.unwrap().into_iter().map(|one| one.event).collect()
}

async fn types(t: &TestApp) -> (TypeId, TypeId) {
    act!(t, t.owner, |desk| {
        Ok((fields::create_type(desk, "Question").await?, fields::create_type(desk, "Damage").await?))
    })
    .unwrap()
}

async fn order_number(t: &TestApp) -> FieldId {
    let new = FieldForm {
        type_id: None,
        name: "Order number".into(),
        kind: FieldKind::Text,
        required: false,
        limits: Limits::default(),
    };
    act!(t, t.owner, |desk| fields::create_field(desk, new).await).unwrap()
}

async fn set_type(t: &TestApp, c: ConversationId, to: TypeId) {
    act!(t, t.owner, |desk| conversations::set_type(desk, c, Some(to)).await).unwrap();
}

async fn set_field(t: &TestApp, c: ConversationId, field: FieldId, value: &'static str) {
    let given: Vec<String> = Some(value).filter(|value| !value.is_empty()).map(str::to_owned).into_iter().collect();
    act!(t, t.owner, |desk| conversations::set_field(desk, c, field, &given).await).unwrap();
}

/// How often somebody was told that it is too much.
async fn told(t: &TestApp, who: &Viewer) -> usize {
    let found = t.app.read(who.scope(), |desk| Box::pin(async move { notifications::list(desk, None, 50).await }));
    found.await.unwrap().iter().filter(|one| one.kind == Kind::TooMuch).count()
}

async fn mail(t: &TestApp, n: usize) -> ConversationId {
    t.mail_from(&format!("ana{n}@shop.example"), &format!("Broken zip {n}"), "It broke").await
}

on_both_engines! {
    async fn a_conversation_of_its_type_has_the_procedure_and_another_type_another_one(t: TestApp) {
        let (question, damage_type) = types(&t).await;
        let of = |type_id| For { type_id: Some(type_id), conditions: None };
        let damaged = create(&t, form("Damage", of(damage_type), damage())).await.unwrap();
        let asked = create(&t, form("Question", of(question), vec![step(1, "Answer it", What::Task)])).await.unwrap();
        let c = mail(&t, 1).await;
        // It is of the default type until somebody says otherwise.
        assert_eq!(state(&t, c).await, Some((asked, State::Going)));
        set_type(&t, c, damage_type).await;
        assert_eq!(state(&t, c).await, Some((damaged, State::Going)));
        assert_eq!(figures(&t, asked, 1).await, [Figure::Begun(1), Figure::In(State::Replaced, 1, 1)]);
        // What was taken off does not come again by itself.
        act!(t, t.owner, |desk| procedures::take_off(desk, c).await).unwrap();
        act!(t, t.owner, |desk| conversations::add_tag(desk, c, "zip").await).unwrap();
        assert_eq!(state(&t, c).await, None);
        resolve(&t, c).await.unwrap();
        // What is archived begins no more.
        act!(t, t.owner, |desk| procedures::archive(desk, asked, true).await).unwrap();
        let later = mail(&t, 2).await;
        assert_eq!(state(&t, later).await, None);
        assert!(matches!(begin(&t, later, asked).await, Err(Error::Conflict("procedure_archived"))));
    }

    async fn of_those_that_fit_the_one_that_asks_most_begins(t: TestApp) {
        let (question, _) = types(&t).await;
        let urgent = Filter::All(vec![Filter::Is(Condition::Priority(Compare::AtLeast, Priority::Urgent))]);
        let both = For { type_id: Some(question), conditions: Some(urgent.clone()) };
        let one = create(&t, form("A urgent", For { type_id: None, conditions: Some(urgent) }, damage())).await.unwrap();
        let two = create(&t, form("B both", both, damage())).await.unwrap();
        let c = mail(&t, 1).await;
        assert_eq!(state(&t, c).await, None);
        act!(t, t.owner, |desk| conversations::set_priority(desk, c, Priority::Urgent).await).unwrap();
        assert_eq!(state(&t, c).await.map(|(id, _)| id), Some(two));
        // Conditions say where to begin: what does not hold any more ends nothing.
        act!(t, t.owner, |desk| conversations::set_priority(desk, c, Priority::Low).await).unwrap();
        assert_eq!(state(&t, c).await.map(|(id, _)| id), Some(two));
        begin(&t, c, one).await.unwrap();
        assert_eq!(state(&t, c).await, Some((one, State::Going)));
        for personal in [Condition::Followed, Condition::Pinned, Condition::Assignee(Responsible::Me)] {
            let is_for = For { type_id: None, conditions: Some(Filter::Is(personal)) };
            assert!(matches!(create(&t, form("Mine", is_for, damage())).await, Err(Error::Invalid(_))));
        }
    }

    async fn the_way_follows_what_is_decided_and_each_step_says_who_did_it(t: TestApp) {
        let sam = t.agent("Sam").await;
        let id = create(&t, form("Damage", For::default(), damage())).await.unwrap();
        let c = mail(&t, 1).await;
        begin(&t, c, id).await.unwrap();
        assert!(matches!(tick(&t, &sam, c, 3, true).await, Err(Error::Conflict("off_the_way"))), "nothing was decided");
        assert!(matches!(tick(&t, &sam, c, 2, true).await, Err(Error::Invalid(_))));
        tick(&t, &sam, c, 1, true).await.unwrap();
        tick(&t, &t.owner, c, 1, true).await.unwrap();
        let now = shown(&t, c).await.unwrap();
        assert_eq!((now.path.done.len(), now.path.total, now.path.whole), (1, 4, false));
        assert_eq!(now.mark(&now.version.steps[0]).unwrap().agent_id, Some(sam.agent_id), "whoever did it first did it");
        decide(&t, &sam, c, 2, Some(1)).await.unwrap();
        let now = shown(&t, c).await.unwrap();
        assert_eq!((now.path.steps.as_slice(), now.path.total, now.run.missing), ([0, 1, 3].as_slice(), 3, 0));
        assert!(matches!(decide(&t, &sam, c, 2, Some(2)).await, Err(Error::Invalid(_))));
        decide(&t, &sam, c, 2, None).await.unwrap();
        decide(&t, &sam, c, 2, Some(0)).await.unwrap();
        tick(&t, &sam, c, 3, true).await.unwrap();
        assert_eq!(state(&t, c).await, Some((id, State::Going)));
        let filled = act!(t, sam, |desk| procedures::text_of(desk, c, 4).await).unwrap();
        assert_eq!(filled.text, "Dear friend, we are sorry.");
        assert_eq!(state(&t, c).await, Some((id, State::Finished)));
        assert_eq!(figures(&t, id, 1).await, [Figure::Begun(1), Figure::In(State::Finished, 0, 1)]);
        let finished = history(&t, c).await;
        assert!(finished.contains(&Event::ProcedureFinished { conversation: c, name: "Damage".into() }));
        tick(&t, &sam, c, 3, false).await.unwrap();
        assert_eq!(state(&t, c).await, Some((id, State::Going)));
    }

    async fn only_those_who_may_decide(t: TestApp) {
        let (sam, ann) = (t.agent("Sam").await, t.agent("Ann").await);
        let member = ann.agent_id;
        let team = act!(t, t.owner, |desk| {
            let team = people::create_team(desk, "Returns").await?;
            people::set_team_members(desk, team, &[member]).await?;
            Ok(team)
        })
        .unwrap();
        let answers = [("Yes", To::Next), ("No", To::End)];
        let steps = vec![
            decision(1, "Refund?", &answers, Who::Team(team)),
            decision(2, "More than 100?", &answers, Who::Role(Role::Admin)),
        ];
        let id = create(&t, form("Refund", For::default(), steps)).await.unwrap();
        let c = mail(&t, 1).await;
        begin(&t, c, id).await.unwrap();
        assert!(matches!(decide(&t, &sam, c, 1, Some(0)).await, Err(Error::Forbidden)));
        decide(&t, &ann, c, 1, Some(0)).await.unwrap();
        assert!(matches!(decide(&t, &ann, c, 2, Some(0)).await, Err(Error::Forbidden)));
        decide(&t, &t.owner, c, 2, Some(0)).await.unwrap();
        assert_eq!(state(&t, c).await, Some((id, State::Finished)));
    }

    async fn a_fact_is_asked_once_and_kept(t: TestApp) {
        let order = order_number(&t).await;
        let steps = vec![Step { title: String::new(), ..step(1, "", What::Fact(order)) }, step(2, "Look it up", What::Task)];
        let id = create(&t, form("Order", For::default(), steps)).await.unwrap();
        let (known, unknown) = (mail(&t, 1).await, mail(&t, 2).await);
        set_field(&t, known, order, "AB-1").await;
        begin(&t, known, id).await.unwrap();
        begin(&t, unknown, id).await.unwrap();
        let now = shown(&t, known).await.unwrap();
        assert_eq!((now.path.done.as_slice(), now.marks[0].agent_id), ([0].as_slice(), None), "known already, by nobody");
        assert!(matches!(tick(&t, &t.owner, unknown, 1, true).await, Err(Error::Invalid(_))));
        assert_eq!(missing(&t, unknown).await, ["Order number", "Look it up"]);
        set_field(&t, unknown, order, "AB-2").await;
        let now = shown(&t, unknown).await.unwrap();
        assert_eq!((now.path.done.as_slice(), now.marks[0].agent_id), ([0].as_slice(), Some(t.owner.agent_id)));
        set_field(&t, unknown, order, "").await;
        assert_eq!(shown(&t, unknown).await.unwrap().run.missing, 2);
        act!(t, t.owner, |desk| fields::archive_field(desk, order, true).await).unwrap();
        assert!(shown(&t, unknown).await.is_some());
    }

    async fn nothing_is_resolved_while_required_steps_are_missing_wherever_it_is_tried(t: TestApp) {
        let id = create(&t, form("Damage", For::default(), damage())).await.unwrap();
        let c = mail(&t, 1).await;
        begin(&t, c, id).await.unwrap();
        assert!(matches!(resolve(&t, c).await, Err(Error::Conflict("steps_missing"))));
        assert_eq!(missing(&t, c).await, ["Ask for a picture", "Is it our fault?"]);
        // Many at once pass it over.
        let number = conversation(&t, c).await.number;
        let other = mail(&t, 2).await;
        let numbers = vec![number, conversation(&t, other).await.number];
        let done = act!(t, t.owner, |desk| {
            let id = bulk::change(desk, Chosen::These(numbers), Change::Resolve).await?;
            bulk::find(desk, id).await
        })
        .unwrap();
        assert_eq!((done.changed, done.passed_over), (1, 1));
        // A macro does nothing of what it does.
        let actions = Actions { status: Some(Status::Resolved), tags: vec!["done".into()], ..Actions::default() };
        let new = NewMacro { name: "Close".into(), folder: String::new(), belongs: Belongs::Everyone, texts: vec![], actions };
        let used = act!(t, t.owner, |desk| {
            let id = macros::create(desk, new).await?;
            macros::use_in(desk, c, id).await
        });
        assert!(matches!(used, Err(Error::Conflict("steps_missing"))));
        assert_eq!(conversation(&t, c).await.status, Status::Open);
        tick(&t, &t.owner, c, 1, true).await.unwrap();
        decide(&t, &t.owner, c, 2, Some(1)).await.unwrap();
        // What is not required keeps nobody from resolving; that it was left is counted.
        resolve(&t, c).await.unwrap();
        assert_eq!(state(&t, c).await, Some((id, State::Resolved)));
        assert_eq!(figures(&t, id, 1).await, [Figure::Begun(1), Figure::In(State::Resolved, 4, 1)]);
        act!(t, t.owner, |desk| conversations::reopen(desk, c).await).unwrap();
        assert_eq!(figures(&t, id, 1).await, [Figure::Begun(1), Figure::In(State::Going, 0, 1)]);
    }

    async fn a_reason_resolves_all_the_same_and_is_kept(t: TestApp) {
        let id = create(&t, form("Damage", For::default(), damage())).await.unwrap();
        let c = mail(&t, 1).await;
        begin(&t, c, id).await.unwrap();
        for reason in ["  ", &"x".repeat(1_001)] {
            let reason = reason.to_owned();
            let refused = act!(t, t.owner, |desk| procedures::resolve_anyway(desk, c, &reason).await);
            assert!(matches!(refused, Err(Error::Invalid(_))));
        }
        act!(t, t.owner, |desk| procedures::resolve_anyway(desk, c, " The customer withdrew it ").await).unwrap();
        assert_eq!(conversation(&t, c).await.status, Status::Resolved);
        assert_eq!(state(&t, c).await, Some((id, State::Overridden)));
        let steps = vec!["Ask for a picture".to_owned(), "Is it our fault?".to_owned()];
        let said = Event::ProcedureOverridden { conversation: c, steps, reason: "The customer withdrew it".into() };
        assert!(history(&t, c).await.contains(&said));
        assert_eq!(figures(&t, id, 1).await, [Figure::Begun(1), Figure::In(State::Overridden, 1, 1), Figure::Overrides(1)]);
        let (overrides, runs) = t
            .app
            .read(t.owner.scope(), move |desk| {
                Box::pin(async move {
                    let overrides = procedures::overrides(desk, (id, 1), None, 10).await?;
                    let at = Some((State::Overridden, 1));
                    Ok((overrides, procedures::runs(desk, (id, 1), at, None, 10).await?))
                })
            })
            .await
            .unwrap();
        assert_eq!(overrides.iter().map(|one| (one.step, one.reason.as_str())).collect::<Vec<_>>(), [(1, "The customer withdrew it")]);
        assert_eq!(runs.iter().map(|run| run.conversation_id).collect::<Vec<_>>(), [c]);
        // The customer comes back: it goes on where it was, and another reason is needed.
        act!(t, t.owner, |desk| conversations::reopen(desk, c).await).unwrap();
        assert!(matches!(resolve(&t, c).await, Err(Error::Conflict("steps_missing"))));
        assert_eq!(figures(&t, id, 1).await, [Figure::Begun(1), Figure::In(State::Going, 0, 1), Figure::Overrides(1)]);
    }

    async fn conversations_keep_their_version_until_they_go_on_with_the_newest(t: TestApp) {
        let id = create(&t, form("Damage", For::default(), damage())).await.unwrap();
        let c = mail(&t, 1).await;
        begin(&t, c, id).await.unwrap();
        tick(&t, &t.owner, c, 1, true).await.unwrap();
        decide(&t, &t.owner, c, 2, Some(1)).await.unwrap();
        // The answers change places, a step comes before all, another one goes.
        let mut steps = damage();
        if let What::Decision { answers, .. } = &mut steps[1].what {
            answers.reverse();
        }
        steps.remove(2);
        steps.insert(0, step(5, "Say hello", What::Task));
        let newer = form("Damage", For::default(), steps.clone());
        let stale = newer.clone();
        act!(t, t.owner, |desk| procedures::change(desk, id, 1, newer).await).unwrap();
        let renamed = form("Damage on arrival", For::default(), steps);
        act!(t, t.owner, |desk| procedures::change(desk, id, 1, renamed).await).unwrap();
        let now = shown(&t, c).await.unwrap();
        assert_eq!((now.run.version, now.procedure.version, now.procedure.name.as_str()), (1, 2, "Damage on arrival"));
        let stale = ProcedureForm { steps: damage(), ..stale };
        assert!(matches!(act!(t, t.owner, |desk| procedures::change(desk, id, 1, stale).await), Err(Error::Conflict("procedure_changed"))));
        act!(t, t.owner, |desk| procedures::go_on_with_newest(desk, c).await).unwrap();
        let now = shown(&t, c).await.unwrap();
        assert_eq!((now.run.version, now.path.steps.as_slice(), now.path.next), (2, [0, 1, 2, 3].as_slice(), Some(0)));
        assert_eq!(now.marks.iter().map(|mark| (mark.step, mark.answer)).collect::<Vec<_>>(), [(1, None), (2, Some(0))]);
        assert_eq!(figures(&t, id, 1).await, []);
        assert_eq!(figures(&t, id, 2).await, [Figure::Begun(1), Figure::In(State::Going, 0, 1)]);
        let versions = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { procedures::versions(desk, id, i32::MAX, 10).await }));
        assert_eq!(versions.await.unwrap().iter().map(|one| one.number).collect::<Vec<_>>(), [2, 1]);
    }

    async fn what_was_taken_off_goes_on_where_it_was(t: TestApp) {
        let id = create(&t, form("Damage", For::default(), damage())).await.unwrap();
        let c = mail(&t, 1).await;
        begin(&t, c, id).await.unwrap();
        tick(&t, &t.owner, c, 1, true).await.unwrap();
        act!(t, t.owner, |desk| procedures::take_off(desk, c).await).unwrap();
        assert_eq!(figures(&t, id, 1).await, [Figure::Begun(1), Figure::In(State::TakenOff, 2, 1)]);
        assert!(matches!(tick(&t, &t.owner, c, 1, false).await, Err(Error::Conflict("no_procedure"))));
        begin(&t, c, id).await.unwrap();
        begin(&t, c, id).await.unwrap();
        assert_eq!(shown(&t, c).await.unwrap().path.done, [0]);
        assert_eq!(figures(&t, id, 1).await, [Figure::Begun(1), Figure::In(State::Going, 0, 1)]);
    }

    async fn too_much_is_told_to_the_lead_once(t: TestApp) {
        let lead = t.agent("Lena").await;
        let form = ProcedureForm {
            most: [None, Some(1), Some(1)],
            lead_id: Some(lead.agent_id),
            tag: "Too Much".into(),
            ..form("Damage", For::default(), damage())
        };
        let id = create(&t, form).await.unwrap();
        let c = mail(&t, 1).await;
        begin(&t, c, id).await.unwrap();
        for expected in [0, 1, 1] {
            act!(t, t.owner, |desk| {
                let reply = NewReply {
                    conversation: c,
                    client_id: None,
                    markdown: "We mend it.".into(),
                    from: None,
                    to: None,
                    cc: None,
                    uploads: vec![],
                    seen: None,
                    send_anyway: true,
                    leaves_at: None,
                };
                conversations::reply(desk, reply).await
            })
            .unwrap();
            assert_eq!(told(&t, &lead).await, expected);
        }
        let now = shown(&t, c).await.unwrap();
        assert_eq!((now.run.messages, now.run.escalated_for), (3, Some(Cap::Messages)));
        let tags = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::tags_of(desk, c).await }));
        assert_eq!(tags.await.unwrap().iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["too much"]);
        // Hand-offs are counted too; where no lead is named all administrators are told.
        let other = mail(&t, 2).await;
        let caps = ProcedureForm { most: [None, None, Some(1)], ..self::form("Passed on", For::default(), damage()) };
        let passed = create(&t, caps).await.unwrap();
        begin(&t, other, passed).await.unwrap();
        let to = lead.agent_id;
        let brief = || Brief { asked: "A zip".into(), tried: "Nothing".into(), promised: "Nothing".into(), known: "Nothing".into() };
        let first = brief();
        act!(t, t.owner, |desk| handoffs::hand_off(desk, other, Receiver::Agent(to), first).await).unwrap();
        let (back, second) = (t.owner.agent_id, brief());
        act!(t, lead, |desk| handoffs::hand_off(desk, other, Receiver::Agent(back), second).await).unwrap();
        let now = shown(&t, other).await.unwrap();
        assert_eq!((now.run.handoffs, now.run.escalated_for), (2, Some(Cap::Handoffs)));
        assert_eq!(told(&t, &t.owner).await, 1);
    }

    async fn a_procedure_goes_along_when_its_conversation_is_merged(t: TestApp) {
        let id = create(&t, form("Damage", For::default(), damage())).await.unwrap();
        let (one, two, three) = (mail(&t, 1).await, mail(&t, 1).await, mail(&t, 1).await);
        for c in [one, three] {
            begin(&t, c, id).await.unwrap();
        }
        act!(t, t.owner, |desk| conversations::merge(desk, one, two).await).unwrap();
        assert_eq!((state(&t, one).await, state(&t, two).await), (None, Some((id, State::Going))));
        act!(t, t.owner, |desk| conversations::merge(desk, three, two).await).unwrap();
        assert_eq!(state(&t, three).await, None);
        assert_eq!(figures(&t, id, 1).await, [Figure::Begun(2), Figure::In(State::Going, 0, 1), Figure::In(State::Merged, 1, 1)]);
    }
}
