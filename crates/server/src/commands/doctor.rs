//! `rapport mail doctor`: looks at how a domain and a mailbox are set up, and says what to do, one line a check.

use std::{io::Write, process::ExitCode, sync::Arc};

use anyhow::{Context, bail};
use channels::email::Email;
use clap::Args;
use desk::{
    App, WorkspaceId,
    channel::Channel,
    finding::{Finding, FindingState, Subject},
    mailboxes::{self, Mailbox},
};

use crate::{config::Config, house::House};

/// Examine the set-up of mailboxes and domains, and say what to fix
///
/// Ends with 0 when nothing failed, also when there are warnings, and with 2 when something failed.
#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// Only the mailbox with this address, and its domain; all mailboxes when neither is named
    #[arg(long, value_name = "ADDRESS")]
    mailbox: Option<String>,

    /// Only this domain, in the DNS
    #[arg(long, value_name = "DOMAIN", conflicts_with = "mailbox")]
    domain: Option<String>,

    /// Let each mailbox send a mail to itself and wait until it arrives; it stays there
    #[arg(long)]
    send_probe: bool,

    /// One JSON object a check
    #[arg(long)]
    json: bool,
}

/// Examines and prints.
///
/// # Errors
/// When the store does not answer, or there is no such mailbox.
pub(crate) async fn run(config: &Config, args: DoctorArgs) -> anyhow::Result<ExitCode> {
    let app = House::open(config).await?.start().await?;
    app.set_dns(config.dns());
    app.add_channel(Arc::new(Email));
    let workspace = app.workspace().await?.context("nothing is set up yet: create the owner first")?;
    let mut worst = FindingState::Ok;
    for (about, subject) in subjects(&app, workspace, &args).await? {
        let findings = Email.diagnose(&app, workspace, &subject).await;
        worst = findings.iter().map(|finding| finding.state).max().unwrap_or(worst).max(worst);
        print(&mut std::io::stdout(), &about, &findings, args.json)?;
    }
    Ok(if worst == FindingState::Fail { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

async fn subjects(app: &App, workspace: WorkspaceId, args: &DoctorArgs) -> anyhow::Result<Vec<(String, Subject)>> {
    let scope = workspace.as_system();
    let all = app.read(scope, |desk| Box::pin(async move { mailboxes::list(desk).await })).await?;
    let domains_of = |mailbox: &Mailbox| -> Vec<String> {
        let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| domain.to_owned());
        mailbox.addresses().into_iter().filter_map(domain).collect()
    };
    let wanted: Vec<&Mailbox> = match (&args.mailbox, &args.domain) {
        (Some(address), _) => all.iter().filter(|mailbox| mailbox.address == address.trim().to_lowercase()).collect(),
        (None, Some(_)) => Vec::new(),
        (None, None) => all.iter().collect(),
    };
    if let (Some(address), true) = (&args.mailbox, wanted.is_empty()) {
        bail!("there is no mailbox {address}");
    }
    let named = args.domain.iter().map(|domain| domain.trim().trim_end_matches('.').to_lowercase());
    let mut domains: Vec<String> = named.chain(wanted.iter().flat_map(|mailbox| domains_of(mailbox))).collect();
    domains.sort();
    domains.dedup();
    let mut subjects = Vec::new();
    for domain in domains {
        let mailboxes = all.iter().filter(|mailbox| domains_of(mailbox).contains(&domain));
        let servers = mailboxes.filter_map(|mailbox| mailbox.settings.smtp.as_ref().map(|smtp| smtp.host.clone()));
        let mut sends_through: Vec<String> = servers.collect();
        sends_through.sort();
        sends_through.dedup();
        subjects.push((domain.clone(), Subject::Domain { domain, sends_through }));
    }
    for mailbox in wanted {
        let opened = Box::new(mailboxes::opened(app, scope, mailbox.id).await?);
        subjects.push((mailbox.address.clone(), Subject::Mailbox(opened.clone())));
        if args.send_probe {
            subjects.push((mailbox.address.clone(), Subject::Probe(opened)));
        }
    }
    Ok(subjects)
}

fn print(out: &mut impl Write, about: &str, findings: &[Finding], json: bool) -> std::io::Result<()> {
    for finding in findings {
        if json {
            let mut line = serde_json::to_value(finding)?;
            line["about"] = about.into();
            writeln!(out, "{line}")?;
            continue;
        }
        let state = match finding.state {
            FindingState::Ok => "ok  ",
            FindingState::Warn => "warn",
            FindingState::Fail => "FAIL",
        };
        writeln!(out, "{state}  {about}  {}: {}", finding.check, finding.words)?;
    }
    Ok(())
}
