//! Cases kept as they are answered, settled and reopened; groups of like ones compared, and each figure opened.

use base::{db::DbError, params};
use desk::{
    calendars::{self, CalendarForm},
    consistency::{self, By, Case, Compared, Figure, Group, Like, Scope, Verdict},
    conversations::{self, ConversationId, NewReply, Priority},
    people::Viewer,
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

async fn reply(t: &TestApp, by: &Viewer, conversation: ConversationId) -> String {
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
        .write(by.scope(), move |desk| {
            let new = new.clone();
            Box::pin(async move { conversations::reply(desk, new).await })
        })
        .await
        .unwrap();
    let written = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::message(desk, id).await }));
    written.await.unwrap().rfc_message_id.unwrap()
}

async fn resolve(t: &TestApp, id: ConversationId) {
    t.app
        .write(t.owner.scope(), move |desk| Box::pin(async move { conversations::resolve(desk, id).await }))
        .await
        .unwrap();
}

fn month() -> Scope {
    Scope { days: 30, ..Scope::default() }
}

async fn compare(t: &TestApp, scope: Scope, by: By) -> Compared {
    let read = t.app.read(t.owner.scope(), move |desk| {
        let scope = scope.clone();
        Box::pin(async move { consistency::compare(desk, scope, by).await })
    });
    read.await.unwrap()
}

async fn cases(t: &TestApp, group: Group, figure: Figure) -> Vec<Case> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = t
            .app
            .read(t.owner.scope(), {
                let group = group.clone();
                move |desk| {
                    let group = group.clone();
                    Box::pin(async move { consistency::cases(desk, month(), &group, figure, after, 3).await })
                }
            })
            .await
            .unwrap();
        assert!(page.cases.len() <= 3);
        found.extend(page.cases);
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

/// A customer's mail that somebody answers after so many minutes.
async fn answered(t: &TestApp, by: &Viewer, n: usize, minutes: i64) -> ConversationId {
    let id = t.mail_from(&format!("c{n}@c.example"), "S", "T").await;
    t.clock.advance(SignedDuration::from_mins(minutes));
    reply(t, by, id).await;
    id
}

on_both_engines! {
    async fn a_case_is_answered_settled_and_reopened(t: TestApp) {
        let ann = t.agent("Ann").await;
        let id = t.mail_from("ana@c.example", "Zip", "It broke").await;
        assert_eq!(compare(&t, month(), By::Agent).await.report.count, 0, "nobody has answered yet");
        t.clock.advance(SignedDuration::from_mins(30));
        let ours = reply(&t, &ann, id).await;
        t.clock.advance(SignedDuration::from_mins(30));
        reply(&t, &t.owner, id).await;
        resolve(&t, id).await;
        let row = &compare(&t, month(), By::Agent).await.report.rows[0];
        assert_eq!(row.group, Group::Agent(Some(ann.agent_id)), "the first answer counts");
        assert_eq!((row.response.unwrap().median, row.resolution.unwrap().median, row.reopened.count), (1800, 3600, 0));
        t.deliver(&format!("From: ana@c.example\nTo: help@desk.example\nSubject: Re\nMessage-ID: <again@c.example>\nIn-Reply-To: <{ours}>\n\nStill broken\n")).await;
        let row = &compare(&t, month(), By::Agent).await.report.rows[0];
        assert_eq!((row.resolution, row.reopened.count, row.response_verdict), (None, 1, Verdict::TooFew));
        resolve(&t, id).await;
        // That a colleague opens it again says nothing of the customer.
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::reopen(desk, id).await })).await.unwrap();
        assert_eq!(compare(&t, month(), By::Agent).await.report.rows[0].reopened.count, 1);
        t.clock.advance(SignedDuration::from_hours(24 * 31));
        assert_eq!(compare(&t, month(), By::Agent).await.report.count, 0, "it was answered longer ago");
        assert_eq!(compare(&t, Scope { days: 90, ..Scope::default() }, By::Agent).await.report.count, 1);
    }

    async fn only_business_hours_count(t: TestApp) {
        let day = || "9-17".to_owned();
        let form = CalendarForm {
            name: "Office".into(),
            zone: "Europe/Berlin".into(),
            country: String::new(),
            region: String::new(),
            week: [day(), day(), day(), day(), day(), String::new(), String::new()],
        };
        t.app.write(t.owner.scope(), move |desk| {
            let form = form.clone();
            Box::pin(async move { calendars::create(desk, form).await })
        }).await.unwrap();
        // From Sunday 10:00 UTC to Monday 10:00 in Berlin is one hour.
        answered(&t, &t.owner, 1, 23 * 60).await;
        let report = compare(&t, month(), By::Shift).await.report;
        assert_eq!((report.rows[0].group.clone(), report.rows[0].response.unwrap().median), (Group::Shift(6), 3600));
    }

    async fn slower_groups_are_told_and_every_figure_opens_its_conversations(t: TestApp) {
        let ann = t.agent("Ann").await;
        let mut ids = Vec::new();
        for n in 0..10 {
            ids.push(answered(&t, &ann, n, 10).await);
            answered(&t, &t.owner, 100 + n, 100).await;
        }
        resolve(&t, ids[2]).await;
        let compared = compare(&t, month(), By::Agent).await;
        let report = &compared.report;
        assert!(!compared.cut && !compared.reading);
        let of = |viewer: &Viewer| report.rows.iter().find(|row| row.group == Group::Agent(Some(viewer.agent_id))).unwrap();
        assert_eq!((of(&ann).response_verdict, of(&t.owner).response_verdict), (Verdict::Less, Verdict::More));
        assert!((report.response_spread.unwrap().ratio - 10.0).abs() < 1e-9);
        let of_ann = Group::Agent(Some(ann.agent_id));
        let all = cases(&t, of_ann.clone(), Figure::Answered).await;
        assert_eq!(all.len(), 10);
        let newest_first: Vec<_> = ids.iter().rev().copied().collect();
        assert_eq!(all.iter().map(|case| case.fact.conversation_id).collect::<Vec<_>>(), newest_first);
        let settled = cases(&t, of_ann.clone(), Figure::Settled).await;
        assert_eq!(settled.iter().map(|case| case.fact.conversation_id).collect::<Vec<_>>(), [ids[2]]);
        assert!(cases(&t, of_ann, Figure::Reopened).await.is_empty());
        assert_eq!(cases(&t, Group::Team(None), Figure::Answered).await.len(), 20);
    }

    async fn like_cases_follow_what_the_conversation_is_now(t: TestApp) {
        let id = answered(&t, &t.owner, 1, 10).await;
        answered(&t, &t.owner, 2, 10).await;
        let tag = t.app.write(t.owner.scope(), move |desk| Box::pin(async move {
            conversations::set_priority(desk, id, Priority::Urgent).await?;
            conversations::add_tag(desk, id, "vip").await?;
            Ok(conversations::tags(desk).await?[0].id)
        })).await.unwrap();
        let count = async |scope| compare(&t, scope, By::Channel).await.report.count;
        let urgent = Like { priority: Some(Priority::Urgent), ..Like::default() };
        assert_eq!(count(Scope { like: urgent, ..month() }).await, 1);
        assert_eq!(count(Scope { tag: Some(tag), ..month() }).await, 1);
        assert_eq!(count(Scope { like: Like { channel: Some("chat".into()), ..Like::default() }, ..month() }).await, 0);
        let other = t.mail_from("c1@c.example", "Another", "T").await;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::merge(desk, id, other).await.map(drop) })).await.unwrap();
        t.run_jobs().await;
        assert_eq!(count(month()).await, 2, "one went into the other, which is a case now");
    }

    async fn an_answer_that_was_called_back_is_none(t: TestApp) {
        let id = t.mail_from("ana@c.example", "Zip", "It broke").await;
        let mut new = NewReply {
            conversation: id,
            client_id: None,
            markdown: "Oh".into(),
            from: None,
            to: None,
            cc: None,
            uploads: vec![],
            seen: None,
            send_anyway: false,
            leaves_at: None,
        };
        new.leaves_at = Some(t.app.now() + SignedDuration::from_secs(10));
        let message = t.app.write(t.owner.scope(), move |desk| {
            let new = new.clone();
            Box::pin(async move { conversations::reply(desk, new).await })
        }).await.unwrap();
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::recall(desk, message).await.map(drop) })).await.unwrap();
        assert_eq!(compare(&t, month(), By::Agent).await.report.count, 0);
    }

    async fn conversations_from_before_are_looked_through_once(t: TestApp) {
        let ann = t.agent("Ann").await;
        let id = answered(&t, &ann, 1, 10).await;
        resolve(&t, id).await;
        t.mail_from("quiet@c.example", "S", "T").await;
        let workspace = t.workspace;
        t.app.db().write::<_, DbError, _>(move |tx| Box::pin(async move {
            tx.exec("delete from case_fact where workspace_id = $1", params![workspace]).await?;
            tx.exec("insert into case_past (workspace_id, after_number, done) values ($1, 0, false)", params![workspace]).await
        })).await.unwrap();
        assert!(compare(&t, month(), By::Agent).await.reading);
        desk::upkeep::order(&t.app).await.unwrap();
        t.run_jobs().await;
        let compared = compare(&t, month(), By::Agent).await;
        assert_eq!((compared.reading, compared.report.count), (false, 1));
        assert_eq!(compared.report.rows[0].group, Group::Agent(Some(ann.agent_id)));
        let mut elsewhere = t.owner.scope();
        elsewhere.workspace = t.app.create_workspace("Other Ltd").await.unwrap();
        let theirs = t.app.read(elsewhere, |desk| Box::pin(async move { consistency::compare(desk, month(), By::Agent).await }));
        assert_eq!(theirs.await.unwrap().report.count, 0);
    }
}
