//! The body of a winmail.dat when it is RTF: unpacked (MS-OXRTFCP), and turned back into the HTML that it wraps (MS-OXRTFEX) or
//! into plain text.

use super::decode;

/// What an empty dictionary holds.
const DICTIONARY: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const WINDOW: usize = 4096;
/// Longest RTF that is unpacked, in bytes.
const MAX_RTF: usize = 8 * 1024 * 1024;
/// Deepest nesting of groups that is followed.
const MAX_DEPTH: usize = 200;

/// Groups whose text nobody sees.
const HIDDEN: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "footer",
    "listtable",
    "listoverridetable",
    "generator",
    "themedata",
    "datastore",
    "latentstyles",
    "rsidtbl",
    "pntext",
    "mhtmltag",
    "fldinst",
];

/// Unpacks `PidTagRtfCompressed`. `None` when it is none.
pub(super) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let (head, data) = packed.split_at_checked(16)?;
    match &head[8..12] {
        b"MELA" => return Some(data[..data.len().min(MAX_RTF)].to_vec()),
        b"LZFu" => {}
        _ => return None,
    }
    let mut window = [b' '; WINDOW];
    window[..DICTIONARY.len()].copy_from_slice(DICTIONARY);
    let mut write = DICTIONARY.len();
    let mut out = Vec::new();
    let mut bytes = data.iter().copied();
    while let Some(control) = bytes.next() {
        for bit in 0..8 {
            if control & (1 << bit) == 0 {
                let Some(byte) = bytes.next() else { return Some(out) };
                out.push(byte);
                window[write] = byte;
                write = (write + 1) % WINDOW;
                continue;
            }
            let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else { return Some(out) };
            let (mut read, length) = (usize::from(high) << 4 | usize::from(low >> 4), usize::from(low & 15) + 2);
            if read == write || out.len() > MAX_RTF {
                return Some(out);
            }
            for _ in 0..length {
                let byte = window[read];
                out.push(byte);
                window[write] = byte;
                (read, write) = ((read + 1) % WINDOW, (write + 1) % WINDOW);
            }
        }
    }
    Some(out)
}

/// A body in one of two forms.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body {
    Html(String),
    Text(String),
}

#[derive(Clone, Copy, Default)]
struct State {
    /// Inside of a group that says nothing to the reader.
    hidden: bool,
    /// Inside of `{\*\htmltag …}`: a piece of the HTML.
    tag: bool,
    /// Between `\htmlrtf` and `\htmlrtf0`: only for programs that read RTF.
    only_rtf: bool,
    /// Bytes that stand for one `\u` character in programs that do not know it.
    skip: usize,
}

struct Reader {
    state: State,
    stack: Vec<State>,
    out: String,
    /// Characters in the document's charset, not yet decoded.
    pending: Vec<u8>,
    charset: String,
    is_html: bool,
    /// Replacement characters still to be skipped after `\u`.
    to_skip: usize,
    /// The next word names what the group is for.
    starred: bool,
}

/// Reads RTF.
pub(super) fn read(rtf: &[u8]) -> Body {
    let mut reader = Reader {
        state: State { skip: 1, ..State::default() },
        stack: Vec::new(),
        out: String::new(),
        pending: Vec::new(),
        charset: "windows-1252".to_owned(),
        is_html: false,
        to_skip: 0,
        starred: false,
    };
    let mut rest = rtf;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' if reader.stack.len() < MAX_DEPTH => reader.stack.push(reader.state),
            b'}' => {
                reader.flush();
                reader.state = reader.stack.pop().unwrap_or(reader.state);
                reader.starred = false;
            }
            b'\\' => rest = reader.control(rest),
            b'\r' | b'\n' | 0 => {}
            byte => reader.byte(*byte),
        }
    }
    reader.flush();
    if reader.is_html { Body::Html(reader.out) } else { Body::Text(reader.out.trim().to_owned()) }
}

impl Reader {
    /// A control word or sign; gives what comes after it.
    fn control<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        let Some((first, after)) = rest.split_first() else { return rest };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let code = after.get(..2).and_then(|two| hex::decode(two).ok());
                    if let Some(code) = code {
                        self.byte(code[0]);
                        return &after[2..];
                    }
                }
                b'*' => self.starred = true,
                b'~' => self.text("\u{a0}"),
                b'_' => self.text("-"),
                b'\\' | b'{' | b'}' => self.byte(*first),
                b'\r' | b'\n' => self.paragraph(),
                _ => {}
            }
            return after;
        }
        let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, after) = rest.split_at(length);
        let digits = after.iter().enumerate().take(11);
        let digits = digits.take_while(|(at, byte)| byte.is_ascii_digit() || (*at == 0 && **byte == b'-')).count();
        let (number, after) = after.split_at(digits);
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse::<i64>().ok());
        self.word(&String::from_utf8_lossy(word), number);
        after.strip_prefix(b" ").unwrap_or(after)
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        let starred = std::mem::take(&mut self.starred);
        if HIDDEN.contains(&word) {
            self.flush();
            self.state.hidden = true;
            return;
        }
        match word {
            "fromhtml" => self.is_html = number != Some(0),
            "htmltag" => {
                self.flush();
                self.state.tag = true;
            }
            "htmlrtf" => {
                self.flush();
                self.state.only_rtf = number != Some(0);
            }
            "ansicpg" if number.is_some() => self.charset = format!("windows-{}", number.unwrap_or(1252)),
            "uc" => self.state.skip = number.unwrap_or(1).clamp(0, 10) as usize,
            "u" => {
                self.to_skip = 0;
                // Negative numbers are those above 32767; halves of a pair come one after the other.
                let unit = number.unwrap_or(0).rem_euclid(65536) as u16;
                self.unit(unit);
                self.to_skip = self.state.skip;
            }
            "par" | "line" | "row" => self.paragraph(),
            "tab" | "cell" => self.text("\t"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            "endash" => self.text("–"),
            "emdash" => self.text("—"),
            _ if starred => {
                self.flush();
                self.state.hidden = true;
            }
            _ => {}
        }
    }

    fn is_seen(&self) -> bool {
        !self.state.hidden && (self.state.tag || !self.state.only_rtf)
    }

    fn paragraph(&mut self) {
        if !self.state.tag || !self.is_html {
            self.text(if self.is_html { "\r\n" } else { "\n" });
        }
    }

    fn text(&mut self, text: &str) {
        self.flush();
        self.to_skip = 0;
        if self.is_seen() {
            self.out.push_str(text);
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if self.is_seen() {
            self.pending.push(byte);
        }
    }

    /// One UTF-16 unit; a first half waits in the output as a private character until its second half comes.
    fn unit(&mut self, unit: u16) {
        self.flush();
        if !self.is_seen() {
            return;
        }
        const WAITING: u32 = 0xF0000;
        let waiting = self.out.chars().next_back().filter(|c| (WAITING..WAITING + 0x400).contains(&(*c as u32)));
        if let (Some(high), 0xdc00..=0xdfff) = (waiting, unit) {
            self.out.pop();
            let pair = [0xd800 + (high as u32 - WAITING) as u16, unit];
            self.out.push_str(&String::from_utf16_lossy(&pair));
            return;
        }
        match unit {
            0xd800..=0xdbff => self.out.extend(char::from_u32(WAITING + u32::from(unit) - 0xd800)),
            unit => self.out.extend(char::from_u32(u32::from(unit))),
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            self.out.push_str(&decode::text(&bytes, Some(&self.charset)).0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_own_example_is_unpacked() {
        // MS-OXRTFCP, 4.1.1 and 4.1.2.
        let packed =
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0";
        let packed = hex::decode(packed).unwrap();
        assert_eq!(unpack(&packed).unwrap(), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        let packed = hex::decode("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0").unwrap();
        assert_eq!(unpack(&packed).unwrap(), b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
        assert_eq!(unpack(b"short"), None);
    }

    #[test]
    fn text_comes_out_of_rtf() {
        let rtf = br"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}{\*\generator X;}\pard \'cf\'f0\'e8 \u8364?\u-10179?\u-8704?\par two\{\}}";
        assert_eq!(read(rtf), Body::Text("При €\u{1f600}\ntwo{}".into()));
    }

    #[test]
    fn html_comes_out_of_the_rtf_that_wraps_it() {
        let rtf = br"{\rtf1\ansi\fromhtml1 \deff0{\fonttbl{\f0 x;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hello {\*\htmltag84 <b>}\htmlrtf {\b\htmlrtf0 you\htmlrtf }\htmlrtf0{\*\htmltag92 </b>}\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}}";
        assert_eq!(read(rtf), Body::Html("<p>Hello <b>you</b></p>".into()));
    }
}
