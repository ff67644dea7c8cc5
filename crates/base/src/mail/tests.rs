//! Whole mails, in and out.

use bytes::Bytes;
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;

fn outgoing() -> OutgoingMail {
    OutgoingMail {
        from: Address::new(Some("Støtte, “Desk”"), "desk@example.org"),
        reply_to: None,
        to: vec![Address::new(Some("Ann \"A\" Müller"), "ann@example.com"), Address::new(None, "bob@example.com")],
        cc: vec![Address::new(None, "carl@example.com")],
        subject: "Re: Grüße – 你好".into(),
        message_id: "0190@desk.example.org".into(),
        in_reply_to: Some("q2@example.com".into()),
        references: vec!["q1@example.com".into(), "q2@example.com".into()],
        date: "2026-11-22T10:00:00Z".parse().unwrap(),
        body: "Dear Ann,\nsee **this**: https://example.org/a?b=1&c=2\n\n- one\n- two\n\n![logo](cid:logo@desk)".into(),
        quoted: Some(QuotedMail {
            introduction: "On 21 Nov, Ann wrote:".into(),
            text: "Hello?\n> older".into(),
            html: None,
        }),
        attachments: vec![
            OutgoingAttachment {
                name: "Rechnung für März.txt".into(),
                content_type: "text/plain".into(),
                content_id: None,
                data: Bytes::from_static(b"a\nb\r\nc\rd\0"),
            },
            OutgoingAttachment {
                name: "logo.png".into(),
                content_type: "image/png".into(),
                content_id: Some("logo@desk".into()),
                data: Bytes::from_static(b"\x89PNG"),
            },
        ],
        automatic: false,
    }
}

#[test]
fn what_is_built_reads_back_as_it_was_meant() {
    let mail = outgoing();
    let bytes = build(&mail);
    assert_eq!(bytes, build(&mail), "the same mail gives the same bytes");
    let read = parse(&bytes);
    assert_eq!(read.warnings, Vec::<String>::new(), "{}", String::from_utf8_lossy(&bytes));
    assert_eq!(read.from, vec![mail.from.clone()]);
    assert_eq!(read.to, mail.to);
    assert_eq!(read.cc, mail.cc);
    assert_eq!(read.subject, mail.subject);
    assert_eq!(read.message_id.as_deref(), Some("0190@desk.example.org"));
    assert_eq!(read.in_reply_to.as_deref(), Some("q2@example.com"));
    assert_eq!(read.references, ["q1@example.com", "q2@example.com"]);
    assert_eq!(read.date, Some(mail.date));
    assert_eq!(
        read.text,
        "Dear Ann,\nsee this: https://example.org/a?b=1&c=2\n\n- one\n- two\n\n[logo]\n\nOn 21 Nov, Ann wrote:\n> Hello?\n>> older"
    );
    assert_eq!(read.reply_text, "Dear Ann,\nsee this: https://example.org/a?b=1&c=2\n\n- one\n- two\n\n[logo]");
    let html = read.html.unwrap();
    assert!(
        html.contains("<strong>this</strong>")
            && html.contains("src=\"cid:logo@desk\"")
            && html.contains("<blockquote"),
        "{html}"
    );
    assert_eq!(read.kind, Kind::Message);
    assert!(!read.auto_submitted);
    let files: Vec<_> =
        read.attachments.iter().map(|a| (a.name.as_deref().unwrap(), a.inline, a.data.clone())).collect();
    assert_eq!(
        files,
        [
            ("logo.png", true, mail.attachments[1].data.clone()),
            ("Rechnung für März.txt", false, mail.attachments[0].data.clone())
        ]
    );
    assert_eq!(read.attachments[1].content_type, "text/plain");
}

#[test]
fn an_automatic_mail_says_so() {
    let read = parse(&build(&OutgoingMail { automatic: true, ..outgoing() }));
    assert_eq!(read.kind, Kind::AutoReply);
    assert!(read.auto_submitted);
    assert!(
        String::from_utf8_lossy(&build(&OutgoingMail { automatic: true, ..outgoing() }))
            .contains("\r\nX-Auto-Response-Suppress: All\r\n")
    );
}

#[test]
fn long_conversations_keep_the_first_and_the_newest_references() {
    let references: Vec<String> = (0..500).map(|n| format!("{n}-{}@example.com", "x".repeat(50))).collect();
    let bytes =
        build(&OutgoingMail { references: references.clone(), in_reply_to: references.last().cloned(), ..outgoing() });
    let read = parse(&bytes);
    assert_eq!(read.references.len(), 21);
    assert_eq!(read.references[0], references[0]);
    assert_eq!(read.references[20], references[499]);
    let head = String::from_utf8_lossy(&bytes);
    assert!(head.split("\r\n\r\n").next().unwrap().lines().all(|line| line.len() <= 200), "{head}");
}

/// Names of all header fields before the first empty line.
fn field_names(mail: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(mail).into_owned();
    let head = text.split("\r\n\r\n").next().unwrap().to_owned();
    assert!(!head.replace("\r\n", "").contains(['\r', '\n']), "bare line ends");
    head.split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap().to_owned())
        .collect()
}

fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[\\x00-\\x7f]{0,60}",
        Just("x\r\nBcc: evil@example.org\r\n\r\nbody".to_owned()),
        Just("x\nX-Evil: 1".to_owned()),
        Just("x\rX-Evil: 1".to_owned()),
        Just("\u{85}X: 1\u{2028}Y: 1".to_owned()),
        Just("=?utf-8?Q?=0D=0ABcc:_x?=".to_owned()),
        Just("a@b.example>, <evil@example.org".to_owned()),
        Just("a@b.example".to_owned()),
    ]
}

fn nasty_mail() -> impl Strategy<Value = OutgoingMail> {
    let strings = prop::collection::vec(nasty(), 16);
    (strings, any::<bool>(), prop::collection::vec(any::<u8>(), 0..200), -60_000_000_000_i64..200_000_000_000).prop_map(
        |(s, automatic, data, second)| OutgoingMail {
            from: Address::new(Some(&s[0]), &s[1]),
            reply_to: Some(Address::new(Some(&s[2]), &s[3])),
            to: vec![Address::new(Some(&s[4]), &s[5])],
            cc: vec![Address::new(Some(&s[6]), &s[7])],
            subject: s[8].clone(),
            message_id: s[9].clone(),
            in_reply_to: Some(s[10].clone()),
            references: vec![s[11].clone(), s[9].clone()],
            date: Timestamp::from_second(second).unwrap(),
            body: s[12].clone(),
            quoted: Some(QuotedMail { introduction: s[13].clone(), text: s[12].clone(), html: Some(s[14].clone()) }),
            attachments: vec![OutgoingAttachment {
                name: s[15].clone(),
                content_type: s[14].clone(),
                content_id: Some(s[13].clone()),
                data: data.into(),
            }],
            automatic,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(300), ..ProptestConfig::default() })]

    #[test]
    fn no_field_can_add_a_header(mail in nasty_mail()) {
        let bytes = build(&mail);
        let allowed = ["Date", "From", "Reply-To", "To", "Cc", "Subject", "Message-ID", "In-Reply-To", "References",
            "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type"];
        let mut names = field_names(&bytes);
        for name in &names {
            prop_assert!(allowed.contains(&name.as_str()), "{name} in {}", String::from_utf8_lossy(&bytes));
        }
        let count = names.len();
        names.sort();
        names.dedup();
        prop_assert_eq!(names.len(), count, "a field twice");
        let read = parse::read(&bytes);
        prop_assert!(read.from.len() <= 1 && read.to.len() <= 1 && read.cc.len() <= 1);
        prop_assert!(read.message_id.is_some());
        let file = read.attachments.iter().find(|a| a.data == mail.attachments[0].data);
        prop_assert!(file.is_some(), "{}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_bytes_give_a_mail(raw in prop::collection::vec(any::<u8>(), 0..600)) {
        check(&raw);
    }

    #[test]
    fn a_mail_built_and_damaged_still_gives_a_mail(
        mail in nasty_mail(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 0..12),
    ) {
        let mut raw = build(&mail);
        for (at, byte, what) in cuts {
            if raw.is_empty() {
                break;
            }
            let at = at.index(raw.len());
            match what {
                0 => raw[at] = byte,
                1 => raw.truncate(at),
                2 => raw.insert(at, byte),
                _ => {
                    let copy = raw[at..raw.len().min(at + 80)].to_vec();
                    raw.splice(at..at, copy);
                }
            }
        }
        check(&raw);
    }
}

/// What must hold for every mail.
fn check(raw: &[u8]) {
    let mail = parse::read(raw);
    let json = serde_json::to_string(&mail).unwrap();
    assert!(!json.contains("\\u0000") && !json.contains('\n'));
    assert!(!mail.subject.contains('\n'));
    if let Some(html) = &mail.html {
        assert_eq!(&crate::html::clean(html), html);
    }
    assert!(mail.kind == Kind::Bounce || mail.bounce.is_none());
    assert!(mail.kind != Kind::Bounce || mail.bounce.is_some());
    assert!(mail.attachments.iter().all(|a| a.size == a.data.len()));
}

#[test]
fn nothing_and_nearly_nothing_are_mails_too() {
    for raw in [
        &b""[..],
        b"\n",
        b"\0",
        b"\xff",
        b":",
        b"\r",
        b" ",
        b"From: \n\n",
        b"Content-Type: multipart/mixed; boundary=\n\n--\n--",
    ] {
        check(raw);
    }
    assert_eq!(parse(b"").warnings, ["the mail is empty"]);
    assert_eq!(parse(b"just words").text, "just words");
}

#[test]
fn attacks_by_structure_cost_no_more_than_their_size() {
    let repeat = |piece: &str, size: usize| piece.repeat(size / piece.len());
    let digest = "Content-Type: multipart/digest; boundary=b\n\n--b\n\n";
    let attacks = [
        repeat("Content-Type: message/rfc822\n\n", 1 << 20),
        repeat(digest, 1 << 20),
        format!("Content-Type: multipart/mixed; boundary=b\n\n{}", repeat("--b\n\n", 1 << 20)),
        format!("To: {}\n\n", repeat("a@b.example,", 1 << 20)),
        format!("To: {}\n\n", repeat("(", 1 << 20)),
        format!("Subject: {}\n\n", repeat("=?utf-8?Q?a?= ", 1 << 20)),
        format!("References: {}\n\n", repeat("<a@b> ", 1 << 20)),
        repeat("A: b\n", 1 << 20),
        repeat("> ", 1 << 20),
        repeat("On 1\n", 1 << 19),
        repeat("From: a\n\n", 1 << 19),
        (0..60).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect(),
    ];
    for attack in attacks {
        check(attack.as_bytes());
    }
}

/// Every `tests/mail/*.eml` reads as the `.json` beside it says. `RAPPORT_WRITE_EXPECTED=1` writes the files anew; read the
/// difference before keeping it.
#[test]
fn the_corpus_reads_as_written_down() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail");
    let (mut count, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_none_or(|extension| extension != "eml") {
            continue;
        }
        count += 1;
        let raw = std::fs::read(&file).unwrap();
        check(&raw);
        let mail = parse(&raw);
        let mut found = serde_json::to_value(&mail).unwrap();
        found["(not in the output)"] = serde_json::json!({ "preview": mail.preview, "delivered_to": mail.delivered_to, "auto_submitted": mail.auto_submitted });
        let found = format!("{}\n", serde_json::to_string_pretty(&found).unwrap());
        let expected_file = file.with_extension("json");
        if std::env::var_os("RAPPORT_WRITE_EXPECTED").is_some() {
            std::fs::write(&expected_file, &found).unwrap();
        } else if std::fs::read_to_string(&expected_file).unwrap_or_default() != found {
            wrong.push(format!("{} reads as\n{found}", file.display()));
        }
    }
    assert!(count >= 250, "only {count} mails found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

proptest! {
    /// Mails in the order in which they arrived stay close to it, whatever dates they claim.
    #[test]
    fn no_claimed_date_reorders_a_conversation(
        claims in prop::collection::vec((prop::option::of(-60_000_000_000_i64..200_000_000_000), any::<bool>()), 1..20),
    ) {
        let mut mail = parse(b"From: a@b.example\n\nx");
        let mut arrived = at(1_790_000_000);
        for (claim, has_received) in claims {
            arrived = arrived.checked_add(jiff::SignedDuration::from_hours(24 * 9)).unwrap();
            mail.date = claim.map(at);
            mail.received = has_received.then_some(arrived);
            let written = mail.written_at(arrived);
            prop_assert!(written <= arrived);
            // Never before a mail that arrived nine days earlier.
            prop_assert!(arrived.duration_since(written) <= jiff::SignedDuration::from_hours(24 * 7));
        }
    }

    /// Lines without any mark are the writer's and stay, in order; marked ones go.
    #[test]
    fn what_stands_between_quotations_is_never_hidden(
        lines in prop::collection::vec((any::<bool>(), "[a-z]{1,9}( [a-z]{1,9}){0,3}"), 1..30),
    ) {
        let text: Vec<String> = lines.iter().map(|(own, words)| if *own { format!("x{words}") } else { format!("> x{words}") }).collect();
        let own: Vec<String> = lines.iter().filter(|(own, _)| *own).map(|(_, words)| format!("x{words}")).collect();
        let found = own_words(&text.join("\n"));
        let kept: Vec<&str> = found.text.lines().filter(|line| !line.is_empty()).collect();
        if own.is_empty() {
            prop_assert_eq!(found.text, text.join("\n"));
        } else {
            prop_assert_eq!(kept, own);
        }
        prop_assert_eq!(found.signature, None);
    }

    /// No text loses more than it should: words and signature are lines of it, and something is always left.
    #[test]
    fn own_words_are_lines_of_the_text(text in "([-_>=*]{0,3}(On|From:|Am|Sent:|wrote:|--|-- |a@b.c|2026|10:00| |\n|\\PC){0,9}\n){0,12}") {
        let found = own_words(&text);
        prop_assert_eq!(found.text.trim().is_empty(), text.trim().is_empty());
        for line in found.text.lines() {
            prop_assert!(text.contains(line));
        }
    }
}

#[test]
fn a_mail_to_ten_thousand_people_names_them_all() {
    let people: Vec<String> = (0..10_000).map(|n| format!("\"Person {n}\" <person{n}@customer.example>")).collect();
    let raw = format!("From: a@b.example\r\nTo: {}\r\n\r\nhello\r\n", people.join(",\r\n "));
    let mail = parse(raw.as_bytes());
    assert_eq!(mail.to.len(), 10_000);
    assert_eq!(mail.to[9_999], Address::new(Some("Person 9999"), "person9999@customer.example"));
    assert!(!mail.warnings.iter().any(|warning| warning.contains("very many")), "{:?}", mail.warnings);
    let more = format!("From: a@b.example\r\nTo: {}\r\n\r\nhello\r\n", vec!["a@b.example"; 11_000].join(","));
    let mail = parse(more.as_bytes());
    assert_eq!(mail.to.len(), 10_000);
    assert!(mail.warnings.iter().any(|warning| warning.contains("very many")), "{:?}", mail.warnings);
}
