//! A fresh store on each engine.

use base::{
    db::Db,
    migrate::{self, Migration},
};

const MIGRATIONS: &[Migration] =
    &[Migration { version: 1, name: "foundation", sql: include_str!("../../../../migrations/0001_foundation.sql") }];

pub(crate) struct Store {
    pub(crate) db: Db,
    _folder: Option<tempfile::TempDir>,
}

/// The same empty store on SQLite and on PostgreSQL.
pub(crate) async fn both() -> [Store; 2] {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Db::open_sqlite_without_sync(&folder.path().join("store.db")).unwrap();
    let url = testkit::postgres::fresh_database().await.unwrap();
    let postgres = Db::open_postgres(&url, 4).await.unwrap();
    for db in [&sqlite, &postgres] {
        migrate::run(db, MIGRATIONS).await.unwrap();
    }
    [Store { db: sqlite, _folder: Some(folder) }, Store { db: postgres, _folder: None }]
}
