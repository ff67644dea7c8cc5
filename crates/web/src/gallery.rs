//! Every page with sample data. As a test it proves that each renders with one heading of the first rank and no unnamed control;
//! with `GALLERY` naming a folder it also writes them there, to be looked at (serve that folder over HTTP).

use desk::conversations::LinkKind;
use desk::conversations::Written;
use desk::fields::FieldKind;
use desk::procedures::{Cap, State};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use maud::Markup;
use scraper::{Html, Selector};
use words::Words;

use crate::components::field::Filled;
use crate::components::page::{Me, Screen};
use crate::components::time::Reader;
use crate::inbox::pages::{Views, inbox};
use crate::inbox::shapes::{
    Choices, Delivery, DraftShown, Entry, FieldShown, FileShown, LinkShown, List, MessageShown, MessageText, Named,
    Other, Row, Side, Snoozed, Thread, Upload, Urgency, ViewEntry, Waiting,
};
use crate::inbox::thread::{missing, nothing_open, pane};
use crate::procedures::shapes::{ProcedureShown, Progress, StepKind, StepShown};
use crate::search::pages::{Chip, Found, Results, search};
use crate::session::pages::{setup, sign_in};
use crate::settings::jobs::pages::DeadJob;
use crate::settings::mailboxes::pages::{Health, MailboxShown};
use crate::settings::people::pages::AgentShown;
use crate::settings::profile::pages::SessionShown;
use crate::settings::teams::pages::TeamShown;
use crate::{assets, errors, settings};

fn now() -> Timestamp {
    "2026-11-22T14:30:00Z".parse().unwrap()
}

fn minutes_ago(minutes: i64) -> Timestamp {
    now() - minutes.minutes()
}

fn screen() -> Screen {
    Screen {
        reader: Reader { now: now(), zone: TimeZone::UTC, words: Words::default() },
        me: Me { id: "a1".into(), name: "Sam Rivera".into(), email: "sam@example.com".into(), admin: true },
        shortcuts: true,
        keys: std::collections::BTreeMap::new(),
        swipe: true,
        theme: "system".into(),
        sequence: 1842,
        done: None,
        unread: 3,
        first_steps: Some((2, 5)),
    }
}

fn procedure() -> ProcedureShown {
    let step = |key: i32, title: &str, what: StepKind, done: Option<Option<&str>>| StepShown {
        key,
        title: title.into(),
        text: "Look at the pictures first.".into(),
        required: true,
        next: key == 2,
        what,
        done: done.map(|who| (who.map(str::to_owned), minutes_ago(10))),
    };
    let answers = vec!["Yes".to_owned(), "No".to_owned()];
    let decision = StepKind::Decision { answers, given: None, may: false, who: Some("Returns".into()) };
    ProcedureShown::Has(Box::new(Progress {
        id: "p1".into(),
        name: "Damaged on arrival".into(),
        version: 2,
        newest: Some(3),
        state: State::Going,
        done: 1,
        total: 5,
        whole: false,
        missing: true,
        too_much: Some((Cap::Messages, 10)),
        steps: vec![
            step(1, "Ask for pictures", StepKind::Task, Some(Some("Ana"))),
            step(2, "Say that we are sorry", StepKind::Text, None),
            step(3, "Is it our fault?", decision, None),
        ],
    }))
}

fn named(id: &str, name: &str) -> Named {
    Named { id: id.into(), name: name.into() }
}

fn list(current: Option<i64>) -> List {
    let people = [
        ("Hiroshi Tanaka", "Change delivery address", "Hi there, I placed an order last Tuesday and the tracking page"),
        ("Olivia Martin", "Charged twice this month", "Thanks for writing in. I have checked with the carrier and"),
        (
            "Fatima Zahra",
            "Invoice shows the wrong VAT number",
            "That is great news, thank you. If it does not arrive by",
        ),
        ("Mei Chen", "Broken zip on the jacket I received", "Of course. If it has not arrived by Thursday evening I"),
        (
            "Dmitri Volkov",
            "Cannot sign in after password reset",
            "Sounds good. One more thing, the invoice shows my old",
        ),
        ("Katarzyna Nowak", "Question about the annual plan", "Done. The corrected invoice is attached, and I have"),
        ("Björn Lindqvist", "", "Perfect, thanks a lot!"),
        (
            "Ingrid Larsen",
            "App crashes when I upload a photo",
            "Following up on this: the tracking still says Rotterdam",
        ),
        ("Priya Raman", "How do I export my data?", "Hi there, I placed an order last Tuesday and the tracking"),
        ("Grace Kim", "Where is my parcel?", "Thanks for writing in. I have checked with the carrier"),
        ("אבי כהן", "שאלה על החשבונית", "שלום, קיבלתי חשבונית כפולה החודש"),
        ("Tomás Ó Briain", "Refund for order 10492", "The parcel came back to you last week, could you please"),
    ];
    let rows = people.iter().enumerate().map(|(index, (who, subject, preview))| {
        let number = i64::try_from(index).unwrap() + 1;
        Row {
            number,
            sort: 1_000 - number,
            who: (*who).into(),
            subject: (*subject).into(),
            preview: (*preview).into(),
            at: minutes_ago(number * number * 4),
            unread: number % 3 == 0,
            waiting: (number % 2 == 1).then(|| Waiting {
                since: minutes_ago(number * number * 17),
                due: minutes_ago(number * number * 17 - 1_440),
                messages: i32::try_from(number / 3).unwrap_or_default(),
            }),
            urgency: match number {
                2 => Urgency::Urgent,
                5 => Urgency::High,
                _ => Urgency::Normal,
            },
            tags: match number % 4 {
                1 => vec!["shipping".into()],
                2 => vec!["vip".into(), "billing".into(), "refund".into()],
                _ => vec![],
            },
            assignee: (number % 3 == 1).then(|| named("a2", "Priya Shah")),
            draft: number == 4,
            pinned: number == 1,
            in_review: number == 2,
            resolved: false,
            snoozed: (number == 8).then_some(Snoozed { until: Some(now() + 3.hours()) }),
            shows_preview: true,
            extras: if number == 6 { vec!["#6".into()] } else { vec![] },
        }
    });
    List {
        slug: "unassigned".into(),
        title: "Unassigned".into(),
        ascending: false,
        rows: rows.collect(),
        more: Some("/inbox/unassigned?after=x".into()),
        current,
        edit: None,
        choices: choices(),
        bulk: None,
    }
}

fn views() -> Views {
    let view = |slug: &str, name: &str, count| ViewEntry { slug: slug.into(), name: name.into(), count };
    Views {
        notifications: 2,
        standard: vec![
            view("open", "Open", Some(128)),
            view("mine", "Mine", Some(4)),
            view("unassigned", "Unassigned", Some(12)),
            view("neglected", "Neglected", Some(7)),
            view("snoozed", "Snoozed", Some(2)),
            view("resolved", "Resolved", None),
        ],
        own: vec![view("view-1", "VIP, waiting", Some(3))],
        shared: vec![],
        teams: vec![view("team-1", "Billing", Some(3)), view("team-2", "Returns", Some(0))],
        tags: vec![view("tag-shipping", "shipping", Some(9))],
    }
}

fn message(id: &str, side: Side, from: &str, minutes: i64, text: &str) -> MessageShown {
    MessageShown {
        id: id.into(),
        side,
        from: from.into(),
        address: None,
        at: minutes_ago(minutes),
        words: MessageText::Plain(text.into()),
        more: false,
        raw: true,
        doubt: None,
        warnings: vec![],
        language: None,
        written: Written::WhenItArrived,
        invitation: None,
        unverified: None,
        message_id: id.into(),
        automatic: false,
        author: None,
        original: false,
        files: vec![],
        approved_by: None,
        delivery: None,
    }
}

fn thread() -> Thread {
    let said = |message: MessageShown| Entry::Message(Box::new(message));
    let mut first = message(
        "1",
        Side::Customer,
        "Dmitri Volkov",
        2_000,
        "Hello,\n\nsince I changed my password yesterday I cannot sign in any more. The page says \"unknown account\" (https://example.com/help/sign-in).\n\nDmitri",
    );
    first.original = true;
    first.files = vec![
        FileShown { url: assets::url("favicon.svg"), name: "screen.png".into(), size: 48_213, picture: true },
        FileShown { url: "/attachments/2".into(), name: "invoice-2026-10.pdf".into(), size: 1_283_213, picture: false },
    ];
    let mut answer = message("3", Side::Agent, "Sam Rivera", 95, "");
    answer.words = MessageText::Written("<p>Hi Dmitri,</p><p>thanks for telling us. Please try this:</p><ol><li>Open <a href=\"https://example.com\">the reset page</a></li><li>Choose <strong>another</strong> password</li></ol><p>Sam</p>".into());
    answer.delivery = Some(Delivery::Sent);
    let mut customer = message(
        "5",
        Side::Customer,
        "Dmitri Volkov",
        44,
        "Sounds good. One more thing, the invoice shows my old address. Can this be corrected? My accountant needs the right one.",
    );
    customer.more = true;
    let mut failed = message("6", Side::Agent, "Sam Rivera", 20, "Perfect, thanks a lot!");
    failed.delivery = Some(Delivery::Failed("mailbox full (552 5.2.2)".into()));
    let mut queued =
        message("7", Side::Agent, "Sam Rivera", 1, "That is done. The corrected invoice will be with you in a minute.");
    queued.delivery = Some(Delivery::Queued);
    Thread {
        number: 5,
        slug: "unassigned".into(),
        subject: "Cannot sign in after password reset".into(),
        resolved: false,
        snoozed: None,
        following: true,
        pinned: false,
        links: vec![LinkShown { kind: LinkKind::DuplicateOf, reversed: false, number: 3, subject: "Invoice".into() }],
        types: vec![named("y1", "Question"), named("y2", "Refund")],
        type_id: Some("y2".into()),
        fields: fields_shown(),
        urgency: Urgency::High,
        assignee: Some(named("a1", "Sam Rivera")),
        team: None,
        tags: vec!["billing".into(), "vip".into()],
        customer: "Dmitri Volkov".into(),
        address: "dmitri@example.org".into(),
        recipients: "dmitri@example.org".into(),
        sender: "help@example.com".into(),
        senders: vec!["help@example.com".into(), "billing@example.com".into()],
        unverified: None,
        started: minutes_ago(2_000),
        waiting: Some(Waiting { since: minutes_ago(300), due: minutes_ago(60), messages: 2 }),
        entries: vec![
            said(first),
            Entry::Event {
                id: "2".into(),
                words: "Priya Shah assigned this to Sam Rivera".into(),
                other: None,
                undo: None,
                at: minutes_ago(120),
            },
            said(answer),
            said(message(
                "4",
                Side::Note,
                "Priya Shah",
                60,
                "He is on the annual plan; finance knows about the address.",
            )),
            said(customer),
            said(failed),
            said(queued),
        ],
        first_unread: Some("5".into()),
        is_new: true,
        undeliverable: None,
        new_topic: None,
        last_topic: None,
        older: Some("/c/5?before=1".into()),
        beside: crate::customers::beside::Beside::default(),
        unwanted: false,
        others: vec![
            Other { number: 3, subject: "Invoice shows the wrong VAT number".into(), resolved: true },
            Other { number: 9, subject: "Two-factor code never arrives".into(), resolved: false },
        ],
        draft: DraftShown::default(),
        pending_macros: Vec::new(),
        sample: false,
        sides: Vec::new(),
        parent: None,
        handoff: None,
        problem: None,
        clocks: Vec::new(),
        told: None,
        ran: Vec::new(),
        procedure: procedure(),
        review: None,
        needs_brief: true,
        client_id: "0193".into(),
        last_message: "7".into(),
        overtaken: None,
        gaps: None,
        wrong: None,
    }
}

fn fields_shown() -> Vec<FieldShown> {
    FieldKind::ALL
        .iter()
        .map(|kind| FieldShown {
            id: format!("f{}", *kind as i16),
            name: format!("Field of {}", kind.word()),
            kind: *kind,
            required: *kind == FieldKind::Text,
            values: vec![],
            options: vec!["Red".into(), "Blue".into()],
        })
        .collect()
}

fn choices() -> Choices {
    Choices {
        agents: vec![named("a1", "Sam Rivera"), named("a2", "Priya Shah"), named("a3", "Élodie Martin")],
        teams: vec![named("t1", "Billing"), named("t2", "Returns")],
        tags: vec!["billing".into(), "shipping".into(), "vip".into()],
        problems: Vec::new(),
    }
}

fn pages() -> Vec<(&'static str, Markup)> {
    let screen = screen();
    let roles: Vec<(String, String)> = [("agent", "Agent"), ("admin", "Administrator"), ("owner", "Owner")]
        .iter()
        .map(|(value, words)| ((*value).to_owned(), (*words).to_owned()))
        .collect();
    let mut writing = thread();
    writing.draft = DraftShown {
        note: true,
        body: "Finance says it is done.".into(),
        saved_at: Some(minutes_ago(2)),
        uploads: vec![Upload { id: "u".into(), name: "address.pdf".into(), size: 20_000 }],
    };
    writing.overtaken = Some("Priya Shah replied".into());
    let empty = List { rows: vec![], more: None, ..list(None) };
    let agent = |id: &str, name: &str, role: &str, active| AgentShown {
        id: id.into(),
        name: name.into(),
        email: format!("{}@example.com", name.to_lowercase().replace(' ', ".")),
        role: role.into(),
        active,
        manageable: true,
    };
    let agents = [
        agent("a1", "Sam Rivera", "owner", true),
        agent("a2", "Priya Shah", "agent", true),
        agent("a3", "Élodie Martin", "admin", false),
    ];
    let person = Filled::default().with("name", "Priya Shah").with("email", "priya@example.com").with("role", "agent");
    let mailbox = MailboxShown {
        id: "m1".into(),
        address: "help@example.com".into(),
        name: "Example Support".into(),
        fetches: true,
        sends: true,
        health: Health::Bad("The server smtp.example.com refused the user name or password.".into()),
        connected_at: Some(minutes_ago(4_000)),
        findings: vec![],
        provider: None,
    };
    let mail = Filled::default()
        .with("address", "help@example.com")
        .with("imap_host", "imap.example.com")
        .with("imap_port", "993")
        .with("imap_security", "tls");
    let team = TeamShown { id: "t1".into(), name: "Billing".into(), members: vec![named("a2", "Priya Shah")] };
    let session = |current| SessionShown {
        browser: "Firefox on Linux".into(),
        since: minutes_ago(9_000),
        seen: minutes_ago(3),
        current,
    };
    let found = Found {
        number: 5,
        subject: vec![("Invoice".into(), true), (" shows the wrong VAT number".into(), false)],
        who: "Fatima Zahra".into(),
        tags: vec!["billing".into()],
        excerpt: vec![
            ("the ".into(), false),
            ("invoice".into(), true),
            (" from October shows our old number, could you send a new one?".into(), false),
        ],
        at: minutes_ago(400),
        resolved: true,
    };
    let results = Results {
        query: "invoice is:open".into(),
        chips: vec![Chip { words: "is:open".into(), without: "/search?q=invoice".into() }],
        found: vec![found.clone(), Found { resolved: false, excerpt: vec![], ..found }],
        first: true,
        ..Results::default()
    };
    let wrong = Filled::default()
        .with("email", "sam@example")
        .wrong("", "The e-mail address or the password is not right.")
        .wrong("email", "This is not an e-mail address.");
    vec![
        ("sign-in", sign_in(Words::default(), &Filled::default(), "/c/5")),
        ("sign-in-wrong", sign_in(Words::default(), &wrong, "")),
        ("setup", setup(Words::default(), &Filled::default())),
        ("inbox", inbox(&screen, &views(), &list(None), "Unassigned", nothing_open(Words::default()))),
        ("inbox-empty", inbox(&screen, &views(), &empty, "Unassigned", nothing_open(Words::default()))),
        (
            "conversation",
            inbox(&screen, &views(), &list(Some(5)), "Cannot sign in", pane(&thread(), &choices(), &screen)),
        ),
        (
            "conversation-writing",
            inbox(&screen, &views(), &list(Some(5)), "Cannot sign in", pane(&writing, &choices(), &screen)),
        ),
        ("conversation-missing", inbox(&screen, &views(), &list(None), "Not found", missing(Words::default()))),
        ("search", search(&screen, &results)),
        ("search-empty", search(&screen, &Results::default())),
        (
            "settings-profile",
            settings::profile::pages::page(
                &screen,
                &Filled::default().with("name", "Sam Rivera").with("theme", "system"),
                &Filled::default().wrong("current", "This is not your password."),
                &[session(true), session(false)],
            ),
        ),
        ("settings-keyboard", settings::keyboard::pages::page(&screen, &Filled::default())),
        ("settings-people", settings::people::pages::list(&screen, &agents)),
        ("settings-person", settings::people::pages::edit(&screen, &agents[1], &person, &roles)),
        ("settings-person-new", settings::people::pages::new(&screen, &Filled::default(), &roles)),
        ("settings-teams", settings::teams::pages::list(&screen, std::slice::from_ref(&team), &Filled::default())),
        (
            "settings-team",
            settings::teams::pages::edit(&screen, &team, &choices().agents, &Filled::default().with("name", "Billing")),
        ),
        ("settings-mailboxes", settings::mailboxes::pages::list(&screen, std::slice::from_ref(&mailbox))),
        ("settings-mailbox", settings::mailboxes::pages::form(&screen, Some(&mailbox), &mail)),
        ("settings-mailbox-new", settings::mailboxes::pages::form(&screen, None, &Filled::default())),
        (
            "settings-jobs",
            settings::jobs::pages::page(
                &screen,
                &[DeadJob {
                    id: "j".into(),
                    kind: "send_answer".into(),
                    reason: "smtp.example.com: connection refused".into(),
                    attempts: 8,
                    at: minutes_ago(30),
                }],
            ),
        ),
        ("settings-jobs-none", settings::jobs::pages::page(&screen, &[])),
        (
            "error",
            errors::page(
                Words::default(),
                "There is nothing here",
                "The address may be wrong, or what was here has been deleted.",
            ),
        ),
    ]
}

#[test]
fn every_page_has_one_main_region_a_title_and_named_controls() {
    for (name, page) in pages() {
        let html = Html::parse_document(&page.into_string());
        let count = |selector: &str| html.select(&Selector::parse(selector).unwrap()).count();
        assert_eq!(count("main"), 1, "{name}: main");
        assert!(count("h1") >= 1, "{name}: h1");
        assert!(count("title") == 1, "{name}: title");
        for control in html.select(&Selector::parse("button, a").unwrap()) {
            let named = control.value().attr("aria-label").is_some()
                || control.text().any(|text| !text.trim().is_empty())
                || control.select(&Selector::parse("img[alt]").unwrap()).next().is_some();
            assert!(named, "{name}: a control without a name: {}", control.html());
        }
        for input in html.select(&Selector::parse("input:not([type=hidden]), textarea, select").unwrap()) {
            let id = input.value().id().unwrap_or_default();
            let label = Selector::parse(&format!("label[for=\"{id}\"]")).unwrap();
            let wrapped =
                input.ancestors().filter_map(scraper::ElementRef::wrap).any(|parent| parent.value().name() == "label");
            let hidden = input.value().attr("aria-hidden") == Some("true");
            assert!(
                hidden || wrapped || input.value().attr("aria-label").is_some() || html.select(&label).next().is_some(),
                "{name}: a field without a label: {}",
                input.html()
            );
        }
        let mut ids = std::collections::BTreeSet::new();
        for element in html.select(&Selector::parse("[id]").unwrap()) {
            assert!(
                ids.insert(element.value().id().unwrap().to_owned()),
                "{name}: the id {} stands twice",
                element.value().id().unwrap()
            );
        }
    }
}

#[test]
fn no_page_has_a_script_or_style_of_its_own() {
    for (name, page) in pages() {
        let text = page.into_string();
        assert!(!text.contains(" style=") && !text.contains("<style"), "{name}: inline style");
        // The words of scripts are data, which no browser runs.
        let data = text.matches("<script type=\"application/json\" id=\"words\">").count();
        assert!(!text.contains(" onclick=") && text.matches("<script").count() - data == 1, "{name}: inline script");
    }
}

#[test]
fn the_pages_can_be_looked_at() {
    let Ok(folder) = std::env::var("GALLERY") else { return };
    let folder = std::path::PathBuf::from(folder);
    assets::write_to(&folder).unwrap();
    for (name, page) in pages() {
        std::fs::write(folder.join(format!("{name}.html")), page.into_string()).unwrap();
    }
}
