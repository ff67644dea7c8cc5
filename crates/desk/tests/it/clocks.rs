//! Clocks: by when an answer is due, what pauses and never resets them, who is told, and that each breach can be explained.

use desk::{
    Event,
    calendars::{self, CalendarForm},
    clocks::{self, ClockShown, Kind, Outcome, PolicyForm, PolicyId, Targets},
    conversations::{
        self, Conversation, ConversationId, Holder, NewReply, Priority, Until, View,
        views::{Compare, Condition, Filter},
    },
    handoffs::{self, Brief, Receiver},
    people::Viewer,
};
use jiff::{SignedDuration, Timestamp, civil::date};
use testkit::{app::TestApp, on_both_engines};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Monday to Friday, 9 to 17 in Berlin with a break at noon, closed on Berlin's holidays.
async fn open_an_office(t: &TestApp) {
    let day = || "9-12, 13-18".to_owned();
    let form = CalendarForm {
        name: "Berlin".into(),
        zone: "Europe/Berlin".into(),
        country: "DE".into(),
        region: "BE".into(),
        week: [day(), day(), day(), day(), day(), String::new(), String::new()],
    };
    t.app
        .write(t.owner.scope(), move |desk| Box::pin(async move { calendars::create(desk, form).await }))
        .await
        .unwrap();
}

fn targets(minutes: &[(Kind, i64)]) -> Targets {
    let mut targets = Targets::default();
    for (kind, minutes) in minutes {
        for priority in Priority::ALL {
            targets.set(*kind, *priority, Some(*minutes));
        }
    }
    targets
}

fn policy(name: &str, minutes: &[(Kind, i64)]) -> PolicyForm {
    PolicyForm {
        name: name.into(),
        calendar: None,
        filter: Filter::All(vec![]),
        targets: targets(minutes),
        warn_percent: 75,
    }
}

async fn create(t: &TestApp, form: PolicyForm) -> PolicyId {
    let id = t
        .app
        .write(t.owner.scope(), move |desk| Box::pin(async move { clocks::create(desk, form).await }))
        .await
        .unwrap();
    t.run_jobs().await;
    id
}

async fn of(t: &TestApp, id: ConversationId) -> Vec<ClockShown> {
    t.app
        .read(t.owner.scope(), move |desk| Box::pin(async move { clocks::of_conversation(desk, id).await }))
        .await
        .unwrap()
}

async fn one(t: &TestApp, id: ConversationId, kind: Kind) -> ClockShown {
    of(t, id).await.into_iter().find(|clock| clock.kind == kind).unwrap()
}

async fn find(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn reply(t: &TestApp, who: &Viewer, conversation: ConversationId) {
    let new = NewReply {
        conversation,
        client_id: None,
        markdown: "We look into it.".into(),
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

macro_rules! act {
    ($t:expr, $who:expr, $action:path, $($argument:expr),*) => {
        $t.app.write($who.scope(), move |desk| Box::pin(async move { $action(desk, $($argument),*).await })).await.unwrap()
    };
}

/// Lets time pass and rings what is due.
async fn pass(t: &TestApp, minutes: i64) {
    t.clock.advance(SignedDuration::from_mins(minutes));
    while clocks::ring_due(&t.app, t.workspace).await.unwrap().0 > 0 {}
    t.run_jobs().await;
}

async fn rung(t: &TestApp) -> Vec<&'static str> {
    let (events, _) = t.app.events_after(t.workspace, 0, 5000).await.unwrap();
    let rings = events.iter().filter_map(|one| match &one.event {
        Event::ClockWarned { .. } => Some("warned"),
        Event::ClockBreached { .. } => Some("breached"),
        _ => None,
    });
    rings.collect()
}

/// Met and missed, by holder.
async fn figures(t: &TestApp) -> Vec<(Kind, Holder, i64, i64)> {
    let (from, to) = (date(2026, 1, 1), date(2029, 1, 1));
    let sums =
        t.app.read(t.owner.scope(), move |desk| Box::pin(async move { clocks::attainment(desk, from, to).await }));
    sums.await.unwrap().into_iter().map(|sum| (sum.kind, sum.holder, sum.met, sum.missed)).collect()
}

on_both_engines! {
    async fn what_comes_on_a_sunday_is_due_on_monday_warns_once_and_is_missed_once(t: TestApp) {
        open_an_office(&t).await;
        create(&t, policy("Everyone", &[(Kind::FirstResponse, 120)])).await;
        // Sunday, 11:00 in Berlin.
        let id = t.mail_from("carla@c.example", "Broken", "It broke.").await;
        let clock = one(&t, id, Kind::FirstResponse).await;
        assert_eq!((clock.due_at, clock.is_outside_hours, clock.spent), (Some(at("2026-11-23T10:00:00Z")), true, SignedDuration::ZERO));
        assert_eq!(find(&t, id).await.respond_by, clock.due_at, "lists order by it");
        t.clock.set(at("2026-11-23T09:29:00Z"));
        pass(&t, 0).await;
        assert_eq!(rung(&t).await, [""; 0]);
        pass(&t, 1).await;
        assert_eq!(rung(&t).await, ["warned"]);
        assert!(one(&t, id, Kind::FirstResponse).await.is_warned);
        pass(&t, 30).await;
        pass(&t, 300).await;
        assert_eq!(rung(&t).await, ["warned", "breached"]);
        assert_eq!(one(&t, id, Kind::FirstResponse).await.breached_at, Some(at("2026-11-23T10:00:00Z")));
        reply(&t, &t.owner, id).await;
        assert_eq!(one(&t, id, Kind::FirstResponse).await.outcome, Some(Outcome::Breached), "a late answer is late");
        assert_eq!(figures(&t).await, [(Kind::FirstResponse, Holder::Nobody, 0, 1)], "it was missed while nobody had it");
    }

    async fn a_resolution_clock_pauses_in_the_customers_turn_and_goes_on_after_a_reopening(t: TestApp) {
        open_an_office(&t).await;
        t.clock.set(at("2026-11-23T08:00:00Z"));
        create(&t, policy("Everyone", &[(Kind::Resolution, 240), (Kind::NextResponse, 60)])).await;
        let id = t.mail_from("carla@c.example", "Broken", "It broke.").await;
        pass(&t, 60).await;
        reply(&t, &t.owner, id).await;
        let waiting = one(&t, id, Kind::Resolution).await;
        assert_eq!((waiting.due_at, waiting.spent), (None, SignedDuration::from_mins(60)));
        pass(&t, 20 * 60).await;
        t.mail_from("carla@c.example", "Re: Broken", "Still broken.").await;
        // Tuesday, 6:00 in Berlin: three hours are left from 9:00 on.
        assert_eq!(one(&t, id, Kind::Resolution).await.due_at, Some(at("2026-11-24T11:00:00Z")));
        assert_eq!(one(&t, id, Kind::NextResponse).await.due_at, Some(at("2026-11-24T09:00:00Z")));
        t.clock.set(at("2026-11-24T08:30:00Z"));
        reply(&t, &t.owner, id).await;
        act!(t, t.owner, conversations::resolve, id);
        let (next, resolution) = (one(&t, id, Kind::NextResponse).await, one(&t, id, Kind::Resolution).await);
        assert_eq!((next.outcome, resolution.outcome), (Some(Outcome::Met), Some(Outcome::Met)));
        assert_eq!(resolution.spent, SignedDuration::from_mins(90));
        t.clock.set(at("2026-11-24T12:00:00Z"));
        t.mail_from("carla@c.example", "Re: Broken", "No, still.").await;
        let again = one(&t, id, Kind::Resolution).await;
        assert_eq!((again.outcome, again.due_at), (None, Some(at("2026-11-24T14:30:00Z"))), "what was counted stays counted");
        let owner = Holder::Agent(t.owner.agent_id);
        assert_eq!(figures(&t).await, [(Kind::NextResponse, owner, 1, 0)], "what is open again is not met yet");
    }

    async fn a_change_of_hands_resets_nothing_and_a_handoff_has_a_clock_of_its_own(t: TestApp) {
        open_an_office(&t).await;
        t.clock.set(at("2026-11-23T08:00:00Z"));
        create(&t, policy("Everyone", &[(Kind::FirstResponse, 240), (Kind::Handoff, 30)])).await;
        let ann = t.agent("Ann").await;
        let id = t.mail_from("carla@c.example", "Broken", "It broke.").await;
        let due = find(&t, id).await.respond_by;
        pass(&t, 45).await;
        act!(t, t.owner, conversations::assign, id, Some(t.owner.agent_id));
        act!(t, t.owner, conversations::assign, id, None);
        let to = Receiver::Agent(ann.agent_id);
        let brief = Brief { asked: "A new one".into(), tried: "Looked".into(), promised: "Nothing".into(), known: "The number".into() };
        let handoff = act!(t, t.owner, handoffs::hand_off, id, to, brief);
        assert_eq!(find(&t, id).await.respond_by, due);
        pass(&t, 31).await;
        assert_eq!(one(&t, id, Kind::Handoff).await.breached_at, Some(at("2026-11-23T09:15:00Z")));
        act!(t, ann, handoffs::accept, handoff);
        assert_eq!(one(&t, id, Kind::Handoff).await.outcome, Some(Outcome::Breached));
        assert_eq!(find(&t, id).await.respond_by, due);
    }

    async fn a_hundred_rounds_do_not_reset_the_clock_of_the_resolution_nor_keep_it_ringing(t: TestApp) {
        t.clock.set(at("2026-11-23T08:00:00Z"));
        create(&t, policy("Everyone", &[(Kind::Resolution, 104), (Kind::NextResponse, 60)])).await;
        let id = t.mail_from("carla@c.example", "Broken", "It broke.").await;
        let first = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 1).await }));
        let first = first.await.unwrap()[0].rfc_message_id.clone().unwrap();
        for round in 0..102 {
            t.clock.advance(SignedDuration::from_mins(1));
            reply(&t, &t.owner, id).await;
            t.clock.advance(SignedDuration::from_mins(1));
            t.deliver(&format!("From: carla@c.example\nTo: help@desk.example\nSubject: Re: Broken\nMessage-ID: <r{round}@c.example>\nIn-Reply-To: <{first}>\n\nAnd now?\n")).await;
        }
        assert_eq!(one(&t, id, Kind::Resolution).await.spent, SignedDuration::from_mins(102));
        pass(&t, 3).await;
        assert!(one(&t, id, Kind::Resolution).await.breached_at.is_some());
        assert_eq!(clocks::ring_due(&t.app, t.workspace).await.unwrap().0, 0);
    }

    async fn what_is_put_off_stands_still_and_waking_it_goes_on(t: TestApp) {
        open_an_office(&t).await;
        t.clock.set(at("2026-11-23T08:00:00Z"));
        create(&t, policy("Everyone", &[(Kind::FirstResponse, 120)])).await;
        let id = t.mail_from("carla@c.example", "Broken", "It broke.").await;
        pass(&t, 30).await;
        act!(t, t.owner, conversations::snooze, id, Until::At(at("2026-11-24T08:00:00Z")));
        assert_eq!(one(&t, id, Kind::FirstResponse).await.due_at, None);
        t.clock.set(at("2026-11-24T08:00:00Z"));
        pass(&t, 0).await;
        assert_eq!(one(&t, id, Kind::FirstResponse).await.due_at, Some(at("2026-11-24T09:30:00Z")));
        assert_eq!(rung(&t).await, [""; 0]);
    }

    async fn a_changed_policy_counts_open_clocks_anew_and_one_that_is_gone_leaves_the_priority_s_patience(t: TestApp) {
        open_an_office(&t).await;
        t.clock.set(at("2026-11-23T08:00:00Z"));
        let id = t.mail_from("carla@c.example", "Broken", "It broke.").await;
        let patience = find(&t, id).await.respond_by;
        let everyone = create(&t, policy("Everyone", &[(Kind::FirstResponse, 60)])).await;
        assert_eq!(find(&t, id).await.respond_by, Some(at("2026-11-23T09:00:00Z")), "what was open before has a clock too");
        pass(&t, 90).await;
        assert_eq!(figures(&t).await, [(Kind::FirstResponse, Holder::Nobody, 0, 1)]);
        act!(t, t.owner, clocks::change, everyone, policy("Everyone", &[(Kind::FirstResponse, 300)]));
        t.run_jobs().await;
        assert_eq!(find(&t, id).await.respond_by, Some(at("2026-11-23T14:00:00Z")));
        assert!(figures(&t).await.is_empty(), "what is in time after all is not missed");
        let mut urgent = policy("Urgent", &[(Kind::FirstResponse, 30)]);
        urgent.filter = Filter::Is(Condition::Priority(Compare::AtLeast, Priority::Urgent));
        let urgent = create(&t, urgent).await;
        act!(t, t.owner, conversations::set_priority, id, Priority::Urgent);
        assert_eq!(find(&t, id).await.respond_by, Some(at("2026-11-23T14:00:00Z")), "the first that fits holds");
        act!(t, t.owner, clocks::shift, urgent, true);
        t.run_jobs().await;
        assert_eq!(find(&t, id).await.respond_by, Some(at("2026-11-23T08:30:00Z")));
        act!(t, t.owner, conversations::set_priority, id, Priority::Normal);
        assert_eq!(find(&t, id).await.respond_by, Some(at("2026-11-23T14:00:00Z")));
        for policy in [everyone, urgent] {
            act!(t, t.owner, clocks::archive, policy, true);
        }
        t.run_jobs().await;
        assert_eq!((find(&t, id).await.respond_by, of(&t, id).await.len()), (patience, 0));
    }

    async fn what_was_late_before_there_was_a_target_alarms_nobody(t: TestApp) {
        t.mail_from("carla@c.example", "Broken", "It broke.").await;
        pass(&t, 60 * 24 * 30).await;
        create(&t, policy("Everyone", &[(Kind::FirstResponse, 60)])).await;
        pass(&t, 60).await;
        assert_eq!(rung(&t).await, [""; 0]);
    }

    async fn what_is_missed_stands_first_in_neglected_and_in_the_list_of_what_was_missed(t: TestApp) {
        create(&t, policy("Everyone", &[(Kind::FirstResponse, 60)])).await;
        let ann = t.agent("Ann").await;
        let late = t.mail_from("a@c.example", "First", "x").await;
        act!(t, t.owner, conversations::assign, late, Some(ann.agent_id));
        pass(&t, 50).await;
        t.mail_from("b@c.example", "Second", "x").await;
        pass(&t, 20).await;
        let rows = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::list(desk, View::Neglected, None, 50).await }));
        assert_eq!(rows.await.unwrap().iter().map(|listed| listed.row.number).collect::<Vec<_>>(), [1, 2]);
        let more = t.mail_from("c@c.example", "Third", "x").await;
        let key = (Timestamp::MAX, more, 0);
        let page = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { clocks::missed(desk, Timestamp::UNIX_EPOCH, Some(key), None, 1).await })).await.unwrap();
        let key = (page[0].clock.breached_at.unwrap(), page[0].conversation, page[0].clock.kind as i16);
        let page = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { clocks::missed(desk, Timestamp::UNIX_EPOCH, Some(key), None, 1).await }));
        assert!(page.await.unwrap().is_empty(), "a page goes on behind its last");
        for (holder, count) in [(None, 1), (Some(ann.agent_id.0), 1), (Some(t.owner.agent_id.0), 0)] {
            let missed = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { clocks::missed(desk, Timestamp::UNIX_EPOCH, None, holder, 50).await }));
            assert_eq!(missed.await.unwrap().len(), count);
        }
    }

    /// Twelve weeks of traffic over Christmas and a change of clocks with people who are away: each clock ends as a counter says that knows only when the customer
    /// wrote, when we answered, and which minutes the desk is open.
    async fn no_breach_of_twelve_weeks_is_unexplained(t: TestApp) {
        open_an_office(&t).await;
        create(&t, policy("Everyone", &[(Kind::FirstResponse, 240), (Kind::NextResponse, 480)])).await;
        let calendar = t.app.read(t.system(), |desk| Box::pin(async move { calendars::default_calendar(desk).await })).await.unwrap();
        t.clock.set(at("2026-12-07T06:00:00Z"));
        let mut chance: u32 = 7;
        let mut throw = |sides: u32| { chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223); (chance >> 8) % sides };
        // Conversation, since when the customer waits, whether they were answered before.
        let mut open: Vec<(ConversationId, Option<Timestamp>, bool)> = Vec::new();
        let (mut met, mut missed) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
        for step in 0..160 {
            pass(&t, i64::from(20 + throw(1_200))).await;
            let now = t.app.now();
            match throw(4) {
                0 => {
                    let id = t.mail_from(&format!("c{step}@c.example"), &format!("Matter {step}"), "Please help.").await;
                    open.push((id, Some(now), false));
                }
                1 if !open.is_empty() => {
                    let place = throw(u32::try_from(open.len()).unwrap()) as usize;
                    let (id, waits, answered) = open[place];
                    if waits.is_none() {
                        let said = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 50).await })).await.unwrap();
                        let (first, key) = (said[0].rfc_message_id.clone().unwrap(), t.app.new_id());
                        let from = said[0].author_name.clone();
                        t.deliver(&format!("From: {from}\nTo: help@desk.example\nSubject: Re: it\nMessage-ID: <{key}@c.example>\nIn-Reply-To: <{first}>\n\nAnd now?\n")).await;
                        assert!(find(&t, id).await.waiting_since.is_some(), "{from} writes there");
                        open[place] = (id, Some(now), answered);
                    }
                }
                _ => {
                    let mut waiting: Vec<usize> = (0..open.len()).filter(|place| open[*place].1.is_some()).collect();
                    if throw(3) > 0 {
                        waiting.reverse();
                    }
                    let Some(place) = waiting.first().copied() else { continue };
                    let (id, waits, answered) = open[place];
                    reply(&t, &t.owner, id).await;
                    let (kind, target) = if answered { (Kind::NextResponse, 480) } else { (Kind::FirstResponse, 240) };
                    // The calendar itself is proven against a counter of minutes.
                    let due = calendar.after(waits.unwrap(), SignedDuration::from_mins(target)).unwrap();
                    let sums = if now <= due { &mut met } else { &mut missed };
                    *sums.entry(kind).or_insert(0_i64) += 1;
                    open[place] = (id, None, true);
                }
            }
        }
        pass(&t, 60 * 24 * 60).await;
        for (_, waits, answered) in &open {
            if waits.is_some() {
                *missed.entry(if *answered { Kind::NextResponse } else { Kind::FirstResponse }).or_insert(0) += 1;
            }
        }
        let (mut kept_met, mut kept_missed) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
        for (kind, _, m, x) in figures(&t).await {
            if m > 0 { *kept_met.entry(kind).or_insert(0_i64) += m; }
            if x > 0 { *kept_missed.entry(kind).or_insert(0_i64) += x; }
        }
        assert_eq!((kept_met, kept_missed), (met, missed));
    }
}
