//! A server process that cannot outlive its test.
//!
//! The server runs under a small shell that reads from a pipe which only the test holds. When the test lets go of the
//! pipe (dropped, panicked, killed with -9), the shell stops the server and everything in its process group.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use anyhow::{Context, Result};

/// `$1` is the log, `$2` the signal that stops the server, the rest its command line. Says the server's process id, then
/// waits for an order: `kill`, `stop`, or the end of the input, upon which it also removes the temporary folder with the
/// log. A server that does not stop within five seconds is killed; at the end the group of the server (some make their
/// own) and the shell's own go.
const SUPERVISE: &str = r#"
exec 3>>"$1"
folder=${1%/*}
signal=$2
shift 2
"$@" </dev/null >&3 2>&3 3>&- & server=$!
echo $server
exec 3>&-
read -r order || order=orphaned
if [ "$order" = kill ]; then
    # Children that made groups of their own go with their parent, which must not see them go.
    kill -s STOP $server 2>/dev/null
    kill -s KILL $(cat /proc/$server/task/$server/children 2>/dev/null) $server 2>/dev/null
else
    kill -s "$signal" $server 2>/dev/null
    (sleep 5; kill -s KILL $server 2>/dev/null) >/dev/null &
    wait $server
fi
kill -s KILL -- -$server 2>/dev/null
case $order:${folder##*/} in orphaned:rapport-*) rm -rf "$folder" ;; esac
kill -s KILL 0
"#;

/// A running server. Dropping it stops it and waits until it is gone.
#[derive(Debug)]
pub struct Process {
    shell: Child,
    lifeline: Option<ChildStdin>,
    server: u32,
    log: PathBuf,
}

impl Process {
    /// Starts `command`; what it says goes to the end of the file `log`. `stop_signal` (`TERM`, `QUIT`, …) is what makes
    /// it end in good order.
    ///
    /// # Errors
    /// When the shell cannot be started or the log cannot be written.
    pub fn start(command: &[String], stop_signal: &str, log: &Path) -> Result<Self> {
        Self::start_with(command, &[], stop_signal, log)
    }

    /// Like [`Process::start`] with variables set in the server's environment.
    ///
    /// # Errors
    /// As [`Process::start`].
    pub fn start_with(command: &[String], variables: &[(&str, String)], stop_signal: &str, log: &Path) -> Result<Self> {
        let mut shell = Command::new("/bin/sh")
            .args(["-c", SUPERVISE, "supervise"])
            .arg(log)
            .arg(stop_signal)
            .args(command)
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .current_dir("/")
            .process_group(0)
            .spawn()
            .context("start /bin/sh")?;
        let lifeline = shell.stdin.take();
        let stdout = shell.stdout.take().context("the shell's output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let server = line.trim().parse().with_context(|| format!("start {command:?}"))?;
        Ok(Self { shell, lifeline, server, log: log.to_owned() })
    }

    /// The server's process id.
    pub fn id(&self) -> u32 {
        self.server
    }

    /// Whether the server still runs (a dead one that nobody has waited for counts as dead).
    pub fn is_running(&self) -> bool {
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{}/stat", self.server)) else { return false };
        stat.rsplit(')').next().is_some_and(|rest| !rest.trim_start().starts_with(['Z', 'X']))
    }

    /// Stops the server in good order and waits until it is gone.
    pub fn stop(mut self) {
        self.end("stop");
    }

    /// Kills the server and all it started at once, as a power cut would, and waits until they are gone.
    pub fn kill(mut self) {
        self.end("kill");
    }

    /// The last lines that the server said, for messages.
    pub fn said(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(25)..].join("\n")
    }

    fn end(&mut self, order: &str) {
        if let Some(mut lifeline) = self.lifeline.take() {
            _ = writeln!(lifeline, "{order}");
            drop(lifeline);
            _ = self.shell.wait();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end("stop");
    }
}

/// Whether this test run has the rights of root.
pub fn is_root() -> bool {
    // The owner of /proc/self is the effective user.
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").expect("/proc")) == 0
}

/// The command line that runs `command` as `user` when this is root, and unchanged otherwise: some servers refuse to be
/// root.
pub fn as_user(user: &str, command: &[&str]) -> Vec<String> {
    let mut line = Vec::new();
    if is_root() {
        line.extend(["setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--"].map(str::to_owned));
    }
    line.extend(command.iter().map(|&part| part.to_owned()));
    line
}

/// A temporary folder that belongs to `user` when this is root, and to the current user otherwise.
///
/// # Errors
/// When it cannot be made or given away.
pub fn folder_of(user: &str) -> Result<tempfile::TempDir> {
    let folder = tempfile::Builder::new().prefix("rapport-").tempdir()?;
    if is_root() {
        run(&["chown".to_owned(), format!("{user}:"), folder.path().display().to_string()])?;
    }
    Ok(folder)
}

/// Runs a command to its end.
///
/// # Errors
/// When it cannot be started or fails; the message carries what it said.
pub fn run(command: &[String]) -> Result<String> {
    let output = Command::new(&command[0]).args(&command[1..]).stdin(Stdio::null()).current_dir("/").output();
    let output = output.with_context(|| format!("start {}", command[0]))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    anyhow::ensure!(output.status.success(), "{command:?}\n{said}{}", String::from_utf8_lossy(&output.stderr));
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait;

    fn sleeper(folder: &Path) -> Process {
        let log = folder.join("log");
        let command = ["sh", "-c", "echo ready; sleep 600 & wait"].map(str::to_owned);
        let process = Process::start(&command, "TERM", &log).unwrap();
        wait::until(wait::PATIENCE, || process.said().contains("ready").then_some(())).unwrap();
        process
    }

    fn is_gone(group: u32) -> bool {
        // `kill -0 -- -group` fails when no process of the group is left.
        run(&["sh".into(), "-c".into(), format!("kill -s 0 -- -{group}")]).is_err()
    }

    #[test]
    fn a_dropped_process_takes_what_it_started_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let process = sleeper(folder.path());
        let group = process.shell.id();
        assert!(process.is_running() && !is_gone(group));
        drop(process);
        assert!(wait::until(wait::PATIENCE, || is_gone(group).then_some(())).is_some());
    }

    #[test]
    fn a_process_ends_when_its_test_dies() {
        let folder = tempfile::tempdir().unwrap();
        let mut process = sleeper(folder.path());
        let group = process.shell.id();
        // What the system does for a process that was killed: it closes its end of the pipe.
        drop(process.lifeline.take());
        process.shell.wait().unwrap();
        assert!(wait::until(wait::PATIENCE, || is_gone(group).then_some(())).is_some());
    }

    #[test]
    fn a_process_that_died_is_not_running() {
        let folder = tempfile::tempdir().unwrap();
        let process = Process::start(&["false".to_owned()], "TERM", &folder.path().join("log")).unwrap();
        assert!(wait::until(wait::PATIENCE, || (!process.is_running()).then_some(())).is_some());
    }
}
