//! Results page by page, over more matches than are ranked at once.

use crate::{WORKSPACE, doc, store::both};
use base::search::{Cursor, Hit};
use std::collections::HashSet;

/// 6 000 documents in 2 000 groups; every document holds "common", every tenth "tenth", every thousandth "rare".
fn many() -> Vec<crate::Doc> {
    (1..=6000_u128)
        .map(|id| {
            let tenth = if id % 10 == 0 { "tenth" } else { "" };
            let rare = if id % 1000 == 7 { "rare" } else { "" };
            let head = if id % 500 == 0 { "common tenth" } else { "head" };
            doc(id, id % 2000, head, &format!("common {tenth} words {rare} {id}"))
        })
        .collect()
}

#[tokio::test]
async fn pages_show_every_group_once_also_across_windows() {
    let mut of_engines: Vec<Vec<Hit>> = Vec::new();
    for store in both().await {
        for chunk in many().chunks(1000) {
            store.index(WORKSPACE, chunk).await;
        }
        let hits = store.leaf_through("common ", 70).await;
        let groups: HashSet<_> = hits.iter().map(|hit| hit.group).collect();
        assert_eq!((hits.len(), groups.len()), (2000, 2000), "{:?}", store.db);
        let tenth = store.leaf_through("tenth ", 7).await;
        assert_eq!(tenth.len(), 200);
        let one_page = store.page(WORKSPACE, "tenth ", 1000, None).await;
        assert_eq!(one_page.hits, tenth, "the size of a page changes nothing");
        assert_eq!(store.leaf_through("rare common ", 2).await.len(), 2);
        of_engines.push(hits);
        of_engines.push(tenth);
    }
    assert!(of_engines[0] == of_engines[2] && of_engines[1] == of_engines[3], "both engines page alike");
}

#[tokio::test]
async fn the_best_of_a_window_comes_first_and_windows_go_back_in_time() {
    for store in both().await {
        for chunk in many().chunks(1000) {
            store.index(WORKSPACE, chunk).await;
        }
        let first = store.page(WORKSPACE, "common tenth ", 3, None).await.hits;
        let first: Vec<_> = first.iter().map(|hit| (hit.id.as_u128(), hit.score)).collect();
        assert_eq!(first[..2], [(6000, 3), (5500, 3)]);
    }
}

#[tokio::test]
async fn what_is_indexed_while_one_reads_does_not_shift_the_pages() {
    for store in both().await {
        let docs: Vec<_> = (1..=1000).map(|id| doc(id, id, "head", "common")).collect();
        store.index(WORKSPACE, &docs).await;
        let first = store.page(WORKSPACE, "common ", 30, None).await;
        let second = store.page(WORKSPACE, "common ", 30, first.next).await;
        store.index(WORKSPACE, &[doc(2000, 2000, "head", "common"), doc(2001, 7, "head", "common")]).await;
        let (mut hits, mut after) = (first.hits.clone(), first.next);
        while let Some(cursor) = after {
            let page = store.page(WORKSPACE, "common ", 30, Some(cursor)).await;
            hits.extend(page.hits);
            after = page.next;
        }
        assert_eq!(hits[30..60], second.hits);
        let groups: HashSet<_> = hits.iter().map(|hit| hit.group.as_u128()).collect();
        assert_eq!((hits.len(), groups.len()), (1000, 1000));
        assert_eq!(store.page(WORKSPACE, "common ", 30, None).await.hits[0].id.as_u128(), 2001);
    }
}

#[tokio::test]
async fn a_forged_cursor_is_refused_or_finds_nothing_worse_than_nothing() {
    for text in ["", "1", "1.1", "a.b.c", "1.2.-3", "1.9223372036854775807.0", "-1.0.0", "1.0.0", "5.9.0", "1.1.1.1"] {
        assert!(text.parse::<Cursor>().is_err(), "{text}");
    }
    for store in both().await {
        store.index(WORKSPACE, &[doc(1, 1, "a", "common")]).await;
        for text in ["1.1.0", "9223372036854775807.2.0", "1.2.99999", "9223372036854775806.9223372036854775806.0"] {
            let cursor = text.parse().unwrap();
            assert_eq!(store.page(WORKSPACE, "common ", 5, Some(cursor)).await.next, None, "{text}");
        }
    }
}
