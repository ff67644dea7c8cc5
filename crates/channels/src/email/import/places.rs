//! Which files hold mails below what the operator named: Maildirs with their folders, and mbox files with theirs.

use super::{Format, mbox};
use base::mail;
use jiff::Timestamp;
use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

/// Folders that nobody means when they name the folder above.
const LEFT_OUT: &[&str] =
    &["trash", "deleted", "deleted items", "deleted messages", "junk", "spam", "drafts", "templates"];
/// Of a mail in a file of its own, so much is read to find its date.
const HEAD: u64 = 64 * 1024;
/// Folders within folders.
const MOST_DEPTH: usize = 32;

/// What was found, in no order.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) files: Vec<PathBuf>,
    pub(super) mails: Vec<Mail>,
    /// Mails that their owner has deleted, and drafts.
    pub(super) passed_over: u64,
    /// Folders that were left out.
    pub(super) left_out: Vec<PathBuf>,
    /// What could not be read, and why.
    pub(super) unreadable: Vec<(PathBuf, String)>,
}

/// One mail in one of the files.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mail {
    /// Place in [`Found::files`].
    pub(super) file: u32,
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) date: Option<Timestamp>,
    pub(super) delivered_at: Option<Timestamp>,
    /// Lines are quoted as in an mbox.
    pub(super) is_quoted: bool,
}

/// Looks through `path` and all below it.
pub(super) fn look_through(path: &Path, format: Option<Format>, found: &mut Found) {
    if let Err(error) = look_at(path, format, found, 0) {
        found.unreadable.push((path.to_owned(), error.to_string()));
    }
}

fn look_at(path: &Path, format: Option<Format>, found: &mut Found, depth: usize) -> io::Result<()> {
    if fs::metadata(path)?.is_file() {
        return look_into_mbox(path, found);
    }
    let is_maildir = path.join("cur").is_dir() || path.join("new").is_dir();
    if is_maildir && format != Some(Format::Mbox) {
        for part in ["new", "cur"] {
            look_into_maildir(&path.join(part), found)?;
        }
    }
    let mut entries: Vec<_> = fs::read_dir(path)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (child, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let kind = entry.file_type()?;
        if kind.is_dir() && !(is_maildir && matches!(name.as_str(), "cur" | "new" | "tmp")) && depth < MOST_DEPTH {
            if is_left_out(&name) {
                found.left_out.push(child);
                continue;
            }
            if let Err(error) = look_at(&child, format, found, depth + 1) {
                found.unreadable.push((child, error.to_string()));
            }
        } else if kind.is_file() && !is_maildir && format != Some(Format::Maildir) && begins_as_mbox(&child)? {
            if is_left_out(&name) {
                found.left_out.push(child);
                continue;
            }
            look_into_mbox(&child, found)?;
        }
    }
    Ok(())
}

/// Maildir++ puts a dot before each part of a folder's name, Thunderbird `.sbd` behind it.
fn is_left_out(name: &str) -> bool {
    let name = name.strip_suffix(".sbd").unwrap_or(name).trim_start_matches('.');
    let last = name.rsplit('.').next().unwrap_or(name);
    LEFT_OUT.iter().any(|out| out.eq_ignore_ascii_case(last))
}

fn begins_as_mbox(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(5).read_to_end(&mut start)?;
    Ok(start == b"From ")
}

fn look_into_mbox(path: &Path, found: &mut Found) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(256 * 1024, File::open(path)?);
    let file = next_file(found)?;
    let (mut mails, mut passed_over) = (Vec::new(), 0);
    mbox::spans(&mut reader, |mbox::Span { offset, length, date, delivered_at, deleted }| {
        if deleted {
            passed_over += 1;
            return;
        }
        mails.push(Mail { file, offset, length, date, delivered_at, is_quoted: true });
    })?;
    found.files.push(path.to_owned());
    found.mails.append(&mut mails);
    found.passed_over += passed_over;
    Ok(())
}

fn look_into_maildir(folder: &Path, found: &mut Found) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || !path.is_file() {
            continue;
        }
        let flags = name.rsplit_once(":2,").map_or("", |(_, flags)| flags);
        if flags.contains(['T', 'D']) {
            found.passed_over += 1;
            continue;
        }
        let mut head = Vec::new();
        let length = match File::open(&path) {
            Ok(file) => {
                let length = file.metadata()?.len();
                file.take(HEAD).read_to_end(&mut head)?;
                length
            }
            Err(error) => {
                found.unreadable.push((path, error.to_string()));
                continue;
            }
        };
        let file = next_file(found)?;
        let delivered_at = name.split('.').next().and_then(|seconds| seconds.parse().ok());
        let delivered_at = delivered_at.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let date = mail::parse(header(&head)).date;
        found.files.push(path);
        found.mails.push(Mail { file, offset: 0, length, date, delivered_at, is_quoted: false });
    }
    Ok(())
}

fn next_file(found: &Found) -> io::Result<u32> {
    u32::try_from(found.files.len()).map_err(|_| io::Error::other("too many files at once"))
}

/// A mail's header, up to the empty line.
fn header(head: &[u8]) -> &[u8] {
    let lf = head.windows(2).position(|bytes| bytes == b"\n\n");
    let crlf = head.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    &head[..lf.into_iter().chain(crlf).min().unwrap_or(head.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn a_maildir_is_read_with_its_folders_but_without_bin_junk_and_drafts() {
        let folder = tempfile::tempdir().unwrap();
        let mail = "Subject: x\nDate: Mon, 3 Feb 2020 10:00:00 +0000\n\nDate: no\n";
        for name in ["cur/1580724000.M1.host:2,S", "new/1580724001.M1.host", ".Sent/cur/1580724002.M1.host:2,S"] {
            write(folder.path(), name, mail);
        }
        for name in ["cur/2.M1.host:2,ST", "cur/3.M1.host:2,D"] {
            write(folder.path(), name, mail);
        }
        for name in [".Trash/cur/4.host:2,S", ".INBOX.Junk/cur/5.host:2,S", "tmp/6.host"] {
            write(folder.path(), name, mail);
        }
        let mut found = Found::default();
        look_through(folder.path(), None, &mut found);
        assert_eq!((found.mails.len(), found.passed_over, found.left_out.len()), (3, 2, 2), "{found:?}");
        assert!(found.unreadable.is_empty());
        let date = "2020-02-03T10:00:00Z".parse().unwrap();
        assert!(found.mails.iter().all(|mail| mail.date == Some(date) && mail.delivered_at >= Some(date)));
    }

    #[test]
    fn a_folder_of_mbox_files_is_read_and_other_files_in_it_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let mbox = "From a Mon Nov 18 10:00:00 2024\nSubject: 1\n\none\n";
        write(folder.path(), "Inbox", mbox);
        write(folder.path(), "Inbox.sbd/Old", mbox);
        write(folder.path(), "Inbox.msf", "// an index");
        write(folder.path(), "Trash", mbox);
        let mut found = Found::default();
        look_through(folder.path(), None, &mut found);
        assert_eq!((found.mails.len(), found.files.len(), found.left_out.len()), (2, 2, 1), "{found:?}");
    }

    #[test]
    fn what_is_not_there_is_said() {
        let mut found = Found::default();
        look_through(Path::new("/nowhere/at/all"), None, &mut found);
        assert_eq!(found.unreadable.len(), 1);
    }
}
