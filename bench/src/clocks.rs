//! Times clocks of service levels: how late a breach is told while very many others run, and how long looking for what is due takes at the start.

use crate::report::{Report, Samples};
use anyhow::{Context, Result, ensure};
use base::{clock::Stopwatch, params};
use desk::{
    App, Error, Event,
    clocks::{self, Kind, PolicyForm, Targets},
    conversations::{Priority, views::Filter},
    people::{self, Role},
};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// So many clocks become due one after another, this far apart.
const DUE: usize = 2_000;
const APART: SignedDuration = SignedDuration::from_millis(10);
const TARGET: SignedDuration = SignedDuration::from_hours(4);

const WAITING: &str = "select id, waiting_since, first_response_at from conversation where workspace_id = $1 and risk_at is not null and waiting_since is not null
    order by risk_at, id limit $2";
const CLEAR: &str = "delete from clock where workspace_id = $1";
const CLOCK: &str = "insert into clock (workspace_id, conversation_id, kind, started_at, policy_id, target, counted, ran, running_since, warn_percent, due_at,
    ring_at) values ($1, $2, $8, $3, $4, $5, 0, '[]', $6, 100, $7, $7) on conflict do nothing";

/// Fills the store with `open` clocks that ring in a year, lets some ring now, and notes how late each was told.
pub(crate) async fn run(app: &App, open: u64, report: &mut Report) -> Result<()> {
    let workspace = app.workspace().await?.context("a workspace")?;
    let owner = app
        .read(workspace.as_system(), |desk| Box::pin(async move { people::agents(desk).await }))
        .await?
        .into_iter()
        .find(|agent| agent.role == Role::Owner)
        .context("an owner")?;
    let mut targets = Targets::default();
    for priority in Priority::ALL {
        for kind in [Kind::FirstResponse, Kind::NextResponse] {
            targets.set(kind, *priority, Some(TARGET.as_mins()));
        }
    }
    let form = PolicyForm {
        name: "Bench".into(),
        calendar: None,
        filter: Filter::All(Vec::new()),
        targets,
        warn_percent: 100,
    };
    let scope = desk::Scope { workspace, actor: desk::Actor::Agent(owner.id) };
    let policy = app.write(scope, move |desk| Box::pin(async move { clocks::create(desk, form).await })).await?;

    let year = app.now() + SignedDuration::from_hours(24 * 365);
    let (long, now) = (i64::try_from(TARGET.as_micros())?, app.now());
    let row = move |id: Uuid, kind: Kind, since: Timestamp, due: Timestamp| {
        params![workspace, id, since, policy, long, due - TARGET, due, kind].to_vec()
    };
    app.db()
        .write::<_, Error, _>(move |tx| Box::pin(async move { Ok(tx.exec(CLEAR, params![workspace]).await?) }))
        .await?;
    for batch in 0..open.div_ceil(5_000) {
        let count = 5_000.min(open - batch * 5_000);
        let rows: Vec<_> = (0..count)
            .map(|n| {
                let later = SignedDuration::from_millis(i64::try_from(batch * 5_000 + n).unwrap_or_default());
                (CLOCK, row(app.new_id(), Kind::FirstResponse, now, year + later))
            })
            .collect();
        app.db().write::<_, Error, _>(move |tx| Box::pin(async move { Ok(tx.exec_all(&rows).await?) })).await?;
    }
    let watch = Stopwatch::start();
    let (rung, next) = clocks::ring_due(app, workspace).await?;
    ensure!(rung == 0 && next.is_some(), "nothing is due yet");
    let name = format!("first look, {open} open");
    report.figure("clocks", &name, watch.elapsed().as_secs_f64() * 1000.0, "ms");

    let waiting: Vec<(Uuid, Timestamp, Option<Timestamp>)> = app
        .db()
        .read::<_, Error, _>(move |tx| {
            Box::pin(async move { Ok(tx.rows(WAITING, params![workspace, DUE as i64]).await?) })
        })
        .await?;
    ensure!(waiting.len() >= 100, "a store with conversations that wait");
    let begin = app.now() + SignedDuration::from_secs(3);
    let all = waiting.len();
    let rows: Vec<_> = waiting
        .into_iter()
        .zip(0_i32..)
        .map(|((id, since, answered), place)| {
            let kind = if answered.is_some() { Kind::NextResponse } else { Kind::FirstResponse };
            (CLOCK, row(id, kind, since, begin + APART * place))
        })
        .collect();
    app.db().write::<_, Error, _>(move |tx| Box::pin(async move { Ok(tx.exec_all(&rows).await?) })).await?;
    let stop = CancellationToken::new();
    let ringing = tokio::spawn(clocks::keep(app.clone(), stop.clone()));
    let (mut events, mut after, mut late, mut told) =
        (app.wake().events(), app.newest_event(workspace).await?, Samples::default(), 0);
    let end = begin + APART * i32::try_from(all)? + SignedDuration::from_secs(20);
    while told < all && app.now() < end {
        let _ = tokio::time::timeout(Duration::from_millis(500), events.changed()).await;
        let (happened, last) = app.events_after(workspace, after, 1_000).await?;
        let heard = app.now();
        after = last;
        for one in happened {
            if let Event::ClockBreached { due: Some(due), .. } = one.event {
                told += 1;
                late.add(Duration::try_from(heard.duration_since(due)).unwrap_or_default());
            }
        }
    }
    stop.cancel();
    ringing.await?;
    ensure!(told == all, "{told} of {all} breaches were told");
    report.times("clocks", &format!("breach told, {open} open"), &late);
    Ok(())
}
