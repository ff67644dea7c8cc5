//! What the DNS says of a domain: where its mail goes, and how others are to tell its mail from forged mail.

use base::dns::{Dns, DnsError};
use desk::{
    App, WorkspaceId,
    domains::{self, Published},
    finding::Finding,
};
use mail_auth::{SpfResult, spf::verify::SpfParameters};
use std::net::IpAddr;

/// All checks of a domain whose mail leaves through these servers.
pub(super) async fn domain(app: &App, workspace: WorkspaceId, domain: &str, sends_through: &[String]) -> Vec<Finding> {
    let dns = app.dns();
    let mut findings = vec![mx(domain, &dns).await];
    let records = dns.txt(domain).await;
    findings.push(spf(domain, records));
    for host in sends_through {
        findings.extend(server(domain, host, &dns).await);
    }
    findings.push(dkim(app, workspace, domain).await);
    findings.push(dmarc(domain, dns.txt(&format!("_dmarc.{domain}")).await));
    findings
}

fn cant_tell(check: &'static str, error: &DnsError) -> Finding {
    Finding::warn(check, format!("could not be looked up: {error}"))
}

async fn mx(domain: &str, dns: &Dns) -> Finding {
    let found = match dns.mx(domain).await {
        Ok(found) => found,
        Err(error) => return cant_tell("MX", &error),
    };
    if found.is_empty() {
        let advice = "publish an MX record that names the server which takes its mail";
        return Finding::fail("MX", format!("{domain} has no mail server in the DNS; {advice}"));
    }
    if found.iter().any(|(_, host)| host.is_empty()) {
        return Finding::fail("MX", format!("{domain} says that it takes no mail at all (a null MX, RFC 7505)"));
    }
    let names: Vec<&str> = found.iter().map(|(_, host)| host.as_str()).collect();
    for host in &names {
        if matches!(dns.addresses(host).await, Ok(addresses) if addresses.is_empty()) {
            return Finding::fail(
                "MX",
                format!("the mail server {host} has no address in the DNS; correct its name in the MX record"),
            );
        }
    }
    Finding::ok("MX", format!("mail goes to {}", names.join(", ")))
}

fn spf(domain: &str, records: Result<Vec<String>, DnsError>) -> Finding {
    let records = match records {
        Ok(records) => records,
        Err(error) => return cant_tell("SPF", &error),
    };
    let found: Vec<&String> = records
        .iter()
        .filter(|record| record.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case("v=spf1")))
        .collect();
    match found.as_slice() {
        [] => Finding::warn(
            "SPF",
            format!(
                "{domain} does not say which servers send its mail; publish a TXT record such as \"v=spf1 mx -all\""
            ),
        ),
        [record] if record.contains("+all") => Finding::fail(
            "SPF",
            "the record ends in +all, which lets everybody send in your name; end it with -all or ~all",
        ),
        [record] => Finding::ok("SPF", format!("published: {record}")),
        many => Finding::fail(
            "SPF",
            format!("there are {} records, so none counts (RFC 7208); merge them into one", many.len()),
        ),
    }
}

/// Whether the domain lets this server send its mail, and whether the server has a name.
async fn server(domain: &str, host: &str, dns: &Dns) -> Vec<Finding> {
    let addresses = match host.parse::<IpAddr>() {
        Ok(address) => vec![address],
        Err(_) => match dns.addresses(host).await {
            Ok(addresses) if addresses.is_empty() => {
                return vec![Finding::fail("sending server", format!("{host} has no address in the DNS"))];
            }
            Ok(addresses) => addresses,
            Err(error) => return vec![cant_tell("sending server", &error)],
        },
    };
    let Some(examiner) = dns.examiner() else { return vec![cant_tell("sending server", &DnsError::NoServer)] };
    let mut findings = Vec::new();
    for address in addresses.into_iter().filter(|address| !is_within_the_house(*address)).take(4) {
        let sender = format!("postmaster@{domain}");
        let asked = SpfParameters::verify_mail_from(address, host, "rapport", &sender);
        let verdict = match tokio::time::timeout(std::time::Duration::from_secs(10), examiner.verify_spf(asked)).await {
            Ok(output) => output.result(),
            Err(_) => SpfResult::TempError,
        };
        findings.push(may_send(domain, host, address, verdict));
        findings.push(pointer(host, address, dns.names(address).await));
    }
    findings
}

fn may_send(domain: &str, host: &str, address: IpAddr, verdict: SpfResult) -> Finding {
    let check = "SPF of the sending server";
    match verdict {
        SpfResult::Pass => Finding::ok(check, format!("{domain} lets {host} ({address}) send its mail")),
        SpfResult::None => Finding::warn(check, format!("{domain} has no SPF record that could let {host} send")),
        SpfResult::TempError => Finding::warn(check, "it could not be looked up now"),
        SpfResult::PermError => Finding::fail(
            check,
            format!("the SPF record of {domain} can't be understood, or asks for too much; correct it"),
        ),
        SpfResult::Fail | SpfResult::SoftFail | SpfResult::Neutral => Finding::warn(
            check,
            format!(
                "{domain} does not name {host} ({address}). Unless that server passes mail on through others, add a:{host} or what its provider tells you to include"
            ),
        ),
    }
}

fn pointer(host: &str, address: IpAddr, names: Result<Vec<String>, DnsError>) -> Finding {
    match names {
        Err(error) => cant_tell("PTR", &error),
        Ok(names) if names.is_empty() => Finding::warn(
            "PTR",
            format!(
                "{address} ({host}) has no name in the DNS; many servers refuse mail from such addresses. Whoever gave you the address can set it"
            ),
        ),
        Ok(names) => Finding::ok("PTR", format!("{address} is {}", names.join(", "))),
    }
}

/// Addresses that no server outside can see.
fn is_within_the_house(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

async fn dkim(app: &App, workspace: WorkspaceId, domain: &str) -> Finding {
    let name = domain.to_owned();
    let found =
        app.read(workspace.as_system(), move |desk| Box::pin(async move { domains::find(desk, &name).await })).await;
    let Ok(known) = found else {
        let words = format!(
            "Rapport does not sign mail of {domain}. That is right if the sending server does; else add the domain in Settings → Domains"
        );
        return Finding::warn("DKIM", words);
    };
    let place = known.record_name();
    match (domains::published(app, &known).await, known.active) {
        (Published::Found, true) => Finding::ok("DKIM", format!("mail is signed, and {place} holds our key")),
        (Published::Found, false) => {
            Finding::warn("DKIM", format!("{place} holds our key, but signing is off; start it in Settings → Domains"))
        }
        (Published::Missing, true) => {
            Finding::fail("DKIM", format!("mail is signed, but {place} is not there; publish it, or stop signing"))
        }
        (Published::Missing, false) => {
            Finding::warn("DKIM", format!("keys are drawn, but {place} is not published yet"))
        }
        (Published::Different(other), true) => Finding::fail(
            "DKIM",
            format!("mail is signed, but {place} holds another key ({other}); replace it by ours"),
        ),
        (Published::Different(_), false) => {
            Finding::warn("DKIM", format!("{place} holds another key than ours; replace it"))
        }
        (Published::Unknown(why), _) => Finding::warn("DKIM", format!("{place} could not be looked up: {why}")),
    }
}

fn dmarc(domain: &str, records: Result<Vec<String>, DnsError>) -> Finding {
    let records = match records {
        Ok(records) => records,
        Err(error) => return cant_tell("DMARC", &error),
    };
    let found: Vec<&String> = records.iter().filter(|record| record.trim_start().starts_with("v=DMARC1")).collect();
    let [record] = found.as_slice() else {
        return match found.len() {
            0 => Finding::warn(
                "DMARC",
                format!(
                    "{domain} does not ask receivers to check its mail; publish at _dmarc.{domain} \"v=DMARC1; p=none; rua=mailto:you@{domain}\" and tighten it later"
                ),
            ),
            many => {
                Finding::fail("DMARC", format!("there are {many} records at _dmarc.{domain}, so none counts; keep one"))
            }
        };
    };
    let policy =
        record.split(';').find_map(|tag| tag.trim().strip_prefix("p=").map(|policy| policy.trim().to_lowercase()));
    match policy.as_deref() {
        Some(policy @ ("reject" | "quarantine")) => {
            Finding::ok("DMARC", format!("forged mail is to be met with {policy}"))
        }
        Some("none") => Finding::ok(
            "DMARC",
            "receivers only watch (p=none); with reports coming in clean, p=quarantine or p=reject protects your name",
        ),
        _ => Finding::fail(
            "DMARC",
            format!("the record says no policy that is known (p=none, quarantine or reject): {record}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::finding::FindingState::{self, Fail, Ok as Fine, Warn};

    fn states(check: impl Fn(Vec<String>) -> Finding, cases: &[(&[&str], FindingState)]) {
        for (records, expected) in cases {
            let found = check(records.iter().map(|record| (*record).to_owned()).collect());
            assert_eq!(found.state, *expected, "{records:?}: {}", found.words);
        }
    }

    #[test]
    fn spf_records_are_counted_and_read() {
        let one: &[(&[&str], _)] = &[
            (&["v=spf1 mx -all", "google-site-verification=x"], Fine),
            (&["something else"], Warn),
            (&["v=spf1 mx -all", "V=SPF1 -all"], Fail),
            (&["v=spf1 +all"], Fail),
            (&["v=spf10 mx"], Warn),
        ];
        states(|records| spf("shop.example", Ok(records)), one);
        assert_eq!(spf("shop.example", Err(DnsError::NoServer)).state, Warn);
    }

    #[test]
    fn dmarc_policies_are_read() {
        let cases: &[(&[&str], _)] = &[
            (&["v=DMARC1; p=reject"], Fine),
            (&["v=DMARC1;p=none; rua=mailto:a@b.example"], Fine),
            (&["v=DMARC1; rua=mailto:a@b.example"], Fail),
            (&["v=DMARC1; p=reject", "v=DMARC1; p=none"], Fail),
            (&[], Warn),
        ];
        states(|records| dmarc("shop.example", Ok(records)), cases);
    }
}
