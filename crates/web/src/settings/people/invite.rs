//! Inviting one person, or a whole list: looked at first, then brought in, then the links to pass on.

use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Response};
use desk::onboarding::{self, Invitee};
use desk::people::roster::{self, Column, Outcome};
use desk::people::{self, AgentId, Invited, NewAgent};
use desk::{Error, notifications};
use http::{HeaderMap, StatusCode, header};

use super::handlers::{role, roles};
use super::invite_pages::{self as pages, Delivered, Link, Preview};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::notifications::wording::plain;
use crate::visit::Visit;

/// `GET /settings/people/invite`
pub(crate) async fn form(visit: Visit) -> Result<Response, Refusal> {
    let filled = Filled::default().with("role", "agent");
    Ok(pages::form(&visit.screen().await?, &filled, &roles(visit.reader.words, visit.viewer.role)).into_response())
}

/// `POST /settings/people/invite`: one person.
pub(crate) async fn one(visit: Visit, headers: HeaderMap, fields: Fields) -> Result<Response, Refusal> {
    let agent = NewAgent { email: fields.text("email"), name: fields.text("name"), role: role(&fields)? };
    match visit.write(move |desk| Box::pin(async move { people::invite(desk, &agent).await })).await {
        Ok(invited) => links(&visit, &headers, vec![invited]).await,
        Err(Refusal(Error::Invalid(problems))) => {
            let page = pages::form(
                &visit.screen().await?,
                &fields.refused(visit.reader.words, &problems),
                &roles(visit.reader.words, visit.viewer.role),
            );
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other),
    }
}

/// `POST /settings/people/{id}/invitation`: a fresh link.
pub(crate) async fn again(visit: Visit, headers: HeaderMap, Path(id): Path<AgentId>) -> Result<Response, Refusal> {
    let invited = visit.write(move |desk| Box::pin(async move { people::invite_again(desk, id).await })).await?;
    links(&visit, &headers, vec![invited]).await
}

/// `POST /settings/people/import`: a list, as a file or pasted, is looked at.
pub(crate) async fn look(visit: Visit, mut form: Multipart) -> Result<Response, Refusal> {
    let too_large = |_| Refusal(Error::field("file", "too_large"));
    let mut text = String::new();
    while let Some(part) = form.next_field().await.map_err(too_large)? {
        let bytes = part.bytes().await.map_err(too_large)?;
        if text.trim().is_empty() {
            text = decoded(&bytes);
        }
    }
    preview(&visit, text, None).await
}

/// Text as spreadsheets write it: UTF-8, UTF-16 with a mark, else Western European.
fn decoded(bytes: &[u8]) -> String {
    let wide = |from: fn([u8; 2]) -> u16| {
        String::from_utf16_lossy(&bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]])).collect::<Vec<_>>())
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

/// `POST /settings/people/import/columns`: the same list, with columns as the reader says.
pub(crate) async fn look_again(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    preview(&visit, fields.text("list"), Some(columns(&fields))).await
}

fn columns(fields: &Fields) -> Vec<Column> {
    fields.all("column").into_iter().map(Column::of).collect()
}

async fn preview(visit: &Visit, list: String, columns: Option<Vec<Column>>) -> Result<Response, Refusal> {
    let table = roster::read_table(&list);
    let columns = columns.unwrap_or_else(|| roster::guess_columns(&table));
    let (read, known) = (table.clone(), columns.clone());
    let entries =
        visit.read(move |desk| Box::pin(async move { people::plan_import(desk, &read, &known).await })).await?;
    let brings = entries.iter().any(|entry| matches!(entry.outcome, Outcome::Added | Outcome::Joins));
    let preview = Preview { list, columns, table, entries, brings };
    Ok(pages::preview(&visit.screen().await?, &preview).into_response())
}

/// `POST /settings/people/import/confirmation`: the list is brought in.
pub(crate) async fn confirm(visit: Visit, headers: HeaderMap, fields: Fields) -> Result<Response, Refusal> {
    let table = roster::read_table(fields.get("list"));
    let invited = people::import(visit.web.app(), visit.scope(), table, columns(&fields)).await?;
    links(&visit, &headers, invited).await
}

/// Where links of invitations begin.
fn base(visit: &Visit, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let base = match &visit.web.settings().public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("http://{host}"),
    };
    format!("{base}/invitation/")
}

async fn links(visit: &Visit, headers: &HeaderMap, invited: Vec<Invited>) -> Result<Response, Refusal> {
    let base = base(visit, headers);
    let links: Vec<Link> = invited
        .into_iter()
        .map(|one| Link { url: format!("{base}{}", one.token), name: one.name, email: one.email, token: one.token })
        .collect();
    let mailbox = visit.read(|desk| Box::pin(async move { notifications::sending_mailbox(desk).await })).await?;
    Ok(pages::links(&visit.screen().await?, &links, mailbox.is_some()).into_response())
}

/// `POST /settings/people/invite/mail`: the links go to their people by e-mail, some at a time, and what became of each is shown.
pub(crate) async fn mail(visit: Visit, headers: HeaderMap, fields: Fields) -> Result<Response, Refusal> {
    let (base, words) = (base(&visit, &headers), visit.reader.words);
    let desk_name = visit.read(|desk| Box::pin(async move { desk.workspace_name().await })).await?;
    let mut tokens: Vec<String> = fields.all("token").into_iter().map(str::to_owned).collect();
    let left = tokens.split_off(tokens.len().min(onboarding::MOST_AT_ONCE));
    let mut done = Vec::new();
    for token in tokens {
        let url = format!("{base}{token}");
        let letter = |to: &Invitee| {
            let text = words.invite_mail_text(plain(&to.name), plain(&visit.viewer.name), plain(&desk_name), &url);
            (words.invite_mail_subject(&desk_name), text.replace(" | ", "\n\n"))
        };
        let (who, mailed) = onboarding::mail_invitation(visit.web.app(), visit.scope(), &token, letter).await?;
        done.push(Delivered { who, mailed, url, token });
    }
    Ok(pages::delivered(&visit.screen().await?, &done, &left).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_every_spreadsheet_are_read() {
        assert_eq!(decoded("Zoë".as_bytes()), "Zoë");
        assert_eq!(decoded(b"Zo\xEB"), "Zoë");
        assert_eq!(decoded(&[0xFF, 0xFE, 0x5A, 0, 0xEB, 0]), "Zë");
    }
}
