//! Subjects and message ids of answers.

use uuid::Uuid;

use super::decode::tidy_line;

/// How mail programs mark an answer, in lower case.
const REPLY: &[&str] = &[
    "re",
    "aw",
    "antw",
    "antwort",
    "sv",
    "vs",
    "rif",
    "res",
    "odp",
    "ynt",
    "ref",
    "r",
    "回复",
    "答复",
    "回覆",
    "返信",
    "ответ",
    "отв",
    "απ",
];

/// The subject of an answer: `Re: ` once, whatever marks of answers stood there before. On one line.
pub fn reply_subject(subject: &str) -> String {
    match base_subject(subject).as_str() {
        "" => "Re:".to_owned(),
        base => format!("Re: {base}"),
    }
}

/// The subject without marks of answers (`Re:`, `AW:`, `Re[2]:` …); marks of forwarding stay.
pub fn base_subject(subject: &str) -> String {
    let subject = tidy_line(subject, 1000);
    let mut rest = subject.as_str();
    while let Some(after) = after_mark(rest) {
        rest = after;
    }
    rest.to_owned()
}

fn after_mark(subject: &str) -> Option<&str> {
    let (mark, after) = subject.split_once([':', '：'])?;
    let mark = mark.trim().to_lowercase();
    let mark =
        mark.split(['[', '(', '*']).next().unwrap_or_default().trim().trim_end_matches(|c: char| c.is_ascii_digit());
    REPLY.contains(&mark).then(|| after.trim_start())
}

/// The Message-ID of a mail of ours, without angle brackets: made of the id it has in the store, so that it can be found again
/// and is the same at every attempt to send.
pub fn new_message_id(id: Uuid, domain: &str) -> String {
    let domain: String = domain.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
    let domain = domain.trim_matches(['.', '-']).to_ascii_lowercase();
    format!("{}@{}", id.simple(), if domain.is_empty() { "localhost" } else { &domain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_answers_do_not_pile_up() {
        for subject in [
            "Order 7",
            "Re: Order 7",
            "RE: AW: re[2]: Sv: Order 7",
            "Antw:Re:  Order 7",
            "回复：Order 7",
            "Re: Re\r\n: Order 7",
        ] {
            assert_eq!(reply_subject(subject), "Re: Order 7", "{subject:?}");
        }
        assert_eq!(reply_subject("Fwd: Re: x"), "Re: Fwd: Re: x");
        assert_eq!(reply_subject("Regarding: x"), "Re: Regarding: x");
        assert_eq!(reply_subject(" "), "Re:");
        assert_eq!(reply_subject("a\r\nBcc: evil@example.org"), "Re: a Bcc: evil@example.org");
    }

    #[test]
    fn message_ids_come_from_our_own() {
        let id = Uuid::from_u128(7);
        assert_eq!(new_message_id(id, "Desk.Example.org"), "00000000000000000000000000000007@desk.example.org");
        assert_eq!(new_message_id(id, "\r\n<>"), "00000000000000000000000000000007@localhost");
    }
}
