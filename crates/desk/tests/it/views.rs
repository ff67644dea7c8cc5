//! Saved views: what SQL finds is what the conditions mean; pages are complete; who sees and changes them. Fields with them.

use desk::{
    Error,
    conversations::{
        self, ConversationId, Order, Priority, Status, TagId, Until, View,
        views::{self, Audience, Compare, Condition, Detail, FieldTest, Filter, Looking, Moment, ViewForm, When, Who},
    },
    customers::{self, CustomerForm, organisations},
    fields::{self, FieldForm, FieldId, FieldKind, Limits, TypeId},
    people::{AgentId, Role, TeamId, Viewer, create_team, set_team_members},
    problems::{self, ProblemId},
};
use jiff::SignedDuration;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::collections::BTreeSet;
use testkit::{app::TestApp, on_both_engines};

macro_rules! write {
    ($t:expr, $who:expr, |$desk:ident| $body:expr) => {
        $t.app.write($who.scope(), move |$desk| Box::pin(async move { $body })).await
    };
}
macro_rules! read {
    ($t:expr, $who:expr, |$desk:ident| $body:expr) => {
        $t.app.read($who.scope(), move |$desk| Box::pin(async move { $body })).await
    };
}

/// What the conditions of a test can be about.
#[derive(Clone)]
struct World {
    ids: Vec<ConversationId>,
    agents: Vec<AgentId>,
    team: TeamId,
    tags: Vec<TagId>,
    kind: TypeId,
    colour: FieldId,
    size: FieldId,
    words: FieldId,
    problem: ProblemId,
}

async fn field(t: &TestApp, name: &'static str, kind: FieldKind, options: &[&str]) -> FieldId {
    let limits = Limits { options: options.iter().map(|one| (*one).to_owned()).collect(), ..Limits::default() };
    let form = FieldForm { type_id: None, name: name.into(), kind, required: false, limits };
    write!(t, t.owner, |desk| fields::create_field(desk, form).await).unwrap()
}

/// Two dozen conversations that differ in all that a condition can ask for.
async fn world(t: &TestApp, ann: &Viewer) -> World {
    let team = write!(t, t.owner, |desk| create_team(desk, "Billing").await).unwrap();
    let kind = write!(t, t.owner, |desk| fields::create_type(desk, "Refund").await).unwrap();
    let (colour, size, words) = (
        field(t, "Colour", FieldKind::Choices, &["Red", "Blue"]).await,
        field(t, "Size", FieldKind::Number, &[]).await,
        field(t, "Order", FieldKind::Text, &[]).await,
    );
    let problem = write!(t, t.owner, |desk| problems::open(desk, "Shop down", None).await).unwrap();
    let other = write!(t, t.owner, |desk| problems::open(desk, "Late", None).await).unwrap();
    let (owner, me) = (t.owner.agent_id, ann.agent_id);
    let mut ids = Vec::new();
    for n in 0_i64..24 {
        let subject = ["Parcel lost", "Größe falsch", "100% off_er", "Rechnung"][usize::try_from(n % 4).unwrap()];
        let id = t.mail_from(&format!("c{}@c.example", n % 7), &format!("{subject} {n}"), "Hello.").await;
        ids.push(id);
        t.clock.advance(SignedDuration::from_mins(7 * (n + 1)));
        let soon = t.app.now() + SignedDuration::from_hours(500);
        write!(t, ann, |desk| {
            if n % 3 != 0 {
                conversations::assign(desk, id, Some(if n % 3 == 1 { me } else { owner })).await?;
            }
            if n % 4 == 1 {
                conversations::assign_team(desk, id, Some(team)).await?;
            }
            conversations::set_priority(desk, id, Priority::ALL[usize::try_from(n % 4).unwrap()]).await?;
            if n % 2 == 0 {
                conversations::add_tag(desk, id, "vip").await?;
            }
            if n % 5 == 0 {
                conversations::add_tag(desk, id, "legal").await?;
            }
            if n % 3 == 2 {
                conversations::set_field(
                    desk,
                    id,
                    colour,
                    &["Red".to_owned(), "Blue".to_owned()][..1 + usize::try_from(n % 2).unwrap()],
                )
                .await?;
            }
            if n % 4 == 2 {
                conversations::set_field(desk, id, size, &[format!("{}", n as f64 / 2.0)]).await?;
                conversations::set_field(desk, id, words, &[format!("AB-{n} Österreich")]).await?;
            }
            if n % 5 == 2 {
                problems::add(desk, if n % 2 == 0 { problem } else { other }, id).await?;
            }
            if n % 6 == 5 {
                conversations::set_type(desk, id, Some(kind)).await?;
            }
            if n % 7 == 3 {
                conversations::follow(desk, id).await?;
            }
            if n % 11 == 4 {
                conversations::pin(desk, id).await?;
            }
            match n % 8 {
                6 => conversations::resolve(desk, id).await?,
                7 => conversations::snooze(desk, id, Until::At(soon)).await?,
                5 => conversations::snooze(desk, id, Until::Reply).await?,
                _ => {}
            }
            conversations::note(desk, id, None, "Noted.", &[]).await?;
            Ok(())
        })
        .unwrap();
    }
    let (first, second) = (ids[0], ids[1]);
    write!(t, t.owner, |desk| conversations::merge(desk, first, second).await).unwrap();
    let tags = read!(t, t.owner, |desk| conversations::tags(desk).await).unwrap();
    let tags = tags.into_iter().map(|tag| tag.id).collect();
    World { ids, agents: vec![owner, me], team, tags, kind, colour, size, words, problem }
}

fn conditions(w: &World, now: jiff::Timestamp) -> BoxedStrategy<Condition> {
    let w = w.clone();
    let when = prop_oneof![
        (0_i64..3000).prop_map(When::Within),
        (0_i64..3000).prop_map(When::Over),
        (0_i64..3000).prop_map(move |m| When::Before(now - SignedDuration::from_mins(m))),
        (0_i64..3000).prop_map(move |m| When::After(now - SignedDuration::from_mins(m))),
    ];
    let how = proptest::sample::select(vec![Compare::Exactly, Compare::AtLeast, Compare::AtMost]);
    let texts = ["parcel", "GRÖSSE", "groesse", "100%", "off_er", "2", "lost 1", "österreich", "ab-"]
        .map(str::to_owned)
        .to_vec();
    let text = proptest::sample::select(texts);
    prop_oneof![
        proptest::sample::select(vec![Status::Open, Status::Snoozed, Status::Resolved, Status::Merged])
            .prop_map(Condition::Status),
        (how.clone(), proptest::sample::select(Priority::ALL.to_vec()))
            .prop_map(|(how, p)| Condition::Priority(how, p)),
        proptest::sample::select(vec![Who::Me, Who::Nobody, Who::Agent(w.agents[0]), Who::Agent(w.agents[1])])
            .prop_map(Condition::Assignee),
        proptest::sample::select(vec![None, Some(w.team)]).prop_map(Condition::Team),
        proptest::sample::select(w.tags.clone()).prop_map(Condition::Tag),
        Just(Condition::Tagged),
        proptest::sample::select(vec![None, Some(w.problem)]).prop_map(Condition::Problem),
        Just(Condition::Channel("email".into())),
        text.clone().prop_map(Condition::Subject),
        Just(Condition::Waiting),
        (0_i64..3000).prop_map(Condition::WaitingFor),
        (proptest::sample::select(vec![Moment::Created, Moment::Activity, Moment::Resolved, Moment::Answered]), when)
            .prop_map(|(moment, when)| Condition::Moment(moment, when)),
        (how, 0_i32..4).prop_map(|(how, n)| Condition::Messages(how, n)),
        Just(Condition::Followed),
        Just(Condition::Pinned),
        Just(Condition::Type(w.kind)),
        proptest::sample::select(vec![
            Condition::Field(w.colour, FieldTest::Is("Red".into())),
            Condition::Field(w.colour, FieldTest::Is("Blue".into())),
            Condition::Field(w.colour, FieldTest::Filled),
            Condition::Field(w.size, FieldTest::AtLeast(5.0)),
            Condition::Field(w.size, FieldTest::AtMost(7.0)),
            Condition::Field(w.size, FieldTest::Is("5".into())),
        ]),
        text.prop_map(move |text| Condition::Field(w.words, FieldTest::Contains(text))),
    ]
    .boxed()
}

fn filters(w: &World, now: jiff::Timestamp) -> BoxedStrategy<Filter> {
    let leaf =
        prop_oneof![3 => conditions(w, now).prop_map(Filter::Is), 1 => conditions(w, now).prop_map(Filter::IsNot)];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let parts = proptest::collection::vec(inner, 0..4);
        prop_oneof![2 => parts.clone().prop_map(Filter::All), 2 => parts.clone().prop_map(Filter::Any), 1 => parts.prop_map(Filter::None)]
    })
    .boxed()
}

async fn numbers(t: &TestApp, who: &Viewer, view: View) -> Vec<i64> {
    let page = read!(t, who, |desk| views::page(desk, view, None, 200).await).unwrap();
    page.rows.into_iter().map(|listed| listed.row.number).collect()
}

fn form(name: &str, audience: Audience, filter: Filter) -> ViewForm {
    ViewForm { name: name.into(), audience, filter, details: Detail::USUAL.to_vec(), order: Order::Activity }
}

on_both_engines! {
    async fn a_view_by_organisation_holds_what_its_people_wrote_and_decides_the_same_for_one(t: TestApp) {
        let north = write!(t, t.owner, |desk| organisations::create(desk, "North Ltd", "north.example", "").await).unwrap();
        let ids = [t.mail_from("ana@north.example", "Zip", "x").await, t.mail_from("bob@south.example", "Lamp", "x").await];
        let filter = Filter::Is(Condition::Organisation(north));
        let (counted, asked) = (filter.clone(), filter.clone());
        assert_eq!(read!(t, t.owner, |desk| views::count(desk, &counted, 100, 100).await).unwrap().found, 1);
        for (id, expected) in [(ids[0], true), (ids[1], false)] {
            let filter = asked.clone();
            assert_eq!(read!(t, t.owner, |desk| views::shows(desk, &filter, id).await).unwrap(), expected);
        }
        for (name, expected) in [("NORTH ltd", Some(north)), ("North", None)] {
            let found = read!(t, t.owner, |desk| organisations::by_name(desk, name).await).unwrap();
            assert_eq!(found.map(|(id, _)| id), expected);
        }
        write!(t, t.owner, |desk| {
            let id = customers::by_address_or_name(desk, "ana@north.example").await?.unwrap();
            customers::edit(desk, id, CustomerForm { name: "Ana Lind".into(), ..CustomerForm::default() }).await
        }).unwrap();
        for (text, known) in [("ana lind", true), ("Ana@north.example", true), ("Nobody Here", false)] {
            let found = read!(t, t.owner, |desk| customers::by_address_or_name(desk, text).await).unwrap();
            assert_eq!(found.is_some(), known, "{text}");
        }
    }

    async fn what_sql_finds_is_what_the_conditions_mean_in_every_order(t: TestApp) {
        let ann = t.agent("Ann").await;
        let w = world(&t, &ann).await;
        let mut runner = TestRunner::deterministic();
        let strategy = filters(&w, t.app.now());
        let ids = w.ids.clone();
        let facts = read!(t, ann, |desk| {
            let mut facts = Vec::new();
            for id in ids {
                facts.push(views::facts(desk, id).await?);
            }
            Ok(facts)
        })
        .unwrap();
        let looking = Looking { viewer: ann.agent_id, now: t.app.now(), default_type: Some(w.kind) };
        let mut sizes = BTreeSet::new();
        for round in 0..120_usize {
            let filter = strategy.new_tree(&mut runner).unwrap().current();
            let order = views::ORDERS[round % 4];
            let meant: BTreeSet<i64> =
                facts.iter().filter(|facts| filter.shows(facts, &looking)).map(|facts| facts.conversation.number).collect();
            sizes.insert(meant.len());
            let asked = filter.clone();
            // Pages of five: each goes on where the one before ended, nothing twice, nothing left out.
            let found = read!(t, ann, |desk| {
                let (mut rows, mut after) = (Vec::new(), None);
                for _ in 0..20 {
                    let page = views::page_of(desk, &asked, order, after, 5).await?;
                    rows.extend(page.rows.into_iter().map(|listed| (order.key(&listed.row), listed.row.number)));
                    after = page.next;
                    if after.is_none() {
                        break;
                    }
                }
                Ok(rows)
            })
            .unwrap();
            let set: BTreeSet<i64> = found.iter().map(|(_, number)| *number).collect();
            assert_eq!(set, meant, "{filter:?} by {order:?}");
            assert_eq!(found.len(), set.len(), "twice: {filter:?} by {order:?}");
            let is_sorted = found.windows(2).all(|two| if order.is_ascending() { two[0].0 <= two[1].0 } else { two[0].0 >= two[1].0 });
            assert!(is_sorted, "{filter:?} by {order:?}: {found:?}");
            let asked = filter.clone();
            let count = read!(t, ann, |desk| views::count(desk, &asked, 999, 5000).await).unwrap();
            assert_eq!((count.found, count.more), (meant.len() as i64, false), "{filter:?}");
        }
        assert!(sizes.len() > 8, "filters that all find the same show nothing: {sizes:?}");
    }

    async fn an_index_that_fits_finds_the_same_as_none(t: TestApp) {
        let ann = t.agent("Ann").await;
        let w = world(&t, &ann).await;
        let needs = [
            Condition::Tag(w.tags[0]), Condition::Field(w.colour, FieldTest::Is("Red".into())), Condition::Assignee(Who::Me),
            Condition::Assignee(Who::Nobody), Condition::Team(Some(w.team)), Condition::Followed,
        ];
        for need in needs {
            let driven = Filter::All(vec![Filter::Is(need.clone())]);
            // Inside "any" nothing is needed, so that the plain index is read.
            let plain = Filter::Any(vec![Filter::Is(need.clone())]);
            let (one, two) = read!(t, ann, |desk| Ok((
                views::page_of(desk, &driven, Order::Activity, None, 100).await?,
                views::page_of(desk, &plain, Order::Activity, None, 100).await?
            ))).unwrap();
            let numbers = |page: views::Page| page.rows.iter().map(|listed| listed.row.number).collect::<Vec<_>>();
            let (one, two) = (numbers(one), numbers(two));
            assert_eq!(one, two, "{need:?}");
            assert!(!one.is_empty(), "{need:?}");
        }
    }

    async fn counts_stop_where_nobody_wants_to_know_more(t: TestApp) {
        for n in 0..6 {
            t.mail_from(&format!("c{n}@c.example"), "Hello", "x").await;
        }
        let count = |most: i64, reach: i64| {
            let (app, scope) = (t.app.clone(), t.owner.scope());
            async move {
                app.read(scope, move |desk| Box::pin(async move { views::count(desk, &Filter::open(), most, reach).await })).await.unwrap()
            }
        };
        let plain = |count: views::Count| (count.found, count.more);
        assert_eq!(plain(count(999, 100).await), (6, false));
        assert_eq!(plain(count(3, 100).await), (3, true));
        assert_eq!(plain(count(999, 4).await), (4, true));
    }

    async fn a_view_is_seen_by_those_it_is_for_and_changed_by_whoever_made_it_or_an_administrator(t: TestApp) {
        let (ann, bob) = (t.agent("Ann").await, t.agent("Bob").await);
        let team = write!(t, t.owner, |desk| create_team(desk, "Billing").await).unwrap();
        let (bobs, anns) = (bob.agent_id, ann.agent_id);
        write!(t, t.owner, |desk| set_team_members(desk, team, &[bobs]).await).unwrap();
        let own = write!(t, ann, |desk| views::create(desk, form("Own", Audience::Me, Filter::open())).await).unwrap();
        let teams = write!(t, ann, |desk| views::create(desk, form("Team", Audience::Team(team), Filter::open())).await).unwrap();
        let all = write!(t, ann, |desk| views::create(desk, form("All", Audience::Everyone, Filter::open())).await).unwrap();
        let seen = |who: &Viewer| {
            let (app, scope) = (t.app.clone(), who.scope());
            async move {
                let views = app.read(scope, |desk| Box::pin(async move { views::views(desk).await })).await.unwrap();
                views.into_iter().map(|view| view.name).collect::<Vec<_>>()
            }
        };
        assert_eq!(seen(&ann).await, ["Own", "All"]);
        assert_eq!(seen(&bob).await, ["Team", "All"]);
        assert!(matches!(read!(t, bob, |desk| views::view(desk, own).await), Err(Error::NotFound)));
        let refused = write!(t, bob, |desk| views::change(desk, all, form("Mine", Audience::Me, Filter::open())).await);
        assert!(matches!(refused, Err(Error::Forbidden)));
        write!(t, t.owner, |desk| views::change(desk, all, form("For all", Audience::Everyone, Filter::open())).await).unwrap();
        assert!(matches!(write!(t, t.owner, |desk| views::delete(desk, own).await), Err(Error::NotFound)));
        write!(t, ann, |desk| views::delete(desk, all).await).unwrap();
        assert_eq!(seen(&bob).await, ["Team"]);
        write!(t, ann, |desk| views::restore(desk, all).await).unwrap();
        assert_eq!(seen(&bob).await, ["Team", "For all"]);
        write!(t, ann, |desk| views::shift(desk, all, true).await).unwrap();
        assert_eq!(seen(&bob).await, ["Team", "For all"], "Ann does not see the team's");
        write!(t, t.owner, |desk| set_team_members(desk, team, &[anns, bobs]).await).unwrap();
        write!(t, ann, |desk| views::shift(desk, all, true).await).unwrap();
        assert_eq!(seen(&bob).await, ["For all", "Team"]);
        assert_eq!(numbers(&t, &bob, View::Saved(teams)).await, [0_i64; 0]);
    }

    async fn a_field_that_has_to_be_filled_in_stops_resolving_until_it_is(t: TestApp) {
        let id = t.mail_from("a@c.example", "Refund please", "x").await;
        let refund = write!(t, t.owner, |desk| fields::create_type(desk, "Refund").await).unwrap();
        let other = write!(t, t.owner, |desk| fields::create_type(desk, "Question").await).unwrap();
        let limits = Limits { pattern: "[A-Z]{2}-\\d+".into(), ..Limits::default() };
        let form = FieldForm { type_id: Some(refund), name: "Order".into(), kind: FieldKind::Text, required: true, limits };
        let same = form.clone();
        let order = write!(t, t.owner, |desk| fields::create_field(desk, form).await).unwrap();
        assert!(matches!(write!(t, t.owner, |desk| fields::create_field(desk, same).await), Err(Error::Invalid(_))));
        let resolved = write!(t, t.owner, |desk| conversations::resolve(desk, id).await);
        assert!(matches!(resolved, Err(Error::Conflict("fields_missing"))), "Refund is the default type");
        let missing = read!(t, t.owner, |desk| fields::missing(desk, None, id.0).await).unwrap();
        assert_eq!(missing, ["Order"]);
        let wrong = write!(t, t.owner, |desk| conversations::set_field(desk, id, order, &["12".into()]).await);
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        // Of another type, it does not have that field.
        write!(t, t.owner, |desk| { conversations::set_type(desk, id, Some(other)).await?; conversations::resolve(desk, id).await }).unwrap();
        write!(t, t.owner, |desk| { conversations::set_type(desk, id, None).await?; conversations::reopen(desk, id).await }).unwrap();
        write!(t, t.owner, |desk| conversations::set_field(desk, id, order, &["AB-12".into()]).await).unwrap();
        write!(t, t.owner, |desk| conversations::resolve(desk, id).await).unwrap();
        // What is archived is asked for no more, but kept.
        write!(t, t.owner, |desk| { conversations::reopen(desk, id).await?; conversations::set_field(desk, id, order, &[]).await }).unwrap();
        write!(t, t.owner, |desk| fields::archive_field(desk, order, true).await).unwrap();
        write!(t, t.owner, |desk| conversations::resolve(desk, id).await).unwrap();
        assert!(matches!(write!(t, t.owner, |desk| fields::archive_type(desk, refund, true).await), Err(Error::Conflict(_))), "the default one stays");
    }

    async fn a_field_and_its_copies_follow_the_conversation(t: TestApp) {
        let admin = t.sign_in_new("Ada", Role::Admin).await;
        let colour = field(&t, "Colour", FieldKind::Choice, &["Red", "Blue"]).await;
        let id = t.mail_from("a@c.example", "Hello", "x").await;
        write!(t, admin, |desk| conversations::set_field(desk, id, colour, &["Red".into()]).await).unwrap();
        let red = Filter::All(vec![Filter::Is(Condition::Status(Status::Open)), Filter::Is(Condition::Field(colour, FieldTest::Is("Red".into())))]);
        let view = write!(t, admin, |desk| views::create(desk, form("Red", Audience::Everyone, red)).await).unwrap();
        assert_eq!(numbers(&t, &admin, View::Saved(view)).await, [1]);
        write!(t, admin, |desk| conversations::resolve(desk, id).await).unwrap();
        assert_eq!(numbers(&t, &admin, View::Saved(view)).await, [0_i64; 0]);
        write!(t, admin, |desk| { conversations::reopen(desk, id).await?; conversations::set_field(desk, id, colour, &["Blue".into()]).await }).unwrap();
        assert_eq!(numbers(&t, &admin, View::Saved(view)).await, [0_i64; 0]);
    }
}
