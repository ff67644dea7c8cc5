//! What is found by what.

use crate::{OTHER, WORKSPACE, doc, store::both};
use base::search::{Order, Query, mark};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

fn mails() -> Vec<crate::Doc> {
    vec![
        doc(
            1,
            10,
            "Ana López ana@shop.example #1042",
            "Where is my refund? I wrote last week about the late delivery.",
        ),
        doc(2, 10, "Re: refund", "We are sorry; the REFUND was sent today. Invoice INV-2024-001 over 1,299.00 €."),
        doc(3, 11, "Crème brûlée torch", "The torch does not light. Straße 5, Łódź."),
        doc(4, 12, "返品について", "東京都から注文しました。返品したいです。"),
        doc(5, 13, "สวัสดี", "อยากคืนสินค้า"),
        doc(
            6,
            14,
            "Late again",
            "delivery was late, and the refund? No refund, no answer from john.smith@mail.example",
        ),
        doc(7, 15, "O'Brien's \"quoted\" \\ back'slash", "it's ~w a: b & c | d ! ( e ) <-> * 'f' \\' x"),
    ]
}

#[tokio::test]
async fn words_phrases_beginnings_and_exclusions_find_the_same_on_both_engines() {
    let searches: &[(&str, &[u128])] = &[
        ("refund ", &[2, 6]),
        ("refund late ", &[6, 1]),
        ("refund -week ", &[2, 6]),
        ("refund -\"no answer\" ", &[2]),
        ("\"late delivery\"", &[1]),
        ("\"delivery late\"", &[]),
        ("deliv", &[6, 1]),
        ("deliv ", &[]),
        ("deliv* late", &[6, 1]),
        ("\"was late\"", &[6]),
        ("creme brulee", &[3]),
        ("CRÈME", &[3]),
        ("strasse lodz", &[3]),
        ("absent refund", &[]),
        ("-refund", &[]),
        ("", &[]),
    ];
    for store in both().await {
        store.index(WORKSPACE, &mails()).await;
        for (typed, expected) in searches {
            assert_eq!(store.find(typed).await, *expected, "{typed:?} on {:?}", store.db);
        }
    }
}

#[tokio::test]
async fn addresses_and_numbers_are_found_whole_and_by_part() {
    let searches: &[(&str, &[u128])] = &[
        ("ana@shop.example", &[1]),
        ("ana@shop.example ", &[1]),
        ("ana@sh", &[1]),
        ("shop.example ", &[1]),
        ("shop", &[1]),
        ("#1042 ", &[1]),
        ("1042", &[1]),
        ("#104", &[1]),
        ("INV-2024-001 ", &[2]),
        ("inv-2024", &[2]),
        ("2024-001 ", &[2]),
        ("2024 ", &[2]),
        ("1,299.00", &[2]),
        ("1299", &[]),
        ("john.smith@mail.example", &[6]),
        ("smith", &[6]),
        ("@mail.example ", &[6]),
    ];
    for store in both().await {
        store.index(WORKSPACE, &mails()).await;
        for (typed, expected) in searches {
            assert_eq!(store.find(typed).await, *expected, "{typed:?} on {:?}", store.db);
        }
    }
}

#[tokio::test]
async fn scripts_without_spaces_are_found_by_one_two_and_more_characters() {
    let searches: &[(&str, &[u128])] = &[
        ("返", &[4]),
        ("返品 ", &[4]),
        ("東京都", &[4]),
        ("京都から", &[4]),
        ("京東", &[]),
        ("す", &[4]),
        ("สินค้า", &[5]),
        ("คืน ", &[5]),
        ("สวัสดี", &[5]),
    ];
    for store in both().await {
        store.index(WORKSPACE, &mails()).await;
        for (typed, expected) in searches {
            assert_eq!(store.find(typed).await, *expected, "{typed:?} on {:?}", store.db);
        }
    }
}

#[tokio::test]
async fn signs_that_mean_something_to_an_engine_mean_nothing_here() {
    for store in both().await {
        store.index(WORKSPACE, &mails()).await;
        for typed in
            ["o'brien's", "\\", "'f'", "a:b", "(e)", "a & b", "c | d", "~w", "<->", "NOT AND OR NEAR", "head : late"]
        {
            store.find(typed).await;
        }
        assert_eq!(store.find("o'brien's quoted").await, [7]);
        assert_eq!(store.find("a: b").await, [7]);
        let scope = format!("~{}", WORKSPACE.simple());
        assert_eq!(store.find(&scope).await, [] as [u128; 0], "the scope's token cannot be typed");
    }
}

#[tokio::test]
async fn what_the_head_holds_comes_first_in_a_row_before_apart_and_then_the_newest() {
    for store in both().await {
        let docs = [
            doc(1, 1, "blue kettle", "something else"),
            doc(2, 2, "else", "a blue kettle"),
            doc(3, 3, "else", "the kettle is blue"),
            doc(4, 4, "blue", "kettle"),
            doc(5, 5, "kettle in blue", ""),
            doc(6, 5, "else", "blue blue kettle kettle"),
        ];
        store.index(WORKSPACE, &docs).await;
        assert_eq!(store.find("blue kettle").await, [1, 5, 4, 3, 2], "{:?}", store.db);
    }
}

#[tokio::test]
async fn nothing_of_another_workspace_is_found() {
    for store in both().await {
        store.index(WORKSPACE, &[doc(1, 1, "secret", "plan")]).await;
        store.index(OTHER, &[doc(1, 1, "open", "plan"), doc(2, 2, "secretive", "plan")]).await;
        assert_eq!(store.page(OTHER, "secret ", 10, None).await.hits, []);
        let found = store.page(OTHER, "plan", 10, None).await.hits;
        assert_eq!(found.len(), 2);
        assert_eq!(store.find("secre").await, [1]);
        store.remove(OTHER, 1).await;
        assert_eq!(store.find("plan").await, [1], "the other's document of the same id stays");
    }
}

#[tokio::test]
async fn a_changed_document_is_found_by_what_it_holds_now_and_a_removed_one_not_at_all() {
    for store in both().await {
        store.index(WORKSPACE, &[doc(1, 1, "first", "alpha"), doc(2, 2, "second", "alpha")]).await;
        store.index(WORKSPACE, &[doc(1, 3, "first", "beta"), doc(1, 3, "first", "beta")]).await;
        assert_eq!(store.find("alpha ").await, [2]);
        let hits = store.page(WORKSPACE, "beta ", 10, None).await.hits;
        assert_eq!(hits.iter().map(|hit| (hit.id.as_u128(), hit.group.as_u128())).collect::<Vec<_>>(), [(1, 3)]);
        store.remove(WORKSPACE, 1).await;
        store.remove(WORKSPACE, 1).await;
        store.remove(WORKSPACE, 99).await;
        assert_eq!(store.find("beta ").await, [] as [u128; 0]);
        assert_eq!(store.find("alpha ").await, [2]);
    }
}

#[tokio::test]
async fn fields_states_and_days_are_conditions_like_words() {
    type Ask = fn(&mut Query);
    let day = |text: &str| -> jiff::Timestamp { text.parse().unwrap() };
    let asks: &[(&str, Ask, &[u128])] = &[
        ("refund ", |_| {}, &[6, 2]),
        (
            "refund ",
            |query| {
                query.field('j', "refund", false, false);
            },
            &[2],
        ),
        (
            "",
            |query| {
                query.field('j', "ana@shop.example", false, false);
            },
            &[1],
        ),
        (
            "",
            |query| {
                query.field('j', "lopez", false, false);
            },
            &[1],
        ),
        (
            "",
            |query| {
                query.field('j', "lop*", false, false);
            },
            &[1],
        ),
        (
            "",
            |query| {
                query.field('j', "brulee torch", false, true);
            },
            &[3],
        ),
        (
            "",
            |query| {
                query.field('j', "torch brulee", false, true);
            },
            &[],
        ),
        (
            "refund ",
            |query| {
                query.field('j', "late", true, false);
            },
            &[2],
        ),
        (
            "refund ",
            |query| {
                query.marked(vec![mark('s', "1")], false);
            },
            &[6, 2],
        ),
        (
            "",
            |query| {
                query.marked(vec![mark('s', "1")], true);
            },
            &[7, 5, 3],
        ),
        (
            "",
            |query| {
                query.marked(vec![mark('s', "1"), mark('s', "2")], false);
            },
            &[7, 6, 5, 4, 3, 2],
        ),
        (
            "refund ",
            |query| {
                query.marked(Vec::new(), false);
            },
            &[],
        ),
        (
            "refund ",
            |query| {
                query.marked(Vec::new(), true);
            },
            &[6, 2],
        ),
    ];
    for store in both().await {
        store.index(WORKSPACE, &mails()).await;
        store.index(OTHER, &[doc(9, 9, "lopez", "refund")]).await;
        for (typed, ask, expected) in asks {
            let mut query = Query::parse(typed);
            ask(&mut query);
            assert_eq!(store.asked(query.clone(), Order::Newest).await, *expected, "{query:?} on {:?}", store.db);
        }
        let mut query = Query::default();
        query.between(day("2023-11-14T22:13:23Z"), day("2023-11-14T22:13:26Z"));
        assert_eq!(store.asked(query, Order::Newest).await, [5, 4, 3], "to the second");
        let mut query = Query::parse("refund ");
        query.between(day("2019-01-01T00:00:00Z"), day("2023-11-14T00:00:00Z"));
        assert_eq!(store.asked(query, Order::Newest).await, [] as [u128; 0]);
    }
}

#[tokio::test]
async fn mistyped_words_lead_to_those_that_were_meant_if_they_find_something() {
    for store in both().await {
        store.index(WORKSPACE, &mails()).await;
        let pair = |a: &str, b: &str| Some(vec![(a.to_owned(), b.to_owned())]);
        assert_eq!(store.suggested("refnud ").await, pair("refnud", "refund"));
        assert_eq!(store.suggested("delivvery late ").await, pair("delivvery", "delivery"));
        assert_eq!(store.suggested("anzwer ").await, pair("anzwer", "answer"));
        assert_eq!(store.suggested("invoise torch ").await, None, "nothing holds both");
        assert_eq!(store.suggested("refund ").await, None, "it is a word");
        assert_eq!(store.suggested("zzzzqqqq ").await, None);
        assert_eq!(store.suggested("").await, None);
    }
}

#[tokio::test]
async fn newest_comes_first_unless_the_best_is_asked_for() {
    for store in both().await {
        let docs =
            [doc(1, 1, "blue kettle", ""), doc(2, 2, "else", "a blue kettle"), doc(3, 1, "else", "blue, no kettle")];
        store.index(WORKSPACE, &docs).await;
        assert_eq!(store.asked(Query::parse("blue kettle"), Order::Best).await, [1, 2]);
        assert_eq!(
            store.asked(Query::parse("blue kettle"), Order::Newest).await,
            [1, 2],
            "group 1 was written to last"
        );
    }
}

/// Texts and queries over a small alphabet, so that they meet often.
fn word() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "red", "redo", "réd", "blue", "green", "a@b.io", "b.io", "x-1", "1", "x", "東京", "京都", "東", "it's", "re",
    ])
    .prop_map(str::to_owned)
}

fn typed() -> impl Strategy<Value = String> {
    let sign = proptest::sample::select(vec!["", "", "", "-", "\""]);
    let end = proptest::sample::select(vec!["", " ", "*", "\" ", "."]);
    proptest::collection::vec((sign, word(), end), 1..4).prop_map(|words| {
        words.into_iter().map(|(sign, word, end)| format!("{sign}{word}{end}")).collect::<Vec<_>>().join(" ")
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_search_over_any_documents_finds_the_same_on_both_engines() {
    let [sqlite, postgres] = both().await;
    let text = || proptest::collection::vec(word(), 0..6).prop_map(|words| words.join(" "));
    let mut runner = TestRunner::deterministic();
    let docs = proptest::collection::vec((1..40_u128, text(), text()), 120).new_tree(&mut runner).unwrap().current();
    let docs: Vec<_> = docs.iter().zip(1..).map(|((group, head, body), id)| doc(id, *group, head, body)).collect();
    sqlite.index(WORKSPACE, &docs).await;
    postgres.index(WORKSPACE, &docs).await;
    let mut found = 0;
    for _ in 0..400 {
        let typed = typed().new_tree(&mut runner).unwrap().current();
        let pages = [sqlite.page(WORKSPACE, &typed, 50, None).await, postgres.page(WORKSPACE, &typed, 50, None).await];
        assert_eq!(pages[0].hits, pages[1].hits, "{typed:?}");
        found += usize::from(!pages[0].hits.is_empty());
    }
    assert!(found > 150, "only {found} searches of 400 found something: they prove little");
}
