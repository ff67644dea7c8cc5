//! SQL and rows of notifications, the ways they go, and browsers that take messages.

use super::{Kind, NotificationId, SubscriptionId, Ways};
use crate::{
    Actor, Desk, Result,
    conversations::{ConversationId, MessageId},
    people::AgentId,
};
use base::{db::Value, params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

macro_rules! columns {
    () => {
        "n.id, n.kind, n.conversation_id, c.number, c.subject, c.customer_name, n.message_id, n.actor_kind, n.actor_id, n.at, n.read_at
        from notification n join conversation c on c.workspace_id = n.workspace_id and c.id = n.conversation_id"
    };
}

statements! {
    INSERT = "insert into notification (workspace_id, agent_id, id, kind, conversation_id, message_id, actor_kind, actor_id, in_app, by_mail, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    DELETE_SAME = "delete from notification where workspace_id = $1 and agent_id = $2 and conversation_id = $3 and kind = $4 and read_at is null
        returning in_app";
    LIST = concat!("select ", columns!(), " where n.workspace_id = $1 and n.agent_id = $2 and n.in_app and n.id < $3 order by n.id desc limit $4");
    TO_MAIL = concat!("select ", columns!(), " where n.workspace_id = $1 and n.agent_id = $2 and n.by_mail and n.read_at is null and n.mailed_at is null
        order by n.id limit 50");
    FIND = concat!("select ", columns!(), " where n.workspace_id = $1 and n.agent_id = $2 and n.id = $3");
    MARK_MAILED = "update notification set mailed_at = $4 where workspace_id = $1 and agent_id = $2 and id <= $3
        and by_mail and read_at is null and mailed_at is null";
    UNMARK_MAILED = "update notification set mailed_at = null where workspace_id = $1 and agent_id = $2 and mailed_at = $3 and read_at is null";
    READ_ONE = "update notification set read_at = $4 where workspace_id = $1 and agent_id = $2 and id = $3 and read_at is null returning in_app";
    READ_OF = "update notification set read_at = $4 where workspace_id = $1 and agent_id = $2 and conversation_id = $3 and read_at is null
        returning in_app";
    READ_ALL = "update notification set read_at = $3 where workspace_id = $1 and agent_id = $2 and read_at is null returning in_app";
    UNREAD = "select unread, mailed_at from notification_state where workspace_id = $1 and agent_id = $2";
    COUNT = "insert into notification_state (workspace_id, agent_id, unread) values ($1, $2, $3)
        on conflict (workspace_id, agent_id) do update set unread = notification_state.unread + excluded.unread";
    SET_MAILED = "update notification_state set mailed_at = $3 where workspace_id = $1 and agent_id = $2";
    WAYS = "select kind, in_app, by_mail, by_push from notification_way where workspace_id = $1 and agent_id = $2";
    WAYS_OF_KIND = "select agent_id, in_app, by_mail, by_push from notification_way where workspace_id = $1 and kind = $2 and agent_id in
        ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32,
        $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52)";
    SET_WAY = "insert into notification_way (workspace_id, agent_id, kind, in_app, by_mail, by_push) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, agent_id, kind) do update set in_app = excluded.in_app, by_mail = excluded.by_mail, by_push = excluded.by_push";
    SUBSCRIBE = "insert into push_subscription (workspace_id, agent_id, id, endpoint_hash, endpoint, p256dh, auth, browser, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (workspace_id, endpoint_hash) do nothing";
    UNSUBSCRIBE_ENDPOINT = "delete from push_subscription where workspace_id = $1 and endpoint_hash = $2";
    UNSUBSCRIBE = "delete from push_subscription where workspace_id = $1 and agent_id = $2 and id = $3";
    SUBSCRIPTIONS = "select id, endpoint, p256dh, auth, browser, created_at from push_subscription
        where workspace_id = $1 and agent_id = $2 order by id limit 20";
    FORGET_OLD = "delete from notification where workspace_id = $1 and id < $2 and read_at is not null";
}

row! {
    /// A notification as its list shows it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Notification {
        /// Its id.
        pub id: NotificationId,
        /// Why.
        pub kind: Kind,
        /// In which conversation.
        pub conversation_id: ConversationId,
        /// Its number.
        pub number: i64,
        /// Its subject.
        pub subject: String,
        /// Whose it is.
        pub customer_name: String,
        /// The message that it is about.
        pub message_id: Option<MessageId>,
        actor_kind: i16,
        actor_id: Option<Uuid>,
        /// When.
        pub at: Timestamp,
        /// When it was read.
        pub read_at: Option<Timestamp>,
    }
}

impl Notification {
    /// Who did it.
    pub fn actor(&self) -> Actor {
        Actor::from_columns(self.actor_kind, self.actor_id)
    }
}

row! {
    /// A browser that takes messages from us.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Subscription {
        /// Its id.
        pub id: SubscriptionId,
        /// Where messages to it go.
        pub endpoint: String,
        /// Its public key, an uncompressed point of P-256.
        pub p256dh: Vec<u8>,
        /// Its secret.
        pub auth: Vec<u8>,
        /// What it calls itself.
        pub browser: String,
        /// Since when.
        pub created_at: Timestamp,
    }
}

/// A notification to be stored.
pub(super) struct New {
    pub(super) id: NotificationId,
    pub(super) agent: AgentId,
    pub(super) kind: Kind,
    pub(super) conversation: ConversationId,
    pub(super) message: Option<MessageId>,
    pub(super) actor: Actor,
    pub(super) ways: Ways,
}

/// Stores it in place of an unread one of the same kind in the same conversation.
pub(super) async fn insert(desk: &Desk<'_>, new: &New) -> Result<()> {
    let w = desk.workspace();
    let (kind, actor) = new.actor.to_columns();
    let same = params![w, new.agent, new.conversation, new.kind];
    let gone: Vec<(bool,)> = desk.tx().rows(DELETE_SAME, same).await?;
    let row = params![
        w,
        new.agent,
        new.id,
        new.kind,
        new.conversation,
        new.message,
        kind,
        actor,
        new.ways.in_app,
        new.ways.by_mail,
        desk.now()
    ];
    desk.tx().exec(INSERT, row).await?;
    count(desk, new.agent, i64::from(new.ways.in_app) - shown(&gone)).await
}

fn shown(rows: &[(bool,)]) -> i64 {
    rows.iter().filter(|(in_app,)| *in_app).count() as i64
}

/// Also makes the row that a digest's moment is kept in.
async fn count(desk: &Desk<'_>, agent: AgentId, by: i64) -> Result<()> {
    desk.tx().exec(COUNT, params![desk.workspace(), agent, by]).await?;
    Ok(())
}

pub(super) async fn list(
    desk: &Desk<'_>,
    agent: AgentId,
    before: Option<NotificationId>,
    limit: i64,
) -> Result<Vec<Notification>> {
    let before = before.map_or(Uuid::max(), |id| id.0);
    Ok(desk.tx().rows(LIST, params![desk.workspace(), agent, before, limit]).await?)
}

pub(super) async fn find(desk: &Desk<'_>, agent: AgentId, id: NotificationId) -> Result<Option<Notification>> {
    Ok(desk.tx().row(FIND, params![desk.workspace(), agent, id]).await?)
}

pub(super) async fn to_mail(desk: &Desk<'_>, agent: AgentId) -> Result<Vec<Notification>> {
    Ok(desk.tx().rows(TO_MAIL, params![desk.workspace(), agent]).await?)
}

pub(super) async fn mark_mailed(desk: &Desk<'_>, agent: AgentId, last: NotificationId, at: Timestamp) -> Result<()> {
    let w = desk.workspace();
    let mailed = (MARK_MAILED, params![w, agent, last, at].to_vec());
    Ok(desk.tx().exec_all(&[mailed, (SET_MAILED, params![w, agent, at].to_vec())]).await?)
}

pub(super) async fn unmark_mailed(desk: &Desk<'_>, agent: AgentId, at: Timestamp) -> Result<()> {
    desk.tx().exec(UNMARK_MAILED, params![desk.workspace(), agent, at]).await?;
    Ok(())
}

pub(super) async fn read_one(desk: &Desk<'_>, agent: AgentId, id: NotificationId) -> Result<()> {
    let read: Vec<(bool,)> = desk.tx().rows(READ_ONE, params![desk.workspace(), agent, id, desk.now()]).await?;
    count(desk, agent, -shown(&read)).await
}

pub(super) async fn read_of(desk: &Desk<'_>, agent: AgentId, conversation: ConversationId) -> Result<()> {
    let params = params![desk.workspace(), agent, conversation, desk.now()];
    let read: Vec<(bool,)> = desk.tx().rows(READ_OF, params).await?;
    if read.is_empty() { Ok(()) } else { count(desk, agent, -shown(&read)).await }
}

pub(super) async fn read_all(desk: &Desk<'_>, agent: AgentId) -> Result<()> {
    let read: Vec<(bool,)> = desk.tx().rows(READ_ALL, params![desk.workspace(), agent, desk.now()]).await?;
    count(desk, agent, -shown(&read)).await
}

/// How many are unread, and when the last digest left.
pub(super) async fn state(desk: &Desk<'_>, agent: AgentId) -> Result<(i64, Option<Timestamp>)> {
    Ok(desk.tx().row(UNREAD, params![desk.workspace(), agent]).await?.unwrap_or_default())
}

pub(super) async fn ways(desk: &Desk<'_>, agent: AgentId) -> Result<Vec<(Kind, Ways)>> {
    let rows: Vec<(Kind, bool, bool, bool)> = desk.tx().rows(WAYS, params![desk.workspace(), agent]).await?;
    Ok(rows.into_iter().map(|(kind, in_app, by_mail, by_push)| (kind, Ways { in_app, by_mail, by_push })).collect())
}

/// What those of these agents chose for a kind who chose something, fifty agents a query.
pub(super) async fn ways_of_kind(desk: &Desk<'_>, kind: Kind, agents: &[AgentId]) -> Result<Vec<(AgentId, Ways)>> {
    let mut chosen = Vec::new();
    for some in agents.chunks(50) {
        let mut params = params![desk.workspace(), kind].to_vec();
        // Nobody has the id that fills up.
        let ids = some.iter().map(|agent| agent.0).chain(std::iter::repeat(Uuid::nil()));
        params.extend(ids.take(50).map(Value::from));
        let rows: Vec<(AgentId, bool, bool, bool)> = desk.tx().rows(WAYS_OF_KIND, &params).await?;
        let way = |(agent, in_app, by_mail, by_push)| (agent, Ways { in_app, by_mail, by_push });
        chosen.extend(rows.into_iter().map(way));
    }
    Ok(chosen)
}

pub(super) async fn set_ways(desk: &Desk<'_>, agent: AgentId, ways: &[(Kind, Ways)]) -> Result<()> {
    let w = desk.workspace();
    let row = |(kind, ways): &(Kind, Ways)| {
        (SET_WAY, params![w, agent, *kind, ways.in_app, ways.by_mail, ways.by_push].to_vec())
    };
    Ok(desk.tx().exec_all(&ways.iter().map(row).collect::<Vec<_>>()).await?)
}

/// A browser that somebody else used before is whose it is now.
pub(super) async fn subscribe(desk: &Desk<'_>, agent: AgentId, hash: &[u8], new: &Subscription) -> Result<()> {
    let w = desk.workspace();
    desk.tx().exec(UNSUBSCRIBE_ENDPOINT, params![w, hash]).await?;
    let (key, auth) = (new.p256dh.clone(), new.auth.clone());
    let row = params![w, agent, new.id, hash, &new.endpoint, key, auth, &new.browser, new.created_at];
    desk.tx().exec(SUBSCRIBE, row).await?;
    Ok(())
}

pub(super) async fn unsubscribe(desk: &Desk<'_>, agent: AgentId, id: SubscriptionId) -> Result<()> {
    desk.tx().exec(UNSUBSCRIBE, params![desk.workspace(), agent, id]).await?;
    Ok(())
}

pub(super) async fn subscriptions(desk: &Desk<'_>, agent: AgentId) -> Result<Vec<Subscription>> {
    Ok(desk.tx().rows(SUBSCRIPTIONS, params![desk.workspace(), agent]).await?)
}

/// Forgets what was read and is older than the notification that would have this id.
pub(super) async fn forget_old(desk: &Desk<'_>, before: Uuid) -> Result<()> {
    desk.tx().exec(FORGET_OLD, params![desk.workspace(), before]).await?;
    Ok(())
}
