//! The same expectations on a folder and on a real S3 server.

use std::{collections::HashSet, sync::Arc};

use bytes::Bytes;
use futures_util::TryStreamExt;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder as Http,
};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::*;
use crate::secret::Secret;

/// A store and what keeps it alive.
struct Fixture {
    blobs: Blobs,
    /// The folder in which the files of the store lie, with either kind.
    files: std::path::PathBuf,
    _folder: TempDir,
}

fn folder() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("blobs");
    Fixture { blobs: Blobs::open(&Place::Folder(files.clone())).unwrap(), files, _folder: folder }
}

/// Starts an S3 server on loopback that checks signatures and keeps its objects in this folder.
async fn s3_server(folder: &std::path::Path) -> S3 {
    std::fs::create_dir(folder.join("mails")).unwrap();
    let mut service = s3s::service::S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder).unwrap());
    service.set_auth(s3s::auth::SimpleAuth::from_single("us", "hunter2"));
    let service = service.build();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let service = service.clone();
            tokio::spawn(async move {
                let _closed = Http::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
    S3 {
        bucket: "mails".into(),
        region: "us-east-1".into(),
        endpoint: format!("http://{address}"),
        access_key_id: Secret::new("us".into()),
        secret_access_key: Secret::new("hunter2".into()),
        prefix: "rapport/one".into(),
    }
}

async fn s3() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let place = s3_server(folder.path()).await;
    let files = folder.path().join("mails/rapport/one");
    Fixture { blobs: Blobs::open(&Place::S3(place)).unwrap(), files, _folder: folder }
}

async fn both() -> [Fixture; 2] {
    [folder(), s3().await]
}

/// A moment after everything written so far, by the store's own clock.
async fn after_all(blobs: &Blobs) -> Timestamp {
    let probe = blobs.put(Bytes::from_static(b"what time is it?")).await.unwrap();
    let time =
        blobs.list().try_filter(|blob| std::future::ready(blob.hash == probe)).try_next().await.unwrap().unwrap();
    blobs.delete(probe).await.unwrap();
    time.last_modified + SignedDuration::from_secs(60)
}

async fn nobody(_: Vec<BlobHash>) -> anyhow::Result<HashSet<BlobHash>> {
    Ok(HashSet::new())
}

#[tokio::test]
async fn what_was_put_is_got_and_twice_is_once() {
    for Fixture { blobs, files, .. } in both().await {
        for content in
            [Bytes::new(), Bytes::from_static(b"From: a@b.example\r\n\r\nHello"), Bytes::from(vec![7; 1 << 20])]
        {
            let hash = blobs.put(content.clone()).await.unwrap();
            assert_eq!(blobs.put(content.clone()).await.unwrap(), hash);
            assert_eq!(blobs.get(hash).await.unwrap(), content);
            assert!(blobs.exists(hash).await.unwrap());
            let name = hash.to_string();
            assert!(files.join(&name[..2]).join(&name[2..]).is_file());
        }
        let listed: Vec<Stored> = blobs.list().try_collect().await.unwrap();
        assert_eq!(listed.len(), 3);
        assert_eq!(listed.iter().map(|blob| blob.size).sum::<u64>(), 26 + (1 << 20));
        blobs.check().await.unwrap();
    }
}

#[tokio::test]
async fn many_puts_of_one_content_at_once_agree() {
    for Fixture { blobs, .. } in both().await {
        let content = Bytes::from_static(b"the same newsletter for everyone");
        let puts = (0..32).map(|_| blobs.put(content.clone()));
        let hashes = futures_util::future::try_join_all(puts).await.unwrap();
        assert!(hashes.iter().all(|&hash| hash == hashes[0]));
        assert_eq!(blobs.get(hashes[0]).await.unwrap(), content);
    }
}

#[tokio::test]
async fn a_missing_blob_is_said_to_be_missing() {
    for Fixture { blobs, .. } in both().await {
        let hash = BlobHash::of(b"never stored");
        assert!(matches!(blobs.get(hash).await, Err(BlobError::Missing(of)) if of == hash));
        assert!(!blobs.exists(hash).await.unwrap());
        blobs.delete(hash).await.unwrap();
    }
}

#[tokio::test]
async fn a_damaged_blob_is_never_handed_out_and_a_cut_one_heals_when_put_again() {
    for Fixture { blobs, files, .. } in both().await {
        let hash = blobs.put(Bytes::from_static(b"genuine")).await.unwrap();
        let name = hash.to_string();
        let file = files.join(&name[..2]).join(&name[2..]);
        std::fs::write(&file, b"Genuine").unwrap();
        assert!(matches!(blobs.get(hash).await, Err(BlobError::Damaged { expected, .. }) if expected == hash));
        std::fs::write(&file, b"gen").unwrap();
        assert!(matches!(blobs.get(hash).await, Err(BlobError::Damaged { .. })));
        blobs.put(Bytes::from_static(b"genuine")).await.unwrap();
        assert_eq!(blobs.get(hash).await.unwrap(), "genuine");
    }
}

#[tokio::test]
async fn only_old_and_unnamed_blobs_go_and_only_after_two_sweeps() {
    for Fixture { blobs, .. } in both().await {
        let named = blobs.put(Bytes::from_static(b"named")).await.unwrap();
        let orphan = blobs.put(Bytes::from_static(b"orphan")).await.unwrap();
        let names = |asked: Vec<BlobHash>| async move { Ok(asked.into_iter().filter(|&hash| hash == named).collect()) };

        let young = blobs.sweep(Timestamp::UNIX_EPOCH, names).await.unwrap();
        assert_eq!(young, Swept { seen: 2, ..Swept::default() });
        let later = after_all(&blobs).await;
        let first = blobs.sweep(later, names).await.unwrap();
        assert_eq!(first, Swept { seen: 2, binned: 1, ..Swept::default() });
        assert!(blobs.exists(orphan).await.unwrap(), "the bin still has it");
        let too_early = blobs.sweep(Timestamp::UNIX_EPOCH, names).await.unwrap();
        assert_eq!(too_early.deleted, 0);
        let second = blobs.sweep(later, names).await.unwrap();
        assert_eq!(second, Swept { seen: 1, deleted: 1, ..Swept::default() });
        assert!(!blobs.exists(orphan).await.unwrap());
        assert_eq!(blobs.get(named).await.unwrap(), "named");
    }
}

/// The race: the blob is old and unnamed; a mail with the same content arrives while the sweep runs; its `put` only
/// looks, the sweep takes the blob away, then the mail's row commits.
#[tokio::test]
async fn a_blob_that_is_put_while_a_sweep_takes_it_away_survives() {
    for Fixture { blobs, .. } in both().await {
        let content = Bytes::from_static(b"logo of a signature");
        let hash = blobs.put(content.clone()).await.unwrap();
        let later = after_all(&blobs).await;
        let during = blobs.clone();
        let again = content.clone();
        let swept = blobs
            .sweep(later, |_| {
                let (during, again) = (during.clone(), again.clone());
                async move {
                    during.put(again).await?;
                    Ok(HashSet::new())
                }
            })
            .await
            .unwrap();
        assert_eq!(swept.binned, 1);
        // The row has committed; the next sweep finds it named and brings the blob back.
        let named = |asked: Vec<BlobHash>| async move { Ok(asked.into_iter().collect()) };
        let swept = blobs.sweep(later, named).await.unwrap();
        assert_eq!((swept.restored, swept.deleted), (1, 0));
        assert_eq!(blobs.get(hash).await.unwrap(), content);
    }
}

#[tokio::test]
async fn a_blob_in_the_bin_can_be_read_and_is_back_from_then_on() {
    for Fixture { blobs, files, .. } in both().await {
        let hash = blobs.put(Bytes::from_static(b"binned")).await.unwrap();
        let later = after_all(&blobs).await;
        blobs.sweep(later, nobody).await.unwrap();
        assert!(files.join("trash").join(hash.to_string()).is_file());
        assert_eq!(blobs.get(hash).await.unwrap(), "binned");
        assert!(!files.join("trash").join(hash.to_string()).exists());
        blobs.sweep(later, nobody).await.unwrap();
        assert_eq!(blobs.put(Bytes::from_static(b"binned")).await.unwrap(), hash, "putting it again stores it anew");
        assert_eq!(blobs.sweep(later, nobody).await.unwrap().deleted, 1, "only the copy in the bin goes");
        assert_eq!(blobs.get(hash).await.unwrap(), "binned");
    }
}

/// Writers and sweeps side by side, with a grace period of nothing but the bin: what a committed row names is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sweeping_beside_writers_loses_nothing_that_was_committed() {
    let Fixture { blobs, _folder, .. } = folder();
    let rows = Arc::new(parking_lot::Mutex::new(HashSet::new()));
    let later = after_all(&blobs).await;
    for round in 0..20_u8 {
        let writers = (0..8_u8).map(|number| {
            let (blobs, rows) = (blobs.clone(), rows.clone());
            tokio::spawn(async move {
                let hash = blobs.put(Bytes::from(vec![round.wrapping_mul(number) % 16; 8])).await.unwrap();
                tokio::task::yield_now().await;
                rows.lock().insert(hash);
            })
        });
        let writers: Vec<_> = writers.collect();
        let known = rows.clone();
        // One sweep a round: the writers of a round have committed before the next judges the bin. (Drafts stay: the
        // grace period of this test lies in the future.)
        blobs
            .sweep_blobs(later, |asked| {
                let rows = known.lock().clone();
                async move { Ok(asked.into_iter().filter(|hash| rows.contains(hash)).collect()) }
            })
            .await
            .unwrap();
        for writer in writers {
            writer.await.unwrap();
        }
        let committed: Vec<BlobHash> = rows.lock().iter().copied().collect();
        for hash in committed {
            blobs.get(hash).await.unwrap();
        }
        if round % 3 == 2 {
            rows.lock().clear();
        }
    }
}

#[tokio::test]
async fn nothing_goes_when_the_names_cannot_be_asked() {
    let Fixture { blobs, _folder, .. } = folder();
    let hash = blobs.put(Bytes::from_static(b"x")).await.unwrap();
    let later = after_all(&blobs).await;
    let failing = |_| async { anyhow::bail!("the store does not answer") };
    assert!(matches!(blobs.sweep(later, failing).await, Err(BlobError::Names(_))));
    assert!(blobs.exists(hash).await.unwrap());
}

#[tokio::test]
async fn drafts_of_a_killed_process_are_cleared_and_strangers_files_are_left_alone() {
    let Fixture { blobs, files, _folder } = folder();
    let hash = blobs.put(Bytes::from_static(b"x")).await.unwrap().to_string();
    let draft = files.join(&hash[..2]).join("00ff#1");
    std::fs::write(&draft, b"half").unwrap();
    std::fs::write(files.join("README"), b"mine").unwrap();
    let later = after_all(&blobs).await;
    blobs.sweep(Timestamp::UNIX_EPOCH, nobody).await.unwrap();
    assert!(draft.exists(), "it may still be written");
    blobs.sweep(later, nobody).await.unwrap();
    assert!(!draft.exists());
    assert!(files.join("README").exists());
}

#[tokio::test]
async fn a_server_that_refuses_us_is_an_error_that_shows_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = S3 { secret_access_key: Secret::new("hunter3".into()), ..s3_server(folder.path()).await };
    assert!(!format!("{wrong:?}").contains("hunter3"));
    let error = Blobs::open(&Place::S3(wrong)).unwrap().put(Bytes::from_static(b"x")).await.unwrap_err();
    assert!(matches!(error, BlobError::Store(_)), "{error}");
    assert!(!error.to_string().contains("hunter3"));
}
