//! Every SQL text is understood by both engines.

use base::db::DbError;
use testkit::on_both_engines;

on_both_engines! {
    async fn every_statement_prepares(t: TestApp) {
        let engine_only = |name: &str| match t.app.db().engine() {
            base::db::Engine::Sqlite => name.ends_with("_POSTGRES"),
            base::db::Engine::Postgres => name.ends_with("_SQLITE"),
        };
        let mut wrong = Vec::new();
        for (store, statements) in desk::schema::STATEMENTS {
            for (name, sql) in *statements {
                if engine_only(name) {
                    continue;
                }
                let checked = t
                    .app
                    .db()
                    .write::<(), DbError, _>(move |tx| Box::pin(async move { tx.check(sql).await }))
                    .await;
                if let Err(error) = checked {
                    wrong.push(format!("{store}::{name}: {error}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
