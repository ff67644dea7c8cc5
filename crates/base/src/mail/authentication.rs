//! The verdicts that the receiving server wrote down (RFC 8601).

use super::headers::{Headers, split};
use super::parsed::Authentication;

/// The verdicts that stand in a mail; see [`Authentication`] for whom to believe.
pub fn authentication(raw: &[u8]) -> Authentication {
    verdicts(&split(raw).0)
}

/// Reads `Authentication-Results`: only those of the server whose header stands first, because everything below may have come
/// with the mail. The server must remove forged headers in its own name, as the standard demands.
pub(super) fn verdicts(headers: &Headers<'_>) -> Authentication {
    let mut found = Authentication::default();
    for field in headers.raw("Authentication-Results").into_iter().take(20) {
        let field = without_comments(&field);
        let mut pieces = field.split(';').map(str::trim);
        let first = pieces.next().unwrap_or_default();
        let name = first.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        // Some servers leave their name out and begin with a result.
        let (name, first) = if name.contains('=') { (String::new(), Some(first)) } else { (name, None) };
        match &found.server {
            Some(server) if *server != name => continue,
            Some(_) => {}
            None => found.server = Some(name),
        }
        for result in first.into_iter().chain(pieces) {
            let Some((method, rest)) = result.split_once('=') else { continue };
            let method = method.split('/').next().unwrap_or_default().trim().to_ascii_lowercase();
            let verdict = rest.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
            if verdict.is_empty() || verdict.len() > 20 || !verdict.bytes().all(|b| b.is_ascii_alphanumeric()) {
                continue;
            }
            let [of_sender, of_signature, of_from] = &mut found.domains;
            match method.as_str() {
                "spf" => keep(&mut found.spf, of_sender, verdict, domain(rest, &["smtp.mailfrom", "smtp.helo"])),
                "dkim" => keep(&mut found.dkim, of_signature, verdict, domain(rest, &["header.d", "header.i"])),
                "dmarc" => keep(&mut found.dmarc, of_from, verdict, domain(rest, &["header.from"])),
                "arc" => keep(&mut found.arc, &mut None, verdict, None),
                _ => {}
            }
        }
    }
    if found.spf.is_none() && found.server.is_none() {
        found.spf = headers.keyword("Received-SPF").filter(|word| word.bytes().all(|b| b.is_ascii_alphabetic()));
    }
    found
}

/// One right signature is enough; otherwise the first verdict counts.
fn keep(place: &mut Option<String>, domain_place: &mut Option<String>, verdict: String, domain: Option<String>) {
    if place.is_none() || (verdict == "pass" && place.as_deref() != Some("pass")) {
        *place = Some(verdict);
        *domain_place = domain;
    }
}

/// The domain that a result is about: the first of these properties that stands there.
fn domain(result: &str, properties: &[&str]) -> Option<String> {
    let value = |wanted: &&str| {
        result.split_whitespace().find_map(|word| {
            let (property, value) = word.split_once('=')?;
            property.eq_ignore_ascii_case(wanted).then(|| value.trim_matches('"'))
        })
    };
    let value = properties.iter().find_map(value)?;
    let name = value.rsplit('@').next().unwrap_or_default().trim_matches(['<', '>', '.']).to_ascii_lowercase();
    (!name.is_empty() && name.len() <= 253).then_some(name)
}

fn without_comments(field: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(field.len());
    for c in field.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_server_is_believed() {
        let raw = b"Authentication-Results: mx.us.example 1; spf=softfail (x; dkim=pass) smtp.mailfrom=a@b.example;\r\n dkim=fail header.d=x; dkim=pass header.i=@Y.example header.s=k; dmarc=fail\r\nAuthentication-Results: evil.example; dmarc=pass\r\nAuthentication-Results: mx.us.example; arc=none\r\n\r\n";
        let verdict = |word: &str| Some(word.to_owned());
        let expected = Authentication {
            spf: verdict("softfail"),
            dkim: verdict("pass"),
            dmarc: verdict("fail"),
            arc: verdict("none"),
            server: verdict("mx.us.example"),
            domains: [verdict("b.example"), verdict("y.example"), None],
        };
        assert_eq!(authentication(raw), expected);
    }

    #[test]
    fn a_server_that_leaves_its_name_out_is_told_from_no_server() {
        let raw = b"Authentication-Results: spf=pass smtp.mailfrom=a.example; dmarc=pass header.from=a.example\r\n\r\n";
        let found = authentication(raw);
        assert_eq!((found.server.as_deref(), found.dmarc.as_deref()), (Some(""), Some("pass")));
        assert_eq!(found.domains[2].as_deref(), Some("a.example"));
        assert_eq!(authentication(b"Subject: x\r\n\r\n").server, None);
    }
}
