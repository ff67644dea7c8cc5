//! Conversations: threading, answering, lists and counts.

use desk::{
    Error, Scope,
    conversations::{
        self, Conversation, ConversationId, Counts, Message, MessageKind, NewReply, Priority, Status, View,
    },
    people::Viewer,
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

async fn find(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn messages(t: &TestApp, id: ConversationId) -> Vec<Message> {
    t.app
        .read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 100).await }))
        .await
        .unwrap()
}

async fn counts(t: &TestApp, viewer: &Viewer) -> Counts {
    t.app.read(viewer.scope(), |desk| Box::pin(async move { conversations::counts(desk).await })).await.unwrap()
}

async fn listed(t: &TestApp, viewer: &Viewer, view: View) -> Vec<i64> {
    let rows = t
        .app
        .read(viewer.scope(), move |desk| Box::pin(async move { conversations::list(desk, view, None, 50).await }));
    rows.await.unwrap().into_iter().map(|listed| listed.row.number).collect()
}

fn answer(conversation: ConversationId, markdown: &str) -> NewReply {
    NewReply {
        conversation,
        client_id: None,
        markdown: markdown.into(),
        from: None,
        to: None,
        cc: None,
        uploads: vec![],
        seen: None,
        send_anyway: false,
        leaves_at: None,
    }
}

async fn reply(t: &TestApp, as_whom: Scope, new: NewReply) -> desk::Result<conversations::MessageId> {
    t.app.write(as_whom, move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await
}

/// What the customer's program would send as an answer to our last message.
async fn customers_answer(t: &TestApp, from: &str, conversation: ConversationId, text: &str) {
    let ours = messages(t, conversation).await.into_iter().rev().find(|m| m.kind == MessageKind::Outgoing).unwrap();
    let id = t.app.new_id();
    t.deliver(&format!(
        "From: {from}\nTo: help@desk.example\nSubject: Re: x\nMessage-ID: <{id}@c.example>\nIn-Reply-To: <{}>\n\n{text}\n",
        ours.rfc_message_id.unwrap()
    ))
    .await;
}

on_both_engines! {
    async fn an_inquiry_is_answered_and_the_answer_to_that_lands_in_the_same_conversation(t: TestApp) {
        let ann = t.agent("Ann").await;
        let id = t.mail_from("Carla <carla@c.example>", "Broken zip", "The zip broke.").await;
        reply(&t, ann.scope(), answer(id, "We **send** a new one.")).await.unwrap();
        t.run_jobs().await;
        let sent = t.channel.sent.lock().clone();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].to[0].address, "carla@c.example");
        assert_eq!(sent[0].subject, "Re: Broken zip");
        assert_eq!(sent[0].references.last(), sent[0].in_reply_to.as_ref());
        customers_answer(&t, "carla@c.example", id, "Thank you!").await;
        let kinds: Vec<_> = messages(&t, id).await.iter().map(|m| m.kind).collect();
        assert_eq!(kinds, [MessageKind::Incoming, MessageKind::Outgoing, MessageKind::Incoming]);
        let conversation = find(&t, id).await;
        assert_eq!(conversation.assignee_id, Some(ann.agent_id));
        assert!(conversation.respond_by.is_some());
    }

    async fn somebody_who_takes_no_part_never_lands_in_anothers_conversation(t: TestApp) {
        let ann = t.agent("Ann").await;
        let id = t.mail_from("carla@c.example", "Private matter", "My card number is …").await;
        reply(&t, ann.scope(), answer(id, "Noted.")).await.unwrap();
        customers_answer(&t, "stranger@elsewhere.example", id, "What is this about?").await;
        assert_eq!(messages(&t, id).await.len(), 2);
        let other = t.newest_conversation().await;
        assert_ne!(other, id);
        assert_eq!(find(&t, other).await.customer_name, "stranger@elsewhere.example");
    }

    async fn a_mail_without_message_id_opens_a_conversation_each_time(t: TestApp) {
        for _ in 0..3 {
            t.deliver("From: a@c.example\nTo: help@desk.example\nMessage-ID: <>\nSubject: empty id\n\nhello\n").await;
        }
        assert_eq!(counts(&t, &t.owner).await.open, 3);
    }

    async fn the_same_mail_by_two_ways_is_one_message_but_another_mail_with_its_id_is_not_lost(t: TestApp) {
        let raw = "From: a@c.example\nTo: help@desk.example\nSubject: One\nMessage-ID: <one@c.example>\n\nfirst\n";
        t.deliver(raw).await;
        t.deliver(&format!("Received: by another.way\n{raw}")).await;
        assert_eq!(counts(&t, &t.owner).await.open, 1);
        t.deliver(&raw.replace("first", "second")).await;
        assert_eq!(counts(&t, &t.owner).await.open, 2);
    }

    async fn our_own_answer_coming_back_is_not_taken_in_again(t: TestApp) {
        let ann = t.agent("Ann").await;
        let id = t.mail_from("carla@c.example", "Hello", "Hi").await;
        reply(&t, ann.scope(), answer(id, "Hello Carla")).await.unwrap();
        let ours = messages(&t, id).await[1].rfc_message_id.clone().unwrap();
        t.deliver(&format!("From: help@desk.example\nTo: carla@c.example\nMessage-ID: <{ours}>\nSubject: Re: Hello\n\nHello Carla\n")).await;
        assert_eq!(messages(&t, id).await.len(), 2);
        assert_eq!(counts(&t, &t.owner).await.open, 1);
    }

    async fn a_colleagues_answer_from_their_own_mail_program_counts_as_an_answer(t: TestApp) {
        t.deliver("From: carla@c.example\nTo: help@desk.example\nMessage-ID: <q@c.example>\nSubject: Q\n\nWell?\n").await;
        let id = t.newest_conversation().await;
        t.deliver("From: help@desk.example\nTo: carla@c.example\nMessage-ID: <w@desk.example>\nIn-Reply-To: <q@c.example>\nSubject: Re: Q\n\nWell.\n").await;
        let conversation = find(&t, id).await;
        assert_eq!((conversation.message_count, conversation.waiting_since), (2, None));
    }

    async fn a_web_form_in_our_own_name_gives_the_customer_as_reply_to(t: TestApp) {
        t.deliver("From: help@desk.example\nReply-To: Carla <carla@c.example>\nTo: help@desk.example\nSubject: Form\n\nI ask.\n").await;
        let id = t.newest_conversation().await;
        assert_eq!(find(&t, id).await.customer_name, "Carla");
        let to = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::recipients(desk, id).await }));
        assert_eq!(to.await.unwrap().to[0].address, "carla@c.example");
    }

    async fn an_out_of_office_note_neither_reopens_nor_makes_anybody_wait(t: TestApp) {
        let ann = t.agent("Ann").await;
        let id = t.mail_from("carla@c.example", "Hello", "Hi").await;
        reply(&t, ann.scope(), answer(id, "Done.")).await.unwrap();
        t.app.write(ann.scope(), move |desk| Box::pin(async move { conversations::resolve(desk, id).await })).await.unwrap();
        let ours = messages(&t, id).await[1].rfc_message_id.clone().unwrap();
        t.deliver(&format!("From: carla@c.example\nTo: help@desk.example\nAuto-Submitted: auto-replied\nMessage-ID: <ooo@c.example>\nIn-Reply-To: <{ours}>\nSubject: Out of office\n\nI am away.\n")).await;
        let conversation = find(&t, id).await;
        assert_eq!((conversation.status, conversation.message_count), (Status::Resolved, 3));
    }

    async fn a_reply_written_while_the_customer_wrote_again_is_held_back_and_sent_when_insisted_on(t: TestApp) {
        let ann = t.agent("Ann").await;
        let id = t.mail_from("carla@c.example", "Hello", "Hi").await;
        let seen = messages(&t, id).await[0].id;
        reply(&t, t.owner.scope(), answer(id, "First!")).await.unwrap();
        let late = NewReply { seen: Some(seen), ..answer(id, "Second.") };
        let held = reply(&t, ann.scope(), late.clone()).await;
        assert!(matches!(held, Err(Error::Conflict("moved_on"))), "{held:?}");
        assert_eq!(messages(&t, id).await.len(), 2);
        reply(&t, ann.scope(), NewReply { send_anyway: true, ..late }).await.unwrap();
        assert_eq!(messages(&t, id).await.len(), 3);
    }

    async fn the_same_reply_posted_twice_is_sent_once(t: TestApp) {
        let ann = t.agent("Ann").await;
        let id = t.mail_from("carla@c.example", "Hello", "Hi").await;
        let new = NewReply { client_id: Some(t.app.new_id()), ..answer(id, "Once.") };
        let first = reply(&t, ann.scope(), new.clone()).await.unwrap();
        assert_eq!(reply(&t, ann.scope(), new).await.unwrap(), first);
        t.run_jobs().await;
        assert_eq!(t.channel.sent.lock().len(), 1);
    }

    async fn counts_are_what_the_lists_hold_after_any_change(t: TestApp) {
        let ann = t.agent("Ann").await;
        let team = t.app.write(t.owner.scope(), |desk| Box::pin(async move { desk::people::create_team(desk, "Returns").await })).await.unwrap();
        let mut ids = Vec::new();
        for n in 0..6 {
            t.clock.advance(SignedDuration::from_mins(1));
            ids.push(t.mail_from(&format!("c{n}@c.example"), "S", "T").await);
        }
        let (a, b, c, d) = (ids[0], ids[1], ids[2], ids[3]);
        let agent = ann.agent_id;
        t.app.write(ann.scope(), move |desk| Box::pin(async move {
            conversations::assign(desk, a, Some(agent)).await?;
            conversations::assign(desk, b, Some(agent)).await?;
            conversations::assign_team(desk, c, Some(team)).await?;
            conversations::add_tag(desk, a, "VIP").await?;
            conversations::add_tag(desk, d, "vip ").await?;
            conversations::resolve(desk, d).await?;
            conversations::resolve(desk, b).await
        })).await.unwrap();
        reply(&t, ann.scope(), answer(a, "x")).await.unwrap();
        let counts = counts(&t, &ann).await;
        for (view, count) in [
            (View::Open, counts.open),
            (View::Mine, counts.mine),
            (View::Unassigned, counts.unassigned),
            (View::Neglected, counts.neglected),
            (View::Resolved, counts.resolved),
            (View::Team(team), counts.teams[&team]),
        ] {
            assert_eq!(listed(&t, &ann, view).await.len() as i64, count, "{view:?}");
        }
        let tag = t.app.read(t.system(), |desk| Box::pin(async move { conversations::tags(desk).await })).await.unwrap();
        assert_eq!(tag.len(), 1, "one word is one tag");
        assert_eq!((counts.tags[&tag[0].id], listed(&t, &ann, View::Tag(tag[0].id)).await.len()), (1, 1));
        assert_eq!((counts.open, counts.mine, counts.resolved, counts.neglected), (4, 1, 2, 3));
    }

    async fn neglected_shows_the_riskiest_first(t: TestApp) {
        let mut ids = Vec::new();
        for n in 0..3 {
            t.clock.advance(SignedDuration::from_mins(10));
            ids.push(t.mail_from(&format!("c{n}@c.example"), "S", "T").await);
        }
        let newest = ids[2];
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move {
            conversations::set_priority(desk, newest, Priority::Urgent).await
        })).await.unwrap();
        assert_eq!(listed(&t, &t.owner, View::Neglected).await, [3, 1, 2]);
        assert_eq!(listed(&t, &t.owner, View::Open).await, [3, 2, 1]);
    }

    async fn pages_of_a_list_neither_repeat_nor_leave_out_a_row(t: TestApp) {
        for n in 0..7 {
            t.mail_from(&format!("c{n}@c.example"), "S", "T").await;
        }
        for view in [View::Open, View::Unassigned, View::Neglected] {
            let (mut after, mut seen) = (None, Vec::new());
            loop {
                let page = t.app.read(t.owner.scope(), move |desk| {
                    Box::pin(async move { conversations::list(desk, view, after, 3).await })
                }).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(last.key(view.order()));
                seen.extend(page.iter().map(|listed| listed.row.number));
            }
            seen.sort_unstable();
            assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7], "{view:?}");
        }
    }

    async fn a_draft_is_kept_until_it_is_sent(t: TestApp) {
        let ann = t.agent("Ann").await;
        let id = t.mail_from("carla@c.example", "Hello", "Hi").await;
        t.app.write(ann.scope(), move |desk| Box::pin(async move {
            conversations::save_draft(desk, id, MessageKind::Outgoing, "Dear Carla").await
        })).await.unwrap();
        let file = conversations::add_upload(&t.app, &ann, id, "../../etc/a.txt", "text/plain", "abc".into()).await.unwrap();
        assert_eq!(file.name, "a.txt");
        let drafts = |viewer: &Viewer| t.app.read(viewer.scope(), move |desk| Box::pin(async move { conversations::draft(desk, id).await }));
        assert_eq!(drafts(&ann).await.unwrap().unwrap().body, "Dear Carla");
        assert!(drafts(&t.owner).await.unwrap().is_none(), "a draft is its writer's");
        let others = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::drafting(desk, id).await }));
        assert_eq!(others.await.unwrap(), [ann.agent_id]);
        reply(&t, ann.scope(), NewReply { uploads: vec![file.id], ..answer(id, "Dear Carla, …") }).await.unwrap();
        assert!(drafts(&ann).await.unwrap().is_none());
        t.run_jobs().await;
        assert_eq!(t.channel.sent.lock()[0].attachments[0].bytes, "abc");
    }

    async fn what_was_seen_is_read_until_something_new_is_said(t: TestApp) {
        let id = t.mail_from("carla@c.example", "Hello", "Hi").await;
        let unread = |viewer: &Viewer| t.app.read(viewer.scope(), move |desk| Box::pin(async move {
            Ok(conversations::list_row(desk, id).await?.unwrap().row.unread)
        }));
        assert!(unread(&t.owner).await.unwrap());
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::mark_seen(desk, id).await })).await.unwrap();
        assert!(!unread(&t.owner).await.unwrap());
        t.clock.advance(SignedDuration::from_mins(1));
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::note(desk, id, None, "hm", &[]).await })).await.unwrap();
        assert!(!unread(&t.owner).await.unwrap(), "one's own note is not news");
        let ann = t.agent("Ann").await;
        assert!(unread(&ann).await.unwrap());
    }

    async fn an_address_that_could_inject_a_header_is_refused(t: TestApp) {
        let id = t.mail_from("carla@c.example", "Hello", "Hi").await;
        let bad = conversations::Person { name: None, address: "x@y.example\r\nBcc: z@z.example".into() };
        let refused = reply(&t, t.owner.scope(), NewReply { cc: Some(vec![bad]), ..answer(id, "x") }).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }

    async fn search_finds_words_of_all_messages_and_the_people_and_numbers_on_the_head(t: TestApp) {
        let zip = t.mail_from("Łukasz Müller <lukasz@c.example>", "Broken zip", "The zipper of my jacket broke, says Zoë.").await;
        t.mail_from("Bea <bea@c.example>", "Late parcel", "Where is my parcel?").await;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move {
            conversations::note(desk, zip, None, "Warehouse has spare sliders", &[]).await
        })).await.unwrap();
        for query in ["zipper", "ZIPPER jacket", "lukasz muller", "zoe", "spare sliders", "#1", "lukasz@c.example", "broken zip", "jack"] {
            let found = t.app.read(t.owner.scope(), move |desk| Box::pin(async move {
                conversations::search(desk, &conversations::Search::of(query)).await
            })).await.unwrap().found;
            assert_eq!(found.iter().map(|f| f.row.number).collect::<Vec<_>>(), [1], "{query}");
        }
        let none = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::search(desk, &conversations::Search::of("zipper parcel")).await }));
        assert!(none.await.unwrap().found.is_empty());
    }
}
