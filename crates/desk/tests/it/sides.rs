//! Side conversations: nothing of them reaches the customer, nothing of the customer's reaches them.

use desk::{
    Error, Event,
    conversations::{self, Conversation, ConversationId, Message, Person, Status, View},
    notifications::{self, Kind},
    sides::{self, NewSide},
};
use testkit::{app::TestApp, on_both_engines};

async fn conversation(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn thread(t: &TestApp, id: ConversationId) -> Vec<Message> {
    t.app
        .read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 50).await }))
        .await
        .unwrap()
}

fn new(t: &TestApp, parent: ConversationId) -> NewSide {
    NewSide {
        parent,
        to: vec![Person { name: None, address: "supplier@zips.example".into() }],
        subject: "Zip for jacket 7".into(),
        markdown: "Do you have this zip?".into(),
        files: vec![],
        client_id: t.app.new_id(),
    }
}

async fn begin(t: &TestApp, new: NewSide) -> desk::Result<ConversationId> {
    t.app.write(t.owner.scope(), move |desk| Box::pin(async move { sides::begin_side(desk, new).await })).await
}

on_both_engines! {
    async fn what_leaves_names_neither_the_customer_nor_their_words(t: TestApp) {
        let parent = t.mail_from("Ana Lind <ana@shop.example>", "Broken zip, private", "My secret: 4711").await;
        let asked = new(&t, parent);
        let side = begin(&t, asked.clone()).await.unwrap();
        assert_eq!(begin(&t, asked).await.unwrap(), side, "twice is once");
        t.run_jobs().await;
        let sent = t.channel.sent.lock().clone();
        assert_eq!(sent.len(), 1);
        let all = format!("{:?} {:?} {:?} {:?} {:?} {:?} {} {}", sent[0].to, sent[0].cc, sent[0].reply_to, sent[0].in_reply_to, sent[0].references, sent[0].attachments, sent[0].subject, sent[0].markdown);
        for secret in ["ana", "Ana", "4711", "private", "shop.example"] {
            assert!(!all.contains(secret), "{secret}: {all}");
        }
        assert_eq!((sent[0].subject.as_str(), sent[0].in_reply_to.is_none(), sent[0].references.is_empty()), ("Zip for jacket 7", true, true));
    }

    async fn an_answer_comes_back_into_it_and_the_customers_conversation_stays_as_it_was(t: TestApp) {
        let parent = t.mail_from("Ana Lind <ana@shop.example>", "Broken zip", "It broke").await;
        let side = begin(&t, new(&t, parent)).await.unwrap();
        let before = (conversation(&t, parent).await, thread(&t, parent).await.len());
        let rfc = thread(&t, side).await[0].rfc_message_id.clone().unwrap();
        t.deliver(&format!(
            "From: supplier@zips.example\nTo: help@desk.example\nSubject: Re: Zip for jacket 7\nMessage-ID: <s1@zips.example>\n\
             In-Reply-To: <{rfc}>\n\nYes, we do.")).await;
        assert_eq!((thread(&t, side).await.len(), conversation(&t, side).await.status), (2, Status::Side));
        assert_eq!((conversation(&t, parent).await, thread(&t, parent).await.len()), before);
        let to = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::recipients(desk, parent).await })).await.unwrap();
        assert!(to.to.iter().chain(&to.cc).all(|one| !one.address.contains("zips")), "the customer's answer goes to the customer");
        let beside = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { sides::of(desk, parent).await })).await.unwrap();
        assert_eq!((beside.len(), beside[0].message_count), (1, 2));
    }

    async fn an_answer_notifies_whoever_holds_or_follows_the_customers_conversation_once_and_a_machines_nobody(t: TestApp) {
        let parent = t.mail_from("Ana Lind <ana@shop.example>", "Broken zip", "It broke").await;
        let (sam, mia, eve) = (t.agent("Sam Okafor").await, t.agent("Mia Wong").await, t.agent("Eve Elsewhere").await);
        let holder = sam.agent_id;
        t.app.write(sam.scope(), move |desk| Box::pin(async move { conversations::assign(desk, parent, Some(holder)).await })).await.unwrap();
        t.app.write(mia.scope(), move |desk| Box::pin(async move { conversations::follow(desk, parent).await })).await.unwrap();
        let side = begin(&t, new(&t, parent)).await.unwrap();
        let rfc = thread(&t, side).await[0].rfc_message_id.clone().unwrap();
        let answer = |id: &str, more: &str| format!(
            "From: Zip Works <supplier@zips.example>\nTo: help@desk.example\nSubject: Re: Zip for jacket 7\nMessage-ID: <{id}@zips.example>\n\
             {more}In-Reply-To: <{rfc}>\n\nYes, we do.");
        t.deliver(&answer("away", "Auto-Submitted: auto-replied\n")).await;
        t.deliver(&answer("s1", "")).await;
        let number = conversation(&t, side).await.number;
        for who in [&sam, &mia, &t.owner] {
            let told = t.app.read(who.scope(), |desk| Box::pin(async move { notifications::list(desk, None, 50).await })).await.unwrap();
            let told: Vec<_> = told.iter().map(|one| (one.kind, one.number, one.customer_name.as_str())).collect();
            assert_eq!(told, [(Kind::SideAnswered, number, "supplier@zips.example")]);
        }
        let told = t.app.read(eve.scope(), |desk| Box::pin(async move { notifications::list(desk, None, 50).await })).await.unwrap();
        assert!(told.is_empty(), "it is no matter of hers");
        let events = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::history(desk, parent, 50).await })).await.unwrap();
        let answers = events.iter().filter(|one| matches!(&one.event, Event::SideAnswered { with, number: of, .. } if with == "Zip Works" && *of == number));
        assert_eq!(answers.count(), 1);
    }

    async fn it_stands_in_no_list_and_waits_for_nobody(t: TestApp) {
        let parent = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let before = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::counts(desk).await })).await.unwrap();
        let side = begin(&t, new(&t, parent)).await.unwrap();
        let after = t.app.read(t.owner.scope(), |desk| Box::pin(async move { conversations::counts(desk).await })).await.unwrap();
        assert_eq!(before, after);
        let supplier = conversation(&t, side).await.customer_id;
        for view in [View::Open, View::Mine, View::Unassigned, View::Resolved, View::Customer(supplier)] {
            let listed = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { conversations::list(desk, view, None, 50).await })).await.unwrap();
            assert!(listed.iter().all(|one| one.row.id != side), "{view:?}");
        }
    }

    async fn the_two_cannot_be_merged_and_a_stranger_who_knows_the_id_gets_in_neither(t: TestApp) {
        let parent = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        let side = begin(&t, new(&t, parent)).await.unwrap();
        for (from, to) in [(side, parent), (parent, side)] {
            let merged = t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::merge(desk, from, to).await })).await;
            assert!(matches!(merged, Err(Error::Conflict("side"))));
        }
        let rfc = thread(&t, side).await[0].rfc_message_id.clone().unwrap();
        t.deliver(&format!("From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Zip for jacket 7\nMessage-ID: <a9@shop.example>\nIn-Reply-To: <{rfc}>\n\nWhat is this?")).await;
        assert_eq!(thread(&t, side).await.len(), 1, "the customer takes no part in it");
        let theirs = thread(&t, parent).await[0].rfc_message_id.clone().unwrap();
        t.deliver(&format!("From: supplier@zips.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <s9@zips.example>\nIn-Reply-To: <{theirs}>\n\nHello?")).await;
        assert_eq!(thread(&t, parent).await.len(), 1, "nor the supplier in the customer's");
    }

    async fn only_chosen_files_of_that_conversation_go_along(t: TestApp) {
        t.deliver("From: ana@shop.example\nTo: help@desk.example\nSubject: Photo\nMessage-ID: <p@shop.example>\nMIME-Version: 1.0\n\
                   Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHere\n--b\nContent-Type: text/csv; name=a.csv\n\
                   Content-Disposition: attachment; filename=a.csv\n\n1,2\n--b\nContent-Type: text/csv; name=b.csv\n\
                   Content-Disposition: attachment; filename=b.csv\n\n3,4\n--b--").await;
        let parent = t.newest_conversation().await;
        let messages = thread(&t, parent).await;
        let files = t.app.read(t.system(), move |desk| Box::pin(async move { conversations::thread_attachments(desk, &messages).await })).await.unwrap();
        assert_eq!(files.len(), 2);
        begin(&t, NewSide { files: vec![files[1].id], ..new(&t, parent) }).await.unwrap();
        let other = t.mail_from("bob@shop.example", "Invoice", "Which?").await;
        let stolen = begin(&t, NewSide { files: vec![files[0].id], ..new(&t, other) }).await;
        assert!(matches!(stolen, Err(Error::NotFound)));
        t.run_jobs().await;
        let names: Vec<String> = t.channel.sent.lock().iter().flat_map(|one| one.attachments.iter().map(|file| file.name.clone())).collect();
        assert_eq!(names, ["b.csv"]);
    }
}
