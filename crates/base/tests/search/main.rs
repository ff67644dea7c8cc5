//! The same searches on both engines: each test runs on SQLite and on PostgreSQL and expects the same hits.

#![expect(clippy::unwrap_used, reason = "tests")]

mod found;
mod pages;
mod store;

use base::{
    db::DbError,
    search::{self, Cursor, Document, Hit, Marks, Order, Page, Query},
};
use jiff::{SignedDuration, Timestamp};
use store::Store;
use uuid::Uuid;

/// A document of the tests, whose ids are small numbers.
#[derive(Debug, Clone)]
struct Doc {
    id: u128,
    group: u128,
    head: String,
    body: String,
}

fn doc(id: u128, group: u128, head: &str, body: &str) -> Doc {
    Doc { id, group, head: head.to_owned(), body: body.to_owned() }
}

const WORKSPACE: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);
const OTHER: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0002);

/// In these tests a group of even number is marked 1 and one of odd number 2, and a head stands in the field `j` as well.
fn marks_of(group: u128, head: &str) -> Marks {
    let mut marks = Marks::default();
    marks.words('j', head).value('s', if group.is_multiple_of(2) { "1" } else { "2" });
    marks
}

fn at(id: u128) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_700_000_000 + id as i64)
}

impl Store {
    async fn index(&self, workspace: Uuid, docs: &[Doc]) {
        let docs = docs.to_vec();
        self.db
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move {
                    for Doc { id, group, head, body } in &docs {
                        let marks = marks_of(*group, head);
                        let (at, id, group) = (at(*id), Uuid::from_u128(*id), Uuid::from_u128(*group));
                        search::index(tx, workspace, &Document { id, group, at, head, body, marks: &marks }).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    async fn remove(&self, workspace: Uuid, id: u128) {
        let id = Uuid::from_u128(id);
        self.db.write::<_, DbError, _>(move |tx| Box::pin(search::remove(tx, workspace, id))).await.unwrap();
    }

    async fn asked(&self, query: Query, order: Order) -> Vec<u128> {
        let found = self.db.read::<_, DbError, _>(move |tx| {
            Box::pin(async move { search::find(tx, WORKSPACE, &query, order, 1000, None).await })
        });
        found.await.unwrap().hits.iter().map(|hit| hit.id.as_u128()).collect()
    }

    async fn suggested(&self, typed: &str) -> Option<Vec<(String, String)>> {
        let query = Query::parse(typed);
        let found = self
            .db
            .read::<_, DbError, _>(move |tx| Box::pin(async move { search::suggest(tx, WORKSPACE, &query).await }));
        found.await.unwrap().map(|found| found.instead.into_iter().collect())
    }

    async fn page(&self, workspace: Uuid, typed: &str, limit: usize, after: Option<Cursor>) -> Page {
        let query = Query::parse(typed);
        self.db
            .read::<_, DbError, _>(move |tx| {
                Box::pin(async move { search::find(tx, workspace, &query, Order::Best, limit, after).await })
            })
            .await
            .unwrap()
    }

    /// The ids of the best documents found, best first.
    async fn find(&self, typed: &str) -> Vec<u128> {
        self.page(WORKSPACE, typed, 1000, None).await.hits.iter().map(|hit| hit.id.as_u128()).collect()
    }

    /// All hits, page by page.
    async fn leaf_through(&self, typed: &str, limit: usize) -> Vec<Hit> {
        let (mut hits, mut after) = (Vec::new(), None);
        for _ in 0..10_000 {
            let page = self.page(WORKSPACE, typed, limit, after).await;
            assert!(page.hits.len() <= limit);
            hits.extend(page.hits);
            // A cursor survives being written into an address.
            after = page.next.map(|cursor| cursor.to_string().parse().unwrap());
            if after.is_none() {
                return hits;
            }
        }
        panic!("the pages of {typed:?} do not end");
    }
}
