//! The automatic answer to a new conversation: "we have your message". And all the reasons not to send one, since two machines
//! that answer each other never stop (RFC 3834; RFC 5230, section 4).

use super::{
    Conversation, DeliveryState, Header, Incoming, MessageId, MessageKind, Nature, Person, delivery,
    store::{self, NewMessage},
    waits,
};
use crate::{
    Actor, Desk, Event, Result,
    brakes::{self, Limit},
    customers::{self, consent},
    mailboxes::{self, MailboxSettings},
};
use base::mail;
use jiff::SignedDuration;

/// One writer gets one automatic answer a day: a loop has had its third message then, and its last.
const PER_WRITER: Limit = Limit { times: 1, within: SignedDuration::from_hours(24) };
/// All of a workspace together. Beyond it something is wrong, and an administrator sees the brake.
pub const MOST_AUTOMATIC: i64 = 200;
const TOGETHER: Limit = Limit { times: MOST_AUTOMATIC, within: SignedDuration::from_mins(10) };
/// The brake of a workspace.
pub const ALL_AUTOMATIC: &str = "automatic:all";

/// Names of addresses that no person reads, before the @; what follows a sign does not count.
const NOBODY_READS: &[&str] = &[
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "mailer-daemon",
    "postmaster",
    "bounce",
    "bounces",
    "bounce-",
    "notification",
    "notifications",
    "owner-",
    "nepasrepondre",
    "nao-responda",
    "noresponder",
    "nichtantworten",
    "keineantwort",
];

/// Whether nobody reads what is sent to this address.
pub(super) fn nobody_reads(address: &str) -> bool {
    let local = address.trim().to_lowercase();
    let local = local.rsplit_once('@').map_or(local.as_str(), |(local, _)| local);
    let plain = local.split(['+', '=']).next().unwrap_or_default();
    NOBODY_READS.iter().any(|name| plain == *name || (name.ends_with('-') && plain.starts_with(name)))
        || plain.ends_with("-noreply")
        || plain.ends_with("-request")
        || plain.ends_with("-owner")
        || plain.ends_with("-bounces")
}

/// Whether what arrived may be answered by a machine at all, whoever asks: a person wrote it, from an address that somebody reads,
/// and wants it.
pub(super) fn may_be_answered(incoming: &Incoming, writer: &str) -> bool {
    incoming.nature == Nature::Person
        && !incoming.wants_no_automatic_answer
        && writer.contains('@')
        && !nobody_reads(writer)
}

/// What stands for the moment by which the customer has an answer.
const WAIT: &str = "{wait}";

/// The text in the first of these languages that there is one for, else the usual one, with its language (empty where that is not known).
fn text_in(settings: &MailboxSettings, spoken: [Option<&str>; 2]) -> Option<(String, String)> {
    let known = |language: &str| {
        let code = language.trim().to_lowercase();
        let code = code.split(['-', '_']).next().unwrap_or_default().to_owned();
        Some((code.clone(), settings.auto_replies.get(&code)?.clone()))
    };
    let usual = || Some((String::new(), settings.auto_reply.clone()?));
    spoken.into_iter().flatten().find_map(known).or_else(usual)
}

/// The text with the moment filled in; without one, the paragraphs that name it are left out: nothing is promised that nobody knows.
fn with_wait(text: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => text.replace(WAIT, until),
        None => {
            let text = text.replace("\r\n", "\n");
            text.split("\n\n").filter(|part| !part.contains(WAIT)).collect::<Vec<_>>().join("\n\n")
        }
    }
}

/// Answers a new conversation automatically, from the address of its mailbox that it was written to, where its mailbox is set so and nothing speaks against it.
pub(super) async fn acknowledge(
    desk: &mut Desk<'_>,
    conversation: &Conversation,
    incoming: &Incoming,
    writer: &str,
    written_to: Option<&str>,
) -> Result<()> {
    let Some(mailbox) = conversation.mailbox_id else { return Ok(()) };
    if !may_be_answered(incoming, writer) {
        return Ok(());
    }
    let mailbox = mailboxes::find(desk, mailbox).await?;
    if !mailbox.active || mailbox.settings.smtp.is_none() {
        return Ok(());
    }
    let preferred = customers::find(desk, conversation.customer_id).await?.preferences.language;
    let spoken = [Some(preferred.as_str()), incoming.header.language.as_deref()];
    let Some((language, text)) = text_in(&mailbox.settings, spoken) else { return Ok(()) };
    if customers::suppressed(desk, writer).await?.is_some()
        || !consent::may(desk, conversation.customer_id, consent::Purpose::Service).await?
    {
        return Ok(());
    }
    let to_writer = format!("automatic:to:{}", writer.trim().to_lowercase());
    if brakes::pass(desk, &to_writer, PER_WRITER).await?.is_err() {
        return Ok(());
    }
    if brakes::pass(desk, ALL_AUTOMATIC, TOGETHER).await?.is_err() {
        tracing::warn!(workspace = %desk.workspace(), "automatic answers are held back: too many in ten minutes");
        return Ok(());
    }
    let id = MessageId(desk.new_id());
    let from = written_to.unwrap_or(&mailbox.address).to_owned();
    let domain = from.rsplit('@').next().unwrap_or("localhost");
    let rfc_message_id = mail::new_message_id(id.0, domain);
    let estimate = match (text.contains(WAIT), conversation.mailbox_id) {
        (true, Some(mailbox)) => waits::estimate(desk, mailbox).await?,
        _ => None,
    };
    let until = estimate.as_ref().map(|estimate| desk.moment_words(&language, &estimate.until));
    let text = with_wait(&text, until.as_deref());
    let text = text.replace("{number}", &conversation.number.to_string()).replace("{subject}", &conversation.subject);
    if let Some(estimate) = estimate {
        waits::told(desk, conversation.id, estimate.until.timestamp()).await?;
    }
    let header = Header {
        from: vec![Person { name: Some(mailbox.name.clone()), address: from }],
        to: vec![Person { name: incoming.from.name.clone(), address: writer.to_owned() }],
        subject: mail::reply_subject(&conversation.subject),
        in_reply_to: incoming.rfc_message_id.clone(),
        references: incoming.references.iter().chain(&incoming.rfc_message_id).cloned().collect(),
        ..Header::default()
    };
    let message = store::insert_message(
        desk,
        NewMessage {
            conversation: conversation.id,
            id,
            kind: MessageKind::Acknowledgement,
            author: Actor::System,
            author_name: &mailbox.name,
            body: &text,
            full_text: None,
            html: None,
            header: header.to_json(),
            rfc_message_id: Some(&rfc_message_id),
            content_hash: None,
            raw_blob: None,
            raw_sealed: false,
            attachment_count: 0,
            created_at: desk.now(),
            delivery: Some(DeliveryState::Queued),
            client_id: None,
        },
    );
    let reference = store::add_reference(desk, &rfc_message_id, id.0.as_bytes(), id, conversation.id);
    desk.tx().exec_all(&[message, reference]).await?;
    let mut after = conversation.clone();
    after.acknowledged();
    store::save(desk, conversation, &after).await?;
    desk.emit_as(Actor::System, Event::Acknowledged { conversation: conversation.id, message: id });
    delivery::order(desk, id, None).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_in_the_customers_language_where_there_is_one() {
        let settings = MailboxSettings {
            auto_reply: Some("Hello".into()),
            auto_replies: [("de".to_owned(), "Hallo".to_owned())].into(),
            ..MailboxSettings::default()
        };
        let text = |spoken| text_in(&settings, spoken).unwrap().1;
        assert_eq!(text([Some("de-AT"), Some("fr")]), "Hallo");
        assert_eq!(text([Some(""), Some("de")]), "Hallo");
        assert_eq!(text([None, Some("fr")]), "Hello");
        assert_eq!(text_in(&MailboxSettings::default(), [None, None]), None);
    }

    #[test]
    fn where_no_time_is_known_its_paragraph_is_left_out() {
        let text = "We have it.\r\n\r\nYou have an answer by {wait}.\r\n\r\nBye";
        assert_eq!(with_wait(text, None), "We have it.\n\nBye");
        assert!(with_wait(text, Some("Monday")).contains("by Monday."));
    }

    #[test]
    fn machines_addresses_are_known_and_peoples_are_not() {
        for machine in [
            "noreply@shop.example",
            "No-Reply+x=y@shop.example",
            "MAILER-DAEMON@mx.example",
            "bounce-1234@news.example",
            "list-request@lists.example",
            "orders-noreply@shop.example",
        ] {
            assert!(nobody_reads(machine), "{machine}");
        }
        for person in ["norah@shop.example", "owner@shop.example", "bounced.cheque@shop.example", "info@shop.example"] {
            assert!(!nobody_reads(person), "{person}");
        }
    }
}
