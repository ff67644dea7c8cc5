//! `rapport user add`: people from the command line, the first owner too.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use desk::{
    App, Error,
    people::{self, NewAgent, Role},
};
use zeroize::Zeroizing;

use crate::{config::Config, house::House};

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Add an owner, administrator or agent
    Add(AddArgs),
}

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// The address to sign in with
    #[arg(long)]
    email: String,
    /// The name that customers and colleagues see
    #[arg(long)]
    name: String,
    /// owner, admin or agent; the first person is an owner whatever is said here
    #[arg(long, default_value = "agent", value_parser = role)]
    role: Role,
    /// Make up a password and print it once, instead of reading one from standard input
    #[arg(long)]
    generate_password: bool,
}

/// Does what the command line says.
///
/// # Errors
/// What went wrong, for the operator.
pub(crate) async fn run(config: &Config, command: UserCommand) -> anyhow::Result<()> {
    let UserCommand::Add(args) = command;
    let password = password(args.generate_password)?;
    let app = House::open(config).await?.start().await?;
    add(&app, &args, &password.text).await?;
    println!("added {} <{}>", args.name, args.email);
    if password.made_up {
        println!("password: {}", *password.text);
    }
    Ok(())
}

async fn add(app: &App, args: &AddArgs, password: &str) -> anyhow::Result<()> {
    let agent = NewAgent { email: args.email.clone(), name: args.name.clone(), role: args.role };
    let added = if people::needs_set_up(app).await? {
        people::set_up(app, "Customer service", agent, password).await
    } else {
        let workspace = app.workspace().await?.context("there is no workspace")?;
        people::add_agent(app, workspace.as_system(), agent, password).await
    };
    match added {
        Ok(_) => Ok(()),
        Err(Error::Invalid(problems)) => {
            let words: Vec<String> = problems.iter().map(|problem| in_words(problem.field, problem.problem)).collect();
            bail!("{}", words.join("; "))
        }
        Err(error) => Err(error.into()),
    }
}

fn in_words(field: &str, problem: &str) -> String {
    let field = if field == "email" { "e-mail address" } else { field };
    match problem {
        "taken" => format!("somebody has this {field} already"),
        "required" => format!("the {field} is missing"),
        "too_short" => format!("the {field} is too short"),
        "too_long" => format!("the {field} is too long"),
        "not_an_address" => format!("the {field} is not an address"),
        other => format!("the {field} cannot be taken ({})", other.replace('_', " ")),
    }
}

struct Password {
    text: Zeroizing<String>,
    made_up: bool,
}

/// Asks at a terminal; otherwise reads a line. An empty answer means: make one up.
fn password(make_up: bool) -> anyhow::Result<Password> {
    let mut line = Zeroizing::new(String::new());
    if !make_up {
        if io::stdin().is_terminal() {
            eprint!("Password (it is shown while you type; leave it empty to have one made up): ");
            io::stderr().flush()?;
        }
        io::stdin().lock().read_line(&mut line).context("reading the password")?;
    }
    let typed = line.trim_end_matches(['\r', '\n']);
    if typed.is_empty() {
        return Ok(Password { text: Zeroizing::new(people::generate_password()), made_up: true });
    }
    Ok(Password { text: Zeroizing::new(typed.to_owned()), made_up: false })
}

fn role(word: &str) -> Result<Role, String> {
    word.parse()
}
