//! Our own examination: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 9989) and ARC (RFC 8617), by the mail-auth library.

use base::dns::Dns;
use desk::{
    channel::Client,
    conversations::{Examiner, Verdict, Verdicts},
};
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcResult, MessageAuthenticator, SpfResult,
    dmarc::verify::DmarcParameters, spf::verify::SpfParameters,
};

/// Further signatures of one mail are not looked at: each costs a question and a calculation.
const MOST_SIGNATURES: usize = 6;

/// Examines a mail that `client` handed over with the envelope's `sender`.
pub(super) async fn verify(dns: &Dns, raw: &[u8], client: &Client, sender: &str) -> Verdicts {
    let Some(examiner) = dns.examiner() else { return super::nothing_found() };
    let Some(mut mail) = AuthenticatedMessage::parse(raw) else { return super::nothing_found() };
    mail.dkim_headers.truncate(MOST_SIGNATURES);
    let from = domain(mail.from()).to_owned();
    let helo = client.helo.as_str();
    // A bounce has no sender: the server's own name stands in (RFC 7208, 2.4).
    let sender_domain = if sender.is_empty() { helo } else { domain(sender) };
    let parameters = match sender.is_empty() {
        true => SpfParameters::verify_ehlo(client.ip, helo, "rapport"),
        false => SpfParameters::verify_mail_from(client.ip, helo, "rapport", sender),
    };
    let spf = examiner.verify_spf(parameters).await;
    let dkim = examiner.verify_dkim(&mail).await;
    let dmarc = examiner.verify_dmarc(DmarcParameters::new(&mail, &dkim, sender_domain, &spf)).await;
    Verdicts {
        by: Examiner::Ourselves,
        spf: Some(Verdict::new(spf_word(spf.result()), Some(sender_domain))),
        dkim: Some(best_signature(&dkim, &from)),
        dmarc: Some(Verdict::new(dmarc_word(&dmarc.result()), Some(&from))),
        arc: Some(chain(examiner, &mail).await),
    }
}

async fn chain(examiner: &MessageAuthenticator, mail: &AuthenticatedMessage<'_>) -> Verdict {
    Verdict::new(dkim_word(examiner.verify_arc(mail).await.result()), None)
}

/// Of several signatures: a right one of the writer's domain, else a right one, else the first.
fn best_signature(outputs: &[DkimOutput<'_>], from: &str) -> Verdict {
    let passed = |output: &&DkimOutput<'_>| *output.result() == DkimResult::Pass;
    let of = |output: &DkimOutput<'_>| output.signature().map(|signature| signature.d.to_lowercase());
    let own = |output: &&DkimOutput<'_>| {
        of(output).is_some_and(|signer| from == signer || from.ends_with(&format!(".{signer}")))
    };
    let best = outputs.iter().filter(passed).find(own).or(outputs.iter().find(passed)).or(outputs.first());
    best.map_or_else(|| Verdict::new("none", None), |best| Verdict::new(dkim_word(best.result()), of(best).as_deref()))
}

fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

fn spf_word(result: SpfResult) -> &'static str {
    match result {
        SpfResult::Pass => "pass",
        SpfResult::Fail => "fail",
        SpfResult::SoftFail => "softfail",
        SpfResult::Neutral => "neutral",
        SpfResult::TempError => "temperror",
        SpfResult::PermError => "permerror",
        SpfResult::None => "none",
    }
}

fn dkim_word(result: &DkimResult) -> &'static str {
    match result {
        DkimResult::Pass => "pass",
        DkimResult::Neutral(_) => "neutral",
        DkimResult::Fail(_) => "fail",
        DkimResult::PermError(_) => "permerror",
        DkimResult::TempError(_) => "temperror",
        DkimResult::None => "none",
    }
}

fn dmarc_word(result: &DmarcResult) -> &'static str {
    match result {
        DmarcResult::Pass => "pass",
        DmarcResult::Fail(_) => "fail",
        DmarcResult::TempError(_) => "temperror",
        DmarcResult::PermError(_) => "permerror",
        DmarcResult::None => "none",
    }
}
