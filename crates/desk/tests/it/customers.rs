//! Customers: how they are found, where they belong, what they agreed to, and what becomes of them when they turn out to be one.

use desk::{
    Error,
    conversations::{self, Conversation, ConversationId, NewReply, Recipients},
    customers::{
        self, Customer, CustomerForm, CustomerId, Form, IdentityKind, Preferences, Written,
        consent::{self, Answer, NewEntry, Purpose, Source},
        fields::{self, Kind, Owner},
        notes, organisations,
    },
    duplicates::{self, MergeId, Reason, State},
    stories::{self, Entry},
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

/// Runs a body as the owner.
macro_rules! does {
    ($t:expr, |$desk:ident| $body:expr) => {
        $t.app.write($t.owner.scope(), move |$desk| Box::pin(async move { $body })).await
    };
}

async fn customer_of(t: &TestApp, id: ConversationId) -> Customer {
    does!(t, |desk| {
        let id = conversations::find(desk, id).await?.customer_id;
        customers::find(desk, id).await
    })
    .unwrap()
}

async fn conversation(t: &TestApp, id: ConversationId) -> Conversation {
    does!(t, |desk| conversations::find(desk, id).await).unwrap()
}

async fn recipients(t: &TestApp, id: ConversationId) -> Recipients {
    does!(t, |desk| conversations::recipients(desk, id).await).unwrap()
}

async fn found(t: &TestApp, query: &'static str) -> Vec<String> {
    let found = does!(t, |desk| customers::list(desk, query, None, 50).await).unwrap();
    found.into_iter().map(|one| one.customer.name).collect()
}

async fn counts(t: &TestApp, id: CustomerId) -> (i64, i64) {
    does!(t, |desk| customers::listed_one(desk, id).await).unwrap().conversations
}

async fn merge(t: &TestApp, from: CustomerId, to: CustomerId) -> MergeId {
    does!(t, |desk| duplicates::merge(desk, from, to).await).unwrap()
}

fn reply(conversation: ConversationId) -> NewReply {
    NewReply {
        conversation,
        client_id: None,
        markdown: "We are on it.".into(),
        to: None,
        cc: None,
        uploads: vec![],
        seen: None,
        send_anyway: true,
        leaves_at: None,
        from: None,
    }
}

fn form(name: &str) -> CustomerForm {
    CustomerForm { name: name.into(), ..CustomerForm::default() }
}

on_both_engines! {
    async fn numbers_and_accounts_are_added_by_hand_once_each_and_name_who_may_be_the_same(t: TestApp) {
        let [ana, other] = [t.mail_from("ana@south.example", "Zip", "x").await, t.mail_from("lind@north.example", "Zip", "x").await];
        let (ana, other) = (customer_of(&t, ana).await.id, customer_of(&t, other).await.id);
        let phone = Written::of_word("phone").unwrap();
        does!(t, |desk| {
            customers::add_identity(desk, ana, phone, "+49 (30) 90 18 20").await?;
            customers::add_identity(desk, ana, phone, "004930901820").await?;
            customers::add_identity(desk, ana, Written::of_word("instagram").unwrap(), "https://instagram.com/Ana_Lind/").await
        }).unwrap();
        let known = does!(t, |desk| customers::identities(desk, ana).await).unwrap();
        let known: Vec<_> = known.iter().map(|one| (one.kind, one.value.as_str())).collect();
        assert!(known.contains(&(IdentityKind::Phone, "+4930901820")) && known.contains(&(IdentityKind::Account, "instagram:ana_lind")));
        assert_eq!(known.len(), 3, "the same number twice is one");
        for (text, problem) in [("030 901820", "phone_without_country"), ("+49 30 901820", "taken")] {
            let refused = does!(t, |desk| customers::add_identity(desk, other, phone, text).await);
            let Err(Error::Invalid(wrong)) = refused else { panic!("{text}: {refused:?}") };
            assert_eq!(wrong[0].problem, problem);
        }
        // The other has the same number in their profile: one of the two is suggested for the other, both ways.
        let form = CustomerForm { name: "A. Lind".into(), phone: "+49 30 901820".into(), ..CustomerForm::default() };
        does!(t, |desk| customers::edit(desk, other, form).await).unwrap();
        for (of, who) in [(ana, other), (other, ana)] {
            let found = does!(t, |desk| duplicates::suggestions(desk, of).await).unwrap();
            assert_eq!(found.iter().map(|one| (one.who.customer.id, one.reasons.clone())).collect::<Vec<_>>(), [(who, vec![Reason::SamePhone])]);
        }
        for query in ["4930901820", "+49 30 901820".split(' ').collect::<String>().as_str(), "ana_lind"] {
            let query = query.to_owned();
            let found = does!(t, |desk| customers::list(desk, &query, None, 10).await).unwrap();
            assert!(found.iter().any(|one| one.customer.id == ana), "found by it");
        }
        does!(t, |desk| customers::remove_identity(desk, ana, IdentityKind::Phone, "+4930901820").await).unwrap();
        assert_eq!(does!(t, |desk| customers::identities(desk, ana).await).unwrap().len(), 2);
    }

    async fn customers_are_found_by_the_beginning_of_name_address_phone_and_organisation(t: TestApp) {
        t.mail_from("Zoë Müller <zoe@north.example>", "A", "a").await;
        t.mail_from("Ana Lind <ana@south.example>", "B", "b").await;
        t.mail_from("Anabel Lindgren <bel@south.example>", "C", "c").await;
        does!(t, |desk| organisations::create(desk, "Southern Ltd", "south.example", "").await).unwrap();
        t.run_jobs().await;
        assert_eq!(found(&t, "").await, ["Ana Lind", "Anabel Lindgren", "Zoë Müller"]);
        assert_eq!(found(&t, "MULLER").await, ["Zoë Müller"]);
        assert_eq!(found(&t, "ana lindg").await, ["Anabel Lindgren"]);
        assert_eq!(found(&t, "ana@south").await, ["Ana Lind"]);
        assert_eq!(found(&t, "southern").await, ["Ana Lind", "Anabel Lindgren"]);
        assert!(found(&t, "nobody").await.is_empty());
        // Each once, although several of their words begin so, and page by page.
        let first = does!(t, |desk| customers::list(desk, "an", None, 1).await).unwrap();
        let after = first[0].key.to_string().parse().ok();
        let second = does!(t, |desk| customers::list(desk, "an", after, 10).await).unwrap();
        assert_eq!((first.len(), second.len()), (1, 1));
        assert_ne!(first[0].customer.id, second[0].customer.id);
    }

    async fn who_writes_from_an_organisations_domain_joins_it_and_who_uses_a_public_provider_does_not(t: TestApp) {
        let early = t.mail_from("Ana Lind <ana@south.example>", "B", "b").await;
        let id = does!(t, |desk| organisations::create(desk, "Southern Ltd", "South.example, www.austral.example", "").await).unwrap();
        t.run_jobs().await;
        let late = t.mail_from("Bob <bob@austral.example>", "C", "c").await;
        let other = t.mail_from("Carla <carla@gmail.com>", "D", "d").await;
        assert_eq!(customer_of(&t, early).await.organisation_id, Some(id));
        assert_eq!(customer_of(&t, late).await.organisation_id, Some(id));
        assert_eq!(customer_of(&t, other).await.organisation_id, None);
        let shared = does!(t, |desk| conversations::list_of_organisation(desk, id, None, 10).await).unwrap();
        let mut shared: Vec<_> = shared.into_iter().map(|one| one.row.id).collect();
        shared.sort();
        assert_eq!(shared, [early, late]);
        let refused = does!(t, |desk| organisations::create(desk, "Everybody", "gmail.com", "").await);
        assert!(matches!(refused, Err(Error::Invalid(problems)) if problems[0].problem == "public_domain"));
        let taken = does!(t, |desk| organisations::create(desk, "Other", "south.example", "").await);
        assert!(matches!(taken, Err(Error::Invalid(problems)) if problems[0].problem == "taken"));
        // What an agent decides stays.
        let ana = customer_of(&t, early).await.id;
        does!(t, |desk| customers::set_organisation(desk, ana, None).await).unwrap();
        does!(t, |desk| organisations::edit(desk, id, "Southern Limited", "south.example", "").await).unwrap();
        t.run_jobs().await;
        assert_eq!(customer_of(&t, early).await.organisation_id, None);
        let shared = does!(t, |desk| conversations::list_of_organisation(desk, id, None, 10).await).unwrap();
        assert_eq!(shared.len(), 1, "conversations follow their customer");
    }

    async fn a_customer_is_made_and_changed_by_hand_and_what_cannot_be_is_refused(t: TestApp) {
        let id = does!(t, |desk| customers::create(desk, form("Ana Lind"), "Ana@South.example").await).unwrap();
        let written = t.mail_from("ana@south.example", "B", "b").await;
        assert_eq!(customer_of(&t, written).await.id, id, "who writes is recognised");
        let taken = does!(t, |desk| customers::create(desk, form("Other"), "ana@south.example").await);
        assert!(matches!(taken, Err(Error::Invalid(problems)) if (problems[0].field, problems[0].problem) == ("address", "taken")));
        let wrong = CustomerForm { name: " ".into(), phone: "call me".into(), preferences: Preferences { time_zone: "Mars/Base".into(), ..Preferences::default() } };
        let Err(Error::Invalid(problems)) = does!(t, |desk| customers::edit(desk, id, wrong).await) else { panic!("refused") };
        assert_eq!(problems.iter().map(|problem| problem.field).collect::<Vec<_>>(), ["name", "phone", "time_zone"]);
        let wishes = Preferences { form: Form::Formal, language: "de".into(), ..Preferences::default() };
        let good = CustomerForm { name: "Dr. Ana Lind".into(), phone: "+49 30 123456".into(), preferences: wishes.clone() };
        does!(t, |desk| customers::edit(desk, id, good).await).unwrap();
        t.run_jobs().await;
        let after = customer_of(&t, written).await;
        assert_eq!((after.name.as_str(), after.phone.as_deref(), after.preferences), ("Dr. Ana Lind", Some("+4930123456"), wishes));
        assert_eq!(conversation(&t, written).await.customer_name, "Dr. Ana Lind", "lists show the new name");
        assert_eq!(found(&t, "4930123").await, ["Dr. Ana Lind"]);
        does!(t, |desk| customers::add_identity(desk, id, Written::Email, "al@home.example").await).unwrap();
        does!(t, |desk| customers::remove_identity(desk, id, IdentityKind::Email, "ana@south.example").await).unwrap();
        let addresses = does!(t, |desk| customers::addresses(desk, id).await).unwrap();
        assert_eq!(addresses, ["al@home.example"]);
    }

    async fn fields_take_what_they_are_for_and_notes_can_be_brought_back(t: TestApp) {
        let id = does!(t, |desk| customers::create(desk, form("Ana Lind"), "").await).unwrap();
        let size = does!(t, |desk| fields::add(desk, Owner::Customers, "Size", Kind::Choice, "S\nM\nL").await).unwrap();
        let twice = does!(t, |desk| fields::add(desk, Owner::Customers, "Size", Kind::Text, "").await);
        assert!(matches!(twice, Err(Error::Invalid(problems)) if problems[0].problem == "taken"));
        let wrong = does!(t, |desk| fields::fill(desk, Owner::Customers, id.0, &[(size, "XXL".into())]).await);
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        does!(t, |desk| fields::fill(desk, Owner::Customers, id.0, &[(size, "M".into())]).await).unwrap();
        does!(t, |desk| fields::archive(desk, size, true).await).unwrap();
        let values = does!(t, |desk| fields::values(desk, Owner::Customers, id.0).await).unwrap();
        assert_eq!(values[0].1, "M", "what is filled in stays when the field is archived");
        let note = does!(t, |desk| notes::add(desk, id, None, "Speaks slowly", true).await).unwrap();
        does!(t, |desk| notes::delete(desk, id, note).await).unwrap();
        assert!(does!(t, |desk| notes::pinned(desk, id).await).unwrap().is_empty());
        does!(t, |desk| notes::bring_back(desk, id, note).await).unwrap();
        assert_eq!(does!(t, |desk| notes::pinned(desk, id).await).unwrap()[0].body, "Speaks slowly");
    }

    async fn the_story_tells_conversations_notes_and_consents_in_one_line(t: TestApp) {
        let one = t.mail_from("ana@south.example", "First", "a").await;
        let ana = customer_of(&t, one).await.id;
        t.clock.advance(SignedDuration::from_mins(1));
        does!(t, |desk| notes::add(desk, ana, None, "Called", false).await).unwrap();
        t.clock.advance(SignedDuration::from_mins(1));
        does!(t, |desk| consent::record(desk, ana, NewEntry { purpose: Purpose::Outreach, answer: Answer::Agreed, ..NewEntry::default() }).await).unwrap();
        t.clock.advance(SignedDuration::from_mins(1));
        t.mail_from("ana@south.example", "Second", "b").await;
        let (mut kinds, mut after) = (Vec::new(), None);
        loop {
            let (entries, next) = does!(t, |desk| stories::timeline(desk, ana, after, 1).await).unwrap();
            kinds.extend(entries.iter().map(|entry| match entry {
                Entry::Conversation(one) => one.row.subject.clone(),
                Entry::Note(note) => note.body.clone(),
                Entry::Consent(_) => "consent".to_owned(),
            }));
            after = next;
            if after.is_none() { break; }
        }
        assert_eq!(kinds, ["Second", "consent", "Called", "First"]);
    }

    async fn all_files_of_a_customer_stand_together(t: TestApp) {
        for n in 1..=2 {
            t.deliver(&format!("From: ana@south.example\nTo: help@desk.example\nSubject: Photo {n}\nMessage-ID: <p{n}@south.example>\nMIME-Version: 1.0\n\
                Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nHere\n--x\nContent-Type: image/png; name=photo{n}.png\n\
                Content-Disposition: attachment; filename=photo{n}.png\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n--x--")).await;
            t.clock.advance(SignedDuration::from_mins(1));
        }
        let ana = customer_of(&t, t.newest_conversation().await).await.id;
        let (files, more) = does!(t, |desk| stories::files(desk, ana, None).await).unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["photo2.png", "photo1.png"]);
        assert_eq!(more, None);
    }

    async fn no_merge_changes_who_gets_an_answer(t: TestApp) {
        // Field report 23: after a merge an answer reached another address of the same person.
        let at_work = t.mail_from("Ana Lind <ana@work.example>", "Work", "a").await;
        let at_home = t.mail_from("Ana Lind <ana@home.example>", "Home", "b").await;
        // Copies and a reply address of the customer's own choosing.
        t.deliver("From: Ana Lind <ana@home.example>\nTo: help@desk.example\nCc: bob@work.example\nReply-To: ana.answers@home.example\n\
                   Subject: Third\nMessage-ID: <third@home.example>\n\nc").await;
        let third = t.newest_conversation().await;
        // Only a machine wrote, and only we wrote.
        t.deliver("From: ana@home.example\nTo: help@desk.example\nSubject: Away\nAuto-Submitted: auto-replied\nMessage-ID: <away@home.example>\n\nI am away").await;
        let machine = t.newest_conversation().await;
        t.deliver("From: help@desk.example\nTo: ana@home.example\nSubject: We begin\nMessage-ID: <begin@desk.example>\n\nHello").await;
        let ours = t.newest_conversation().await;
        let all = [at_work, at_home, third, machine, ours];
        let mut before = Vec::new();
        for id in all {
            before.push(recipients(&t, id).await);
        }
        assert_eq!(before[4].to[0].address, "ana@home.example");
        let (work, home) = (customer_of(&t, at_work).await.id, customer_of(&t, at_home).await.id);
        assert_ne!(work, home);
        let id = merge(&t, home, work).await;
        t.run_jobs().await;
        for (id, before) in all.into_iter().zip(&before) {
            assert_eq!(customer_of(&t, id).await.id, work);
            assert_eq!(recipients(&t, id).await, *before);
        }
        does!(t, |desk| conversations::reply(desk, reply(at_home)).await).unwrap();
        t.run_jobs().await;
        let sent = t.channel.sent.lock().last().cloned().unwrap();
        assert_eq!(sent.to.iter().map(|to| to.address.as_str()).collect::<Vec<_>>(), ["ana@home.example"]);
        // Another address of the same person does not take part in what was said to this one.
        t.deliver("From: ana@work.example\nTo: help@desk.example\nSubject: Re: Home\nMessage-ID: <again@work.example>\n\nIs it mine?").await;
        assert_ne!(t.newest_conversation().await, at_home);
        assert_eq!(recipients(&t, at_home).await, before[1]);
        does!(t, |desk| duplicates::undo(desk, id).await).unwrap();
        t.run_jobs().await;
        for (id, before) in all.into_iter().zip(&before) {
            assert_eq!(recipients(&t, id).await, *before);
        }
    }

    async fn undoing_a_merge_restores_exactly_what_was(t: TestApp) {
        let one = t.mail_from("ana@work.example", "Work", "a").await;
        let two = t.mail_from("Ana Lind <ana@home.example>", "Home", "b").await;
        let three = t.mail_from("Ana Lind <ana@home.example>", "Home again", "c").await;
        let (work, home) = (customer_of(&t, one).await.id, customer_of(&t, two).await.id);
        let number = does!(t, |desk| fields::add(desk, Owner::Customers, "Customer number", Kind::Text, "").await).unwrap();
        does!(t, |desk| {
            fields::fill(desk, Owner::Customers, home.0, &[(number, "K-77".into())]).await?;
            customers::edit(desk, home, CustomerForm { name: "Ana Lind".into(), phone: "+4930123456".into(), preferences: Preferences { language: "de".into(), ..Preferences::default() } }).await?;
            notes::add(desk, home, None, "Calls at noon", true).await?;
            consent::record(desk, home, NewEntry { purpose: Purpose::AnyContact, answer: Answer::Objected, source: Source::Message, ..NewEntry::default() }).await?;
            conversations::resolve(desk, three).await
        }).unwrap();
        t.run_jobs().await;
        let state = async || {
            let mut all = Vec::new();
            for id in [work, home] {
                all.push(does!(t, |desk| {
                    let one = customers::find(desk, id).await?;
                    let listed = customers::listed_one(desk, id).await?;
                    let values = fields::values(desk, Owner::Customers, id.0).await?;
                    let pinned = notes::pinned(desk, id).await?;
                    let purposes: Vec<_> = { let present = consent::present(desk, id).await?; Purpose::ALL.iter().map(|purpose| present.answer(*purpose).0).collect() };
                    Ok(format!("{one:?} {:?} {:?} {values:?} {pinned:?} {purposes:?}", listed.addresses, listed.conversations))
                }).unwrap());
            }
            for id in [one, two, three] {
                all.push(format!("{:?}", conversation(&t, id).await));
            }
            all
        };
        let before = state().await;
        let id = merge(&t, home, work).await;
        t.run_jobs().await;
        let merged = does!(t, |desk| customers::find(desk, home).await).unwrap();
        assert_eq!((merged.id, merged.name.as_str(), merged.phone.as_deref(), merged.do_not_contact), (work, "Ana Lind", Some("+4930123456"), true));
        assert_eq!(counts(&t, work).await, (3, 2));
        assert_eq!(found(&t, "ana@home").await, ["Ana Lind"]);
        assert_eq!(does!(t, |desk| notes::pinned(desk, work).await).unwrap().len(), 1);
        let again = does!(t, |desk| duplicates::merge(desk, home, work).await);
        assert!(matches!(again, Err(Error::Conflict("merged"))));
        does!(t, |desk| duplicates::undo(desk, id).await).unwrap();
        t.run_jobs().await;
        assert_eq!(state().await, before);
        assert!(matches!(does!(t, |desk| duplicates::undo(desk, id).await), Err(Error::Conflict("undone_already"))));
    }

    async fn many_conversations_move_and_come_back_in_chunks_with_their_counts(t: TestApp) {
        let first = t.mail_from("ana@home.example", "Nr 0", "x").await;
        for n in 1..57 {
            t.accept(&format!("From: ana@home.example\nTo: help@desk.example\nSubject: Nr {n}\nMessage-ID: <n{n}@home.example>\n\nx"), &format!("n{n}")).await;
        }
        t.run_jobs().await;
        let other = t.mail_from("ana@work.example", "Work", "x").await;
        let (home, work) = (customer_of(&t, first).await.id, customer_of(&t, other).await.id);
        let id = merge(&t, home, work).await;
        assert_eq!(counts(&t, home).await, counts(&t, work).await, "both names lead to the one who is left");
        t.run_jobs().await;
        assert_eq!(counts(&t, work).await, (58, 58));
        let merges = does!(t, |desk| duplicates::merges_of(desk, work).await).unwrap();
        assert_eq!((merges[0].moved, merges[0].state), (57, State::Done));
        // Somebody new from the address that goes back.
        t.clock.advance(SignedDuration::from_mins(1));
        let since = t.mail_from("ana@home.example", "Since then", "x").await;
        assert_eq!(customer_of(&t, since).await.id, work);
        does!(t, |desk| duplicates::undo(desk, id).await).unwrap();
        t.run_jobs().await;
        assert_eq!((counts(&t, home).await, counts(&t, work).await), ((58, 58), (1, 1)));
        assert_eq!(customer_of(&t, since).await.id, home);
    }

    async fn duplicates_are_suggested_with_their_reasons_until_somebody_says_no(t: TestApp) {
        let one = t.mail_from("Ana Lind <ana@home.example>", "A", "a").await;
        let two = t.mail_from("Ana L. <ana+shop@home.example>", "B", "b").await;
        t.mail_from("Ana Lind <other@elsewhere.example>", "C", "c").await;
        let (one, two) = (customer_of(&t, one).await.id, customer_of(&t, two).await.id);
        let found = does!(t, |desk| duplicates::suggestions(desk, one).await).unwrap();
        assert_eq!(found.len(), 1, "a namesake elsewhere is no duplicate");
        assert_eq!((found[0].who.customer.id, &found[0].reasons), (two, &vec![Reason::AddressVariant]));
        does!(t, |desk| duplicates::tell_apart(desk, one, two).await).unwrap();
        assert!(does!(t, |desk| duplicates::suggestions(desk, two).await).unwrap().is_empty());
    }

    async fn who_does_not_want_to_be_contacted_gets_nothing_automatic_and_an_agent_is_asked(t: TestApp) {
        let mailbox = t.mailbox;
        let smtp = desk::mailboxes::MailboxForm {
            name: "Help".into(), address: "help@desk.example".into(), auto_reply: "We have it.".into(), smtp_host: "smtp.desk.example".into(),
            ..desk::mailboxes::MailboxForm::default()
        };
        desk::mailboxes::update(&t.app, t.system(), mailbox, smtp).await.unwrap();
        let one = t.mail_from("ana@home.example", "A", "a").await;
        t.run_jobs().await;
        assert_eq!(t.channel.sent.lock().len(), 1, "usually it is acknowledged");
        let ana = customer_of(&t, one).await.id;
        does!(t, |desk| consent::confirm_contact(desk, ana, false).await).unwrap();
        does!(t, |desk| consent::record(desk, ana, NewEntry { purpose: Purpose::AnyContact, answer: Answer::Objected, evidence: "Her letter".into(), ..NewEntry::default() }).await).unwrap();
        t.clock.advance(SignedDuration::from_hours(30));
        t.mail_from("ana@home.example", "B", "b").await;
        t.run_jobs().await;
        assert_eq!(t.channel.sent.lock().len(), 1);
        assert!(matches!(does!(t, |desk| consent::confirm_contact(desk, ana, false).await), Err(Error::Conflict("do_not_contact"))));
        does!(t, |desk| consent::confirm_contact(desk, ana, true).await).unwrap();
        let now = t.app.now();
        let ahead = does!(t, |desk| consent::record(desk, ana, NewEntry { at: Some(now + SignedDuration::from_hours(1)), ..NewEntry::default() }).await);
        assert!(matches!(ahead, Err(Error::Invalid(_))));
        does!(t, |desk| consent::record(desk, ana, NewEntry { purpose: Purpose::AnyContact, answer: Answer::Unasked, ..NewEntry::default() }).await).unwrap();
        assert!(!customer_of(&t, one).await.do_not_contact);
        let ledger = does!(t, |desk| consent::ledger(desk, ana, None, 10).await).unwrap();
        assert_eq!(ledger.iter().map(|entry| entry.evidence.as_str()).collect::<Vec<_>>(), ["", "Her letter"], "nothing is taken out");
    }

    async fn nothing_of_one_workspaces_customers_is_seen_from_another(t: TestApp) {
        let one = t.mail_from("Ana Lind <ana@home.example>", "A", "a").await;
        let ana = customer_of(&t, one).await.id;
        let mut elsewhere = t.owner.scope();
        elsewhere.workspace = t.app.create_workspace("Other Ltd").await.unwrap();
        t.app.write(elsewhere, move |desk| Box::pin(async move {
            assert!(matches!(customers::find(desk, ana).await, Err(Error::NotFound)));
            assert!(customers::list(desk, "", None, 10).await?.is_empty());
            assert!(customers::list(desk, "ana", None, 10).await?.is_empty());
            assert!(customers::addresses(desk, ana).await?.is_empty());
            assert!(stories::files(desk, ana, None).await?.0.is_empty());
            assert!(matches!(notes::add(desk, ana, None, "x", true).await, Err(Error::NotFound)));
            Ok(())
        })).await.unwrap();
    }
}
