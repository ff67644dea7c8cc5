//! Drafts under review: who may do what, that the customer waits on, and that what goes out is the author's answer.

use bytes::Bytes;
use desk::{
    Error, Event, Scope,
    conversations::{
        self, Conversation, ConversationId, DeliveryState, Header, Message, MessageId, MessageKind, NewReply, View,
    },
    notifications::{self, Kind},
    people::{self, TeamId, Viewer},
    reviews::{self, Edit, Review, ReviewId, Reviewer, Sending, State},
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

async fn write_draft(t: &TestApp, by: &Viewer, c: ConversationId, text: &'static str) {
    let saved = t.app.write(by.scope(), move |desk| {
        Box::pin(async move { conversations::save_draft(desk, c, MessageKind::Outgoing, text).await })
    });
    saved.await.unwrap();
}

async fn draft(t: &TestApp, of: &Viewer, c: ConversationId) -> (String, usize) {
    t.app
        .read(of.scope(), move |desk| {
            Box::pin(async move {
                let body = conversations::draft(desk, c).await?.map(|draft| draft.body).unwrap_or_default();
                Ok((body, conversations::uploads(desk, c).await?.len()))
            })
        })
        .await
        .unwrap()
}

async fn ask(t: &TestApp, by: &Viewer, c: ConversationId, to: Reviewer) -> desk::Result<ReviewId> {
    t.app
        .write(by.scope(), move |desk| Box::pin(async move { reviews::ask(desk, c, to, "Is that right?", None).await }))
        .await
}

/// A draft of the owner's that waits for somebody.
async fn asked(t: &TestApp, to: Reviewer) -> (ConversationId, ReviewId) {
    let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
    write_draft(t, &t.owner, c, "We mend it soon.").await;
    let id = ask(t, &t.owner, c, to).await.unwrap();
    (c, id)
}

async fn approve(t: &TestApp, by: &Viewer, id: ReviewId) -> desk::Result<ConversationId> {
    t.app.write(by.scope(), move |desk| Box::pin(async move { reviews::approve(desk, id, None).await })).await
}

async fn give_back(t: &TestApp, by: &Viewer, id: ReviewId, why: &'static str) -> desk::Result<ConversationId> {
    t.app.write(by.scope(), move |desk| Box::pin(async move { reviews::give_back(desk, id, None, why).await })).await
}

async fn withdraw(t: &TestApp, by: &Viewer, id: ReviewId) -> desk::Result<ConversationId> {
    t.app.write(by.scope(), move |desk| Box::pin(async move { reviews::withdraw(desk, id).await })).await
}

async fn edit(t: &TestApp, by: &Viewer, id: ReviewId, revision: i32, text: &str) -> desk::Result<ConversationId> {
    let edit = Edit { revision, text: text.into() };
    t.app.write(by.scope(), move |desk| Box::pin(async move { reviews::edit(desk, id, &edit).await })).await
}

async fn send(t: &TestApp, by: &Viewer, id: ReviewId, change: Option<Edit>, how: Sending) -> desk::Result<MessageId> {
    t.app
        .write(by.scope(), move |desk| Box::pin(async move { reviews::send(desk, id, change.as_ref(), how).await }))
        .await
}

async fn found(t: &TestApp, id: ReviewId) -> Review {
    t.app.read(t.system(), move |desk| Box::pin(async move { reviews::find(desk, id).await })).await.unwrap()
}

async fn conversation(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn messages(t: &TestApp, id: ConversationId) -> Vec<Message> {
    t.app
        .read(t.system(), move |desk| Box::pin(async move { conversations::thread(desk, id, None, 50).await }))
        .await
        .unwrap()
}

async fn told(t: &TestApp, who: &Viewer) -> Vec<Kind> {
    let found = t.app.read(who.scope(), |desk| Box::pin(async move { notifications::list(desk, None, 50).await }));
    found.await.unwrap().into_iter().map(|one| one.kind).collect()
}

/// How many conversations wait for somebody's review, in the list and by the count.
async fn waiting(t: &TestApp, who: &Viewer) -> (usize, i64) {
    t.app
        .read(who.scope(), |desk| {
            Box::pin(async move {
                let listed = conversations::list(desk, View::Reviews, None, 50).await?;
                assert!(listed.iter().all(|one| one.row.in_review));
                Ok((listed.len(), conversations::counts(desk).await?.reviews))
            })
        })
        .await
        .unwrap()
}

async fn team(t: &TestApp, name: &'static str, members: &[&Viewer]) -> TeamId {
    let members: Vec<_> = members.iter().map(|one| one.agent_id).collect();
    t.app
        .write(t.owner.scope(), move |desk| {
            Box::pin(async move {
                let team = people::create_team(desk, name).await?;
                people::set_team_members(desk, team, &members).await?;
                Ok(team)
            })
        })
        .await
        .unwrap()
}

on_both_engines! {
    async fn a_draft_under_review_is_no_answer_and_the_customer_waits_on(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assert!(matches!(ask(&t, &t.owner, c, Reviewer::Anyone).await, Err(Error::Invalid(_))), "there is no draft");
        write_draft(&t, &t.owner, c, "We mend it soon.").await;
        let before = conversation(&t, c).await;
        assert!(matches!(ask(&t, &t.owner, c, Reviewer::Agent(t.owner.agent_id)).await, Err(Error::Invalid(_))));
        let id = ask(&t, &t.owner, c, Reviewer::Agent(sam.agent_id)).await.unwrap();
        assert_eq!(conversation(&t, c).await, before);
        assert_eq!((messages(&t, c).await.len(), t.channel.sent.lock().len()), (1, 0));
        assert_eq!(draft(&t, &t.owner, c).await, (String::new(), 0));
        assert_eq!((found(&t, id).await.text.as_str(), found(&t, id).await.state), ("We mend it soon.", State::Asked));
        write_draft(&t, &t.owner, c, "Another").await;
        assert!(matches!(ask(&t, &t.owner, c, Reviewer::Anyone).await, Err(Error::Conflict("in_review_already"))));
        assert_eq!(draft(&t, &t.owner, c).await.0, "Another", "bad input changes nothing");
        assert_eq!(told(&t, &sam).await, [Kind::ReviewAsked]);
    }

    async fn it_waits_for_whom_it_was_asked_of(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        let leads = team(&t, "Leads", &[&mei, &t.owner]).await;
        asked(&t, Reviewer::Agent(sam.agent_id)).await;
        asked(&t, Reviewer::Team(leads)).await;
        asked(&t, Reviewer::Anyone).await;
        assert_eq!((waiting(&t, &sam).await, waiting(&t, &mei).await), ((2, 2), (2, 2)));
        assert_eq!(waiting(&t, &t.owner).await, (0, 0), "nobody reviews what they wrote themselves");
        assert_eq!(told(&t, &mei).await, [Kind::ReviewAsked]);
    }

    async fn a_reviewer_sends_it_in_its_authors_name_with_its_files_and_twice_is_once(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        write_draft(&t, &t.owner, c, "We mend it soon.").await;
        conversations::add_upload(&t.app, &t.owner, c, "zip.txt", "text/plain", Bytes::from_static(b"zip")).await.unwrap();
        let id = ask(&t, &t.owner, c, Reviewer::Agent(sam.agent_id)).await.unwrap();
        // What the author begins meanwhile stays theirs.
        write_draft(&t, &t.owner, c, "By the way").await;
        let change = Some(Edit { revision: 0, text: "We mend it by Friday.".into() });
        let message = send(&t, &sam, id, change.clone(), Sending::default()).await.unwrap();
        assert_eq!(send(&t, &sam, id, change, Sending::default()).await.unwrap(), message);
        let all = messages(&t, c).await;
        let answer = all.last().unwrap();
        assert_eq!((all.len(), answer.body.as_str(), answer.author_name.as_str()), (2, "We mend it by Friday.", "Olga Owner"));
        assert_eq!((Header::of(answer).approved_by.as_deref(), answer.attachment_count), (Some("Sam Okafor"), 1));
        assert_eq!(draft(&t, &t.owner, c).await, ("By the way".to_owned(), 0));
        let after = conversation(&t, c).await;
        assert_eq!((after.assignee_id, after.waiting_since), (Some(t.owner.agent_id), None));
        assert_eq!((found(&t, id).await.state, found(&t, id).await.message), (State::Sent, Some(message)));
        assert_eq!(told(&t, &t.owner).await, [Kind::ReviewApproved]);
        assert_eq!(waiting(&t, &sam).await, (0, 0));
        t.run_jobs().await;
        assert_eq!(t.channel.sent.lock().len(), 1);
        assert_eq!(messages(&t, c).await.last().unwrap().delivery, Some(DeliveryState::Sent));
        let happened = t.app.events_after(t.workspace, 0, 100).await.unwrap().0;
        let decided = happened.iter().find(|one| matches!(one.event, Event::ReviewDecided { state: State::Sent, .. })).unwrap();
        assert_eq!(decided.actor, desk::Actor::Agent(sam.agent_id));
    }

    async fn what_was_approved_is_sent_by_its_author_and_nobody_changes_it(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        let (c, id) = asked(&t, Reviewer::Agent(sam.agent_id)).await;
        assert!(matches!(approve(&t, &mei, id).await, Err(Error::Forbidden)));
        assert!(matches!(approve(&t, &t.owner, id).await, Err(Error::Forbidden)));
        assert!(matches!(send(&t, &t.owner, id, None, Sending::default()).await, Err(Error::Forbidden)));
        approve(&t, &sam, id).await.unwrap();
        assert!(matches!(edit(&t, &t.owner, id, 0, "Other").await, Err(Error::Conflict("decided_already"))));
        assert_eq!((waiting(&t, &t.owner).await, waiting(&t, &sam).await), ((1, 1), (0, 0)));
        send(&t, &t.owner, id, None, Sending::default()).await.unwrap();
        let answer = messages(&t, c).await.pop().unwrap();
        assert_eq!((answer.body.as_str(), Header::of(&answer).approved_by.as_deref()), ("We mend it soon.", Some("Sam Okafor")));
    }

    async fn given_back_with_a_remark_it_is_its_authors_draft_again(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let (c, id) = asked(&t, Reviewer::Anyone).await;
        assert!(matches!(give_back(&t, &sam, id, "  ").await, Err(Error::Invalid(_))));
        write_draft(&t, &t.owner, c, "PS").await;
        give_back(&t, &sam, id, "Say when").await.unwrap();
        assert_eq!(draft(&t, &t.owner, c).await.0, "We mend it soon.\n\nPS");
        assert_eq!((found(&t, id).await.answer.as_str(), told(&t, &t.owner).await), ("Say when", vec![Kind::ReviewReturned]));
        // Written over, it can be taken up again; twice is once.
        write_draft(&t, &t.owner, c, "Other").await;
        for _ in 0..2 {
            t.app.write(t.owner.scope(), move |desk| Box::pin(async move { reviews::take_up(desk, id).await })).await.unwrap();
        }
        assert_eq!(draft(&t, &t.owner, c).await.0, "We mend it soon.\n\nOther");
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { reviews::note(desk, id).await })).await.unwrap();
        assert_eq!(found(&t, id).await.state, State::Noted);
        ask(&t, &t.owner, c, Reviewer::Anyone).await.unwrap();
    }

    async fn its_author_takes_it_back_at_any_time_until_it_is_sent(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let (c, id) = asked(&t, Reviewer::Anyone).await;
        assert!(matches!(withdraw(&t, &sam, id).await, Err(Error::Forbidden)));
        approve(&t, &sam, id).await.unwrap();
        withdraw(&t, &t.owner, id).await.unwrap();
        assert_eq!(draft(&t, &t.owner, c).await.0, "We mend it soon.");
        assert!(matches!(send(&t, &sam, id, None, Sending::default()).await, Err(Error::Conflict("decided_already"))));
        let again = ask(&t, &t.owner, c, Reviewer::Anyone).await.unwrap();
        send(&t, &sam, again, None, Sending::default()).await.unwrap();
        assert!(matches!(withdraw(&t, &t.owner, again).await, Err(Error::Conflict("decided_already"))));
    }

    async fn of_two_who_change_it_the_second_is_asked_first(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        let (_, id) = asked(&t, Reviewer::Anyone).await;
        edit(&t, &sam, id, 0, "We mend it by Friday.").await.unwrap();
        assert!(matches!(edit(&t, &mei, id, 0, "We mend it today.").await, Err(Error::Conflict("text_changed"))));
        let change = Some(Edit { revision: 0, text: "We mend it soon.".into() });
        assert!(matches!(send(&t, &mei, id, change, Sending::default()).await, Err(Error::Conflict("text_changed"))), "nobody approves what they have not seen");
        assert_eq!((found(&t, id).await.text.as_str(), found(&t, id).await.state), ("We mend it by Friday.", State::Asked));
        edit(&t, &mei, id, 1, "We mend it today.").await.unwrap();
        let last = found(&t, id).await;
        assert_eq!((last.revision, last.edited_by, last.asked_text.as_str()), (2, Some(mei.agent_id), "We mend it soon."));
    }

    async fn when_somebody_else_answered_meanwhile_whoever_sends_it_is_asked_first(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        let (c, id) = asked(&t, Reviewer::Anyone).await;
        let new = NewReply { conversation: c, client_id: None, markdown: "We look into it".into(), from: None, to: None, cc: None, uploads: vec![], seen: None, send_anyway: true, leaves_at: None };
        t.app.write(mei.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await.unwrap();
        assert!(matches!(send(&t, &sam, id, None, Sending::default()).await, Err(Error::Conflict("moved_on"))));
        assert_eq!((found(&t, id).await.state, messages(&t, c).await.len()), (State::Asked, 2), "nothing was changed");
        send(&t, &sam, id, None, Sending { send_anyway: true, ..Sending::default() }).await.unwrap();
    }

    async fn called_back_by_its_reviewer_it_is_its_authors_draft_and_they_are_told(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let (c, id) = asked(&t, Reviewer::Anyone).await;
        let later = t.app.now() + SignedDuration::from_secs(10);
        let message = send(&t, &sam, id, None, Sending { leaves_at: Some(later), ..Sending::default() }).await.unwrap();
        t.app.write(sam.scope(), move |desk| Box::pin(async move { conversations::recall(desk, message).await })).await.unwrap();
        assert_eq!((messages(&t, c).await.len(), draft(&t, &t.owner, c).await.0.as_str()), (1, "We mend it soon."));
        assert_eq!(found(&t, id).await.state, State::Returned);
        assert!(told(&t, &t.owner).await.contains(&Kind::ReviewReturned));
        assert!(conversation(&t, c).await.waiting_since.is_some());
    }

    async fn a_draft_goes_along_when_its_conversation_is_merged(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let (c, id) = asked(&t, Reviewer::Anyone).await;
        let (into, other) = asked(&t, Reviewer::Anyone).await;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::merge(desk, c, into).await })).await.unwrap();
        // One waits there already: this one is its author's again.
        assert_eq!((found(&t, id).await.state, found(&t, other).await.state), (State::Withdrawn, State::Asked));
        assert_eq!(draft(&t, &t.owner, into).await.0, "We mend it soon.");
        let empty = t.mail_from("ben@shop.example", "Zip", "Mine too").await;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::merge(desk, into, empty).await })).await.unwrap();
        assert_eq!((found(&t, other).await.conversation_id, waiting(&t, &sam).await), (empty, (1, 1)));
    }

    async fn nothing_of_a_review_is_found_from_another_workspace(t: TestApp) {
        let (c, id) = asked(&t, Reviewer::Anyone).await;
        let elsewhere = Scope { workspace: t.app.create_workspace("Other Ltd").await.unwrap(), ..t.owner.scope() };
        t.app.read(elsewhere, move |desk| Box::pin(async move {
            assert!(matches!(reviews::find(desk, id).await, Err(Error::NotFound)));
            assert!(reviews::last(desk, c).await?.is_none());
            assert!(conversations::uploads_of(desk, c, id.0).await?.is_empty());
            assert!(conversations::list(desk, View::Reviews, None, 10).await?.is_empty());
            Ok(())
        })).await.unwrap();
        let taken = t.app.write(elsewhere, move |desk| Box::pin(async move { reviews::withdraw(desk, id).await })).await;
        assert!(matches!(taken, Err(Error::NotFound)), "{taken:?}");
    }
}
