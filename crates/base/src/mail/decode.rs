//! Transfer encodings and charsets, leniently: damaged input gives the best text there is, never an error.

use mail_parser::decoders::charsets::map::charset_decoder;

const INVALID: u8 = 0xff;

const BASE64: [u8; 256] = {
    let mut table = [INVALID; 256];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut i = 0;
    while i < 64 {
        table[alphabet[i] as usize] = i as u8;
        i += 1;
    }
    table
};

/// Decodes base64; skips what does not belong to it, such as the lines that a mailing list adds below. `None` when it looks like
/// no base64 at all. The flag is false when something had to be skipped.
pub(super) fn base64(input: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::with_capacity(input.len() / 4 * 3 + 3);
    let (mut bits, mut count, mut skipped) = (0_u32, 0_u32, 0_usize);
    for line in input.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        let strange = line.iter().filter(|byte| BASE64[**byte as usize] == INVALID && **byte != b'=').count();
        if strange > 2 || line.contains(&b' ') {
            skipped += line.len();
            continue;
        }
        skipped += strange;
        for &byte in line {
            let value = BASE64[byte as usize];
            if value != INVALID {
                bits = bits << 6 | u32::from(value);
                count += 1;
                if count == 4 {
                    out.extend_from_slice(&bits.to_be_bytes()[1..]);
                    (bits, count) = (0, 0);
                }
            } else if byte == b'=' {
                // The end of one run; some programs put several one after the other.
                finish_group(&mut out, &mut bits, &mut count);
            }
        }
    }
    let whole = skipped == 0 && count != 1;
    finish_group(&mut out, &mut bits, &mut count);
    (skipped <= input.len() / 2).then_some((out, whole))
}

fn finish_group(out: &mut Vec<u8>, bits: &mut u32, count: &mut u32) {
    match *count {
        2 => out.push((*bits >> 4) as u8),
        3 => out.extend_from_slice(&((*bits >> 2) as u16).to_be_bytes()),
        _ => {}
    }
    (*bits, *count) = (0, 0);
}

/// Decodes quoted-printable (RFC 2045, 6.7); what is not an escape stays as it is.
pub(super) fn quoted_printable(input: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(input.len());
    for line in input.split_inclusive(|byte| *byte == b'\n') {
        let (content, ending): (&[u8], &[u8]) = match line {
            [content @ .., b'\r', b'\n'] => (content, b"\r\n"),
            [content @ .., b'\n'] => (content, b"\n"),
            content => (content, b""),
        };
        let mut rest = content.trim_ascii_end();
        let is_soft = rest.last() == Some(&b'=');
        if is_soft {
            rest = &rest[..rest.len() - 1];
        }
        while let [first, after @ ..] = rest {
            match (first, after) {
                (b'=', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    out.push(nibble(*high) << 4 | nibble(*low));
                    rest = after;
                }
                _ => {
                    out.push(*first);
                    rest = after;
                }
            }
        }
        if !is_soft {
            out.extend_from_slice(ending);
        }
    }
    out
}

fn nibble(digit: u8) -> u8 {
    (digit as char).to_digit(16).unwrap_or(0) as u8
}

/// Text of bytes in the charset that the mail names. The flag is false when the label was wrong or unknown.
pub(super) fn text(bytes: &[u8], charset: Option<&str>) -> (String, bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let label = charset.map(|label| label.trim().trim_matches(['"', '\'']).to_ascii_lowercase()).unwrap_or_default();
    let is_utf8 = || std::str::from_utf8(bytes).ok();
    match label.as_str() {
        "" | "utf-8" | "utf8" | "us-ascii" | "ascii" | "ansi_x3.4-1968" | "unknown-8bit" | "x-unknown" | "default"
        | "binary" | "unicode-1-1-utf-8" => match is_utf8() {
            Some(text) => (text.to_owned(), label != "us-ascii" || text.is_ascii()),
            None => (guess(bytes), false),
        },
        // Programs that send UTF-8 under these names are common; Latin text that happens to be valid UTF-8 is not.
        "iso-8859-1" | "windows-1252" | "latin1" | "iso-8859-15" if !bytes.is_ascii() => match is_utf8() {
            Some(text) => (text.to_owned(), false),
            None => (decode("windows-1252", bytes), true),
        },
        label => match charset_decoder(label.as_bytes()) {
            Some(decoder) => (decoder(bytes), true),
            None => (is_utf8().map_or_else(|| guess(bytes), str::to_owned), bytes.is_ascii()),
        },
    }
}

/// Bytes of unknown charset: UTF-16 when marked so, else the charset most old programs write.
pub(super) fn guess(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => decode("utf-16", bytes),
        _ => decode("windows-1252", bytes),
    }
}

fn decode(label: &str, bytes: &[u8]) -> String {
    charset_decoder(label.as_bytes())
        .map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decoder| decoder(bytes))
}

/// Text of several lines for storing and showing: `\n` ends a line, no control characters but that and tabs.
pub(super) fn tidy_text(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || c == '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Text on one line: white space and control characters become single spaces, marks that turn the direction of text are gone.
pub(super) fn tidy_line(text: &str, max_chars: usize) -> String {
    let is_gap = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut out = String::with_capacity(text.len().min(max_chars * 4));
    let mut room = max_chars;
    for word in text.split(is_gap).filter(|word| !word.is_empty()) {
        if room == 0 {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
            room -= 1;
        }
        for c in word.chars().filter(|c| !turns(c)).take(room) {
            out.push(c);
            room -= 1;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_survives_damage() {
        assert_eq!(base64(b"aGVs\r\nbG8=").unwrap(), (b"hello".to_vec(), true));
        assert_eq!(base64(b"aGVsbG8").unwrap(), (b"hello".to_vec(), true));
        assert_eq!(base64(b"aGVsbG8=aGVsbG8=").unwrap(), (b"hellohello".to_vec(), true));
        assert_eq!(
            base64(b"aGVsbG8gd29ybGQhaGVsbG8gd29y!bGQh").unwrap(),
            (b"hello world!hello world!".to_vec(), false)
        );
        assert_eq!(base64(b"(this is: not; base64!)"), None);
        assert_eq!(base64(b"").unwrap(), (vec![], true));
    }

    #[test]
    fn quoted_printable_survives_damage() {
        assert_eq!(quoted_printable(b"a=C3=A4 = b=\r\nc  \r\nd=ZZ=4"), "aä = bc\r\nd=ZZ=4".as_bytes());
        assert_eq!(quoted_printable(b"="), b"");
    }

    #[test]
    fn charsets_are_believed_only_when_they_fit() {
        assert_eq!(text(b"caf\xe9", Some("iso-8859-1")), ("café".into(), true));
        assert_eq!(text("café".as_bytes(), Some("iso-8859-1")), ("café".into(), false));
        assert_eq!(text(b"caf\xe9", Some("utf-8")), ("café".into(), false));
        assert_eq!(text(b"caf\xe9", None), ("café".into(), false));
        assert_eq!(text(b"caf\xe9", Some("klingon")), ("café".into(), false));
        assert_eq!(text(b"\xc4\xe3\xba\xc3", Some("GBK")), ("你好".into(), true));
        assert_eq!(text(b"\xff\xfeh\0i\0", None), ("hi".into(), false));
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(tidy_line(" a\r\n b\0c \u{202e}gpj.exe ", 100), "a b c gpj.exe");
        assert_eq!(tidy_line("äöü ß", 3), "äöü");
    }
}
