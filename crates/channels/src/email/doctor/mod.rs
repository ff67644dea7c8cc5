//! Examines how a domain and a mailbox are set up, from the DNS to the sign-in, and says what to do. It changes nothing; only the
//! probe sends a mail, to the mailbox itself.

mod certificate;
mod dns;
mod probe;
mod servers;

use desk::{
    App, WorkspaceId,
    finding::{Finding, Subject},
    mailboxes::oauth,
};

/// Runs all checks of a subject.
pub(super) async fn diagnose(app: &App, workspace: WorkspaceId, subject: &Subject) -> Vec<Finding> {
    let mailbox = match subject {
        Subject::Domain { domain, sends_through } => return dns::domain(app, workspace, domain, sends_through).await,
        Subject::Mailbox(mailbox) | Subject::Probe(mailbox) => mailbox,
    };
    // Without a token both sign-ins fail; the first says why.
    let mailbox = match oauth::with_access(app, workspace.as_system(), mailbox).await {
        Ok(mailbox) => mailbox,
        Err(desk::Error::Unavailable(words)) => return vec![Finding::fail("sign-in with the provider", words)],
        Err(other) => return vec![Finding::fail("sign-in with the provider", other.to_string())],
    };
    if matches!(subject, Subject::Probe(_)) {
        return vec![probe::probe(app, workspace, &mailbox).await];
    }
    let mut findings = servers::fetching(&mailbox).await;
    findings.extend(servers::sending(&mailbox).await);
    findings.extend(servers::aliases(&mailbox).await);
    findings
}
