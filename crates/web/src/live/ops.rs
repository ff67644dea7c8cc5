//! Keyed operations: pieces of pages that replace, add, move or remove the element of their id.

use desk::conversations::{self, Conversation, MessageId, Status, View, views};
use desk::{Desk, Result};
use serde::Serialize;

use crate::components::page::Me;
use crate::components::time::Reader;
use crate::errors::Refusal;
use crate::inbox::list::{count_id, count_words, row_item};
use crate::inbox::message::entry;
use crate::inbox::pages::Views;
use crate::inbox::shapes::Thread;
use crate::inbox::{load, relations, snooze, thread, typed, view};
use crate::visit::Visit;

/// How many of the newest messages are sent with a change; those that the page has are passed over there.
const NEWEST: i64 = 5;

/// One operation: what to do, to the element of which id, with which markup, and to which conversation the element belongs: when
/// another one is open by the time it arrives, it is passed over.
pub(crate) type Op = (&'static str, String, String, Option<i64>);

/// How far the log had got when what follows was read: answers and news overtake one another on their way, and what is older than what
/// the screen shows is passed over there.
pub(crate) async fn read_at(desk: &Desk<'_>) -> Result<Op> {
    Ok(("at", desk.newest_event().await?.to_string(), String::new(), None))
}

/// What a script gets in answer to a change.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Ops {
    /// The operations in their order.
    pub(crate) ops: Vec<Op>,
}

/// For whom, and in which list, operations are rendered.
#[derive(Clone)]
pub(crate) struct Looking {
    /// Who looks.
    pub(crate) me: Me,
    /// When and where they read.
    pub(crate) reader: Reader,
    /// The list on the screen.
    pub(crate) view: Option<View>,
    /// The number of the conversation on the screen.
    pub(crate) open: Option<i64>,
}

/// Everything of one conversation that may have changed, and the counts, for the viewer who just changed it.
pub(crate) async fn conversation_ops(visit: &Visit, number: i64, view: Option<View>) -> Result<Ops, Refusal> {
    let looking = Looking { me: visit.screen_at(0).me, reader: visit.reader.clone(), view, open: Some(number) };
    let ops = visit
        .read(move |desk| {
            Box::pin(async move {
                let conversation = conversations::find_by_number(desk, number).await?;
                let mut ops = vec![read_at(desk).await?];
                ops.extend(of_conversation(desk, &conversation, &looking, &[]).await?);
                ops.extend(counts(&load::views(desk, looking.reader.words).await?));
                Ok(ops)
            })
        })
        .await?;
    Ok(Ops { ops })
}

/// The row in the list on the screen and, when it is open, the parts of the conversation. `delivered` are messages whose delivery
/// changed, which may be old ones.
pub(crate) async fn of_conversation(
    desk: &mut Desk<'_>,
    conversation: &Conversation,
    looking: &Looking,
    delivered: &[MessageId],
) -> Result<Vec<Op>> {
    let mut ops = Vec::new();
    let say = looking.reader.words;
    let (choices, names) = load::choices(desk, say).await?;
    let of = Some(conversation.number);
    let open = looking.open == of && conversation.status != Status::Removed;
    if let Some(view) = looking.view
        && let Some(listed) = conversations::list_row(desk, conversation.id).await?
    {
        let id = format!("c-{}", conversation.number);
        let order = views::order_of(desk, view).await?;
        if load::holds(desk, view, &listed).await? {
            let dressed = load::Dressed::of(desk, view, std::slice::from_ref(&listed)).await?;
            let mut row = dressed.row(&listed, order, &names, &looking.reader);
            row.unread &= !open;
            ops.push(("row", id, row_item(&row, &view::slug(view), open, &looking.reader).into_string(), None));
        } else {
            ops.push(("del", id, String::new(), None));
        }
    }
    if open {
        let (entries, _, _) = load::entries(desk, conversation, None, NEWEST, &names).await?;
        for one in &entries {
            ops.push(("add", format!("m-{}", one.id()), entry(one, &looking.reader).into_string(), of));
        }
        for id in delivered {
            let one = load::one_message(desk, say, conversation, *id).await?;
            ops.push(("put", format!("m-{}", one.id()), entry(&one, &looking.reader).into_string(), of));
        }
        let (thread, _) = load::thread(desk, say, conversation.number, looking.view.unwrap_or(View::Open)).await?;
        ops.extend(parts(&thread, &choices, looking));
    }
    Ok(ops)
}

/// The parts of a conversation's head and side that change.
fn parts(shown: &Thread, choices: &crate::inbox::shapes::Choices, looking: &Looking) -> Vec<Op> {
    let say = looking.reader.words;
    let put = |id: &str, markup: maud::Markup| ("put", id.to_owned(), markup.into_string(), Some(shown.number));
    vec![
        put("part-title", thread::title(say, shown)),
        put("part-notices", thread::notices(say, shown)),
        put("part-state", thread::state(shown, &looking.reader)),
        put("part-marks", relations::marks(shown, &looking.reader)),
        put("part-snooze", snooze::snooze(shown, &looking.reader)),
        put("part-fields", typed::fields(shown, &looking.reader)),
        put("part-links", relations::links(shown, &looking.reader)),
        put("part-sides", crate::sides::pages::beside(shown, &looking.reader)),
        put("part-procedure", crate::procedures::beside::beside(shown, &looking.reader)),
        put("part-problem", crate::problems::choosing::beside(shown, &looking.reader)),
        put("part-rules", crate::rules::why::beside(shown, &looking.reader)),
        put("part-handoff", crate::handoffs::pages::on_top(shown, &looking.reader)),
        put("part-review", crate::reviews::pages::under(shown, &looking.reader)),
        put("part-macros", crate::macros::using::pending(shown, &looking.reader)),
        put("part-assignee", thread::assignee(say, shown, choices, &looking.me)),
        put("part-team", thread::team(say, shown, choices)),
        put("part-priority", thread::priority(say, shown)),
        put("part-tags", thread::tags(say, shown, choices)),
        put("part-resolution", thread::resolution(say, shown)),
        put("part-customer", crate::customers::beside::sections(&shown.beside, &looking.reader)),
        put("part-clocks", crate::clocks::beside::beside(shown, &looking.reader)),
        put("part-facts", thread::facts(shown, &looking.reader)),
    ]
}

/// The counts of all views, and of what the viewer has not read.
pub(crate) fn counts(views: &Views) -> Vec<Op> {
    let unread = ("text", count_id("notifications"), count_words(views.notifications), None);
    std::iter::once(unread).chain(counts_of_views(views)).collect()
}

fn counts_of_views(views: &Views) -> Vec<Op> {
    views
        .standard
        .iter()
        .chain(&views.teams)
        .chain(&views.tags)
        .filter_map(|entry| entry.count.map(|count| ("text", count_id(&entry.slug), count_words(count), None)))
        .collect()
}
