//! Searching with conditions, and what was found staying true.

use base::search::Order;
use desk::{
    conversations::{
        self, Answer, ConversationId, Search, Status,
        views::{Condition, Filter, Who},
    },
    people::Viewer,
    search::Hint,
};
use testkit::{app::TestApp, on_both_engines};

async fn answer(t: &TestApp, viewer: &Viewer, typed: &str) -> Answer {
    let wanted = Search::of(typed);
    t.app
        .read(viewer.scope(), move |desk| Box::pin(async move { conversations::search(desk, &wanted).await }))
        .await
        .unwrap()
}

async fn found(t: &TestApp, typed: &str) -> Vec<i64> {
    let mut found: Vec<i64> = answer(t, &t.owner, typed).await.found.iter().map(|one| one.row.number).collect();
    found.sort_unstable();
    found
}

async fn tag(t: &TestApp, id: ConversationId, name: &'static str) {
    t.app
        .write(t.owner.scope(), move |desk| Box::pin(async move { conversations::add_tag(desk, id, name).await }))
        .await
        .unwrap();
}

/// 1: Ana, late parcel, tagged; 2: Ben, refund with a note, assigned; 3: Ana again, resolved.
async fn three(t: &TestApp) -> [ConversationId; 3] {
    let one = t.mail_from("Ana López <ana@shop.example>", "Late parcel", "Where is my refund for the parcel?").await;
    let two = t.mail_from("Ben <ben@mail.example>", "A refund please", "The kettle leaks, refund it.").await;
    let three = t.mail_from("Ana López <ana@shop.example>", "Thanks", "The parcel and the refund came.").await;
    tag(t, one, "very late").await;
    let owner = t.owner.agent_id;
    t.app
        .write(t.owner.scope(), move |desk| {
            Box::pin(async move {
                conversations::assign(desk, two, Some(owner)).await?;
                conversations::note(desk, two, None, "Warehouse sends a new kettle", &[]).await?;
                conversations::resolve(desk, three).await
            })
        })
        .await
        .unwrap();
    t.run_jobs().await;
    [one, two, three]
}

on_both_engines! {
    async fn conditions_narrow_what_words_find(t: TestApp) {
        three(&t).await;
        let searches: &[(&str, &[i64])] = &[
            ("refund ", &[1, 2, 3]),
            ("refund is:open", &[1, 2]),
            ("refund is:resolved", &[3]),
            ("refund from:ana", &[1, 3]),
            ("refund from:ana@shop.example is:open", &[1]),
            ("refund -from:ana", &[2]),
            ("customer:\"ana lopez\"", &[1, 3]),
            ("subject:refund", &[2]),
            ("subject:\"late parcel\"", &[1]),
            ("to:help@desk.example refund ", &[1, 2, 3]),
            ("to:somebody refund ", &[]),
            ("tag:\"very late\"", &[1]),
            ("tag:very", &[1]),
            ("refund -tag:\"very late\"", &[2, 3]),
            ("assignee:me", &[2]),
            ("assignee:olga", &[2]),
            ("assignee:nobody refund ", &[1, 3]),
            ("is:unassigned is:open", &[1]),
            ("-assignee:me refund ", &[1, 3]),
            ("mailbox:help@desk.example kettle ", &[2]),
            ("channel:email parcel ", &[1, 3]),
            ("channel:chat parcel ", &[]),
            ("priority:normal parcel ", &[1, 3]),
            ("priority:urgent parcel ", &[]),
            ("has:attachment refund ", &[]),
            ("-has:attachment subject:thanks", &[3]),
            ("number:2", &[2]),
            ("#3 ", &[3]),
            ("on:today parcel ", &[1, 3]),
            ("on:2026-11 parcel ", &[1, 3]),
            ("before:today parcel ", &[]),
            ("after:7d parcel ", &[1, 3]),
            ("-on:today parcel ", &[]),
            ("team:none refund ", &[1, 2, 3]),
            ("from:ana from:ben", &[]),
        ];
        for (typed, expected) in searches {
            assert_eq!(found(&t, typed).await, *expected, "{typed}");
        }
    }

    async fn a_changed_state_is_found_at_once_by_nobody_wrongly_and_soon_by_everybody(t: TestApp) {
        let [one, two, _] = three(&t).await;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move {
            conversations::resolve(desk, one).await?;
            conversations::rename(desk, two, "Leaking kettle").await
        })).await.unwrap();
        assert_eq!(found(&t, "refund is:open").await, [2], "before the index has caught up");
        t.run_jobs().await;
        assert_eq!(found(&t, "refund is:resolved").await, [1, 3]);
        assert_eq!(found(&t, "subject:leaking").await, [2]);
        assert_eq!(found(&t, "subject:refund").await, [] as [i64; 0]);
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move {
            conversations::remove_tag(desk, one, "very late").await
        })).await.unwrap();
        t.run_jobs().await;
        assert_eq!(found(&t, "tag:\"very late\"").await, [] as [i64; 0]);
    }

    async fn what_only_the_reader_knows_is_looked_through(t: TestApp) {
        let [one, _, _] = three(&t).await;
        assert_eq!(found(&t, "parcel is:unread is:open").await, [1]);
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::mark_seen(desk, one).await })).await.unwrap();
        assert_eq!(found(&t, "parcel is:unread is:open").await, [] as [i64; 0]);
        assert_eq!(found(&t, "parcel -is:unread is:open").await, [1]);
        let other = t.agent("Bob").await;
        assert_eq!(answer(&t, &other, "parcel is:unread is:open").await.found.len(), 1);
    }

    async fn names_that_nobody_has_find_nothing_and_say_so(t: TestApp) {
        three(&t).await;
        let answer = answer(&t, &t.owner, "refund assignee:zacharias").await;
        assert!(answer.found.is_empty());
        assert!(matches!(&answer.asked.hints[..], [Hint::Nobody(_, name)] if name == "zacharias"), "{:?}", answer.asked.hints);
    }

    async fn mistyped_words_are_forgiven_when_they_find_nothing(t: TestApp) {
        three(&t).await;
        let answer = answer(&t, &t.owner, "Refnud is:open ").await;
        assert_eq!(answer.instead.as_deref(), Some("refund is:open "));
        assert_eq!(answer.found.len(), 2);
        assert!(answer.found.iter().all(|one| !one.snippet.1.is_empty() || !one.in_subject.is_empty()), "what was meant is marked");
    }

    async fn what_was_found_is_counted_by_what_it_is(t: TestApp) {
        three(&t).await;
        let wanted = Search::of("refund ");
        let facets = t.app.read(t.owner.scope(), move |desk| Box::pin(async move {
            conversations::facets(desk, &wanted).await
        })).await.unwrap();
        assert_eq!((facets.counted, facets.more), (3, false));
        let all: Vec<(String, usize)> =
            facets.groups.iter().flat_map(|(_, group)| group.iter().map(|one| (one.condition.clone(), one.count))).collect();
        for (condition, count) in [("is:open", 2), ("is:resolved", 1), ("assignee:nobody", 2), ("assignee:\"Olga Owner\"", 1),
            ("tag:\"very late\"", 1), ("channel:email", 3), ("on:2026", 3)] {
            assert!(all.contains(&(condition.to_owned(), count)), "{condition} {count}: {all:?}");
            assert_eq!(found(&t, &format!("refund {condition}")).await.len(), count, "{condition}");
        }
    }

    async fn an_index_of_an_older_version_is_renewed(t: TestApp) {
        three(&t).await;
        desk::upkeep::order(&t.app).await.unwrap();
        assert!(t.run_jobs().await >= 2);
        assert_eq!(found(&t, "refund is:open").await, [1, 2]);
        desk::upkeep::order(&t.app).await.unwrap();
        assert_eq!(t.run_jobs().await, 0, "once is enough");
    }

    async fn pages_go_on_where_they_ended(t: TestApp) {
        for _ in 0..5 {
            t.mail_from("Ana <ana@shop.example>", "Parcel", "Where is it?").await;
        }
        let mut wanted = Search { limit: 2, order: Order::Best, ..Search::of("parcel ") };
        let mut all = Vec::new();
        loop {
            let asked = wanted.clone();
            let page = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::search(desk, &asked).await })).await.unwrap();
            all.extend(page.found.iter().map(|one| one.row.number));
            wanted.after = page.next;
            if page.next.is_none() { break }
        }
        assert_eq!(all, [5, 4, 3, 2, 1]);
    }

    async fn conditions_and_names_are_completed(t: TestApp) {
        three(&t).await;
        let complete = |typed: &'static str| t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::completions(desk, typed).await }));
        assert_eq!(complete("parcel assignee:o").await.unwrap(), ["assignee:\"Olga Owner\""]);
        assert_eq!(complete("tag:").await.unwrap(), ["tag:\"very late\""]);
    }

    async fn a_search_becomes_the_filter_of_a_view(t: TestApp) {
        three(&t).await;
        let wanted = Search::of("refund is:open -assignee:me subject:parcel");
        let filter = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::as_filter(desk, &wanted).await })).await.unwrap();
        let owner = t.owner.agent_id;
        assert_eq!(filter, Filter::All(vec![
            Filter::Is(Condition::Status(Status::Open)),
            Filter::IsNot(Condition::Assignee(Who::Agent(owner))),
            Filter::Is(Condition::Subject("parcel".into())),
        ]));
    }
}
