//! Arrivals counted by the hour as they arrive, the past counted once, and what follows from them for shifts.

use base::{db::DbError, params};
use desk::{
    Error, FieldError,
    conversations::{self, ConversationId, NewReply},
    people::TeamId,
    staffing::{self, Aim, Gap, Method, Outlook},
};
use jiff::{SignedDuration, Timestamp};
use testkit::{app::TestApp, on_both_engines};
use uuid::Uuid;

/// Messages and openings of all hours of e-mail, of all teams or one.
async fn counted(t: &TestApp, team: Option<TeamId>) -> (i64, i64) {
    let sql = "select cast(coalesce(sum(messages), 0) as bigint), cast(coalesce(sum(openings), 0) as bigint) from arrival_hour
        where workspace_id = $1 and channel = 'email' and team_id = $2";
    let (workspace, team) = (t.workspace, team.map_or(Uuid::nil(), |team| team.0));
    let read = t
        .app
        .db()
        .read::<_, DbError, _>(move |tx| Box::pin(async move { tx.one(sql, params![workspace, team]).await }));
    read.await.unwrap()
}

/// A history of arrivals as if they had been counted: by hour of the day, for so many days until today.
async fn history(t: &TestApp, days: i64, per_hour: impl Fn(i64, i64) -> i64) {
    let sql = "insert into arrival_hour (workspace_id, channel, team_id, hour, messages, openings) values ($1, 'email', $2, $3, $4, $4)";
    let today = t.app.now().as_second().div_euclid(86_400) * 86_400;
    let mut rows = Vec::new();
    for day in 1..=days {
        for hour in 0..24 {
            let at = Timestamp::from_second(today - day * 86_400 + hour * 3600).unwrap();
            let count = per_hour((today / 86_400 - day + 3).rem_euclid(7), hour);
            if count > 0 {
                rows.push((sql, params![t.workspace, Uuid::nil(), at, count].to_vec()));
            }
        }
    }
    t.app
        .db()
        .write::<_, DbError, _>(move |tx| {
            let rows = rows.clone();
            Box::pin(async move { tx.exec_all(&rows).await.map(drop) })
        })
        .await
        .unwrap();
}

async fn outlook(t: &TestApp, team: Option<TeamId>) -> Outlook {
    let read = t.app.read(t.owner.scope(), move |desk| {
        Box::pin(async move { staffing::outlook(desk, "email", team, |aim| aim).await })
    });
    read.await.unwrap()
}

async fn plan(t: &TestApp, team: Option<TeamId>, aim: Aim, monday: &'static str) -> desk::Result<()> {
    let mut week: [String; 7] = Default::default();
    week[0] = monday.to_owned();
    t.app
        .write(t.owner.scope(), move |desk| {
            let (aim, week) = (aim.clone(), week.clone());
            Box::pin(async move { staffing::set_plan(desk, "email", team, aim, week).await })
        })
        .await
}

async fn give(t: &TestApp, id: ConversationId, team: Option<TeamId>) {
    t.app
        .write(t.owner.scope(), move |desk| Box::pin(async move { conversations::assign_team(desk, id, team).await }))
        .await
        .unwrap();
}

async fn team(t: &TestApp, name: &'static str) -> TeamId {
    t.app
        .write(t.owner.scope(), move |desk| Box::pin(async move { desk::people::create_team(desk, name).await }))
        .await
        .unwrap()
}

async fn reply(t: &TestApp, conversation: ConversationId) -> String {
    let new = NewReply {
        conversation,
        client_id: None,
        markdown: "We look into it.".into(),
        from: None,
        to: None,
        cc: None,
        uploads: vec![],
        seen: None,
        send_anyway: false,
        leaves_at: None,
    };
    let id = t
        .app
        .write(t.owner.scope(), move |desk| {
            let new = new.clone();
            Box::pin(async move { conversations::reply(desk, new).await })
        })
        .await
        .unwrap();
    let written = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::message(desk, id).await }));
    written.await.unwrap().rfc_message_id.unwrap()
}

async fn customers_answer(t: &TestApp, to: &str) {
    let id = t.app.new_id();
    t.deliver(&format!("From: ana@c.example\nTo: help@desk.example\nSubject: Re: x\nMessage-ID: <{id}@c.example>\nIn-Reply-To: <{to}>\n\nAnd?\n")).await;
}

on_both_engines! {
    async fn what_arrives_is_counted_in_its_hour_and_with_its_team(t: TestApp) {
        let (first, second) = (team(&t, "Returns").await, team(&t, "Repairs").await);
        let id = t.mail_from("ana@c.example", "Zip", "It broke").await;
        assert_eq!(counted(&t, None).await, (1, 1));
        let ours = reply(&t, id).await;
        customers_answer(&t, &ours).await;
        assert_eq!(counted(&t, None).await, (2, 1), "an answer of ours is no arrival, and one of theirs opens nothing");
        // An automatic answer wants none.
        t.deliver(&format!("From: ana@c.example\nTo: help@desk.example\nAuto-Submitted: auto-replied\nMessage-ID: <ooo@c.example>\nIn-Reply-To: <{ours}>\nSubject: Away\n\nI am away.\n")).await;
        assert_eq!(counted(&t, None).await, (2, 1));
        give(&t, id, Some(first)).await;
        assert_eq!((counted(&t, Some(first)).await, counted(&t, Some(second)).await), ((1, 1), (0, 0)));
        give(&t, id, Some(second)).await;
        assert_eq!((counted(&t, Some(first)).await, counted(&t, Some(second)).await), ((0, 0), (1, 1)));
        customers_answer(&t, &ours).await;
        assert_eq!((counted(&t, None).await, counted(&t, Some(second)).await), ((3, 1), (2, 1)));
        give(&t, id, None).await;
        assert_eq!(counted(&t, Some(second)).await, (1, 0));
    }

    async fn the_past_is_counted_once_and_only_as_far_as_nobody_counted(t: TestApp) {
        for n in 0..3 {
            t.mail_from(&format!("c{n}@c.example"), "S", "T").await;
        }
        // As a store from before: nothing counted, and the log up to here still to be read.
        let workspace = t.workspace;
        t.app.db().write::<_, DbError, _>(move |tx| Box::pin(async move {
            tx.exec("delete from arrival_hour where workspace_id = $1", params![workspace]).await?;
            tx.exec("insert into arrival_past (workspace_id, after_seq, until_seq) select workspace_id, 0, event_seq from workspace where workspace_id = $1", params![workspace]).await
        })).await.unwrap();
        t.mail_from("late@c.example", "S", "T").await;
        assert_eq!(counted(&t, None).await, (1, 1));
        assert!(outlook(&t, None).await.counting);
        for _ in 0..2 {
            desk::upkeep::order(&t.app).await.unwrap();
            t.run_jobs().await;
            assert_eq!(counted(&t, None).await, (4, 4));
        }
        assert!(!outlook(&t, None).await.counting);
    }

    async fn history_becomes_an_outlook_with_its_error_and_the_gap_to_the_shifts(t: TestApp) {
        assert!(outlook(&t, None).await.days.is_empty(), "nothing is said from nothing");
        // Mondays are busy, weekends quiet; the desk is always open, and today is a Sunday.
        history(&t, 84, |weekday, hour| match (weekday, hour) {
            (0, 8..18) => 12,
            (1..5, 8..18) => 6,
            (_, 8..18) => 1,
            _ => 0,
        }).await;
        let aim = Aim { handling: 600, hours: 1, busy: 100, shrinkage: 0, ..Aim::of("email") };
        plan(&t, None, aim.clone(), "8-12 = 1, 10-18 = 1").await.unwrap();
        let found = outlook(&t, None).await;
        assert_eq!((found.history, found.days.len(), found.waiting, found.has_plan), (84, 7, 0, true));
        let errors = found.errors.unwrap();
        assert!(errors.weeks == 8 && errors.wape < 0.2, "{errors:?}");
        let monday = &found.days[1];
        assert!((monday.expected() - 120.0).abs() < 20.0, "{}", monday.expected());
        assert!(found.days[2].expected() < monday.expected() * 0.7 && found.days[6].expected() < 30.0);
        // Twelve of ten minutes each within the hour: two people.
        assert_eq!((monday.hours[11].needed, monday.hours[11].gap()), (2, Gap::Fits));
        assert_eq!((monday.hours[8].needed, monday.hours[8].gap()), (2, Gap::Short(1)));
        assert!(monday.hours[12].expected.low < 12.0 && monday.hours[12].expected.high > 12.0);
        // What would a longer promise take?
        let other = t.app.read(t.owner.scope(), |desk| Box::pin(async move {
            staffing::outlook(desk, "email", None, |aim| Aim { hours: 24, ..aim }).await
        })).await.unwrap();
        assert!(other.days[1].hours.iter().all(|hour| hour.needed <= 2));
        assert_eq!(outlook(&t, None).await.aim, aim, "looking changes nothing");
    }

    async fn those_who_wait_already_are_reckoned_with(t: TestApp) {
        history(&t, 28, |_, hour| i64::from(hour == 9)).await;
        let before = outlook(&t, None).await;
        for n in 0..4 {
            t.mail_from(&format!("c{n}@c.example"), "S", "T").await;
        }
        let after = outlook(&t, None).await;
        assert_eq!((before.waiting, after.waiting), (0, 4));
        assert!(after.days[0].needed() >= before.days[0].needed());
    }

    async fn shifts_and_promises_are_checked_and_a_team_has_its_own(t: TestApp) {
        let returns = team(&t, "Returns").await;
        let wrong = plan(&t, None, Aim { hours: 0, ..Aim::of("email") }, "9 to five").await;
        let Err(Error::Invalid(problems)) = wrong else { panic!("{wrong:?}") };
        assert_eq!(problems, [
            FieldError { field: "hours", problem: "too_small" },
            FieldError { field: "mon", problem: "no_shifts" },
        ]);
        plan(&t, None, Aim { hours: 4, ..Aim::of("email") }, "9-17 = 3").await.unwrap();
        let of = |team| t.app.read(t.owner.scope(), move |desk| Box::pin(async move { staffing::plan_of(desk, "email", team).await }));
        let (aim, week, own) = of(Some(returns)).await.unwrap();
        assert_eq!((aim.hours, week[0].to_string().as_str(), own), (4, "", false), "the desk's promise, but nobody's shifts");
        plan(&t, Some(returns), Aim { hours: 2, ..Aim::of("email") }, "9-12 = 1").await.unwrap();
        let (aim, week, own) = of(Some(returns)).await.unwrap();
        assert_eq!((aim.hours, week[0].to_string().as_str(), own), (2, "09:00–12:00 = 1", true));
        assert!(matches!(plan(&t, Some(TeamId(t.app.new_id())), Aim::of("email"), "").await, Err(Error::NotFound)));
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { staffing::remove_plan(desk, "email", Some(returns)).await })).await.unwrap();
        assert_eq!(of(Some(returns)).await.unwrap().0.hours, 4);
        assert_eq!(Aim::of("phone").method, Method::Live);
        let mut elsewhere = t.owner.scope();
        elsewhere.workspace = t.app.create_workspace("Other Ltd").await.unwrap();
        let theirs = t.app.read(elsewhere, |desk| Box::pin(async move { staffing::plan_of(desk, "email", None).await })).await.unwrap();
        assert_eq!((theirs.0.hours, theirs.2), (8, false));
    }

    async fn a_mail_that_arrives_twice_is_counted_once(t: TestApp) {
        let raw = "From: ana@c.example\nTo: help@desk.example\nSubject: Zip\nMessage-ID: <once@c.example>\n\nIt broke\n";
        t.deliver(raw).await;
        t.clock.advance(SignedDuration::from_hours(2));
        t.deliver(raw).await;
        assert_eq!(counted(&t, None).await, (1, 1));
    }
}
