//! The demonstration: a made-up furniture shop whose customers have been writing for nine days. Nobody in it exists, and
//! nothing of it leaves the machine.

mod files;
mod kept_here;
mod mail;
mod play;
mod story;

use std::{collections::HashMap, sync::Arc};

use anyhow::Context;
use base::clock::{Clock, StillClock, SystemClock};
use desk::{
    Actor, App, Scope, WorkspaceId,
    channel::Channel,
    jobs,
    mailboxes::{self, MailboxForm, MailboxId},
    people::{self, AgentId, NewAgent, Role, TeamId},
};
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use self::play::Stage;
use crate::house::House;

/// Whom the visitor signs in as.
pub(crate) const OWNER: &str = "demo@rapport.example";

const COLLEAGUES: [(&str, &str, &str); 3] = [
    ("mei", "Mei Tanaka", "mei@rapport.example"),
    ("samuel", "Samuel Okafor", "samuel@rapport.example"),
    ("ines", "Ines Ferreira", "ines@rapport.example"),
];
const TEAMS: [(&str, &str, &[&str]); 2] = [
    ("delivery", "Orders & delivery", &["demo", "mei", "samuel"]),
    ("repairs", "Repairs & warranty", &["demo", "ines", "samuel"]),
];
/// Jobs at once while the scripts are played: they are played one step at a time.
const WORKERS: usize = 2;

/// The e-mail channel of the demonstration: `real`, but answers to made-up people stay here. Without a real one, all do.
pub(crate) fn keep_here(real: Option<Arc<dyn Channel>>) -> Arc<dyn Channel> {
    Arc::new(kept_here::KeptHere { real })
}

/// Plays the demonstration into an empty house; everybody in it signs in with `password`.
///
/// # Errors
/// When the house cannot be used.
pub(crate) async fn fill(house: &House, password: &str) -> anyhow::Result<()> {
    let start = SystemClock.now();
    let clock = StillClock::at(start - SignedDuration::from_hours(30 * 24));
    let app = house.clone().start_at(Arc::new(clock.clone())).await?;
    app.add_channel(keep_here(None));
    let stop = CancellationToken::new();
    let worker =
        tokio::spawn(jobs::work(app.clone(), jobs::handlers(), WORKERS, stop.clone(), std::time::Duration::ZERO));
    let filled = async {
        let (workspace, agents) = people(&app, password).await?;
        let scope = Scope { workspace, actor: Actor::Agent(agents["demo"]) };
        let teams = teams(&app, scope, &agents).await?;
        let mailbox = mailbox(&app, scope).await?;
        let stage = Stage { app: app.clone(), clock, workspace, agents, teams, mailbox };
        stage.play(&story::all()?, start).await
    };
    let filled = filled.await;
    stop.cancel();
    worker.await.context("the demonstration's worker")?;
    filled
}

async fn people(app: &App, password: &str) -> anyhow::Result<(WorkspaceId, HashMap<&'static str, AgentId>)> {
    let new = |email: &str, name: &str, role| NewAgent { email: email.to_owned(), name: name.to_owned(), role };
    let owner = people::set_up(app, "Lumen & Oak", new(OWNER, "Alex Moreno", Role::Owner), password).await?;
    let workspace = app.workspace().await?.context("the workspace is missing")?;
    let mut agents = HashMap::from([("demo", owner)]);
    for (key, name, email) in COLLEAGUES {
        let added = people::add_agent(app, workspace.as_system(), new(email, name, Role::Agent), password);
        agents.insert(key, added.await?);
    }
    Ok((workspace, agents))
}

async fn teams(
    app: &App,
    scope: Scope,
    agents: &HashMap<&'static str, AgentId>,
) -> anyhow::Result<HashMap<&'static str, TeamId>> {
    let mut teams = HashMap::new();
    for (key, name, members) in TEAMS {
        let members: Vec<AgentId> = members.iter().map(|member| agents[member]).collect();
        let made = app.write(scope, move |desk| {
            Box::pin(async move {
                let team = people::create_team(desk, name).await?;
                people::set_team_members(desk, team, &members).await?;
                Ok(team)
            })
        });
        teams.insert(key, made.await?);
    }
    Ok(teams)
}

/// The mailbox has no server, neither to fetch from nor to send through.
async fn mailbox(app: &App, scope: Scope) -> anyhow::Result<MailboxId> {
    let form = MailboxForm { name: "Lumen & Oak".into(), address: mail::MAILBOX.into(), ..MailboxForm::default() };
    Ok(mailboxes::create(app, scope, form).await?)
}

#[cfg(test)]
mod tests {
    use base::{
        blobs::{Blobs, Place},
        db::Db,
        secret::SecretKey,
    };
    use desk::conversations::{self, View};

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_demonstration_plays_to_its_end_and_leaves_a_lively_inbox() {
        let folder = tempfile::tempdir().unwrap();
        let house = House {
            db: Db::open_sqlite_without_sync(&folder.path().join("demo.db")).unwrap(),
            blobs: Blobs::open(&Place::Folder(folder.path().join("blobs"))).unwrap(),
            key: SecretKey::from_bytes([1; 32]),
        };
        fill(&house, "correct horse battery").await.unwrap();

        let app = house.start().await.unwrap();
        let workspace = app.workspace().await.unwrap().unwrap();
        let dead = jobs::dead_letters(&app, workspace, None, 10).await.unwrap();
        assert!(dead.is_empty(), "{dead:?}");
        let owner = people::agent_by_email(&app, workspace, OWNER).await.unwrap();
        let scope = Scope { workspace, actor: Actor::Agent(owner.id) };
        let (counts, neglected, newest) = app
            .read(scope, |desk| {
                Box::pin(async move {
                    let counts = conversations::counts(desk).await?;
                    let neglected = conversations::list(desk, View::Neglected, None, 50).await?;
                    let newest = conversations::list(desk, View::Open, None, 1).await?;
                    Ok((counts, neglected.len(), newest))
                })
            })
            .await
            .unwrap();
        assert!(counts.open >= 25, "{counts:?}");
        assert!(counts.resolved >= 12, "{counts:?}");
        assert!(counts.mine >= 2 && counts.unassigned >= 10, "{counts:?}");
        assert!(neglected >= 1, "{counts:?}");
        let age = app.now().duration_since(newest[0].row.last_activity_at);
        assert!(age < SignedDuration::from_hours(1), "the newest mail is {age} old");
    }
}
