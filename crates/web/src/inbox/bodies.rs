//! Strangers' content: HTML in a document that can do nothing, files that are only downloaded or shown as pictures.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use base::blobs::{BlobError, BlobHash};
use base::html::{resolve_cids, show_remote_images};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use desk::conversations::{self, Attachment, AttachmentId, Header, MessageId};
use desk::people::Role;
use desk::{Error, redaction};
use http::{HeaderName, HeaderValue, header};
use maud::{DOCTYPE, html};
use serde::Deserialize;

use crate::components::prose::{cleaned, linked};
use crate::errors::Refusal;
use crate::visit::Visit;

/// What a mail's document may do: show itself. `sandbox` without scripts, forms and its own origin.
const FRAME: &str = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                     frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
/// The same, when the reader has asked for remote pictures.
const FRAME_WITH_IMAGES: &str = "default-src 'none'; img-src 'self' data: https: http:; style-src 'unsafe-inline'; \
                     base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
/// Files are never documents of ours, whatever they say they are.
const FILE: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// How a mail's document looks before its own styles.
const SHEET: &str = "body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#1c2230;background:#fff;overflow-wrap:anywhere}\
                     img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}blockquote{margin:.5em 0 .5em .2em;\
                     padding-left:.8em;border-left:2px solid #c8ccd6;color:#4a5166}a{color:#2450b8}";

/// Whether remote pictures are wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Images {
    #[serde(default)]
    images: String,
}

/// `GET /messages/{id}/body`: the sender's own formatting, for the frame.
pub(crate) async fn body(
    visit: Visit,
    Path(id): Path<MessageId>,
    Query(images): Query<Images>,
) -> Result<Response, Refusal> {
    let (language, bodies, files) = visit
        .read(move |desk| {
            Box::pin(async move {
                let message = conversations::message(desk, id).await?;
                let language = Header::of(&message).language;
                let files = conversations::thread_attachments(desk, &[message]).await?;
                Ok((language, conversations::bodies(desk, id).await?, files))
            })
        })
        .await?;
    let with_images = images.images == "load";
    let inner = match &bodies.html {
        Some(html) => {
            let pictures = pictures_within(&visit, html, &files).await?;
            let html = resolve_cids(html, |content_id| pictures.get(content_id).cloned());
            cleaned(&if with_images { show_remote_images(&html) } else { html })
        }
        None => html! { pre { (linked(bodies.full_text.as_deref().unwrap_or(&bodies.body))) } },
    };
    let page = html! {
        (DOCTYPE)
        html lang=(language.as_deref().unwrap_or("und")) {
            head {
                meta charset="utf-8";
                title { (visit.reader.words.message_message()) }
                meta name="viewport" content="width=device-width";
                meta name="referrer" content="no-referrer";
                base target="_blank";
                style { (SHEET) }
            }
            body { (inner) }
        }
    };
    let policy = if with_images { FRAME_WITH_IMAGES } else { FRAME };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    Ok((headers, page).into_response())
}

/// The most that pictures within one mail's text may weigh together, in bytes; further ones are files beside it.
const PICTURES: i64 = 10 * 1024 * 1024;

/// The pictures that the text shows, as `data:` addresses by content id. The frame's document has no origin of its own and so
/// no session: it can't fetch anything from us.
async fn pictures_within(visit: &Visit, html: &str, files: &[Attachment]) -> Result<HashMap<String, String>, Refusal> {
    let mut pictures = HashMap::new();
    let mut weight = 0;
    for file in files {
        let Some(content_id) = file.content_id.as_deref() else { continue };
        if !is_safe_picture(&file.content_type) || !html.contains(content_id) || weight + file.size > PICTURES {
            continue;
        }
        weight += file.size;
        let bytes = blob_bytes(visit, &file.blob).await?;
        let address = format!("data:{};base64,{}", file.content_type, STANDARD.encode(bytes));
        pictures.insert(content_id.to_owned(), address);
    }
    Ok(pictures)
}

/// `GET /messages/{id}/text`: the whole text with quotes and signature.
pub(crate) async fn text(visit: Visit, Path(id): Path<MessageId>) -> Result<Response, Refusal> {
    let bodies = visit.read(move |desk| Box::pin(async move { conversations::bodies(desk, id).await })).await?;
    let text = bodies.full_text.unwrap_or(bodies.body);
    if visit.fragment.is_some() {
        let lines = html! { @for line in text.lines() { (linked(line)) "\n" } };
        return Ok(lines.into_response());
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// `GET /messages/{id}/raw`: the e-mail as it came.
pub(crate) async fn raw(visit: Visit, Path(id): Path<MessageId>) -> Result<Response, Refusal> {
    let message = visit.read(move |desk| Box::pin(async move { conversations::message(desk, id).await })).await?;
    let blob = message.raw_blob.ok_or(Refusal(Error::NotFound))?;
    let mut bytes = blob_bytes(&visit, &blob).await?;
    if message.raw_sealed {
        // What was masked for everybody is not shown to everybody by another door.
        if visit.viewer.role < Role::Admin {
            return Err(Refusal(Error::Forbidden));
        }
        tracing::info!(message = %id, agent = %visit.viewer.agent_id, "the original of a masked mail was opened");
        bytes = redaction::unsealed(visit.web.app(), visit.scope(), &bytes)?;
    }
    Ok(download(bytes, "message/rfc822", &format!("{id}.eml"), false))
}

/// `GET /attachments/{id}`: a file.
pub(crate) async fn attachment(visit: Visit, Path(id): Path<AttachmentId>) -> Result<Response, Refusal> {
    let file = visit.read(move |desk| Box::pin(async move { conversations::attachment(desk, id).await })).await?;
    let bytes = blob_bytes(&visit, &file.blob).await?;
    Ok(download(bytes, &file.content_type, &file.name, is_safe_picture(&file.content_type)))
}

/// The kinds of files that browsers only draw. SVG is a document and not among them.
pub(crate) fn is_safe_picture(content_type: &str) -> bool {
    matches!(content_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif")
}

pub(crate) async fn blob_bytes(visit: &Visit, blob: &[u8]) -> Result<Bytes, Refusal> {
    let hash: [u8; 32] =
        blob.try_into().map_err(|_| Refusal(Error::Internal("a blob's name is no hash".to_owned())))?;
    visit.web.app().blobs().get(BlobHash(hash)).await.map_err(|error| match error {
        BlobError::Missing(_) => Refusal(Error::NotFound),
        other => Refusal(Error::Unavailable(other.to_string())),
    })
}

pub(crate) fn download(bytes: Bytes, content_type: &str, name: &str, inline: bool) -> Response {
    let kind = if inline { content_type } else { "application/octet-stream" };
    let disposition = format!(
        "{}; filename*=UTF-8''{}",
        if inline { "inline" } else { "attachment" },
        crate::rights::url_encoded(name)
    );
    let text = |value: &str| HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("attachment"));
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, text(kind)),
        (header::CONTENT_DISPOSITION, text(&disposition)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400, immutable")),
    ];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_calls_itself_a_page_is_downloaded() {
        let response =
            download(Bytes::from_static(b"<script>"), "text/html", "a\r\nb.html", is_safe_picture("text/html"));
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/octet-stream");
        let disposition = response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert_eq!(disposition, "attachment; filename*=UTF-8''a%0D%0Ab.html");
        assert!(!is_safe_picture("image/svg+xml"));
    }
}
