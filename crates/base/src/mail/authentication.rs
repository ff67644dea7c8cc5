//! The verdicts that the receiving server wrote down (RFC 8601).

use super::headers::Headers;
use super::parsed::Authentication;

/// Reads `Authentication-Results`: only those of the server whose header stands first, because everything below may have come
/// with the mail. The server must remove forged headers in its own name, as the standard demands.
pub(super) fn verdicts(headers: &Headers<'_>) -> Authentication {
    let mut found = Authentication::default();
    let mut server: Option<String> = None;
    for field in headers.raw("Authentication-Results").into_iter().take(20) {
        let field = without_comments(&field);
        let mut pieces = field.split(';').map(str::trim);
        let first = pieces.next().unwrap_or_default();
        let name = first.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        // Some servers leave their name out and begin with a result.
        let (name, first) = if name.contains('=') { (String::new(), Some(first)) } else { (name, None) };
        match &server {
            Some(server) if *server != name => continue,
            Some(_) => {}
            None => server = Some(name),
        }
        for result in first.into_iter().chain(pieces) {
            let Some((method, rest)) = result.split_once('=') else { continue };
            let method = method.split('/').next().unwrap_or_default().trim().to_ascii_lowercase();
            let verdict = rest.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
            if verdict.is_empty() || verdict.len() > 20 || !verdict.bytes().all(|b| b.is_ascii_alphanumeric()) {
                continue;
            }
            match method.as_str() {
                "spf" => keep(&mut found.spf, verdict),
                "dkim" => keep(&mut found.dkim, verdict),
                "dmarc" => keep(&mut found.dmarc, verdict),
                "arc" => keep(&mut found.arc, verdict),
                _ => {}
            }
        }
    }
    if found.spf.is_none() && server.is_none() {
        found.spf = headers.keyword("Received-SPF").filter(|word| word.bytes().all(|b| b.is_ascii_alphabetic()));
    }
    found
}

/// One right signature is enough; otherwise the first verdict counts.
fn keep(place: &mut Option<String>, verdict: String) {
    if place.is_none() || verdict == "pass" {
        *place = Some(verdict);
    }
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
    use super::super::headers::split;
    use super::*;

    #[test]
    fn only_the_first_server_is_believed() {
        let raw = b"Authentication-Results: mx.us.example 1; spf=softfail (x; dkim=pass) smtp.mailfrom=a@b;\r\n dkim=fail header.d=x; dkim=pass header.d=y; dmarc=fail\r\nAuthentication-Results: evil.example; dmarc=pass\r\nAuthentication-Results: mx.us.example; arc=none\r\n\r\n";
        let (headers, _) = split(raw);
        let verdict = |word: &str| Some(word.to_owned());
        let expected = Authentication {
            spf: verdict("softfail"),
            dkim: verdict("pass"),
            dmarc: verdict("fail"),
            arc: verdict("none"),
        };
        assert_eq!(verdicts(&headers), expected);
    }
}
