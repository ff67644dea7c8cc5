//! `rapport inspect`: how Rapport reads a mail or a piece of HTML, and where the mail would go. Needs no settings and no store unless that is
//! asked.

use std::{
    fs,
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use base::{
    mail::ParsedMail,
    redact::{self, Redaction, RedactionRules, Redactor},
};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::placing::{Guide, Placed};
use crate::config::Config;

/// Show how a mail or a piece of HTML is read
#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read mails and print one JSON object for each, a line each
    Email {
        /// Mails as they came (.eml); - reads standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Write the attachments into this folder, each named by its SHA-256
        #[arg(long, value_name = "DIR")]
        extract: Option<PathBuf>,
        /// Also say into which conversation each would go, and why; nothing is taken in. Of this store, a data folder or the address of
        /// a PostgreSQL database; without a value, the one of the settings
        #[arg(long, value_name = "STORE", num_args = 0..=1, require_equals = true)]
        store: Option<Option<String>>,
        /// The mailbox that they would have come to; found by their recipients when it is left out
        #[arg(long, value_name = "ADDRESS", requires = "store")]
        mailbox: Option<String>,
    },
    /// Clean the HTML on standard input as it would be shown, and print it
    Html,
}

/// Inspects what the arguments name. A file that cannot be read is reported and the others are still done; the exit code is then
/// 2. Whatever is in a file, it is never a failure.
///
/// # Errors
/// When the output or the folder for attachments cannot be written.
pub(crate) fn run(args: &InspectArgs, config: impl FnOnce() -> anyhow::Result<Config>) -> anyhow::Result<ExitCode> {
    let (input, mut output) = (io::stdin().lock(), io::BufWriter::new(io::stdout().lock()));
    let done = match &args.what {
        What::Email { files, extract, store, mailbox } => {
            let mut guide = match store {
                Some(store) => Some(Guide::open(config()?, store.as_deref(), mailbox.as_deref())?),
                None => None,
            };
            let mut placed = |raw: &[u8]| guide.as_mut().map(|guide| guide.place(raw)).transpose();
            emails(files, extract.as_deref(), &mut placed, input, &mut output, &mut io::stderr())
        }
        What::Html => html(input, &mut output),
    };
    match done.and_then(|code| output.flush().map(|()| code).map_err(Into::into)) {
        // `rapport inspect … | head` has seen enough.
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe) => {
            Ok(ExitCode::SUCCESS)
        }
        done => done,
    }
}

fn emails(
    files: &[PathBuf],
    extract: Option<&Path>,
    placed: &mut dyn FnMut(&[u8]) -> anyhow::Result<Option<Placed>>,
    mut input: impl Read,
    output: &mut impl Write,
    complaints: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    if let Some(folder) = extract {
        fs::create_dir_all(folder).with_context(|| format!("cannot create the folder {}", folder.display()))?;
    }
    for file in files {
        let raw = if file.as_os_str() == "-" {
            let mut raw = Vec::new();
            input.read_to_end(&mut raw).map(|_| raw)
        } else {
            fs::read(file)
        };
        match raw {
            Ok(raw) => email(&raw, extract, placed(&raw)?, output)?,
            Err(error) => {
                writeln!(complaints, "rapport: cannot read {}: {error}", file.display())?;
                code = ExitCode::from(2);
            }
        }
    }
    Ok(code)
}

/// What is printed of a mail.
#[derive(Debug, Serialize)]
struct Inspected<'m> {
    #[serde(flatten)]
    mail: &'m ParsedMail,
    /// What would be masked by the rules that every workspace begins with.
    redactions: Vec<Redaction>,
    /// Where it would go.
    #[serde(skip_serializing_if = "Option::is_none")]
    thread: Option<Placed>,
}

fn redactions(mail: &ParsedMail) -> anyhow::Result<Vec<Redaction>> {
    let redactor = Redactor::new(&RedactionRules::default())?;
    let in_html = mail.html.as_deref().map(|html| redactor.mask_html(html).1).unwrap_or_default();
    let found = redactor.mask(&mail.subject).1.into_iter().chain(redactor.mask(&mail.text).1).chain(in_html);
    Ok(redact::most_of(found))
}

fn email(raw: &[u8], extract: Option<&Path>, thread: Option<Placed>, output: &mut impl Write) -> anyhow::Result<()> {
    let mail = base::mail::parse(raw);
    let redactions = redactions(&mail)?;
    serde_json::to_writer(&mut *output, &Inspected { mail: &mail, redactions, thread }).map_err(io::Error::from)?;
    output.write_all(b"\n")?;
    if let Some(folder) = extract {
        for attachment in &mail.attachments {
            let file = folder.join(&attachment.sha256);
            fs::write(&file, &attachment.data).with_context(|| format!("cannot write {}", file.display()))?;
        }
    }
    Ok(())
}

fn html(mut input: impl Read, output: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut raw = Vec::new();
    input.read_to_end(&mut raw).context("cannot read standard input")?;
    writeln!(output, "{}", base::html::clean(&String::from_utf8_lossy(&raw)))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &[u8] = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\niVBORw==\n--x--\n";

    #[test]
    fn one_line_a_mail_and_attachments_by_their_hash() {
        let folder = tempfile::tempdir().unwrap();
        let (one, out) = (folder.path().join("one.eml"), folder.path().join("out/deep"));
        fs::write(&one, MAIL).unwrap();
        let (mut output, mut complaints) = (Vec::new(), Vec::new());
        let files = [one, PathBuf::from("-")];
        let code = emails(&files, Some(&out), &mut |_| Ok(None), &b"\0\xff"[..], &mut output, &mut complaints).unwrap();
        assert_eq!(code, ExitCode::SUCCESS);
        let output = String::from_utf8(output).unwrap();
        let mails: Vec<serde_json::Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(mails.len(), 2);
        assert_eq!(mails[0]["text"], "hello");
        let sha256 = mails[0]["attachments"][0]["sha256"].as_str().unwrap();
        assert_eq!(fs::read(out.join(sha256)).unwrap(), b"\x89PNG");
        assert!(complaints.is_empty());
    }

    #[test]
    fn a_missing_file_is_named_and_the_others_are_still_read() {
        let (mut output, mut complaints) = (Vec::new(), Vec::new());
        let files = [PathBuf::from("/nowhere/x.eml"), PathBuf::from("-")];
        let code = emails(&files, None, &mut |_| Ok(None), MAIL, &mut output, &mut complaints).unwrap();
        assert_eq!(code, ExitCode::from(2));
        assert_eq!(String::from_utf8(output).unwrap().lines().count(), 1);
        let complaints = String::from_utf8(complaints).unwrap();
        assert!(complaints.starts_with("rapport: cannot read /nowhere/x.eml: "), "{complaints}");
    }

    #[test]
    fn what_would_be_masked_is_counted_once_for_text_and_html() {
        let mut output = Vec::new();
        let mail = b"From: a@b.example\nContent-Type: text/html\n\n<p>4111 <b>1111</b> 1111 1111";
        email(mail, None, None, &mut output).unwrap();
        let mail: serde_json::Value = serde_json::from_slice(&output).unwrap();
        assert_eq!(mail["redactions"], serde_json::json!([{ "what": "card number", "count": 1 }]));
        assert_eq!(mail["text"], "4111 1111 1111 1111", "the mail is shown as it came");
    }

    #[test]
    fn html_is_cleaned() {
        let mut output = Vec::new();
        html(&b"<p onclick=x>hi<script>alert(1)</script>"[..], &mut output).unwrap();
        assert_eq!(output, b"<p>hi</p>\n");
    }
}
