//! The demonstration's conversations as scripts: who wrote what, and who did what, how long before the start.
//!
//! `=== name` begins a conversation, `@ verb …` a step; what follows is the step's text. `stories/*.txt` are the scripts.

use anyhow::{Context, bail};
use jiff::SignedDuration;

/// The scripts.
const SCRIPTS: &[&str] = &[
    include_str!("stories/orders.txt"),
    include_str!("stories/repairs.txt"),
    include_str!("stories/company.txt"),
    include_str!("stories/languages.txt"),
    include_str!("stories/machines.txt"),
];

/// A conversation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Story {
    /// Its name in the script.
    pub(super) name: String,
    /// What happens, in order.
    pub(super) steps: Vec<Step>,
}

/// Something that happened some time before the start.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// How long before the start.
    pub(super) ago: SignedDuration,
    /// What.
    pub(super) action: Action,
}

/// What can happen.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// A mail arrives.
    Mail(Mail),
    /// An agent answers.
    Reply { by: String, text: String },
    /// An agent leaves a note.
    Note { by: String, text: String },
    /// The conversation is given to an agent.
    Assign { to: String },
    /// The conversation is given to a team.
    Team { to: String },
    /// A tag is put on it.
    Tag { tag: String },
    /// It matters more or less.
    Priority { word: String },
    /// An agent settles it.
    Resolve { by: String },
}

/// A mail as its writer sees it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mail {
    /// Header lines, without those that every mail has anyway.
    pub(super) headers: Vec<(String, String)>,
    /// The text; the whole body when the headers give a content type.
    pub(super) text: String,
    /// The same as HTML.
    pub(super) html: Option<String>,
    /// Files: name, content type, and a content id where the HTML shows it.
    pub(super) files: Vec<(String, String, Option<String>)>,
}

/// All conversations of the demonstration.
pub(super) fn all() -> anyhow::Result<Vec<Story>> {
    let mut stories = Vec::new();
    for script in SCRIPTS {
        stories.extend(parse(script)?);
    }
    Ok(stories)
}

fn parse(script: &str) -> anyhow::Result<Vec<Story>> {
    let mut stories: Vec<Story> = Vec::new();
    for block in script.split("=== ").skip(1) {
        let (name, rest) = block.split_once('\n').context("a story without steps")?;
        let mut story = Story { name: name.trim().to_owned(), steps: Vec::new() };
        for step in format!("\n{rest}").split("\n@ ").skip(1) {
            let (order, text) = step.split_once('\n').unwrap_or((step, ""));
            add_step(&mut story, order, text).with_context(|| format!("story \"{name}\", step \"{order}\""))?;
        }
        stories.push(story);
    }
    Ok(stories)
}

fn add_step(story: &mut Story, order: &str, text: &str) -> anyhow::Result<()> {
    let (verb, rest) = order.split_once(' ').unwrap_or((order, ""));
    let text = text.trim_end();
    if verb == "html" || verb == "attach" {
        let Some(Step { action: Action::Mail(mail), .. }) = story.steps.last_mut() else { bail!("belongs to a mail") };
        if verb == "html" {
            mail.html = Some(text.to_owned());
            return Ok(());
        }
        let mut words = rest.split(' ').map(str::to_owned);
        let (Some(name), Some(kind)) = (words.next(), words.next()) else { bail!("needs a name and a type") };
        mail.files.push((name, kind, words.next()));
        return Ok(());
    }
    let (ago, what) = rest.split_once(' ').unwrap_or((rest, ""));
    let (who, what) = (what.to_owned(), what.to_owned());
    let action = match verb {
        "mail" => Action::Mail(mail(text)?),
        "reply" => Action::Reply { by: who, text: text.to_owned() },
        "note" => Action::Note { by: who, text: text.to_owned() },
        "assign" => Action::Assign { to: who },
        "team" => Action::Team { to: who },
        "tag" => Action::Tag { tag: what },
        "priority" => Action::Priority { word: what },
        "resolve" => Action::Resolve { by: who },
        _ => bail!("there is no such step"),
    };
    story.steps.push(Step { ago: duration(ago)?, action });
    Ok(())
}

fn mail(text: &str) -> anyhow::Result<Mail> {
    let (head, body) = text.split_once("\n\n").context("a mail has headers, an empty line and a body")?;
    let headers = head.lines().map(|line| {
        let (name, value) = line.split_once(": ").with_context(|| format!("not a header: {line}"))?;
        Ok((name.to_owned(), value.to_owned()))
    });
    let headers: Vec<(String, String)> = headers.collect::<anyhow::Result<_>>()?;
    let is_raw = headers.iter().any(|(name, _)| name == "Content-Type");
    let text = if is_raw { body.to_owned() } else { unwrap_paragraphs(body) };
    Ok(Mail { headers, text, ..Mail::default() })
}

/// The scripts wrap long lines; people's mail programs do not. A long line goes on in the next one.
fn unwrap_paragraphs(text: &str) -> String {
    let mut flowing = String::with_capacity(text.len());
    for line in text.lines() {
        flowing.push_str(line);
        flowing.push(if line.chars().count() > 90 { ' ' } else { '\n' });
    }
    flowing.trim_end().to_owned()
}

/// `2d4h30m`.
fn duration(text: &str) -> anyhow::Result<SignedDuration> {
    let (mut minutes, mut number) = (0_i64, 0_i64);
    for letter in text.chars() {
        match (letter.to_digit(10), letter) {
            (Some(digit), _) => number = number * 10 + i64::from(digit),
            (None, 'd') => minutes += std::mem::take(&mut number) * 24 * 60,
            (None, 'h') => minutes += std::mem::take(&mut number) * 60,
            (None, 'm') => minutes += std::mem::take(&mut number),
            _ => bail!("{text} is not a time such as 2d4h30m"),
        }
    }
    if minutes == 0 || number != 0 {
        bail!("{text} is not a time such as 2d4h30m");
    }
    Ok(SignedDuration::from_mins(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_days_hours_and_minutes() {
        assert_eq!(duration("2d4h30m").unwrap(), SignedDuration::from_mins(2 * 24 * 60 + 4 * 60 + 30));
        for wrong in ["", "5", "h", "2w"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_story_begins_with_a_mail_and_goes_forward_in_time() {
        let stories = all().unwrap();
        assert!(stories.len() >= 55, "{} conversations", stories.len());
        for story in stories {
            assert!(matches!(story.steps[0].action, Action::Mail(_)), "{}", story.name);
            assert!(story.steps.windows(2).all(|pair| pair[0].ago >= pair[1].ago), "{}", story.name);
        }
    }

    #[test]
    fn nobody_in_it_can_be_real() {
        for story in all().unwrap() {
            for step in story.steps {
                let Action::Mail(mail) = step.action else { continue };
                for (name, value) in
                    mail.headers.iter().filter(|(name, _)| ["From", "Reply-To", "Cc"].contains(&name.as_str()))
                {
                    assert!(value.trim_end_matches('>').ends_with(".example"), "{name}: {value}");
                }
            }
        }
    }
}
