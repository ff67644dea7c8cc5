//! The store's promises, on both engines: a unit of work is all or nothing, waits for nothing else, and hurts no other.

use base::{
    db::{Db, DbError, Tx},
    params,
};
use std::sync::Arc;
use testkit::on_both_engines;

async fn make_table(db: &Db) {
    db.write::<(), DbError, _>(|tx| {
        Box::pin(async move { tx.batch("create table probe (id bigint primary key, word text, flag boolean, weight double precision, raw bytea)").await })
    })
    .await
    .unwrap();
}

async fn count(db: &Db) -> i64 {
    db.read::<(i64,), DbError, _>(|tx| Box::pin(async move { tx.one("select count(*) from probe", &[]).await }))
        .await
        .unwrap()
        .0
}

async fn insert(tx: &Tx<'_>, id: i64) -> Result<u64, DbError> {
    tx.exec("insert into probe (id, word) values ($1, $2)", params![id, "w"]).await
}

on_both_engines! {
    async fn every_kind_of_value_comes_back_as_it_went_in(t: TestApp) {
        let db = t.app.db();
        make_table(db).await;
        let row = db.write::<_, DbError, _>(|tx| Box::pin(async move {
            let sql = "insert into probe (id, word, flag, weight, raw) values ($1, $2, $3, $4, $5)";
            tx.exec(sql, params![i64::MAX, "žluťoučký 🐎", true, 0.1, vec![0_u8, 255]]).await?;
            tx.exec(sql, params![1, None::<String>, None::<bool>, None::<f64>, None::<Vec<u8>>]).await?;
            tx.rows::<(i64, Option<String>, Option<bool>, Option<f64>, Option<Vec<u8>>)>(
                "select id, word, flag, weight, raw from probe order by id desc", &[]).await
        })).await.unwrap();
        assert_eq!(row[0], (i64::MAX, Some("žluťoučký 🐎".into()), Some(true), Some(0.1), Some(vec![0, 255])));
        assert_eq!(row[1], (1, None, None, None, None));
    }

    async fn parameters_bind_by_number_whatever_their_order_in_the_text(t: TestApp) {
        let found = t.app.db().read::<(i64, i64), DbError, _>(|tx| Box::pin(async move {
            tx.one("select cast($2 as bigint), cast($1 as bigint)", params![1_i64, 2_i64]).await
        }));
        assert_eq!(found.await.unwrap(), (2, 1));
    }

    async fn one_units_failure_leaves_the_others_of_its_batch_alone(t: TestApp) {
        let db = t.app.db().clone();
        make_table(&db).await;
        let tasks: Vec<_> = (0..100_i64).map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write::<_, DbError, _>(move |tx| Box::pin(async move {
                    insert(tx, n).await?;
                    if n % 3 == 0 { Err(DbError::Internal("on purpose".into())) } else { Ok(()) }
                })).await
            })
        }).collect();
        let mut failed = 0;
        for task in tasks {
            failed += i64::from(task.await.unwrap().is_err());
        }
        assert_eq!((failed, count(&db).await), (34, 66));
    }

    async fn a_taken_key_is_told_by_the_same_name_on_both_engines(t: TestApp) {
        let db = t.app.db();
        db.write::<(), DbError, _>(|tx| Box::pin(async move { tx.batch("create table pair (a bigint, b bigint, unique (a, b))").await })).await.unwrap();
        let twice = db.write::<(), DbError, _>(|tx| Box::pin(async move {
            for _ in 0..2 {
                tx.exec("insert into pair (a, b) values ($1, $2)", params![1_i64, 2_i64]).await?;
            }
            Ok(())
        })).await;
        assert!(matches!(&twice, Err(DbError::Unique(name)) if name == "pair_a_b_key"), "{twice:?}");
    }

    async fn readers_are_not_blocked_by_a_writer_and_see_only_what_is_committed(t: TestApp) {
        let db = t.app.db().clone();
        make_table(&db).await;
        let (entered, inside) = std::sync::mpsc::channel();
        let (leave, left) = std::sync::mpsc::channel::<()>();
        let (entered, left) = (Arc::new(parking_lot::Mutex::new(entered)), Arc::new(parking_lot::Mutex::new(left)));
        let writer = {
            let db = db.clone();
            tokio::spawn(async move {
                db.write::<_, DbError, _>(move |tx| Box::pin(async move {
                    insert(tx, 1).await?;
                    let _ = entered.lock().send(());
                    let _ = left.lock().recv();
                    Ok(())
                })).await
            })
        };
        tokio::task::spawn_blocking(move || inside.recv()).await.unwrap().unwrap();
        assert_eq!(count(&db).await, 0, "uncommitted work is nobody's");
        leave.send(()).unwrap();
        writer.await.unwrap().unwrap();
        assert_eq!(count(&db).await, 1);
    }

    async fn a_missing_row_is_told_apart_from_a_wrong_query(t: TestApp) {
        let db = t.app.db();
        let missing = db.read::<Option<(i64,)>, DbError, _>(|tx| Box::pin(async move {
            tx.row("select version from schema_version where version = $1", params![-1_i64]).await
        })).await;
        assert!(matches!(missing, Ok(None)));
        let wrong = db.read::<Option<(i64,)>, DbError, _>(|tx| Box::pin(async move { tx.row("select nothing from nowhere", &[]).await })).await;
        assert!(matches!(wrong, Err(DbError::Internal(_))), "{wrong:?}");
    }

    async fn schema_steps_are_applied_once_however_many_nodes_start_together(t: TestApp) {
        let runs: Vec<_> = (0..4).map(|_| {
            let db = t.app.db().clone();
            tokio::spawn(async move { base::migrate::run(&db, desk::schema::MIGRATIONS).await })
        }).collect();
        for run in runs {
            assert_eq!(run.await.unwrap().unwrap(), 0);
        }
    }

    async fn a_store_of_a_newer_program_is_left_alone(t: TestApp) {
        let db = t.app.db();
        db.write::<_, DbError, _>(|tx| Box::pin(async move {
            tx.exec("insert into schema_version (version, name) values ($1, $2)", params![999_i64, "future"]).await
        })).await.unwrap();
        let refused = base::migrate::run(db, desk::schema::MIGRATIONS).await;
        assert!(matches!(&refused, Err(DbError::Unavailable(text)) if text.contains("999")), "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_that_waits_for_something_else_or_panics_fails_alone_on_sqlite() {
    let t = testkit::app::TestApp::sqlite().await;
    let db = t.app.db();
    make_table(db).await;
    let waited = db
        .write::<(), DbError, _>(|tx| {
            Box::pin(async move {
                insert(tx, 1).await?;
                tokio::task::yield_now().await;
                Ok(())
            })
        })
        .await;
    assert!(matches!(&waited, Err(DbError::Internal(text)) if text.contains("waited")), "{waited:?}");
    let panicked = db
        .write::<(), DbError, _>(|tx| {
            Box::pin(async move {
                insert(tx, 2).await?;
                panic!("on purpose")
            })
        })
        .await;
    assert!(matches!(&panicked, Err(DbError::Internal(text)) if text.contains("panicked")), "{panicked:?}");
    assert_eq!(count(db).await, 0);
    db.write::<_, DbError, _>(|tx| Box::pin(async move { insert(tx, 3).await })).await.expect("the writer lives on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_units_share_a_commit_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open_sqlite(&folder.path().join("s.db")).unwrap();
    make_table(&db).await;
    let tasks: Vec<_> = (0..2000_i64)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write::<_, DbError, _>(move |tx| Box::pin(async move { insert(tx, n).await })).await
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let (changes,) = db
        .read::<(i64,), DbError, _>(|tx| Box::pin(async move { tx.one("select count(*) from probe", &[]).await }))
        .await
        .unwrap();
    assert_eq!(changes, 2000);
}
