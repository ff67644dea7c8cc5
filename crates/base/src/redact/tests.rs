//! What is masked, what is left alone, and what holds for any text.

use proptest::prelude::*;

use super::*;
use crate::html;

fn redactor() -> Redactor {
    Redactor::new(&RedactionRules::default()).unwrap()
}

fn with_patterns(patterns: &[&str]) -> Result<Redactor, RedactionError> {
    let patterns =
        patterns.iter().map(|pattern| RedactionPattern { name: "own".into(), pattern: (*pattern).into() }).collect();
    Redactor::new(&RedactionRules { patterns, ..RedactionRules::default() })
}

fn masked(text: &str) -> String {
    redactor().mask(text).0
}

#[test]
fn card_numbers_keep_their_last_four_digits() {
    for (text, expected) in [
        ("4111111111111111", "•••• 1111"),
        ("My card is 4111 1111 1111 1111, please charge it", "My card is •••• 1111, please charge it"),
        ("4111-1111-1111-1111 exp 12/27 cvc 123", "•••• 1111 exp 12/27 cvc 123"),
        ("4111 1111 1111 1111 12/27", "•••• 1111 12/27"),
        ("4111\u{a0}1111\u{a0}1111\u{a0}1111", "•••• 1111"),
        ("4111\u{202f}1111\u{2011}1111 – 1111", "•••• 1111"),
        ("4111 1111\n1111 1111", "•••• 1111"),
        ("> 4111 1111 1111\r\n> 1111", "> •••• 1111"),
        ("4111\n1111\n1111\n1111", "•••• 1111"),
        ("4111.1111.1111.1111", "•••• 1111"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "•••• 1111"),
        ("41 11 11 11 11 11 11 11", "•••• 1111"),
        ("3782 822463 10005", "•••• 0005"),
        ("378282246310005", "•••• 0005"),
        ("3056 930902 5904", "•••• 5904"),
        ("5555555555554444", "•••• 4444"),
        ("2223003122003222", "•••• 3222"),
        ("6011 1111 1111 1117", "•••• 1117"),
        ("3530111333300000", "•••• 0000"),
        ("6212345678901232", "•••• 1232"),
        ("6304 0000 0000 0000", "•••• 0000"),
        ("4000 0000 0000 0000 006", "•••• 0006"),
        ("カード番号は4111111111111111です", "カード番号は•••• 1111です"),
        ("٤١١١ ١١١١ ١١١١ ١١١١", "•••• 1111"),
        ("４１１１１１１１１１１１１１１１", "•••• 1111"),
        ("4111\u{200b}1111\u{ad}11111111", "•••• 1111"),
        ("Visa4111111111111111", "Visa•••• 1111"),
        ("card=4111111111111111", "card=•••• 1111"),
        ("https://pay.example/?card=4111111111111111&x=1", "https://pay.example/?card=•••• 1111&x=1"),
        ("4111 1111 1111 1111 5555 5555 5555 4444", "•••• 1111 •••• 4444"),
        ("4111111111111111, 5555555555554444", "•••• 1111, •••• 4444"),
    ] {
        let (found, counts) = redactor().mask(text);
        assert_eq!(found, expected, "{text:?}");
        assert!(counts.iter().all(|redaction| redaction.what == "card number"), "{text:?}");
    }
}

#[test]
fn other_numbers_are_left_alone() {
    for text in [
        // Wrong check digit, unknown issuer, wrong length.
        "4111111111111112",
        "1111111111111117",
        "41111111111111",
        "0000000000000000",
        // Phone numbers.
        "+49 30 1234567 89012",
        "+37 8282 2463 10005",
        "(+378) 282246310005",
        "0049 171 4111 1111",
        // Accounts: DE, FR, ES, and one whose digits would be a card's.
        "DE89 3704 0044 0532 0130 00",
        "DE89370400440532013000",
        "FR76 3000 6000 0112 3456 7890 189",
        "ES91 2100 0418 4502 0005 1332",
        // Orders, parcels, goods, dates, amounts, addresses.
        "ORD-4111111111111111",
        "Order #4111111111111111",
        "ID4111111111111111",
        "4006381333931",
        "JJD000390007827163401",
        "2026-11-22 10:15:00 2026-11-23 11:15:00",
        "41.111.111.111.111.111 IDR",
        "https://parcel.example/track/4111111111111111?lang=de",
        "2001:0db8:4111:1111:1111:1111",
        "550e8400-e29b-41d4-a716-446655440000",
        // A list of order numbers, one a line.
        "45395787\n63621486\n45395787",
        "4111\n1111\n1111\n1111\n1111",
    ] {
        assert_eq!(redactor().mask(text), (text.to_owned(), vec![]), "{text:?}");
    }
}

#[test]
fn an_account_before_a_card_does_not_hide_the_card() {
    assert_eq!(
        masked("IBAN DE89 3704 0044 0532 0130 00\nVisa 4111 1111 1111 1111"),
        "IBAN DE89 3704 0044 0532 0130 00\nVisa •••• 1111"
    );
    assert_eq!(masked("DE89 3704 0044 0532 0130 00\n4111 1111 1111 1111"), "DE89 3704 0044 0532 0130 00\n•••• 1111");
}

#[test]
fn secrets_are_told_by_their_shape() {
    let x = |count: usize| "aB3dE".repeat(count / 5 + 1)[..count].to_owned();
    // Put together here so that no scanner takes this file for a leak.
    for (what, secret) in [
        ("AWS key", format!("AKIA{}", "IOSFODNN7EXAMPLE")),
        ("AWS key", format!("aws_secret_access_key = {}", x(40))),
        ("GitHub token", format!("ghp_{}", x(36))),
        ("GitHub token", format!("github_pat_{}_{}", x(22), x(59))),
        ("GitLab token", format!("glpat-{}", x(20))),
        ("Slack token", format!("xoxb-{}-{}", "123456789012", x(24))),
        ("Slack token", format!("https://hooks.slack.com/services/T{}/B{}/{}", "0AB", "0CD", x(24))),
        ("Stripe key", format!("sk_live_{}", x(24))),
        ("Stripe key", format!("rk_test_{}", x(24))),
        ("Google key", format!("AIza{}", x(35))),
        ("Google key", format!("ya29.{}", x(60))),
        ("JWT", format!("eyJ{}.eyJ{}.{}", x(20), x(40), x(43))),
        ("OpenAI key", format!("sk-{}T3BlbkFJ{}", x(20), x(20))),
        ("SendGrid key", format!("SG.{}.{}", x(22), x(43))),
        ("npm token", format!("npm_{}", x(36))),
        (
            "private key",
            format!(
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n{}\n-----END RSA PRIVATE KEY-----",
                x(64)
            ),
        ),
        ("private key", format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n{}==", x(64), x(20))),
    ] {
        let text = format!("Here: {secret}\n\nplease check");
        let (found, counts) = redactor().mask(&text);
        assert_eq!(found, "Here: ••••••••\n\nplease check", "{secret}");
        assert_eq!(counts, [Redaction { what: what.into(), count: 1 }]);
    }
    for harmless in [
        "My password: hunter2",
        "pk_live_abcdefghijklmnopqrstuvwx is public",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "sk-learn, xoxo, AKIAH, eyJ.eyJ.x",
    ] {
        assert_eq!(redactor().mask(harmless), (harmless.to_owned(), vec![]));
    }
}

#[test]
fn patterns_of_the_workspace_are_masked_too() {
    let redactor = with_patterns(&[r"\bM-\d{6}\b", r"(?i)passport\s+\w+"]).unwrap();
    let (text, counts) = redactor.mask("Member M-123456, Passport C01X00T47; M-1234567 is none");
    assert_eq!(text, "Member ••••••••, ••••••••; M-1234567 is none");
    assert_eq!(counts, [Redaction { what: "own".into(), count: 2 }]);
    // What two rules find in one place is masked once.
    let redactor = with_patterns(&[r"card \d{4}", r"\d{4}"]).unwrap();
    assert_eq!(redactor.mask("card 4111 1111 1111 1111").0, "••••••••");
    assert_eq!(redactor.mask("see 4111 1111 1111 1111").0, "see •••• 1111");
}

#[test]
fn a_pattern_that_cannot_be_used_is_refused_in_plain_words() {
    for (pattern, words) in [
        ("(", "The pattern “own” cannot be read: unclosed group."),
        ("a{2", "The pattern “own” cannot be read: unclosed counted repetition."),
        (
            "(?=x)y",
            "The pattern “own” cannot be read: look-around, including look-ahead and look-behind, is not supported.",
        ),
        ("x*", "The pattern “own” also matches an empty text. Make at least one character required."),
        (r"\w{1000}{10}", "The pattern “own” is too large. Use smaller repetitions."),
        ("", "The pattern “own” must have 1 to 500 characters."),
    ] {
        assert_eq!(with_patterns(&[pattern]).unwrap_err().to_string(), words);
    }
    assert_eq!(with_patterns(&["a"; 51]).unwrap_err(), RedactionError::TooMany);
    let nameless = RedactionPattern { name: " ".into(), pattern: "a".into() };
    let rules = RedactionRules { patterns: vec![nameless], ..RedactionRules::default() };
    assert_eq!(Redactor::new(&rules).unwrap_err(), RedactionError::Name);
}

#[test]
fn a_number_that_tags_part_is_found_and_the_tags_stay() {
    for (from, to) in [
        ("<p>4111 <b>1111</b> <i>1111</i> 1111!</p>", "<p>•••• 1111<b></b><i></i>!</p>"),
        ("<p>4111&nbsp;1111&nbsp;1111&nbsp;1111 &amp; more</p>", "<p>•••• 1111 &amp; more</p>"),
        ("<p>4111 1111<br>1111 1111</p>", "<p>•••• 1111<br></p>"),
        (
            "<table><tbody><tr><td>4111</td><td>1111</td><td>1111</td><td>1111</td></tr></tbody></table>",
            "<table><tbody><tr><td>•••• 1111</td><td></td><td></td><td></td></tr></tbody></table>",
        ),
        (
            "<a href=\"https://x.example/?c=4111111111111111&amp;d=1\" title=\"4111111111111111\">x</a>",
            "<a href=\"https://x.example/?c=•••• 1111&amp;d=1\" title=\"•••• 1111\">x</a>",
        ),
        ("<p>1 &lt; 4111111111111111 &gt; 2</p>", "<p>1 &lt; •••• 1111 &gt; 2</p>"),
    ] {
        assert_eq!(redactor().mask_html(from).0, to);
    }
    assert_eq!(
        redactor().mask_html("<a title=\"4111111111111111\">4111111111111111</a>").1,
        [Redaction { what: "card number".into(), count: 1 }]
    );
}

#[test]
fn much_of_anything_takes_no_longer_than_its_size() {
    let patterns = with_patterns(&[r"\d{3}-\d{2}", r"[a-z]+@[a-z]+"]).unwrap();
    for piece in [
        "4111 1111 1111 1112 ",
        "4",
        "4 ",
        "4\n",
        "41 ",
        "4111 1111 1111 1111 ",
        "DE89",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----END PRIVATE KEY-----",
        "eyJ",
        "eyJaaaaaaaa.",
        "ghp_",
        "https://",
        "••••",
        "•••• 1234 ",
        "<b>4</b>",
        "a4111 1111 1111 1111",
    ] {
        let text = piece.repeat(50_000 / piece.len());
        patterns.mask(&text);
        patterns.mask_html(&html::clean(&text));
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,19}",
        "[0-9]{4}",
        "[ \\n\\u{a0}.-]{1,2}",
        "[a-z#+/=•]{1,3}",
        Just("4111 1111 1111 1111".to_owned()),
        Just("4111111111111111".to_owned()),
        Just("378282246310005".to_owned()),
        Just("5555-5555-5555-4444".to_owned()),
        Just("•••• 4111".to_owned()),
        Just("••••••••".to_owned()),
        Just("DE89 3704 0044 0532 0130 00".to_owned()),
        Just("https://x.example/".to_owned()),
        Just("AKIAIOSFODNN7EXAMPLE".to_owned()),
        Just("-----BEGIN PRIVATE KEY-----\nMIIBaaaaaaaaaaaaaaaa\n".to_owned()),
        Just("-----END PRIVATE KEY-----".to_owned()),
        Just("<b>".to_owned()),
        Just("</b><br>".to_owned()),
        "\\PC{0,5}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1500), ..ProptestConfig::default() })]

    #[test]
    fn only_what_is_found_changes_and_masking_twice_is_masking_once(text in pieces(), own in any::<bool>()) {
        let redactor = if own { with_patterns(&[r"\d{4}-\d{2}", "a+", r"z\b"]).unwrap() } else { redactor() };
        let (once, counts) = redactor.mask(&text);
        prop_assert_eq!(redactor.mask(&once), (once.clone(), vec![]));
        let finds = redactor.finds(&text);
        let all: usize = counts.iter().map(|redaction| redaction.count).sum();
        prop_assert!(finds.len() <= all);
        if finds.len() < all {
            // One mask uncovered another find.
            return Ok(());
        }
        // Between the finds stands what stood there.
        let (mut left, mut at) = (once.as_str(), 0);
        for find in &finds {
            prop_assert!(at <= find.range.start);
            left = left.strip_prefix(&text[at..find.range.start]).unwrap().strip_prefix(find.mask.as_str()).unwrap();
            at = find.range.end;
        }
        prop_assert_eq!(left, &text[at..]);
    }

    #[test]
    fn masked_html_keeps_its_tags_and_stays_clean(text in pieces()) {
        let cleaned = html::clean(&text);
        let (once, _) = redactor().mask_html(&cleaned);
        prop_assert_eq!(&html::clean(&once), &once);
        let tags = |html: &str| html.matches('<').count();
        prop_assert_eq!(tags(&once), tags(&cleaned));
        prop_assert_eq!(&redactor().mask_html(&once).0, &once);
    }

    #[test]
    fn any_card_is_found_in_any_usual_writing(
        start in prop::sample::select(vec!["4", "51", "2221", "6011", "3528", "62"]),
        rest in prop::collection::vec(0..10_u8, 15),
        separator in prop::sample::select(vec!["", " ", "-", "\u{a0}", " - ", "\u{2009}", "."]),
        is_bold in any::<bool>(),
    ) {
        let mut digits: Vec<u8> = start.bytes().map(|b| b - b'0').chain(rest).take(15).collect();
        let sum: u32 = digits.iter().rev().enumerate().map(|(place, digit)| {
            let value = u32::from(*digit) * if place % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        }).sum();
        digits.push(((10 - sum % 10) % 10) as u8);
        let words: Vec<String> = digits.chunks(4).map(|group| group.iter().map(|d| char::from(b'0' + d)).collect()).collect();
        prop_assume!(digits.iter().any(|digit| *digit != digits[0]));
        let text = format!("Card: {}.", words.join(separator));
        prop_assert_eq!(masked(&text), format!("Card: •••• {}.", words[3]));
        if is_bold {
            let html = format!("<p>Card: {}<b>{}</b>.</p>", words[..2].join(separator).replace('\u{a0}', "&nbsp;"), format!("{separator}{}", words[2..].join(separator)).replace('\u{a0}', "&nbsp;"));
            prop_assert_eq!(redactor().mask_html(&html).0, format!("<p>Card: •••• {}<b></b>.</p>", words[3]));
        }
    }
}
