//! Rules: what they do and when, that nothing happens twice, that they never go round in circles, and that the customer's word ends a wait.

use base::queue::{Claimed, JobError};
use desk::{
    Actor, Error, Event,
    calendars::{self, CalendarForm},
    conversations::{
        self, Conversation, ConversationId, Filter, MessageKind, NewReply, Priority, Status, views::Condition,
    },
    fields::{self, FieldForm, FieldKind, Limits},
    jobs::{self, Done, Handler},
    macros::{self, Actions, Belongs, NewMacro},
    notifications::{self, Kind},
    people::Viewer,
    rules::{self, Action, Cause, Definition, NewRule, Outcome, Progress, Rule, RuleId, Run, Since, Trigger, Wait},
};
use jiff::SignedDuration;
use std::sync::Arc;
use testkit::{app::TestApp, on_both_engines, push::PushBrowser};

fn any() -> Filter {
    Filter::All(vec![])
}

fn subject(text: &str) -> Filter {
    Filter::All(vec![Filter::Is(Condition::Subject(text.into()))])
}

fn on(cause: Cause) -> Trigger {
    Trigger::Events(vec![cause])
}

fn after(since: Since, hours: i64) -> Trigger {
    Trigger::Time(Wait { since, minutes: hours * 60, working: false })
}

fn tag(name: &str) -> Action {
    Action::Tag(name.into())
}

async fn create(t: &TestApp, name: &str, when: Trigger, filter: Filter, actions: Vec<Action>) -> desk::Result<RuleId> {
    let new = NewRule { name: name.into(), definition: Definition { when, filter, actions } };
    t.app.write(t.owner.scope(), move |desk| Box::pin(async move { rules::create(desk, new).await })).await
}

async fn switch(t: &TestApp, id: RuleId, on: bool) {
    t.app.write(t.owner.scope(), move |desk| Box::pin(async move { rules::switch(desk, id, on).await })).await.unwrap();
}

/// A rule that is on.
async fn rule(t: &TestApp, name: &str, when: Trigger, filter: Filter, actions: Vec<Action>) -> RuleId {
    let id = create(t, name, when, filter, actions).await.unwrap();
    switch(t, id, true).await;
    id
}

async fn conversation(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn tags(t: &TestApp, id: ConversationId) -> Vec<String> {
    let tags = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::tags_of(desk, id).await }));
    tags.await.unwrap().into_iter().map(|tag| tag.name).collect()
}

async fn messages(t: &TestApp, id: ConversationId) -> Vec<(MessageKind, String)> {
    let thread =
        t.app.read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 50).await }));
    thread.await.unwrap().into_iter().map(|one| (one.kind, one.body)).collect()
}

async fn found(t: &TestApp, id: RuleId) -> Rule {
    t.app.read(t.system(), move |desk| Box::pin(async move { rules::find(desk, id).await })).await.unwrap()
}

async fn runs(t: &TestApp, id: RuleId) -> Vec<Run> {
    t.app.read(t.system(), move |desk| Box::pin(async move { rules::runs(desk, id, None, 100).await })).await.unwrap()
}

async fn outcomes(t: &TestApp, id: RuleId) -> Vec<Outcome> {
    runs(t, id).await.into_iter().map(|run| run.outcome).collect()
}

async fn answer(t: &TestApp, who: &Viewer, conversation: ConversationId, text: &str) {
    let new = NewReply {
        conversation,
        client_id: None,
        markdown: text.into(),
        from: None,
        to: None,
        cc: None,
        uploads: vec![],
        seen: None,
        send_anyway: true,
        leaves_at: None,
    };
    t.app.write(who.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await.unwrap();
    t.run_jobs().await;
}

async fn put_tag(t: &TestApp, id: ConversationId, name: &'static str) {
    let put =
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::add_tag(desk, id, name).await }));
    put.await.unwrap();
    t.run_jobs().await;
}

/// Lets time pass, and what is due then happen.
async fn wait(t: &TestApp, hours: i64) {
    t.clock.advance(SignedDuration::from_mins(hours * 60 + 1));
    t.run_jobs().await;
}

async fn told(t: &TestApp, who: &Viewer) -> Vec<Kind> {
    let found = t.app.read(who.scope(), |desk| Box::pin(async move { notifications::list(desk, None, 50).await }));
    found.await.unwrap().into_iter().map(|one| one.kind).collect()
}

/// The customer's next mail in the conversation.
async fn writes_again(t: &TestApp, id: ConversationId, text: &str) {
    let before = messages(t, id).await.len();
    let sent = t.channel.sent.lock().last().map(|one| one.rfc_message_id.clone()).unwrap_or_default();
    let own = t.app.new_id();
    t.deliver(&format!(
        "From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <{own}@customer.example>\n\
         In-Reply-To: <{sent}>\nDate: Sun, 22 Nov 2026 10:00:00 +0000\nContent-Type: text/plain\n\n{text}\n"
    ))
    .await;
    assert_eq!(messages(t, id).await.len(), before + 1, "it is in the same conversation");
}

on_both_engines! {
    async fn rules_act_in_their_order_on_what_fits_and_say_why(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let first = rule(&t, "Zips first", on(Cause::Opened), subject("zip"), vec![tag("Zip"), Action::Priority(Priority::High)]).await;
        let high = Filter::All(vec![Filter::Is(Condition::Priority(views_at_least(), Priority::High))]);
        let second = rule(&t, "High to Sam", on(Cause::Opened), high, vec![Action::Assign(Some(sam.agent_id)), Action::Note("Please look".into())]).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let after = conversation(&t, c).await;
        assert_eq!((after.priority, after.assignee_id), (Priority::High, Some(sam.agent_id)), "the second saw what the first did");
        assert_eq!(tags(&t, c).await, ["zip"]);
        assert_eq!(messages(&t, c).await[1], (MessageKind::Note, "Please look".into()));
        assert_eq!(told(&t, &sam).await, [Kind::Assigned]);
        let other = t.mail_from("bo@shop.example", "Something else", "Hello").await;
        assert_eq!((tags(&t, other).await.len(), conversation(&t, other).await.assignee_id), (0, None));
        let ran = t.app.read(t.system(), move |desk| Box::pin(async move { rules::runs_of(desk, c, None, 10).await })).await.unwrap();
        let said: Vec<_> = ran.iter().rev().map(|run| (run.rule_id, run.version, run.cause, run.outcome)).collect();
        assert_eq!(said, [(first, 1, Some(Cause::Opened), Outcome::Done), (second, 1, Some(Cause::Opened), Outcome::Done)]);
        assert_eq!(ran[1].held(), [Filter::Is(Condition::Subject("zip".into()))]);
        assert_eq!(ran[1].did().len(), 2);
        assert_eq!(found(&t, first).await.fired, 1);
        let (events, _) = t.app.events_after(t.workspace, 0, 500).await.unwrap();
        let fired = events.iter().filter(|one| matches!(&one.event, Event::RuleFired { conversation, .. } if *conversation == c));
        assert!(fired.clone().all(|one| one.actor == Actor::System) && fired.count() == 2);
    }

    async fn a_rule_that_is_off_or_deleted_does_nothing_and_comes_back_off(t: TestApp) {
        let id = create(&t, "Tag all", on(Cause::CustomerWrote), any(), vec![tag("seen")]).await.unwrap();
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assert!(tags(&t, c).await.is_empty(), "it is looked at before it acts");
        switch(&t, id, true).await;
        let delete = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { rules::delete(desk, id).await }));
        delete.await.unwrap();
        let c = t.mail_from("bo@shop.example", "Broken zip", "It broke").await;
        assert!(tags(&t, c).await.is_empty());
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { rules::restore(desk, id).await })).await.unwrap();
        assert!(!found(&t, id).await.enabled);
    }

    async fn what_cannot_be_taken_is_refused_whole(t: TestApp) {
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let gone = macros::MacroId(c.0);
        for (actions, problem) in [(vec![], "required"), (vec![Action::Macro(gone)], "not_allowed"), (vec![Action::Tag(" ".into())], "required")] {
            let refused = create(&t, "Odd", on(Cause::Opened), any(), actions).await;
            assert!(matches!(&refused, Err(Error::Invalid(fields)) if fields[0].problem == problem), "{refused:?}");
        }
        let followed = create(&t, "Odd", on(Cause::Opened), Filter::Is(Condition::Followed), vec![tag("a")]).await;
        assert!(matches!(followed, Err(Error::Invalid(_))));
    }

    async fn each_change_is_a_version_that_can_be_put_back(t: TestApp) {
        let id = create(&t, "Tag", on(Cause::Opened), any(), vec![tag("one")]).await.unwrap();
        for _ in 0..2 {
            let new = NewRule { name: "Tag two".into(), definition: Definition { when: on(Cause::Opened), filter: any(), actions: vec![tag("two")] } };
            t.app.write(t.owner.scope(), move |desk| Box::pin(async move { rules::change(desk, id, new).await })).await.unwrap();
        }
        assert_eq!(found(&t, id).await.version, 2, "the same again is no version");
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { rules::put_back(desk, id, 1).await })).await.unwrap();
        let versions = t.app.read(t.system(), move |desk| Box::pin(async move { rules::versions(desk, id, None, 10).await })).await.unwrap();
        let said: Vec<_> = versions.iter().map(|one| (one.version, one.name.as_str())).collect();
        assert_eq!(said, [(3, "Tag"), (2, "Tag two"), (1, "Tag")]);
        assert_eq!(found(&t, id).await.definition().unwrap().actions, [tag("one")]);
    }

    async fn what_a_rule_does_never_calls_it_again_and_chains_end(t: TestApp) {
        // Each answers to what the other one does.
        let ping = rule(&t, "Ping", on(Cause::Tagged), any(), vec![tag("ping"), Action::Untag("pong".into())]).await;
        let pong = rule(&t, "Pong", on(Cause::Untagged), any(), vec![tag("pong"), Action::Untag("ping".into())]).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        put_tag(&t, c, "pong").await;
        for id in [ping, pong] {
            assert!(found(&t, id).await.fired <= 1, "{:?}", outcomes(&t, id).await);
        }
        assert!(outcomes(&t, ping).await.contains(&Outcome::Looped), "{:?}", outcomes(&t, ping).await);
        assert_eq!(t.run_jobs().await, 0, "and nothing goes on");
    }

    async fn a_long_chain_ends_after_four(t: TestApp) {
        const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
        // The last one first, so that none of them finds what an earlier one has just done for the same event.
        for pair in NAMES.windows(2).rev() {
            let tag_id = tag_named(&t, pair[0]).await;
            let follows = Filter::All(vec![Filter::Is(Condition::Tag(tag_id))]);
            rule(&t, pair[1], on(Cause::Tagged), follows, vec![tag(pair[1])]).await;
        }
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        put_tag(&t, c, "a").await;
        assert_eq!(tags(&t, c).await, ["a", "b", "c", "d", "e"], "four rules followed, the fifth did not");
    }

    async fn a_conversation_that_is_acted_on_too_often_is_left_alone(t: TestApp) {
        let id = rule(&t, "Count", on(Cause::PrioritySet), any(), vec![tag("often")]).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        for turn in 0..24 {
            let to = if turn % 2 == 0 { Priority::High } else { Priority::Low };
            let set = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::set_priority(desk, c, to).await }));
            set.await.unwrap();
            t.run_jobs().await;
        }
        let outcomes = outcomes(&t, id).await;
        assert_eq!(outcomes.iter().filter(|one| **one == Outcome::Done).count(), 20);
        assert_eq!(outcomes.iter().filter(|one| **one == Outcome::Braked).count(), 4);
    }

    async fn done_twice_equals_once_also_when_it_breaks_off_anywhere(t: TestApp) {
        let note = rule(&t, "Note", on(Cause::Opened), any(), vec![Action::Note("Once".into())]).await;
        let tagged = rule(&t, "Tag", on(Cause::Opened), any(), vec![tag("later"), Action::Message("Thank you".into())]).await;
        const CUTS: u64 = 8;
        for millis in 0..CUTS {
            let raw = format!("From: ana{millis}@shop.example\nTo: help@desk.example\nSubject: Zip\nMessage-ID: <{millis}@c.example>\n\nIt broke\n");
            t.accept(&raw, &millis.to_string()).await;
            let mut handlers: Vec<Arc<dyn Handler>> = jobs::handlers().into_iter().filter(|one| one.kind() != "run_rules").collect();
            handlers.push(Arc::new(CutOff(std::time::Duration::from_millis(millis * 3))));
            jobs::run_due(&t.app, handlers).await;
            t.clock.advance(SignedDuration::from_mins(5));
            t.run_jobs().await;
            let c = t.newest_conversation().await;
            let kinds: Vec<MessageKind> = messages(&t, c).await.into_iter().map(|(kind, _)| kind).collect();
            assert_eq!(kinds, [MessageKind::Incoming, MessageKind::Note, MessageKind::Acknowledgement], "cut off after {millis}");
        }
        assert_eq!((found(&t, note).await.fired, found(&t, tagged).await.fired), (CUTS as i64, CUTS as i64));
        assert_eq!(t.channel.sent.lock().len(), CUTS as usize);
    }

    async fn silence_is_nudged_once_and_then_settled(t: TestApp) {
        let nudge = rule(&t, "Nudge", after(Since::Silence, 48), any(), vec![Action::Message("Hello {{customer.first_name|there}}, do you still need help?".into())]).await;
        let close = rule(&t, "Close", after(Since::Silence, 96), any(), vec![Action::Resolve]).await;
        let c = t.mail_from("Ana Lind <ana@shop.example>", "Broken zip", "It broke").await;
        wait(&t, 200).await;
        assert_eq!(messages(&t, c).await.len(), 1, "they wait for us: that is no silence of theirs");
        answer(&t, &t.owner, c, "Which size?").await;
        wait(&t, 47).await;
        assert_eq!(messages(&t, c).await.len(), 2);
        wait(&t, 1).await;
        assert_eq!(messages(&t, c).await[2], (MessageKind::Acknowledgement, "Hello Ana, do you still need help?".into()));
        let sent = t.channel.sent.lock().last().cloned().unwrap();
        assert!(sent.automatic && sent.to[0].address == "ana@shop.example");
        wait(&t, 40).await;
        assert_eq!(conversation(&t, c).await.status, Status::Open);
        wait(&t, 8).await;
        assert_eq!(conversation(&t, c).await.status, Status::Resolved, "counted from the answer, not from the nudge");
        wait(&t, 500).await;
        assert_eq!((outcomes(&t, nudge).await.len(), outcomes(&t, close).await.len()), (1, 1));
    }

    async fn a_customers_mail_ends_the_wait_and_the_next_answer_begins_it_anew(t: TestApp) {
        let id = rule(&t, "Nudge", after(Since::Silence, 48), any(), vec![Action::Message("Still there?".into())]).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        answer(&t, &t.owner, c, "Which size?").await;
        wait(&t, 47).await;
        writes_again(&t, c, "Size 40, please.").await;
        wait(&t, 100).await;
        assert!(runs(&t, id).await.is_empty(), "they were not silent");
        answer(&t, &t.owner, c, "Thank you. Anything else?").await;
        wait(&t, 48).await;
        assert_eq!(outcomes(&t, id).await, [Outcome::Done]);
    }

    async fn working_time_counts_where_a_rule_says_so(t: TestApp) {
        let week = ["09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00", "", ""].map(str::to_owned);
        let form = CalendarForm { name: "Week".into(), zone: "UTC".into(), week, ..CalendarForm::default() };
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { calendars::create(desk, form).await })).await.unwrap();
        let when = Trigger::Time(Wait { since: Since::Waiting, minutes: 120, working: true });
        rule(&t, "Waiting", when, any(), vec![Action::Priority(Priority::Urgent)]).await;
        // It is Sunday, ten o'clock.
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        wait(&t, 23).await;
        assert_eq!(conversation(&t, c).await.priority, Priority::Normal);
        wait(&t, 2).await;
        assert_eq!(conversation(&t, c).await.priority, Priority::Urgent, "two hours after Monday, nine o'clock");
    }

    async fn time_begins_anew_with_what_happens_but_not_with_what_the_rule_does_itself(t: TestApp) {
        let id = rule(&t, "Remind", after(Since::Activity, 24), any(), vec![Action::Note("Nothing has happened".into())]).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        wait(&t, 24).await;
        assert_eq!(messages(&t, c).await.len(), 2);
        wait(&t, 100).await;
        assert_eq!(outcomes(&t, id).await.len(), 1, "its own note is no activity to it");
        answer(&t, &t.owner, c, "Which size?").await;
        wait(&t, 24).await;
        assert_eq!(outcomes(&t, id).await.len(), 2);
    }

    async fn what_lay_before_a_rule_was_switched_on_does_not_concern_it(t: TestApp) {
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        t.clock.advance(SignedDuration::from_hours(1));
        let id = rule(&t, "Old", after(Since::Created, 2), any(), vec![tag("old")]).await;
        put_tag(&t, c, "touched").await;
        answer(&t, &t.owner, c, "Hello").await;
        wait(&t, 10).await;
        assert!(runs(&t, id).await.is_empty());
    }

    async fn machines_are_never_written_to(t: TestApp) {
        let id = rule(&t, "Thanks", Trigger::Events(vec![Cause::CustomerWrote, Cause::MachineWrote]), any(), vec![Action::Message("Thank you".into()), tag("thanked")]).await;
        let robot = t.mail_from("noreply@shop.example", "Your order", "Do not answer").await;
        t.deliver("From: out@shop.example\nTo: help@desk.example\nSubject: I am away\nAuto-Submitted: auto-replied\nMessage-ID: <7@c.example>\n\nBack on Monday\n").await;
        let away = t.newest_conversation().await;
        for c in [robot, away] {
            assert!(messages(&t, c).await.iter().all(|(kind, _)| *kind != MessageKind::Acknowledgement));
            assert_eq!(tags(&t, c).await, ["thanked"], "the rest is done");
        }
        assert!(t.channel.sent.lock().is_empty());
        assert!(runs(&t, id).await.iter().all(|run| run.did()[0].left == Some(conversations::NotWritten::Machine)));
        let person = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assert_eq!(messages(&t, person).await[1], (MessageKind::Acknowledgement, "Thank you".into()));
        assert!(conversation(&t, person).await.waiting_since.is_some(), "nobody has answered by that");
    }

    async fn a_macro_is_used_with_its_text_and_its_actions(t: TestApp) {
        let new = NewMacro {
            name: "Refund".into(), folder: String::new(), belongs: Belongs::Everyone,
            texts: vec![("en".into(), "We refund number {{conversation.number}}. {{agent.name}}".into())],
            actions: Actions { status: Some(Status::Resolved), tags: vec!["refund".into()], ..Actions::default() },
        };
        let refund = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { macros::create(desk, new).await })).await.unwrap();
        rule(&t, "Refund", on(Cause::Opened), any(), vec![Action::Macro(refund)]).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke, please refund it.").await;
        assert_eq!(messages(&t, c).await[1].1, "We refund number 1. Desk Ltd");
        assert_eq!((conversation(&t, c).await.status, tags(&t, c).await), (Status::Resolved, vec!["refund".to_owned()]));
    }

    async fn fields_are_set_and_somebody_is_asked(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let form = FieldForm { type_id: None, name: "Region".into(), kind: FieldKind::Text, required: false, limits: Limits::default() };
        let field = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { fields::create_field(desk, form).await })).await.unwrap();
        let actions = vec![Action::SetField(field, vec!["North".into()]), Action::Ask(sam.agent_id, "May we refund this?".into())];
        rule(&t, "Ask", on(Cause::Opened), any(), actions).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let values = t.app.read(t.system(), move |desk| Box::pin(async move { fields::values(desk, c.0).await })).await.unwrap();
        assert_eq!(values[&field][0].value, "North");
        assert_eq!(conversation(&t, c).await.assignee_id, Some(sam.agent_id));
        assert_eq!((messages(&t, c).await[1].1.as_str(), told(&t, &sam).await), ("May we refund this?", vec![Kind::Assigned]));
        let again = rule(&t, "Ask again", on(Cause::Tagged), any(), vec![Action::Ask(sam.agent_id, "And this?".into())]).await;
        put_tag(&t, c, "again").await;
        assert_eq!((outcomes(&t, again).await.len(), told(&t, &sam).await), (1, vec![Kind::Mentioned, Kind::Assigned]));
    }

    async fn a_rule_that_fails_changes_nothing_and_is_switched_off_with_a_word_to_the_owner(t: TestApp) {
        let form = FieldForm { type_id: None, name: "Region".into(), kind: FieldKind::Text, required: true, limits: Limits::default() };
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { fields::create_field(desk, form).await })).await.unwrap();
        let id = rule(&t, "Settle", on(Cause::Opened), any(), vec![tag("settled"), Action::Resolve]).await;
        let next = rule(&t, "Next", on(Cause::Opened), any(), vec![tag("next")]).await;
        for turn in 0..6 {
            let c = t.mail_from(&format!("ana{turn}@shop.example"), "Broken zip", "It broke").await;
            assert_eq!((conversation(&t, c).await.status, tags(&t, c).await), (Status::Open, vec!["next".to_owned()]));
        }
        let rule = found(&t, id).await;
        assert_eq!((rule.enabled, rule.off_why.as_deref()), (false, Some("fields_missing")));
        assert_eq!(outcomes(&t, id).await, [Outcome::Failed; 5]);
        assert_eq!(told(&t, &t.owner).await, [Kind::RuleSwitchedOff]);
        assert!(found(&t, next).await.enabled);
        switch(&t, id, true).await;
        assert_eq!((found(&t, id).await.off_why, found(&t, id).await.budget().failures), (None, 0));
    }

    async fn webhooks_are_signed_and_tried_again(t: TestApp) {
        let receiver = PushBrowser::start().await.unwrap();
        receiver.answer(503);
        let id = rule(&t, "Tell", on(Cause::Opened), any(), vec![Action::Webhook(receiver.endpoint.clone())]).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assert_eq!(receiver.count(), 1);
        receiver.answer(204);
        t.clock.advance(SignedDuration::from_secs(20));
        t.run_jobs().await;
        assert_eq!(receiver.count(), 2);
        t.clock.advance(SignedDuration::from_hours(1));
        t.run_jobs().await;
        assert_eq!(receiver.count(), 2, "it was taken");
        let body = receiver.body();
        assert!(body.contains("\"number\":1") && body.contains(&c.to_string()) && body.contains("\"event\":\"opened\""), "{body}");
        let head = receiver.heads().pop().unwrap();
        let signed = head.lines().find_map(|line| line.strip_prefix("rapport-signature: ")).unwrap().to_owned();
        let secret = rules::secret(&t.app, t.owner.scope(), id).await.unwrap();
        let at: i64 = signed.strip_prefix("t=").unwrap().split(',').next().unwrap().parse().unwrap();
        let expected = base::web_client::signature(&secret, jiff::Timestamp::from_second(at).unwrap(), &body);
        assert_eq!(signed, expected);
        rules::new_secret(&t.app, t.owner.scope(), id).await.unwrap();
        assert_ne!(rules::secret(&t.app, t.owner.scope(), id).await.unwrap().reveal(), secret.reveal());
    }

    async fn a_webhook_that_is_refused_counts_as_a_failure(t: TestApp) {
        let receiver = PushBrowser::start().await.unwrap();
        receiver.answer(410);
        let id = rule(&t, "Tell", on(Cause::Opened), any(), vec![Action::Webhook(receiver.endpoint.clone())]).await;
        t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let ran = runs(&t, id).await;
        assert_eq!((ran[0].outcome, ran[0].why.as_str()), (Outcome::Failed, "webhook:it answered 410"));
        assert_eq!(found(&t, id).await.budget().failures, 1);
        for turn in 0..4 {
            t.mail_from(&format!("bo{turn}@shop.example"), "Broken zip", "It broke").await;
        }
        assert!(!found(&t, id).await.enabled, "five in a row");
        receiver.answer(200);
        switch(&t, id, true).await;
        t.mail_from("cy@shop.example", "Broken zip", "It broke").await;
        assert_eq!(found(&t, id).await.budget().recent, ".");
    }

    async fn the_past_is_looked_at_before_a_rule_is_switched_on(t: TestApp) {
        let mut zips = Vec::new();
        for turn in 0..5 {
            let subject = if turn % 2 == 0 { "Broken zip" } else { "Something else" };
            let c = t.mail_from(&format!("ana{turn}@shop.example"), subject, "It broke").await;
            if turn % 2 == 0 { zips.push(c) }
            t.clock.advance(SignedDuration::from_hours(24 * 10));
        }
        answer(&t, &t.owner, zips[2], "Which size?").await;
        t.clock.advance(SignedDuration::from_hours(72));
        let opened = create(&t, "Zips", on(Cause::Opened), subject("zip"), vec![tag("zip")]).await.unwrap();
        let silent = create(&t, "Nudge", after(Since::Silence, 48), any(), vec![tag("silent")]).await.unwrap();
        for (id, months, expected) in [(opened, 1, vec![zips[2]]), (opened, 3, vec![zips[2], zips[1], zips[0]]), (silent, 1, vec![zips[2]])] {
            let asked = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { rules::simulate(desk, id, months).await }));
            asked.await.unwrap();
            t.run_jobs().await;
            let (last, hits) = t.app.read(t.system(), move |desk| Box::pin(async move {
                let last = rules::last_simulation(desk, id).await?.unwrap();
                let hits = rules::hits(desk, last.id, None, 50).await?;
                Ok((last, hits))
            })).await.unwrap();
            assert_eq!((last.state, last.fired, last.percent()), (Progress::Done, expected.len() as i64, 100));
            assert_eq!(hits.iter().map(|hit| hit.conversation_id).collect::<Vec<_>>(), expected);
        }
        assert!(tags(&t, zips[0]).await.is_empty() && runs(&t, opened).await.is_empty(), "nothing was done");
    }
}

/// A worker that dies while rules run, and one that had done everything but to say so.
struct CutOff(std::time::Duration);

#[async_trait::async_trait]
impl Handler for CutOff {
    fn kind(&self) -> &'static str {
        "run_rules"
    }

    async fn run(&self, app: &desk::App, job: &Claimed) -> Result<Done, JobError> {
        let _ = tokio::time::timeout(self.0, rules::RunRules.run(app, job)).await;
        Err(JobError::Retry("it was killed".into()))
    }
}

fn views_at_least() -> conversations::views::Compare {
    conversations::views::Compare::AtLeast
}

async fn tag_named(t: &TestApp, name: &'static str) -> conversations::TagId {
    let c = t.mail_from(&format!("{name}@tags.example"), "For its tag", "Hello").await;
    put_tag(t, c, name).await;
    let tags = t.app.read(t.system(), |desk| Box::pin(async move { conversations::tags(desk).await })).await.unwrap();
    tags.into_iter().find(|tag| tag.name == name).unwrap().id
}
