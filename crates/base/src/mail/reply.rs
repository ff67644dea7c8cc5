//! What someone wrote this time: a mail's text without quotations and signature.
//!
//! Rather too much than too little: text between quotations stays, and where nothing is left, everything stays.

pub(super) use super::phrases::FROM;
use super::phrases::{ADDED, ADDED_ENDS, BEGINS, DIVIDERS, INSIDE, SENT, SUBJECT, TO, WROTE_AT_END, WROTE_INSIDE};

/// Longest signature behind two dashes without the space that the standard asks for, in lines.
const MAX_LOOSE_SIGNATURE: usize = 12;

/// A mail's text, parted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Without quotations, the lines that introduce them, and the signature.
    pub text: String,
    /// The signature, and what the program added.
    pub signature: Option<String>,
}

impl Own {
    /// All of it.
    pub(super) fn whole(text: &str) -> Self {
        Self { text: text.trim().to_owned(), signature: None }
    }
}

/// Parts what someone wrote from what was there before.
pub fn own_words(text: &str) -> Own {
    let lines: Vec<&str> = text.lines().collect();
    let mut own: Vec<&str> = Vec::new();
    let mut cut: Vec<&str> = Vec::new();
    let (mut at, mut starts_stretch) = (0, true);
    while at < lines.len() {
        if is_quoted(lines[at]) {
            end_stretch(&mut own, &mut cut);
            at += 1;
        } else if let Some(length) = introduction(&lines[at..]) {
            let after = next_line(&lines, at + length);
            if after < lines.len() && !is_quoted(lines[after]) && !stops_here(&own) {
                return Own::whole(text);
            }
            end_stretch(&mut own, &mut cut);
            at = if after < lines.len() && !is_quoted(lines[after]) { lines.len() } else { after };
        } else if is_divider(lines[at]) || is_header_block(&lines[at..]) {
            if !stops_here(&own) {
                return Own::whole(text);
            }
            at = lines.len();
        } else if is_signature(&lines[at..]) {
            end_stretch(&mut own, &mut cut);
            at += 1;
            let start = at;
            while at < lines.len()
                && !is_quoted(lines[at])
                && introduction(&lines[at..]).is_none()
                && !is_divider(lines[at])
                && !is_header_block(&lines[at..])
            {
                at += 1;
            }
            cut.extend(&lines[start..at]);
        } else if let Some(length) = armor(&lines[at..]) {
            at += length;
            starts_stretch |= own.is_empty();
            continue;
        } else {
            // Blank lines at the start of a stretch say nothing.
            if !(lines[at].trim().is_empty() && starts_stretch) {
                own.push(lines[at]);
                starts_stretch = false;
            }
            at += 1;
            continue;
        }
        starts_stretch = true;
    }
    end_stretch(&mut own, &mut cut);
    let words = own.join("\n");
    let words = words.trim_matches('\n').trim_end();
    if words.trim().is_empty() {
        return Own::whole(text);
    }
    let signature = cut.join("\n").trim().to_owned();
    Own { text: words.to_owned(), signature: (!signature.is_empty()).then_some(signature) }
}

/// The lines that OpenPGP puts around a signed text (RFC 9580, section 7): how many.
fn armor(lines: &[&str]) -> Option<usize> {
    let end = match lines[0].trim_end() {
        "-----BEGIN PGP SIGNED MESSAGE-----" => lines.iter().take(10).position(|line| line.trim().is_empty()),
        "-----BEGIN PGP SIGNATURE-----" => {
            lines.iter().take(200).position(|line| line.trim_end() == "-----END PGP SIGNATURE-----")
        }
        _ => None,
    };
    end.map(|end| end + 1)
}

/// Below is a copy without marks. What stands above is all there is, unless nothing does or it points to words below.
fn stops_here(own: &[&str]) -> bool {
    let above = own.join("\n").to_lowercase();
    !above.trim().is_empty() && !INSIDE.iter().any(|word| above.contains(word))
}

/// Ends a stretch of own words: drops what programs added below it, leaves one blank line.
fn end_stretch<'t>(own: &mut Vec<&'t str>, cut: &mut Vec<&'t str>) {
    loop {
        match own.last().map(|line| line.trim()) {
            Some("") if own.len() > 1 && own[own.len() - 2].trim().is_empty() => _ = own.pop(),
            Some("") => {
                let before = own.len().checked_sub(2).map(|i| own[i].trim());
                match before {
                    Some(line) if is_added(line) || is_rule(line) => {
                        own.pop();
                        cut.extend(own.pop().filter(|line| is_added(line)));
                    }
                    _ => return,
                }
            }
            Some(line) if is_added(line) || is_rule(line) => cut.extend(own.pop().filter(|line| is_added(line))),
            Some(_) => own.push(""),
            None => return,
        }
    }
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

fn is_added(line: &str) -> bool {
    let line = line.trim_start_matches(['-', '_', '*', ' ']).to_lowercase();
    let length = line.chars().count();
    (length <= 90 && ADDED.iter().any(|start| line.starts_with(start)))
        || (length <= 40 && ADDED_ENDS.iter().any(|end| line.trim_end_matches(['.', '。']).ends_with(end)))
}

/// Nothing but a drawn line.
fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| matches!(c, '_' | '-' | '=' | ' '))
}

fn is_divider(line: &str) -> bool {
    let inner = line.trim_matches(['-', '_', '*', ' ', '#', '=']);
    let is_framed = line.trim_start().starts_with(['-', '_', '#', '=', '*']);
    let lower = inner.to_lowercase();
    // Zoho: ---- On …, Ann wrote ----
    let is_sentence =
        inner.len() < 300 && line.trim_end().ends_with("--") && lower.starts_with("on ") && lower.ends_with(" wrote");
    is_framed && (is_sentence || (inner.len() < 90 && DIVIDERS.iter().any(|divider| lower.starts_with(divider))))
}

/// `On … wrote:`, on up to four lines: how many. What does not stand right above a quotation must look very much like it.
fn introduction(lines: &[&str]) -> Option<usize> {
    if lines[0].len() > 400 {
        return None;
    }
    let start = lines[0].trim_start().to_lowercase();
    let begins = BEGINS.iter().any(|word| start.starts_with(word)) || start.starts_with(|c: char| c.is_ascii_digit());
    let mut joined = String::new();
    let may_wrap = begins || has_year_or_address(lines[0]);
    for (number, line) in lines.iter().take(if may_wrap { 4 } else { 1 }).enumerate() {
        if line.trim().is_empty() || is_quoted(line) {
            return None;
        }
        joined.push_str(line.trim());
        joined.push(' ');
        let Some(sentence) = joined.trim_end().strip_suffix([':', '：']) else { continue };
        let sentence = format!("{} ", sentence.trim_end().to_lowercase());
        let ends_so = WROTE_AT_END.iter().any(|verb| sentence.trim_end().ends_with(verb));
        let has_verb = ends_so || WROTE_INSIDE.iter().any(|verb| sentence.contains(verb));
        let has_date = sentence.contains(|c: char| c.is_ascii_digit());
        let above_quotation = || {
            let next = next_line(lines, number + 1);
            next >= lines.len() || is_quoted(lines[next])
        };
        // "It broke. Ann wrote:" is a customer's own sentence.
        let is_plain = has_date || !sentence.trim_end().contains(". ");
        let is_dated_address = has_date && sentence.contains('@');
        let is_sure = has_verb && has_date && (begins || (is_dated_address && has_time(&sentence)));
        if number > 0 && !begins && !(is_dated_address && has_time(&sentence)) {
            // A customer's own lines above "… wrote:" are theirs.
            continue;
        }
        if is_sure || ((has_verb || is_dated_address) && is_plain && above_quotation()) {
            return Some(number + 1);
        }
    }
    None
}

fn has_year_or_address(line: &str) -> bool {
    line.contains('@') || line.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4)
}

/// `10:00`, `9.30` or `10时`.
fn has_time(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (1..bytes.len())
        .any(|at| matches!(bytes[at], b':' | b'.' | b'h') && is_digit(at - 1) && is_digit(at + 1) && is_digit(at + 2))
}

fn next_line(lines: &[&str], from: usize) -> usize {
    (from..lines.len()).find(|i| !lines[*i].trim().is_empty()).unwrap_or(lines.len())
}

/// `From: … Sent: … To: … Subject: …` as Outlook puts above the mail before.
pub(super) fn is_header_block(lines: &[&str]) -> bool {
    if label(lines[0]).is_none_or(|label| !FROM.contains(&label.as_str())) {
        return false;
    }
    let mut found = [false; 3];
    for line in lines.iter().skip(1).take(8) {
        if let Some(label) = label(line) {
            for (names, found) in [SENT, TO, SUBJECT].iter().zip(&mut found) {
                *found |= names.contains(&label.as_str());
            }
        }
    }
    found.iter().filter(|found| **found).count() >= 2
}

/// The word before the colon, in lower case, without the stars of bold text.
pub(super) fn label(line: &str) -> Option<String> {
    let (label, _) = line.split_once([':', '：'])?;
    if label.len() > 40 {
        return None;
    }
    let label = label.trim_matches(|c: char| matches!(c, '*' | '>' | ' ' | '\u{a0}')).to_lowercase();
    (!label.is_empty()).then_some(label)
}

/// A line of two dashes, and no more below than a signature has.
fn is_signature(lines: &[&str]) -> bool {
    match lines[0] {
        "-- " => true,
        "--" | "—" => lines[1..].iter().take_while(|line| !is_quoted(line)).count() <= MAX_LOOSE_SIGNATURE,
        _ => false,
    }
}
