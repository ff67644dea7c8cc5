//! Whose mail was forwarded by hand inside of this one.

use super::headers;
use super::ids::base_subject;
use super::parsed::Address;
use super::reply;

/// What programs write above the forwarded mail, in lower case.
const MARKS: &[&str] = &[
    "forwarded message",
    "begin forwarded message",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten",
    "message transféré",
    "message réexpédié",
    "début du message réexpédié",
    "début du message transféré",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "mensagem encaminhada",
    "mensagem reencaminhada",
    "início da mensagem",
    "doorgestuurd bericht",
    "begin doorgestuurd bericht",
    "wiadomość przekazana",
    "przekazana wiadomość",
    "пересылаемое сообщение",
    "пересланное сообщение",
    "начало пересланного сообщения",
    "転送されたメッセージ",
    "転送メッセージ",
    "转发的邮件",
    "转发邮件",
    "轉寄的郵件",
    "已转发的邮件",
    "전달된 메시지",
    "전달된 메일",
    "رسالة معاد توجيهها",
    "رسالة تمت إعادة توجيهها",
    "yönlendirilmiş ileti",
    "iletilen mesaj",
    "yönlendirilen ileti",
    "vidarebefordrat meddelande",
    "vidarebefordrat brev",
    "videresendt meddelelse",
    "videresendt besked",
    "videresendt melding",
    "välitetty viesti",
    "edelleenlähetetty viesti",
    "přeposlaná zpráva",
    "továbbított üzenet",
    "továbbított levél",
];

/// How subjects of forwarded mails begin, in lower case.
const SUBJECTS: &[&str] = &[
    "fwd",
    "fw",
    "wg",
    "tr",
    "rv",
    "i",
    "enc",
    "doorst",
    "vb",
    "pd",
    "转发",
    "轉寄",
    "転送",
    "전달",
    "vl",
    "továbbítás",
    "ilt",
    "пересл",
];

/// The writer of the forwarded mail: named below a mark that programs write, or in the fields that Outlook puts above it, or in
/// the mail that is attached. An answer (`Re:`) forwards nothing.
pub(super) fn original_writer(subject: &str, text: &str, enclosed: Option<&[u8]>) -> Option<Address> {
    if base_subject(subject) != subject {
        return None;
    }
    let lines: Vec<&str> = text.lines().take(2000).collect();
    if let Some(mark) = lines.iter().position(|line| is_mark(line)) {
        return lines[mark + 1..].iter().take(10).find_map(|line| writer(line));
    }
    let prefix = subject.split_once(':').map(|(prefix, _)| prefix.trim().to_lowercase()).unwrap_or_default();
    if !SUBJECTS.contains(&prefix.as_str()) {
        return None;
    }
    let block = (0..lines.len()).find(|i| reply::is_header_block(&lines[*i..]));
    block.and_then(|at| writer(lines[at])).or_else(|| headers::split(enclosed?).0.addresses("From").into_iter().next())
}

fn is_mark(line: &str) -> bool {
    if line.len() > 120 || line.starts_with('>') {
        return false;
    }
    let inner = line.trim_matches(|c: char| matches!(c, '-' | '*' | '_' | ' ' | ':' | '\u{a0}')).to_lowercase();
    let has_frame = line.trim_start().starts_with(['-', '_', '*']) || line.trim_end().ends_with(':');
    has_frame && MARKS.iter().any(|mark| inner.starts_with(mark))
}

/// The address of a line `From: Name <address>`.
fn writer(line: &str) -> Option<Address> {
    let label = reply::label(line)?;
    if !reply::FROM.contains(&label.as_str()) && label != "expéditeur" && label != "absender" {
        return None;
    }
    let (_, value) = line.split_once([':', '：'])?;
    let value = value.trim().trim_start_matches('*').trim();
    let separators =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '[' | ']' | '(' | ')' | '"' | ',' | ';' | '*');
    let address =
        value.split(separators).map(|word| word.trim_start_matches("mailto:")).find(|word| word.contains('@'))?;
    let name = value
        .split(['<', '[', '('])
        .next()
        .unwrap_or_default()
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '*'));
    let name = (!name.is_empty() && !name.contains('@')).then(|| name.to_owned());
    Some(Address { name, address: address.to_owned() })
}
