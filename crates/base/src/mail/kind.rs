//! What sort of mail it is, by its headers and reports first and by its words last.

use super::headers::Headers;
use super::parsed::{Address, Bounce, Kind};
use super::parts::Content;
use super::report;

/// How vacation programs begin their subject, in lower case. A person who answers such a mail writes `Re:` before it.
#[rustfmt::skip]
const AWAY: &[&str] = &[
    "out of office", "out-of-office", "out of the office:", "automatic reply", "automatic response", "auto reply", "autoreply", "auto-reply",
    "auto response", "auto-response", "autoresponse", "autoresponder", "vacation reply", "[auto-reply]", "[autoreply]", "ooo:",
    "automatische antwort", "abwesenheitsnotiz", "abwesenheitsmeldung", "abwesenheit:", "abwesenheitsassistent", "abwesend:",
    "automatische abwesenheit", "autom. antwort", "automatische rückantwort",
    "réponse automatique", "reponse automatique", "absence du bureau", "message d'absence", "message d’absence", "absent(e) du bureau",
    "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina", "respuesta de ausencia",
    "risposta automatica", "fuori sede", "fuori ufficio", "messaggio automatico:",
    "resposta automática", "resposta automatica", "fora do escritório", "ausência temporária", "ausente do escritório",
    "automatisch antwoord", "automatische reactie", "afwezig:", "afwezigheidsassistent", "afwezigheidsbericht", "niet aanwezig:",
    "autosvar", "automatiskt svar", "frånvaro:", "frånvaromeddelande", "automatisk svar", "fravær:", "ikke til stede", "ikke på kontoret",
    "automaattinen vastaus", "poissa:", "poissaoloilmoitus",
    "odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź", "poza biurem", "nieobecność:",
    "автоматический ответ", "автоответ", "автоответчик", "вне офиса", "отсутствие на рабочем месте",
    "自動応答", "自動返信", "不在通知", "不在:", "不在：", "【自動返信】",
    "自动回复", "自動回覆", "自动答复", "外出:", "外出自动回复", "不在办公室",
    "자동 회신", "자동 응답", "자동회신", "부재중", "[자동회신]",
    "رد تلقائي", "الرد التلقائي", "خارج المكتب",
    "otomatik yanıt", "otomatik cevap", "ofis dışında", "ofis dışındayım",
    "automatická odpověď", "automatická odpoveď", "mimo kancelář", "nepřítomnost:",
    "automatikus válasz", "házon kívül", "irodán kívül",
];

/// The kind of a mail, and what a bounce says.
pub(super) fn classify(
    headers: &Headers<'_>,
    content: &Content,
    from: &[Address],
    subject: &str,
    text: &str,
) -> (Kind, Option<Bounce>) {
    if content.feedback_report.is_some() || report_type(headers).as_deref() == Some("feedback-report") {
        return (Kind::Complaint, None);
    }
    if let Some(bounce) = report::bounce(headers, content, from, subject, text) {
        return (Kind::Bounce, Some(bounce));
    }
    let submitted = headers.keyword("Auto-Submitted").filter(|word| word != "no");
    let precedence = headers.keyword("Precedence");
    let is_list = ["List-Id", "List-Post", "List-Unsubscribe"].iter().any(|name| headers.has(name))
        || matches!(precedence.as_deref(), Some("list" | "bulk"));
    let is_answer = submitted.as_deref() == Some("auto-replied")
        || content.is_receipt
        || content.delivery_status.is_some()
        || matches!(precedence.as_deref(), Some("auto_reply" | "auto-reply" | "junk"))
        || AUTO_REPLY_HEADERS
            .iter()
            .any(|name| headers.keyword(name).is_some_and(|word| !matches!(word.as_str(), "no" | "false" | "0")))
        || is_away(subject);
    let kind = if is_answer || (submitted.is_some() && !is_list) {
        Kind::AutoReply
    } else if is_list {
        Kind::List
    } else {
        Kind::Message
    };
    (kind, None)
}

const AUTO_REPLY_HEADERS: &[&str] = &[
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
    "X-Auto-Reply",
    "X-AutoReply-Rcvd",
    "X-Vacation",
];

fn is_away(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    AWAY.iter().any(|start| subject.starts_with(start))
}

/// True when no program of ours may answer by itself (RFC 3834, section 2).
pub(super) fn is_automatic(headers: &Headers<'_>, kind: Kind, from: &[Address]) -> bool {
    let is_machine = |address: &Address| {
        let local = address.address.split('@').next().unwrap_or_default().to_lowercase();
        let local: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
        ["noreply", "donotreply", "mailerdaemon", "postmaster", "bounce", "bounces"].iter().any(|name| local == *name)
            || local.starts_with("noreply")
            || local.starts_with("donotreply")
    };
    let suppress = headers.raw("X-Auto-Response-Suppress").join(" ").to_lowercase();
    kind != Kind::Message
        || from.is_empty()
        || from.iter().any(is_machine)
        || headers.raw("Return-Path").first().is_some_and(|path| path == "<>")
        || ["all", "autoreply", "oof"].iter().any(|word| suppress.split([',', ' ']).any(|other| other == *word))
        || headers.has("X-Loop")
        || headers.has("Feedback-ID")
}

/// `report-type` of a `multipart/report`, in lower case.
pub(super) fn report_type(headers: &Headers<'_>) -> Option<String> {
    let content = headers.content("Content-Type")?;
    let is_report = content.c_type.eq_ignore_ascii_case("multipart")
        && content.c_subtype.as_deref().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"));
    content.attribute("report-type").filter(|_| is_report).map(|word| word.trim().to_ascii_lowercase())
}
