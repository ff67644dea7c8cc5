//! Plays the scripts: every mail takes the way that any mail takes (blob, journal, job, conversation), every answer is
//! written and sent by the same actions as an agent's; only the clock is set to when it is meant to have happened.

use std::{collections::HashMap, time::Duration};

use anyhow::{Context, bail};
use base::{
    clock::{Clock, StillClock},
    db::DbError,
    queue,
};
use bytes::Bytes;
use desk::{
    Actor, App, Event, Scope, WorkspaceId,
    channel::Envelope,
    conversations::{self, ConversationId, NewReply, Priority},
    intake::Arrival,
    mailboxes::MailboxId,
    people::{AgentId, TeamId},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    mail::{self, MAILBOX, Place},
    story::{Action, Mail, Step, Story},
};

/// The people who play and the place where they do.
pub(super) struct Stage {
    pub(super) app: App,
    pub(super) clock: StillClock,
    pub(super) workspace: WorkspaceId,
    pub(super) agents: HashMap<&'static str, AgentId>,
    pub(super) teams: HashMap<&'static str, TeamId>,
    pub(super) mailbox: MailboxId,
}

/// How far a conversation has been played.
#[derive(Default)]
struct Progress {
    conversation: Option<ConversationId>,
    mails: usize,
    last_mail: Option<String>,
    responsible: Option<AgentId>,
}

/// What happened longer ago than this, the owner has seen.
const SEEN_AFTER: SignedDuration = SignedDuration::from_hours(8);

impl Stage {
    /// Plays all stories side by side, in the order of time; the last step is `start` less its time before.
    ///
    /// # Errors
    /// When a step cannot be done: the scripts and the product disagree.
    pub(super) async fn play(&self, stories: &[Story], start: Timestamp) -> anyhow::Result<()> {
        let mut steps: Vec<(usize, &Step)> = stories
            .iter()
            .enumerate()
            .flat_map(|(number, story)| story.steps.iter().map(move |step| (number, step)))
            .collect();
        steps.sort_by_key(|(_, step)| std::cmp::Reverse(step.ago));
        let mut progress: Vec<Progress> = stories.iter().map(|_| Progress::default()).collect();
        for (number, step) in steps {
            self.clock.set(start - step.ago);
            let (story, progress) = (&stories[number], &mut progress[number]);
            let played = async {
                self.step(number, progress, &step.action).await?;
                if let (Some(id), true) = (progress.conversation, step.ago > SEEN_AFTER) {
                    self.owner_sees(id).await?;
                }
                anyhow::Ok(())
            };
            played.await.with_context(|| format!("story \"{}\"", story.name))?;
        }
        self.clock.set(start);
        Ok(())
    }

    async fn step(&self, number: usize, progress: &mut Progress, action: &Action) -> anyhow::Result<()> {
        if let Action::Mail(mail) = action {
            return self.deliver(number, progress, mail).await;
        }
        let id = progress.conversation.context("nothing has arrived yet")?;
        match action {
            Action::Mail(_) => {}
            Action::Reply { by, text } => {
                let reply = NewReply {
                    conversation: id,
                    client_id: None,
                    markdown: text.clone(),
                    from: None,
                    to: None,
                    cc: None,
                    uploads: Vec::new(),
                    seen: None,
                    send_anyway: true,
                    leaves_at: None,
                };
                let written = self.app.write(self.as_agent(by)?, move |desk| {
                    Box::pin(async move {
                        conversations::mark_seen(desk, id).await?;
                        conversations::reply(desk, reply).await
                    })
                });
                written.await?;
                self.all_jobs_done().await?;
            }
            Action::Note { by, text } => {
                let text = text.clone();
                let written = self.app.write(self.as_agent(by)?, move |desk| {
                    Box::pin(async move { conversations::note(desk, id, None, &text, &[]).await })
                });
                written.await?;
            }
            Action::Assign { to } => {
                let to = self.agent(to)?;
                progress.responsible = Some(to);
                let done = self.app.write(self.whoever(progress)?, move |desk| {
                    Box::pin(async move { conversations::assign(desk, id, Some(to)).await })
                });
                done.await?;
            }
            Action::Team { to } => {
                let to = *self.teams.get(to.as_str()).with_context(|| format!("there is no team {to}"))?;
                let done = self.app.write(self.whoever(progress)?, move |desk| {
                    Box::pin(async move { conversations::assign_team(desk, id, Some(to)).await })
                });
                done.await?;
            }
            Action::Tag { tag } => {
                let tag = tag.clone();
                let done = self.app.write(self.whoever(progress)?, move |desk| {
                    Box::pin(async move { conversations::add_tag(desk, id, &tag).await })
                });
                done.await?;
            }
            Action::Priority { word } => {
                let priority = priority(word)?;
                let done = self.app.write(self.whoever(progress)?, move |desk| {
                    Box::pin(async move { conversations::set_priority(desk, id, priority).await })
                });
                done.await?;
            }
            Action::Resolve { by } => {
                let done = self.app.write(self.as_agent(by)?, move |desk| {
                    Box::pin(async move { conversations::resolve(desk, id).await })
                });
                done.await?;
            }
        }
        Ok(())
    }

    /// Takes a mail in as a mail server would hand it over, and waits until it has been read.
    async fn deliver(&self, number: usize, progress: &mut Progress, mail: &Mail) -> anyhow::Result<()> {
        progress.mails += 1;
        let id = format!("{number}.{}.demo@mail.example", progress.mails);
        let place = Place { at: self.clock.now(), id: &id, answers: progress.last_mail.as_deref() };
        let arrival = Arrival {
            channel: "email",
            mailbox: Some(self.mailbox),
            source_key: format!("demo:{id}"),
            raw: Bytes::from(mail::raw(mail, place)),
            envelope: Envelope { from: String::new(), to: vec![MAILBOX.to_owned()], ..Envelope::default() },
            problem: None,
        };
        let before = self.app.newest_event(self.workspace).await?;
        self.app.accept(self.workspace, vec![arrival], None).await?;
        self.all_jobs_done().await?;
        let (happened, _) = self.app.events_after(self.workspace, before, 100).await?;
        let received = happened.iter().find_map(|happened| match happened.event {
            Event::MessageReceived { conversation, .. } => Some(conversation),
            _ => None,
        });
        progress.conversation = progress.conversation.or(received);
        progress.last_mail = Some(id);
        Ok(())
    }

    /// Waits until nothing is left to do: the clock stands still, so whatever is due is due now.
    async fn all_jobs_done(&self) -> anyhow::Result<()> {
        for _ in 0..10_000 {
            let left =
                self.app.db().read::<_, DbError, _>(|tx| Box::pin(async move { queue::next_due(tx).await })).await?;
            if left.is_none() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        bail!("a job of the demonstration does not come to an end")
    }

    fn agent(&self, name: &str) -> anyhow::Result<AgentId> {
        self.agents.get(name).copied().with_context(|| format!("there is no agent {name}"))
    }

    fn as_agent(&self, name: &str) -> anyhow::Result<Scope> {
        Ok(Scope { workspace: self.workspace, actor: Actor::Agent(self.agent(name)?) })
    }

    /// Whoever is responsible, or the owner.
    fn whoever(&self, progress: &Progress) -> anyhow::Result<Scope> {
        let agent = progress.responsible.map_or_else(|| self.agent("demo"), Ok)?;
        Ok(Scope { workspace: self.workspace, actor: Actor::Agent(agent) })
    }

    async fn owner_sees(&self, id: ConversationId) -> anyhow::Result<()> {
        let seen = self.app.write(self.as_agent("demo")?, move |desk| {
            Box::pin(async move { conversations::mark_seen(desk, id).await })
        });
        Ok(seen.await?)
    }
}

fn priority(word: &str) -> anyhow::Result<Priority> {
    Ok(match word {
        "low" => Priority::Low,
        "normal" => Priority::Normal,
        "high" => Priority::High,
        "urgent" => Priority::Urgent,
        _ => bail!("there is no priority {word}"),
    })
}
