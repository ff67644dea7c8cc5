//! What pages of rules need to know: who and what can be chosen, and what it is called.

use desk::conversations::Filter;
use desk::macros;
use desk::rules::{Definition, Rule};

use super::form::Edited;
use super::words::Context;
use crate::errors::Refusal;
use crate::inbox::shapes::Named;
use crate::views::form::{Called, Node};
use crate::views::handlers::{called, offered};
use crate::views::pages::Offered;
use crate::visit::Visit;

/// Who and what can be chosen in a rule that is put together.
pub(crate) async fn offered_for(visit: &Visit, tree: &Node) -> Result<(Offered, Vec<Named>), Refusal> {
    let offered = Offered { for_nobody: true, ..offered(visit, tree).await? };
    let macros = visit.read(|desk| Box::pin(async move { macros::shared(desk).await })).await?;
    let named = |one: macros::Macro| Named {
        id: one.id.to_string(),
        name: if one.folder.is_empty() { one.name } else { format!("{} / {}", one.folder, one.name) },
    };
    Ok((offered, macros.into_iter().map(named).collect()))
}

/// What conditions and actions are called in words.
pub(crate) async fn context(visit: &Visit, filters: Vec<Filter>) -> Result<Context, Refusal> {
    let nothing = Node::Group { mode: crate::views::form::Mode::All, parts: Vec::new() };
    let (offered, macros) = offered_for(visit, &nothing).await?;
    let called = names(visit, Filter::All(filters)).await?;
    Ok(Context { offered, macros, called, reader: visit.reader.clone() })
}

async fn names(visit: &Visit, filter: Filter) -> Result<Called, Refusal> {
    visit.read(move |desk| Box::pin(async move { called(desk, &filter).await })).await
}

/// A rule as its form shows it.
pub(crate) async fn edited(visit: &Visit, rule: &Rule) -> Result<(Edited, Definition), Refusal> {
    let definition = rule.definition()?;
    let called = names(visit, definition.filter.clone()).await?;
    Ok((Edited::of(&rule.name, &definition, &called, &visit.reader.zone), definition))
}
