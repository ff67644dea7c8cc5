//! Delivery reports: the standard's (RFC 3464) and what servers wrote before it or still do.

use super::headers::{self, Headers};
use super::kind::report_type;
use super::parsed::{Address, Bounce};
use super::parts::Content;

/// Most addresses kept of one report.
const MAX_RECIPIENTS: usize = 100;

/// How servers that write no standard report begin their subject, in lower case.
#[rustfmt::skip]
const SUBJECTS: &[&str] = &[
    "undelivered mail returned to sender", "undeliverable", "undelivered", "delivery status notification", "delivery notification",
    "mail delivery failed", "mail delivery failure", "mail delivery problem", "mail delivery error", "mail delivery subsystem", "failure notice", "returned mail",
    "returned to sender", "delivery failure", "delivery failed", "delivery has failed", "delivery report", "mail system error", "mail could not be delivered",
    "message could not be delivered", "message delivery failure", "message undeliverable", "mail not delivered", "could not send message",
    "nondeliverable mail", "non-deliverable", "non delivery report", "non-delivery", "unable to deliver", "unzustellbar", "nicht zugestellt",
    "nicht zustellbar", "mail konnte nicht zugestellt", "übermittlung fehlgeschlagen", "zustellung fehlgeschlagen",
    "non remis", "non délivré", "échec de la remise", "échec de remise", "notification d'échec de remise", "courrier non distribué",
    "no se puede entregar", "no se pudo entregar", "no se ha podido entregar", "error de entrega", "correo devuelto",
    "impossibile recapitare", "mancato recapito", "messaggio non recapitato", "não entregue", "não foi possível entregar",
    "falha na entrega", "onbestelbaar", "niet bezorgd", "nie można dostarczyć", "niedostarczon", "не удается доставить", "недоставленное сообщение",
    "не доставлено", "配信不能", "配信できません", "配送不能", "无法投递", "未送达", "退信", "無法傳遞", "系统退信", "전송 실패", "배달되지 않음", "تعذر التسليم",
    "teslim edilemedi", "iletilemedi", "det går inte att leverera", "olevererbart", "kan ikke leveres", "kunne ikke leveres", "toimittaminen epäonnistui",
    "nelze doručit", "nedoručitelné", "kézbesíthetetlen", "nem kézbesíthető",
    "warning: message", "warning: could not send message", "message delayed", "delivery delayed", "delayed mail", "mail delayed",
];

/// What the mail says about a failed or late delivery; `None` when it is no such report.
pub(super) fn bounce(
    headers: &Headers<'_>,
    content: &Content,
    from: &[Address],
    subject: &str,
    text: &str,
) -> Option<Bounce> {
    let original = || original_message_id(headers, content, text);
    if let Some(status) = &content.delivery_status {
        let report = read_status(status);
        // A report about success or relaying is no bounce.
        let has_failed = report.failed || report.delayed || (!report.has_action && report.is_bad_status());
        return has_failed.then(|| Bounce {
            hard: (report.failed || !report.has_action)
                && report.status.as_deref().is_none_or(|status| status.starts_with('5')),
            recipients: report.recipients,
            status: report.status,
            original_message_id: original(),
        });
    }
    let is_report = report_type(headers).as_deref() == Some("delivery-status");
    let failed: Vec<String> = headers.addresses("X-Failed-Recipients").into_iter().map(|found| found.address).collect();
    let comes_from_server = from.iter().any(|address| {
        let local = address.address.split('@').next().unwrap_or_default().to_lowercase();
        matches!(
            local.as_str(),
            "mailer-daemon" | "postmaster" | "mailerdaemon" | "mail-daemon" | "mailer_daemon" | "mdaemon"
        ) || local.starts_with("microsoftexchange")
    }) || headers.raw("Return-Path").first().is_some_and(|path| path == "<>");
    let subject = subject.to_lowercase();
    let sounds_so = SUBJECTS.iter().any(|start| subject.starts_with(start));
    if !is_report && failed.is_empty() && !(comes_from_server && sounds_so) {
        return None;
    }
    let words = own_part(text);
    let status = find_status(words);
    let is_delay = ["delay", "warning:", "will be retried", "still trying"].iter().any(|word| subject.contains(word));
    let recipients = if failed.is_empty() { find_recipients(words) } else { failed };
    Some(Bounce {
        recipients,
        // A full mailbox may be emptied.
        hard: !is_delay && status.as_deref().map_or_else(|| !is_full(words), |status| status.starts_with('5')),
        status,
        original_message_id: original(),
    })
}

fn is_full(words: &str) -> bool {
    let words = words.to_lowercase();
    ["mailbox full", "mailbox is full", "quota", "exceeds allowed size", "exceeded storage"]
        .iter()
        .any(|mark| words.contains(mark))
}

#[derive(Default)]
struct Report {
    recipients: Vec<String>,
    status: Option<String>,
    failed: bool,
    delayed: bool,
    has_action: bool,
}

impl Report {
    fn is_bad_status(&self) -> bool {
        self.status.as_deref().is_some_and(|status| status.starts_with(['4', '5']))
    }
}

/// Groups of fields, one per recipient after the first group.
fn read_status(text: &str) -> Report {
    let mut report = Report::default();
    for group in text.replace("\n ", " ").replace("\n\t", " ").split("\n\n") {
        let field = |name: &str| {
            group
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(other, _)| other.trim().eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim())
        };
        let recipient = field("Final-Recipient").or_else(|| field("Original-Recipient"));
        let action = field("Action").map(|word| word.split_whitespace().next().unwrap_or_default().to_lowercase());
        let status = field("Status").and_then(find_status);
        if recipient.is_none() && action.is_none() && status.is_none() {
            continue;
        }
        report.has_action |= action.is_some();
        match action.as_deref() {
            Some("failed") => report.failed = true,
            Some("delayed") => report.delayed = true,
            Some(_) => continue,
            None => {}
        }
        let address = recipient.map(|value| value.split_once(';').map_or(value, |(_, address)| address));
        let address = address.map(|address| address.trim().trim_matches(['<', '>']).to_owned());
        if let Some(address) = address.filter(|address| address.contains('@') && address.len() <= 320)
            && report.recipients.len() < MAX_RECIPIENTS
            && !report.recipients.contains(&address)
        {
            report.recipients.push(address);
        }
        if report.status.is_none() || action.as_deref() == Some("failed") && !report.is_bad_status() {
            report.status = status.or(report.status);
        }
    }
    report
}

/// The first enhanced status code (`5.1.1`), else one made of the first plain reply code (`550` gives `5.0.0`).
fn find_status(text: &str) -> Option<String> {
    let words = || text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|word| word.trim_matches('.'));
    let enhanced = words().find(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() == 3
            && matches!(parts[0], "2" | "4" | "5")
            && parts[1..].iter().all(|part| (1..=3).contains(&part.len()))
    });
    let plain = || {
        let is_code = |word: &&str| {
            word.len() == 3
                && (word.starts_with("55") || word.starts_with("45") || matches!(*word, "421" | "500" | "501" | "521"))
        };
        words().find(is_code).map(|word| format!("{}.0.0", &word[..1]))
    };
    enhanced.map(str::to_owned).or_else(plain)
}

/// The server's own words: what stands before the copy of the mail.
fn own_part(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let end = [
        "this is a copy of",
        "below this line",
        "original message",
        "message headers follow",
        "\nreturn-path:",
        "\nreceived: ",
    ]
    .iter()
    .filter_map(|mark| lower.find(mark))
    .min();
    &text[..end.unwrap_or(text.len()).min(text.floor_char_boundary(64 * 1024))]
}

fn find_recipients(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"' | '\'' | ',' | ';' | '[' | ']'))
    {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).trim_start_matches("mailto:");
        let is_address = word.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.contains('@') && word.len() <= 320
        });
        let is_server =
            word.to_lowercase().starts_with("mailer-daemon") || word.to_lowercase().starts_with("postmaster");
        if is_address && !is_server && found.len() < 10 && !found.iter().any(|other| other.eq_ignore_ascii_case(word)) {
            found.push(word.to_owned());
        }
    }
    found
}

fn original_message_id(headers: &Headers<'_>, content: &Content, text: &str) -> Option<String> {
    let enclosed =
        content.enclosed.as_deref().and_then(|raw| headers::split(raw).0.ids("Message-ID").into_iter().next());
    enclosed
        .or_else(|| {
            let lower = text.to_ascii_lowercase();
            let at = lower.rfind("message-id:")? + "message-id:".len();
            headers::message_ids(text[at..].trim_start().lines().next()?).into_iter().next()
        })
        .or_else(|| headers.ids("In-Reply-To").into_iter().next())
        .or_else(|| headers.ids("References").pop())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_codes_are_found_in_prose() {
        assert_eq!(find_status("smtp; 550 5.1.1 <x@y.example> unknown").as_deref(), Some("5.1.1"));
        assert_eq!(find_status("host 10.20.30.40 said: 452 4.2.2 full").as_deref(), Some("4.2.2"));
        assert_eq!(find_status("said 550 no such user").as_deref(), Some("5.0.0"));
        assert_eq!(find_status("nothing of 2026"), None);
    }

    #[test]
    fn a_report_of_success_is_no_failure() {
        let report = read_status(
            "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a@b.example\nAction: delivered\nStatus: 2.0.0\n",
        );
        assert!(!report.failed && !report.delayed && report.has_action);
        assert!(report.recipients.is_empty());
    }
}
