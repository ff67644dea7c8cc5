//! Secrets that can be told by their shape. Passwords have none and are not looked for.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// What it is, and how it looks. Each begins with letters that hardly stand anywhere else.
const SHAPES: &[(&str, &str)] = &[
    ("AWS key", r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b"),
    (
        "AWS key",
        r#"(?i:aws_?secret_?access_?key|aws_?secret_?key)["']?\s{0,8}(?:=>|[:=])\s{0,8}["']?[A-Za-z0-9/+]{40}\b"#,
    ),
    ("GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{36,255}"),
    ("GitHub token", r"\bgithub_pat_[A-Za-z0-9_]{22,255}"),
    ("GitLab token", r"\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|oas|soat|ffct|agent|wt)-[A-Za-z0-9_.\-]{20,300}"),
    ("Slack token", r"\bxox[abceoprs]-[A-Za-z0-9-]{10,300}"),
    ("Slack token", r"\bxapp-[0-9]-[A-Za-z0-9-]{10,300}"),
    ("Slack token", r"https://hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9/]{20,200}"),
    ("Stripe key", r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}"),
    ("Stripe key", r"\bwhsec_[A-Za-z0-9+/]{32,100}"),
    ("Google key", r"\bAIza[0-9A-Za-z_\-]{35}"),
    ("Google key", r"\bya29\.[0-9A-Za-z_.\-]{20,2000}"),
    ("Google key", r"\bGOCSPX-[0-9A-Za-z_\-]{28}"),
    ("JWT", r"\beyJ[A-Za-z0-9_\-]{8,}\.eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{10,}"),
    ("Azure key", r"\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{42,86}={1,2}"),
    ("OpenAI key", r"\bsk-[A-Za-z0-9_\-]{16,120}T3BlbkFJ[A-Za-z0-9_\-]{16,120}"),
    ("Anthropic key", r"\bsk-ant-[A-Za-z0-9_\-]{24,200}"),
    ("SendGrid key", r"\bSG\.[A-Za-z0-9_\-]{22}\.[A-Za-z0-9_\-]{43}"),
    ("Shopify token", r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b"),
    ("Telegram token", r"\b[0-9]{8,10}:AA[A-Za-z0-9_\-]{33}"),
    ("DigitalOcean token", r"\bdo[opr]_v1_[0-9a-f]{64}\b"),
    ("npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("PyPI token", r"\bpypi-AgE[A-Za-z0-9_\-]{50,400}"),
    ("Hugging Face token", r"\bhf_[A-Za-z0-9]{34,40}\b"),
    ("Docker token", r"\bdckr_pat_[A-Za-z0-9_\-]{20,60}"),
    ("Vault token", r"\bhv[sbr]\.[A-Za-z0-9_\-]{24,300}"),
    ("private key", r"\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b"),
];

static COMPILED: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    SHAPES.iter().filter_map(|(what, shape)| Regex::new(shape).ok().map(|shape| (*what, shape))).collect()
});
static BEGIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----").ok());
static END: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----").ok());
/// Lines of a key whose end is missing.
static KEY_LINES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\A(?:[ \t]*(?:>[ \t]*)*(?:[A-Za-z0-9+/=]{16,}|[A-Za-z0-9+/]{1,64}={1,2})?[ \t]*\r?\n?)*").ok()
});

/// Calls `add` for every secret in the text with the range of its bytes and what it is.
pub(super) fn find(text: &str, add: &mut impl FnMut(Range<usize>, &'static str)) {
    for (what, shape) in COMPILED.iter() {
        shape.find_iter(text).for_each(|found| add(found.range(), what));
    }
    let (Some(begin), Some(end)) = (&*BEGIN, &*END) else { return };
    let mut ends = end.find_iter(text).peekable();
    let mut at = 0;
    while let Some(start) = begin.find_at(text, at) {
        while ends.next_if(|end| end.start() < start.end()).is_some() {}
        let length = || {
            KEY_LINES
                .as_ref()
                .and_then(|lines| lines.find(&text[start.end()..]))
                .map_or(0, |lines| lines.as_str().trim_end().len())
        };
        at = ends.peek().map_or_else(|| start.end() + length(), |end| end.end());
        add(start.start()..at, "private key");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_a_regular_expression() {
        assert_eq!(COMPILED.len(), SHAPES.len());
        assert!(BEGIN.is_some() && END.is_some() && KEY_LINES.is_some());
    }
}
