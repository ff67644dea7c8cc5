//! winmail.dat (MS-OXTNEF): the files and the text that Outlook packs into one attachment. Own code, since no kept crate reads it.
//! Borrows from the input; copies only what it hands out.

use super::decode;
use super::rtf;

const SIGNATURE: u32 = 0x223e_9f78;
/// Mails that lie in one another within one winmail.dat.
const MAX_DEPTH: usize = 4;
const MAX_FILES: usize = 500;
/// Longest text that is taken out, in bytes.
const MAX_TEXT: usize = 4 * 1024 * 1024;

mod attribute {
    pub(super) const BODY: u32 = 0x0002_800c;
    pub(super) const MESSAGE_PROPERTIES: u32 = 0x0006_9003;
    pub(super) const CODEPAGE: u32 = 0x0006_9007;
    pub(super) const FILE_BEGINS: u32 = 0x0006_9002;
    pub(super) const FILE_TITLE: u32 = 0x0001_8010;
    pub(super) const FILE_DATA: u32 = 0x0006_800f;
    pub(super) const FILE_PROPERTIES: u32 = 0x0006_9005;
}

/// What was packed.
#[derive(Debug, Default)]
pub(super) struct Packed {
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    pub(super) files: Vec<File>,
    /// It ends before it should, or is damaged; what could be read is here.
    pub(super) is_damaged: bool,
}

/// A packed file.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) content_id: Option<String>,
    pub(super) data: Vec<u8>,
}

/// Unpacks; `None` when the bytes are no winmail.dat.
pub(super) fn unpack(bytes: &[u8]) -> Option<Packed> {
    let mut packed = Packed::default();
    stream(bytes, 0, &mut packed)?;
    Some(packed)
}

fn stream(bytes: &[u8], depth: usize, packed: &mut Packed) -> Option<()> {
    let mut input = Input(bytes);
    if input.u32()? != SIGNATURE {
        return None;
    }
    input.take(2)?;
    let mut codepage: Option<u32> = None;
    let (mut plain, mut html, mut rich): (Option<&[u8]>, Option<Value<'_>>, Option<&[u8]>) = (None, None, None);
    let mut plain_property: Option<Value<'_>> = None;
    let mut file: Option<File> = None;
    while !input.0.is_empty() {
        let Some((id, data)) = attribute(&mut input) else {
            packed.is_damaged = true;
            break;
        };
        match id {
            attribute::CODEPAGE => codepage = Input(data).u32(),
            attribute::BODY => plain = Some(data),
            attribute::MESSAGE_PROPERTIES => properties(data, |property, value| match property {
                0x1000 => plain_property = Some(value),
                0x1013 => html = Some(value),
                0x1009 => rich = value.bytes(),
                0x3fde => codepage = value.number(),
                _ => {}
            }),
            attribute::FILE_BEGINS => {
                finish(file.replace(File::default()), packed);
            }
            attribute::FILE_TITLE => {
                if let Some(file) = &mut file {
                    file.name.get_or_insert(words(data, codepage));
                }
            }
            attribute::FILE_DATA => {
                if let Some(file) = &mut file {
                    file.data = data.to_vec();
                }
            }
            attribute::FILE_PROPERTIES => {
                let Some(file) = &mut file else { continue };
                let mut enclosed = None;
                properties(data, |property, value| match property {
                    0x3701 => match value {
                        Value::Object(data) => enclosed = Some(data),
                        value => file.data = value.bytes().unwrap_or_default().to_vec(),
                    },
                    // The long name is better than the one of eight letters that came before.
                    0x3707 => file.name = Some(value.text(codepage)),
                    0x3001 | 0x3704 if file.name.is_none() => file.name = Some(value.text(codepage)),
                    0x370e => file.content_type = Some(value.text(codepage)),
                    0x3712 => file.content_id = Some(value.text(codepage)),
                    _ => {}
                });
                // A mail that lies in this one: behind the id of its interface stands a winmail.dat of its own.
                let enclosed = enclosed.and_then(|data| data.get(16..)).filter(|_| depth < MAX_DEPTH);
                let mut inner = Packed::default();
                if let Some(enclosed) = enclosed
                    && stream(enclosed, depth + 1, &mut inner).is_some()
                {
                    let name = file.name.take().unwrap_or_else(|| "message".to_owned());
                    packed.files.extend(inner.letter(&name));
                    packed.files.append(&mut inner.files);
                    packed.is_damaged |= inner.is_damaged;
                }
            }
            _ => {}
        }
    }
    finish(file, packed);
    packed.text = plain_property.map(|value| value.text(codepage)).or_else(|| plain.map(|data| words(data, codepage)));
    packed.html = html.map(|value| value.text(codepage));
    if packed.html.is_none()
        && let Some(rtf) = rich.and_then(rtf::unpack)
    {
        match rtf::read(&rtf) {
            rtf::Body::Html(html) => packed.html = Some(html),
            rtf::Body::Text(text) if packed.text.as_ref().is_none_or(|text| text.trim().is_empty()) => {
                packed.text = Some(text);
            }
            rtf::Body::Text(_) => {}
        }
    }
    for text in [&mut packed.text, &mut packed.html] {
        *text = text.take().filter(|text| !text.trim().is_empty());
        if let Some(text) = text {
            text.truncate(text.floor_char_boundary(MAX_TEXT));
        }
    }
    Some(())
}

impl Packed {
    /// The text of an enclosed mail as a file of its own.
    fn letter(&mut self, name: &str) -> Option<File> {
        let (data, kind, end) = match (self.html.take(), self.text.take()) {
            (Some(html), _) => (html, "text/html", "html"),
            (None, Some(text)) => (text, "text/plain", "txt"),
            (None, None) => return None,
        };
        Some(File {
            name: Some(format!("{name}.{end}")),
            content_type: Some(kind.to_owned()),
            content_id: None,
            data: data.into_bytes(),
        })
    }
}

fn finish(file: Option<File>, packed: &mut Packed) {
    let Some(file) = file.filter(|file| !(file.data.is_empty() && file.name.is_none())) else { return };
    if packed.files.len() < MAX_FILES {
        packed.files.push(file);
    } else {
        packed.is_damaged = true;
    }
}

fn attribute<'i>(input: &mut Input<'i>) -> Option<(u32, &'i [u8])> {
    input.take(1)?;
    let id = input.u32()?;
    let length = input.u32()? as usize;
    let data = input.take(length)?;
    input.take(2)?;
    Some((id, data))
}

#[derive(Clone, Copy)]
enum Value<'i> {
    Number(u32),
    Bytes(&'i [u8]),
    Narrow(&'i [u8]),
    Wide(&'i [u8]),
    Object(&'i [u8]),
    Other,
}

impl<'i> Value<'i> {
    fn bytes(self) -> Option<&'i [u8]> {
        match self {
            Self::Bytes(bytes) | Self::Narrow(bytes) | Self::Object(bytes) => Some(bytes),
            _ => None,
        }
    }

    fn number(self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    fn text(self, codepage: Option<u32>) -> String {
        match self {
            Self::Wide(bytes) => {
                let bytes = &bytes[..bytes.len().min(2 * MAX_TEXT)];
                let units: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
                String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned()
            }
            value => value.bytes().map(|bytes| words(bytes, codepage)).unwrap_or_default(),
        }
    }
}

fn words(bytes: &[u8], codepage: Option<u32>) -> String {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let charset = match codepage {
        Some(65001) | None => "utf-8".to_owned(),
        Some(20866) => "koi8-r".to_owned(),
        Some(932) => "shift_jis".to_owned(),
        Some(936) => "gbk".to_owned(),
        Some(949) => "euc-kr".to_owned(),
        Some(950) => "big5".to_owned(),
        Some(page @ 28591..=28606) => format!("iso-8859-{}", page - 28590),
        Some(page) => format!("windows-{page}"),
    };
    decode::text(&bytes[..end.min(MAX_TEXT)], Some(&charset)).0
}

/// Reads a list of MAPI properties, giving each with its number; stops at the first that cannot be read.
fn properties<'i>(data: &'i [u8], mut found: impl FnMut(u16, Value<'i>)) {
    let mut input = Input(data);
    let count = input.u32().unwrap_or(0);
    for _ in 0..count.min(10_000) {
        if property(&mut input, &mut found).is_none() {
            return;
        }
    }
}

fn property<'i>(input: &mut Input<'i>, found: &mut impl FnMut(u16, Value<'i>)) -> Option<()> {
    let (kind, id) = (input.u16()?, input.u16()?);
    if id >= 0x8000 {
        input.take(16)?;
        if input.u32()? == 0 {
            input.take(4)?;
        } else {
            let length = input.u32()? as usize;
            input.padded(length)?;
        }
    }
    let is_list = kind & 0x1000 != 0;
    let kind = kind & 0x0fff;
    let sized = matches!(kind, 0x0d | 0x1e | 0x1f | 0x102);
    let count = if is_list || sized { input.u32()? } else { 1 };
    for number in 0..count {
        let value = if sized {
            let length = input.u32()? as usize;
            let data = input.padded(length)?;
            match kind {
                0x0d => Value::Object(data),
                0x1e => Value::Narrow(data),
                0x1f => Value::Wide(data),
                _ => Value::Bytes(data),
            }
        } else {
            match kind {
                0x02 | 0x03 | 0x04 | 0x0a | 0x0b => Value::Number(input.u32()?),
                0x05 | 0x06 | 0x07 | 0x14 | 0x40 => input.take(8).map(|_| Value::Other)?,
                0x48 => input.take(16).map(|_| Value::Other)?,
                0x00 | 0x01 => Value::Other,
                _ => return None,
            }
        };
        if number == 0 && id < 0x8000 {
            found(id, value);
        }
        if matches!(value, Value::Other) && kind <= 1 {
            break;
        }
    }
    Some(())
}

struct Input<'i>(&'i [u8]);

impl<'i> Input<'i> {
    fn take(&mut self, length: usize) -> Option<&'i [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// As many bytes, and those that fill up to a multiple of four.
    fn padded(&mut self, length: usize) -> Option<&'i [u8]> {
        let taken = self.take(length)?;
        self.take((4 - length % 4) % 4).or_else(|| self.take(self.0.len()))?;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn attribute(id: u32, data: &[u8]) -> Vec<u8> {
        let sum = data.iter().fold(0_u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
        let length = data.len() as u32;
        [&[1_u8][..], &id.to_le_bytes(), &length.to_le_bytes(), data, &sum.to_le_bytes()].concat()
    }

    fn sample() -> Vec<u8> {
        let mut bytes = [&SIGNATURE.to_le_bytes()[..], &[1, 0]].concat();
        bytes.extend(attribute(attribute::CODEPAGE, &[0xe4, 4, 0, 0, 0, 0, 0, 0]));
        bytes.extend(attribute(attribute::BODY, b"Gr\xfc\xdfe\0"));
        bytes.extend(attribute(attribute::FILE_BEGINS, &[0; 14]));
        bytes.extend(attribute(attribute::FILE_TITLE, b"RECHNU~1.PDF\0"));
        bytes.extend(attribute(attribute::FILE_DATA, b"%PDF-1.4"));
        let name: Vec<u8> = "Rechnung März.pdf\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut properties = [&2_u32.to_le_bytes()[..], &[3, 0, 0x20, 0x0e], &8_u32.to_le_bytes()].concat();
        properties
            .extend([&[0x1f, 0, 0x07, 0x37][..], &1_u32.to_le_bytes(), &(name.len() as u32).to_le_bytes()].concat());
        properties.extend(name);
        bytes.extend(attribute(attribute::FILE_PROPERTIES, &properties));
        bytes
    }

    #[test]
    fn text_and_files_are_unpacked() {
        let packed = unpack(&sample()).unwrap();
        assert_eq!(packed.text.as_deref(), Some("Grüße"));
        assert_eq!(packed.files[0].name.as_deref(), Some("Rechnung März.pdf"));
        assert_eq!(packed.files[0].data, b"%PDF-1.4");
        assert!(!packed.is_damaged);
        assert!(unpack(b"nothing of the kind").is_none());
    }

    proptest! {
        #[test]
        fn damage_never_stops_the_reader(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
            let mut bytes = sample();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes.truncate(cut.index(bytes.len() + 1));
            unpack(&bytes);
        }
    }
}
