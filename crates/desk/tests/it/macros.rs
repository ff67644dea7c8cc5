//! Macros: put into drafts, done with the send, taken back with it, measured.

use desk::{
    Error, FieldError,
    conversations::{self, Conversation, ConversationId, MessageId, NewReply, Priority, Status},
    customers::fields::{self as customer_fields, Kind, Owner},
    fields::{self, FieldForm, FieldKind, Limits},
    macros::{self, Actions, Assignee, Belongs, MacroId, NewMacro, Used},
    people::{AgentId, Viewer},
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

fn refund(belongs: Belongs) -> NewMacro {
    NewMacro {
        name: "Refund".into(),
        folder: "Money".into(),
        belongs,
        texts: vec![
            ("en".into(), "Hello {{customer.first_name|there}}, we refund number {{conversation.number}}.".into()),
            ("de".into(), "Guten Tag {{customer.name}}, wir erstatten Ihnen den Betrag.".into()),
        ],
        actions: Actions {
            assignee: Some(Assignee::Me),
            priority: Some(Priority::High),
            status: Some(Status::Resolved),
            tags: vec!["Refund".into()],
            ..Actions::default()
        },
    }
}

async fn create(t: &TestApp, who: &Viewer, new: NewMacro) -> desk::Result<MacroId> {
    t.app.write(who.scope(), move |desk| Box::pin(async move { macros::create(desk, new).await })).await
}

async fn use_in(t: &TestApp, who: &Viewer, conversation: ConversationId, id: MacroId) -> desk::Result<Used> {
    t.app.write(who.scope(), move |desk| Box::pin(async move { macros::use_in(desk, conversation, id).await })).await
}

async fn conversation(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn tags(t: &TestApp, id: ConversationId) -> Vec<String> {
    let tags = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::tags_of(desk, id).await }));
    tags.await.unwrap().into_iter().map(|tag| tag.name).collect()
}

async fn send(t: &TestApp, who: &Viewer, conversation: ConversationId, text: &str, undo: bool) -> MessageId {
    let new = NewReply {
        conversation,
        client_id: None,
        markdown: text.into(),
        from: None,
        to: None,
        cc: None,
        uploads: vec![],
        seen: None,
        send_anyway: true,
        leaves_at: undo.then(|| t.app.now() + SignedDuration::from_secs(10)),
    };
    t.app.write(who.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await.unwrap()
}

async fn figures(t: &TestApp, id: MacroId) -> (i64, i64, i64) {
    let found = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { macros::find(desk, id).await }));
    let (found, ..) = found.await.unwrap();
    (found.used, found.edited, found.reopened)
}

fn text(used: Used) -> String {
    match used {
        Used::PutIn { filled, .. } => filled.text,
        Used::Done(_) => panic!("it has a text"),
    }
}

on_both_engines! {
    async fn a_macro_in_a_draft_does_its_part_with_the_send_and_is_counted(t: TestApp) {
        let c = t.mail_from("Ana Lind <ana@shop.example>", "Broken zip", "Hello there, the zip of my jacket broke after one day.").await;
        let id = create(&t, &t.owner, refund(Belongs::Everyone)).await.unwrap();
        let words = text(use_in(&t, &t.owner, c, id).await.unwrap());
        assert_eq!(words, "Hello Ana, we refund number 1.");
        assert_eq!((conversation(&t, c).await.status, tags(&t, c).await.len()), (Status::Open, 0), "nothing before the send");
        send(&t, &t.owner, c, &format!("{words}\n\nOlga"), false).await;
        let after = conversation(&t, c).await;
        assert_eq!((after.status, after.priority, after.assignee_id), (Status::Resolved, Priority::High, Some(t.owner.agent_id)));
        assert_eq!((tags(&t, c).await, figures(&t, id).await), (vec!["refund".to_owned()], (1, 0, 0)));
        send(&t, &t.owner, c, "Another answer", false).await;
        assert_eq!(figures(&t, id).await, (1, 0, 0), "it was used once");
    }

    async fn calling_the_answer_back_takes_back_what_its_macro_did_and_it_waits_again(t: TestApp) {
        let c = t.mail_from("Ana Lind <ana@shop.example>", "Broken zip", "Hello there, the zip of my jacket broke after one day.").await;
        let before = conversation(&t, c).await;
        let id = create(&t, &t.owner, refund(Belongs::Everyone)).await.unwrap();
        use_in(&t, &t.owner, c, id).await.unwrap();
        let message = send(&t, &t.owner, c, "Quite another text", true).await;
        assert_eq!((conversation(&t, c).await.status, figures(&t, id).await), (Status::Resolved, (1, 1, 0)));
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::recall(desk, message).await })).await.unwrap();
        assert_eq!(conversation(&t, c).await, before);
        assert_eq!((tags(&t, c).await.len(), figures(&t, id).await), (0, (0, 0, 0)));
        let waiting = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { macros::pending(desk, c).await })).await.unwrap();
        assert_eq!(waiting.len(), 1);
        send(&t, &t.owner, c, "Quite another text", false).await;
        assert_eq!((conversation(&t, c).await.status, figures(&t, id).await), (Status::Resolved, (1, 1, 0)));
    }

    async fn a_macro_puts_off_in_its_users_zone_and_undoing_wakes(t: TestApp) {
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let snooze = |words: &str| NewMacro { texts: vec![], actions: Actions { snooze: Some(words.into()), ..Actions::default() }, ..refund(Belongs::Everyone) };
        for wrong in ["soon", "yesterday"] {
            assert!(matches!(create(&t, &t.owner, snooze(wrong)).await, Err(Error::Invalid(_))), "{wrong}");
        }
        let both = Actions { snooze: Some("tomorrow".into()), status: Some(Status::Resolved), ..Actions::default() };
        assert!(matches!(create(&t, &t.owner, NewMacro { actions: both, ..snooze("tomorrow") }).await, Err(Error::Invalid(_))));
        let id = create(&t, &t.owner, snooze("until tomorrow 9:00")).await.unwrap();
        let Used::Done(run) = use_in(&t, &t.owner, c, id).await.unwrap() else { panic!("it has no text") };
        let put_off = conversation(&t, c).await;
        assert_eq!((put_off.status, put_off.snoozed_until.map(|at| at.to_string())), (Status::Snoozed, Some("2026-11-23T09:00:00Z".into())));
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { macros::undo(desk, run).await })).await.unwrap();
        assert_eq!((conversation(&t, c).await.status, conversation(&t, c).await.snoozed_until), (Status::Open, None));
        let reply = create(&t, &t.owner, snooze("until reply")).await.unwrap();
        use_in(&t, &t.owner, c, reply).await.unwrap();
        assert_eq!((conversation(&t, c).await.status, conversation(&t, c).await.snoozed_until), (Status::Snoozed, None));
    }

    async fn fields_of_the_desks_own_fill_macros_and_unknown_ones_are_refused(t: TestApp) {
        let c = t.mail_from("Ana Lind <ana@shop.example>", "Broken zip", "It broke").await;
        let customer = conversation(&t, c).await.customer_id;
        let with = |text: &str| NewMacro { texts: vec![("en".into(), text.into())], actions: Actions::default(), ..refund(Belongs::Everyone) };
        let text_of = "{{conversation.field.order_number|none}} {{customer.field.shoe_size}}";
        assert!(matches!(create(&t, &t.owner, with(text_of)).await, Err(Error::Invalid(_))), "there are no such fields yet");
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move {
            let form = FieldForm { type_id: None, name: "Order number".into(), kind: FieldKind::Text, required: false, limits: Limits::default() };
            let order = fields::create_field(desk, form).await?;
            conversations::set_field(desk, c, order, &["A-7".to_owned()]).await?;
            let size = customer_fields::add(desk, Owner::Customers, "Shoe size", Kind::Text, "").await?;
            customer_fields::fill(desk, Owner::Customers, customer.0, &[(size, "38".to_owned())]).await?;
            Ok(())
        })).await.unwrap();
        let id = create(&t, &t.owner, with(text_of)).await.unwrap();
        assert_eq!(text(use_in(&t, &t.owner, c, id).await.unwrap()), "A-7 38");
        let other = t.mail_from("ben@shop.example", "Zip", "Mine too").await;
        assert_eq!(text(use_in(&t, &t.owner, other, id).await.unwrap()), "none {{customer.field.shoe_size}}");
    }

    async fn a_macro_without_text_acts_at_once_and_undoing_leaves_what_others_changed_since(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let id = create(&t, &t.owner, NewMacro { texts: vec![], ..refund(Belongs::Everyone) }).await.unwrap();
        let Used::Done(run) = use_in(&t, &sam, c, id).await.unwrap() else { panic!("it has no text") };
        assert_eq!(conversation(&t, c).await.assignee_id, Some(sam.agent_id));
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::set_priority(desk, c, Priority::Urgent).await })).await.unwrap();
        t.app.write(sam.scope(), move |desk| Box::pin(async move { macros::undo(desk, run).await })).await.unwrap();
        let after = conversation(&t, c).await;
        assert_eq!((after.status, after.priority, after.assignee_id), (Status::Open, Priority::Urgent, None));
        assert!(tags(&t, c).await.is_empty());
        let twice = t.app.write(sam.scope(), move |desk| Box::pin(async move { macros::undo(desk, run).await })).await;
        assert!(matches!(twice, Err(Error::Conflict("undone_already"))));
        assert_eq!(figures(&t, id).await, (0, 0, 0));
    }

    async fn the_text_is_in_the_customers_language_and_a_gap_is_told(t: TestApp) {
        let id = create(&t, &t.owner, refund(Belongs::Everyone)).await.unwrap();
        let german = t.mail_from("ana@shop.example", "Kaputt", "Guten Tag, leider ist der Reißverschluss an meiner Jacke schon nach einem Tag kaputt gegangen.").await;
        let Used::PutIn { filled, language, wanted } = use_in(&t, &t.owner, german, id).await.unwrap() else { panic!("it has a text") };
        assert_eq!((language.as_str(), wanted), ("de", None));
        assert_eq!(filled.gaps, ["customer.name"], "an address is no name");
        assert!(matches!(macros::check_gaps(&filled.text), Err(Error::Invalid(_))));
        let french = t.mail_from("bea@shop.example", "Cassé", "Bonjour, la fermeture de ma veste est cassée depuis hier et je voudrais un remboursement.").await;
        let Used::PutIn { language, wanted, .. } = use_in(&t, &t.owner, french, id).await.unwrap() else { panic!("it has a text") };
        assert_eq!((language.as_str(), wanted.as_deref()), ("en", Some("fr")));
    }

    async fn a_customer_who_comes_back_after_it_is_counted_once(t: TestApp) {
        let c = t.mail_from("Ana Lind <ana@shop.example>", "Broken zip", "It broke").await;
        let id = create(&t, &t.owner, refund(Belongs::Everyone)).await.unwrap();
        let words = text(use_in(&t, &t.owner, c, id).await.unwrap());
        send(&t, &t.owner, c, &words, false).await;
        for n in 0..2 {
            t.deliver(&format!("From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <again{n}@shop.example>\n\nStill broken")).await;
            t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::resolve(desk, c).await })).await.unwrap();
        }
        assert_eq!(figures(&t, id).await, (1, 0, 1));
    }

    async fn who_may_make_use_and_change_a_macro(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        assert!(matches!(create(&t, &sam, refund(Belongs::Everyone)).await, Err(Error::Forbidden)));
        let own = create(&t, &sam, refund(Belongs::Personal(sam.agent_id))).await.unwrap();
        let seen = |who: &Viewer| t.app.read(who.scope(), |desk| Box::pin(async move { macros::usable(desk).await }));
        assert_eq!((seen(&sam).await.unwrap().len(), seen(&mei).await.unwrap().len(), seen(&t.owner).await.unwrap().len()), (1, 0, 0));
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assert!(matches!(use_in(&t, &mei, c, own).await, Err(Error::NotFound)));
        let stolen = t.app.write(mei.scope(), move |desk| Box::pin(async move { macros::delete(desk, own).await })).await;
        assert!(matches!(stolen, Err(Error::Forbidden)));
    }

    async fn a_macro_with_an_unknown_variable_or_nothing_in_it_is_refused(t: TestApp) {
        let wrong = NewMacro { texts: vec![("en".into(), "Hi {{customer.frist_name}}".into())], ..refund(Belongs::Everyone) };
        let Err(Error::Invalid(problems)) = create(&t, &t.owner, wrong).await else { panic!("refused") };
        assert_eq!(problems, [FieldError { field: "text", problem: "unknown_variable" }]);
        let empty = NewMacro { texts: vec![("en".into(), " ".into())], actions: Actions::default(), ..refund(Belongs::Everyone) };
        assert!(matches!(create(&t, &t.owner, empty).await, Err(Error::Invalid(_))));
        let gone = Actions { assignee: Some(Assignee::Agent(AgentId(t.app.new_id()))), ..Actions::default() };
        assert!(matches!(create(&t, &t.owner, NewMacro { actions: gone, ..refund(Belongs::Everyone) }).await, Err(Error::Invalid(_))));
    }
}
