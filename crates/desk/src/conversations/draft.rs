//! What agents have begun to write, kept by the server: text and files.

use super::{AttachmentId, ConversationId, Draft, MessageKind, Upload, UploadId, store};
use crate::{
    App, Desk, Error, Result,
    people::{AgentId, Viewer},
};
use bytes::Bytes;
use jiff::SignedDuration;
use uuid::Uuid;

/// The largest file that can be added, in bytes.
const MOST_FILE: usize = 25 * 1024 * 1024;
/// The most files of one draft.
const MOST_FILES: usize = 20;
/// A draft that was saved within this time is being written.
const FRESH: SignedDuration = SignedDuration::from_mins(2);

/// Saves what the acting agent has written so far; an empty text without files discards the draft.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is too long.
pub async fn save_draft(desk: &mut Desk<'_>, id: ConversationId, kind: MessageKind, body: &str) -> Result<()> {
    let agent = desk.agent()?;
    store::find(desk, id).await?;
    if !matches!(kind, MessageKind::Outgoing | MessageKind::Note) {
        return Err(Error::field("kind", "not_allowed"));
    }
    if body.len() > 200_000 {
        return Err(Error::field("body", "too_long"));
    }
    if body.trim().is_empty() && store::uploads(desk, agent, id).await?.is_empty() {
        return store::discard_draft(desk, agent, id).await;
    }
    store::save_draft(desk, agent, id, kind, body).await
}

/// The acting agent's draft.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn draft(desk: &mut Desk<'_>, id: ConversationId) -> Result<Option<Draft>> {
    store::draft(desk, desk.agent()?, id).await
}

/// Throws the acting agent's draft away, with its files.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn discard_draft(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    store::discard_draft(desk, desk.agent()?, id).await
}

/// Who else is writing in a conversation at the moment.
///
/// # Errors
/// The store's.
pub async fn drafting(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<AgentId>> {
    let viewer = desk.agent().ok();
    let all = store::drafting(desk, id, desk.now() - FRESH).await?;
    Ok(all.into_iter().filter(|agent| Some(*agent) != viewer).collect())
}

/// The files of the acting agent's draft.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn uploads(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<Upload>> {
    store::uploads(desk, desk.agent()?, id).await
}

/// Adds a file to the acting agent's draft: stored first, then named.
///
/// # Errors
/// [`Error::Invalid`]: `file` is `empty`, `too_large` or `too_many`; [`Error::NotFound`].
pub async fn add_upload(
    app: &App,
    viewer: &Viewer,
    conversation: ConversationId,
    name: &str,
    content_type: &str,
    bytes: Bytes,
) -> Result<Upload> {
    if bytes.is_empty() {
        return Err(Error::field("file", "empty"));
    }
    if bytes.len() > MOST_FILE {
        return Err(Error::field("file", "too_large"));
    }
    let size = bytes.len() as i64;
    let blob = app.blobs().put(bytes).await.map_err(|error| Error::Unavailable(error.to_string()))?;
    let upload = Upload {
        id: UploadId(app.new_id()),
        name: file_name(name),
        content_type: content_type.chars().filter(|c| c.is_ascii_graphic()).take(100).collect(),
        size,
        blob: blob.as_bytes().to_vec(),
    };
    let agent = viewer.agent_id;
    app.write(viewer.scope(), move |desk| {
        Box::pin(async move {
            store::find(desk, conversation).await?;
            if store::uploads(desk, agent, conversation).await?.len() >= MOST_FILES {
                return Err(Error::field("file", "too_many"));
            }
            store::insert_upload(desk, agent, conversation, &upload).await?;
            Ok(upload)
        })
    })
    .await
}

/// Copies chosen files of one conversation into the acting agent's draft of another.
///
/// # Errors
/// [`Error::NotFound`] when one of them is not of that conversation.
pub(crate) async fn copy_files(
    desk: &mut Desk<'_>,
    from: ConversationId,
    files: &[AttachmentId],
    to: ConversationId,
) -> Result<Vec<UploadId>> {
    let agent = desk.agent()?;
    let mut copied = Vec::new();
    for file in files.iter().take(MOST_FILES) {
        let file = store::attachment(desk, *file).await?;
        if store::message(desk, file.message_id).await?.conversation_id != from {
            return Err(Error::NotFound);
        }
        let id = UploadId(desk.new_id());
        let upload = Upload { id, name: file.name, content_type: file.content_type, size: file.size, blob: file.blob };
        store::insert_upload(desk, agent, to, &upload).await?;
        copied.push(id);
    }
    Ok(copied)
}

/// Lays the acting agent's draft of an answer aside: its words are returned, its files wait under `holder`.
///
/// # Errors
/// [`Error::Invalid`] when there is none.
pub(crate) async fn lay_aside(desk: &mut Desk<'_>, id: ConversationId, holder: Uuid) -> Result<String> {
    let agent = desk.agent()?;
    let draft = store::draft(desk, agent, id).await?.filter(|draft| draft.kind == MessageKind::Outgoing);
    let body = draft.map(|draft| draft.body.trim().to_owned()).unwrap_or_default();
    if body.is_empty() {
        return Err(Error::field("body", "required"));
    }
    store::pass_uploads(desk, agent, AgentId(holder), id).await?;
    store::discard_draft(desk, agent, id).await?;
    Ok(body)
}

/// What was laid aside under `holder` goes along into another conversation.
pub(crate) async fn carry_aside(desk: &Desk<'_>, from: ConversationId, to: ConversationId, holder: Uuid) -> Result<()> {
    store::carry_uploads(desk, AgentId(holder), from, to).await
}

/// Brings words back that were laid aside, with the files under `holder`: before those of a newer draft, unless they stand in it.
pub(crate) async fn bring_back(
    desk: &Desk<'_>,
    agent: AgentId,
    id: ConversationId,
    holder: Uuid,
    body: &str,
) -> Result<()> {
    store::pass_uploads(desk, AgentId(holder), agent, id).await?;
    put_before(desk, agent, id, body).await
}

/// Puts words before those of a newer draft.
pub(super) async fn put_before(desk: &Desk<'_>, agent: AgentId, id: ConversationId, body: &str) -> Result<()> {
    let newer = store::draft(desk, agent, id).await?.map(|draft| draft.body);
    let body = match newer.filter(|newer| !newer.trim().is_empty()) {
        Some(newer) if newer.contains(body) => newer,
        Some(newer) => format!("{body}\n\n{newer}"),
        None => body.to_owned(),
    };
    store::save_draft(desk, agent, id, MessageKind::Outgoing, &body).await
}

/// The files that were laid aside under `holder`.
///
/// # Errors
/// The store's.
pub async fn uploads_of(desk: &mut Desk<'_>, id: ConversationId, holder: Uuid) -> Result<Vec<Upload>> {
    store::uploads(desk, AgentId(holder), id).await
}

/// Takes a file out of the acting agent's draft.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn remove_upload(desk: &mut Desk<'_>, id: UploadId) -> Result<()> {
    match store::delete_upload(desk, desk.agent()?, id).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// The last part of a path, without characters that could hurt a header or a file system.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(150).collect();
    if clean.trim().is_empty() { "file".into() } else { clean }
}
