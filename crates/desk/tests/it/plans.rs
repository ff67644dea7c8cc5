//! No statement's cost grows with a workspace's history: SQLite's plan of each narrows every table that grows by more than the
//! workspace, or reads it in the order of an index that the statement leaves early.

use base::db::DbError;
use testkit::app::TestApp;

/// Tables that a desk's size bounds, not its history.
const SMALL: &[&str] = &[
    "workspace",
    "schema_version",
    "agent",
    "invitation",
    "team",
    "team_member",
    "tag",
    "mailbox",
    "mailbox_address",
    "mail_domain",
    "conversation_type",
    "field",
    "customer_field",
    "saved_view",
    "macro",
    "macro_text",
    "calendar",
    "calendar_day",
    "clock_policy",
    "rule",
    "procedure",
    "shift_plan",
    "arrival_past",
    "case_past",
];

/// How a step ends that leaves all of a workspace, or most of it: what is settled is nearly everything.
const BROAD: &[&str] = &[
    "(workspace_id=?)",
    "(workspace_id=? AND status<?)",
    "(workspace_id=? AND status>?)",
    "(workspace_id=? AND state<?)",
    "(workspace_id=? AND state>?)",
];

/// Statements that seem to walk through a table, and why they may.
const WALKS: &[(&str, &str)] = &[
    ("base::queue::NEXT_DUE", "reads the first entry of an index"),
    ("base::queue::REQUEUE_ALL", "an index of the failed jobs alone"),
    ("base::queue::DISCARD_SAME", "an index of the failed jobs alone"),
    ("people::COUNT_AGENTS", "counts the rows of a query of agents"),
    ("people::PRUNE_FAILURES", "what it prunes is what there is"),
    ("people::PRUNE_INVITATIONS", "as many as people were invited"),
    ("conversations::in_review::COUNT", "counts the rows of a query of at most a hundred reviews that wait"),
    ("onboarding::NEWEST", "the first twenty entries of an index"),
    ("conversations::LIST_REVIEWS", "an index of the reviews that wait, which are few"),
    ("conversations::LIST_SNOOZED", "an index in the order of the list, left after a page"),
    ("macros::DROP_PENDING_OF", "as many as drafts that are being written with a macro"),
    ("problems::UNANSWERED", "counts the rows of a query that ends at its limit"),
    ("stories::CONVERSATIONS", "walks through the page of conversations that it read first"),
    ("stories::FILES", "walks through the page of conversations that it read first"),
    ("staffing::WAITING", "counts the rows of a query of at most ten thousand that wait"),
    ("quarantine::ANY", "reads the first entry of an index of failed deliveries"),
];

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_walks_through_a_workspaces_history() {
    let t = TestApp::sqlite().await;
    let mut found = Vec::new();
    for (store, statements) in desk::schema::STATEMENTS {
        for (name, sql) in *statements {
            let full = format!("{store}::{name}");
            if name.ends_with("_POSTGRES") || WALKS.iter().any(|(known, _)| *known == full) {
                continue;
            }
            let plan =
                t.app.db().read::<Vec<String>, DbError, _>(move |tx| Box::pin(async move { tx.plan(sql).await })).await;
            let plan = plan.unwrap_or_else(|error| panic!("{full}: {error}"));
            for step in plan.iter().filter(|step| is_a_walk(step, sql)) {
                found.push(format!("{full}: {step}"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Whether a step of a plan reads a table from its beginning to its end, or all of a workspace.
fn is_a_walk(step: &str, sql: &str) -> bool {
    let mut words = step.split(' ');
    let (verb, name) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    // Search by words and lists of values narrow by themselves.
    if step.contains(" VIRTUAL TABLE ") {
        return false;
    }
    let unselective = (verb == "SCAN" && step != "SCAN CONSTANT ROW")
        || (verb == "SEARCH" && BROAD.iter().any(|broad| step.ends_with(broad)));
    unselective && !SMALL.contains(&table_of(name, sql))
}

/// The table behind an alias.
fn table_of<'a>(alias: &'a str, sql: &'a str) -> &'a str {
    let words: Vec<&str> = sql.split([' ', '\n', ',', '(', ')']).filter(|word| !word.is_empty()).collect();
    let of_alias =
        words.windows(3).find(|pair| ["from", "join", "update", "into"].contains(&pair[0]) && pair[2] == alias);
    of_alias.map_or(alias, |pair| pair[1])
}
