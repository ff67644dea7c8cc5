//! Files as they are found, and files as nobody wrote them.

use super::*;
use proptest::prelude::*;

fn texts(file: &str) -> Vec<String> {
    let mut found = Vec::new();
    spans(&mut file.as_bytes(), |span| found.push(span)).unwrap();
    let text = |span: Span| file[span.offset as usize..(span.offset + span.length) as usize].to_owned();
    found.into_iter().map(text).collect()
}

fn only(file: &str) -> Span {
    let mut found = Vec::new();
    spans(&mut file.as_bytes(), |span| found.push(span)).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn mails_are_told_apart_by_the_separating_line() {
    let file = "From a@b.example Mon Nov 18 10:00:00 2024\nSubject: 1\n\none\n\n\
        From MAILER-DAEMON Fri Jul  8 12:08:34 2011\nSubject: 2\n\ntwo\n";
    assert_eq!(texts(file), ["Subject: 1\n\none\n", "Subject: 2\n\ntwo\n"]);
}

#[test]
fn a_sentence_that_begins_with_from_does_not_separate() {
    let file = "From a@b.example Mon Nov 18 10:00:00 2024\nSubject: 1\n\nFrom now on, it works.\nFrom Monday Nov 18 on: yes\n\n\
        From what I hear at 10:30 today:\nthanks\n";
    assert_eq!(texts(file).len(), 1);
}

#[test]
fn a_separator_without_an_empty_line_before_it_separates_when_a_header_follows() {
    let file =
        "From a Mon Nov 18 10:00:00 2024\nSubject: 1\n\none\nFrom b Mon Nov 18 11:00:00 2024\nSubject: 2\n\ntwo\n";
    assert_eq!(texts(file), ["Subject: 1\n\none\n", "Subject: 2\n\ntwo\n"]);
    let quoted =
        "From a Mon Nov 18 10:00:00 2024\nSubject: 1\n\none\nFrom b Mon Nov 18 11:00:00 2024\nhe wrote this.\n";
    assert_eq!(texts(quoted).len(), 1);
}

#[test]
fn a_separator_without_a_date_separates_when_a_header_follows() {
    let file = "From -\nSubject: 1\n\none\n\nFrom -\nSubject: 2\n\ntwo\n";
    assert_eq!(texts(file).len(), 2);
}

#[test]
fn the_separators_date_is_read_in_the_forms_in_use() {
    let date = |line: &str| separator_date(line.as_bytes()).1.map(|at| at.to_string());
    let expected = Some("2024-11-18T10:00:00Z".to_owned());
    assert_eq!(date("From a@b.example Mon Nov 18 10:00:00 2024"), expected);
    assert_eq!(date("From 1815@xxx Mon Nov 18 10:00:00 +0000 2024"), expected);
    assert_eq!(date("From - Mon Nov 18 11:30:00 2024 +0130"), expected);
    assert_eq!(date("From - Mon Nov 18 10:00 2024"), expected);
    assert_eq!(separator_date(b"From - Mon Nov 99 10:00:00 2024"), (true, None));
    assert_eq!(separator_date(b"From here to eternity"), (false, None));
}

#[test]
fn a_single_mail_without_any_separator_is_a_mail() {
    assert_eq!(texts("\n\nSubject: 1\n\none\n"), ["Subject: 1\n\none\n"]);
    assert!(texts("").is_empty() && texts("\n\n").is_empty());
}

#[test]
fn what_a_mail_program_has_marked_as_deleted_is_known() {
    let mail =
        |status: &str| format!("From - Mon Nov 18 10:00:00 2024\nX-Mozilla-Status: {status}\nSubject: x\n\ntext\n");
    assert!(only(&mail("0009")).deleted);
    assert!(!only(&mail("0001")).deleted && !only(&mail("what")).deleted);
}

#[test]
fn a_mail_in_one_endless_line_is_read_to_its_end() {
    let long = "x".repeat(3 * PIECE as usize);
    let file = format!("From a Mon Nov 18 10:00:00 2024\nSubject: 1\n\n{long}From b Mon Nov 18 10:00:00 2024\n\nend\n");
    assert_eq!(texts(&file).len(), 1);
}

#[test]
fn lines_that_were_quoted_come_back_as_they_were() {
    assert_eq!(
        unquoted(b">From me\n>>From you\n> From us\n>Front\nFrom\n"),
        b"From me\n>From you\n> From us\n>Front\nFrom\n"
    );
}

proptest! {
    #[test]
    fn a_file_of_any_mails_gives_them_back(bodies in prop::collection::vec("([a-zA-Z>:. ]{0,40}\n){0,6}", 1..8)) {
        let mut file = String::new();
        for body in &bodies {
            file.push_str("From a@b.example Mon Nov 18 10:00:00 2024\nSubject: x\n\n");
            for line in body.split_inclusive('\n') {
                let marks = line.len() - line.trim_start_matches('>').len();
                if line[marks..].starts_with("From ") {
                    file.push('>');
                }
                file.push_str(line);
            }
            file.push('\n');
        }
        let found: Vec<_> = texts(&file).iter().map(|text| String::from_utf8(unquoted(text.as_bytes())).unwrap()).collect();
        let expected: Vec<_> = bodies.iter().map(|body| format!("Subject: x\n\n{body}")).collect();
        // The last mail keeps the empty line at the end of the file.
        let trimmed = |texts: &[String]| texts.iter().map(|text| text.trim_end().to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(trimmed(&found), trimmed(&expected));
    }

    #[test]
    fn whatever_the_bytes_no_span_overlaps_another_or_ends_beyond_the_file(
        pieces in prop::collection::vec(prop_oneof![
            Just("From a Mon Nov 18 10:00:00 2024".to_owned()), Just("From -".to_owned()), Just("\n".to_owned()),
            Just("\r\n".to_owned()), Just("Subject: x".to_owned()), "\\PC{0,20}",
        ], 0..40),
    ) {
        let file = pieces.concat();
        let (mut at, mut inside) = (0, true);
        spans(&mut file.as_bytes(), |span| {
            inside &= span.offset >= at && span.length > 0;
            at = span.offset + span.length;
        }).unwrap();
        prop_assert!(inside && at <= file.len() as u64);
    }
}
