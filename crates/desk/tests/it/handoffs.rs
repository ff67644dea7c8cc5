//! Hand-offs: a brief, an answer to it, and whose time the waiting is.

use desk::{
    Error,
    conversations::{self, Conversation, ConversationId, Holder, NewReply, Span},
    handoffs::{self, Brief, HandoffId, Receiver, State},
    people::{self, TeamId, Viewer},
};
use jiff::SignedDuration;
use testkit::{app::TestApp, on_both_engines};

fn brief() -> Brief {
    let words = |text: &str| text.to_owned();
    Brief {
        asked: words("A new zip"),
        tried: words("Nothing yet"),
        promised: words("Nothing"),
        known: words("Order 7"),
    }
}

async fn conversation(t: &TestApp, id: ConversationId) -> Conversation {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::find(desk, id).await })).await.unwrap()
}

async fn assign(t: &TestApp, by: &Viewer, id: ConversationId, to: &Viewer) -> desk::Result<()> {
    let to = to.agent_id;
    t.app.write(by.scope(), move |desk| Box::pin(async move { handoffs::assign(desk, id, Some(to)).await })).await
}

async fn hand_off(t: &TestApp, by: &Viewer, id: ConversationId, to: Receiver, brief: Brief) -> desk::Result<HandoffId> {
    t.app.write(by.scope(), move |desk| Box::pin(async move { handoffs::hand_off(desk, id, to, brief).await })).await
}

async fn accept(t: &TestApp, by: &Viewer, id: HandoffId) -> desk::Result<ConversationId> {
    t.app.write(by.scope(), move |desk| Box::pin(async move { handoffs::accept(desk, id).await })).await
}

async fn decline(t: &TestApp, by: &Viewer, id: HandoffId, why: &'static str) -> desk::Result<ConversationId> {
    t.app.write(by.scope(), move |desk| Box::pin(async move { handoffs::decline(desk, id, why).await })).await
}

async fn state(t: &TestApp, id: HandoffId) -> State {
    t.app.read(t.system(), move |desk| Box::pin(async move { handoffs::find(desk, id).await })).await.unwrap().state
}

async fn holdings(t: &TestApp, id: ConversationId) -> Vec<Span> {
    t.app.read(t.system(), move |desk| Box::pin(async move { conversations::holdings(desk, id).await })).await.unwrap()
}

async fn team(t: &TestApp, name: &'static str, member: &Viewer) -> TeamId {
    let member = member.agent_id;
    t.app
        .write(t.owner.scope(), move |desk| {
            Box::pin(async move {
                let team = people::create_team(desk, name).await?;
                people::set_team_members(desk, team, &[member]).await?;
                Ok(team)
            })
        })
        .await
        .unwrap()
}

on_both_engines! {
    async fn what_somebody_has_goes_to_a_third_person_with_a_brief_only(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assign(&t, &t.owner, c, &sam).await.unwrap();
        assert!(matches!(assign(&t, &sam, c, &mei).await, Err(Error::Conflict("needs_brief"))));
        assert!(matches!(hand_off(&t, &sam, c, Receiver::Agent(mei.agent_id), Brief { promised: " ".into(), ..brief() }).await, Err(Error::Invalid(_))));
        assert_eq!(conversation(&t, c).await.assignee_id, Some(sam.agent_id), "bad input changes nothing");
        // Taking it oneself needs none, nor does giving it back at once.
        assign(&t, &mei, c, &mei).await.unwrap();
        assign(&t, &mei, c, &sam).await.unwrap();
        assign(&t, &mei, c, &mei).await.unwrap();
        t.clock.advance(SignedDuration::from_mins(11));
        assert!(matches!(assign(&t, &mei, c, &sam).await, Err(Error::Conflict("needs_brief"))));
    }

    async fn a_hand_off_is_accepted_by_its_receiver_and_nobody_else(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assign(&t, &sam, c, &sam).await.unwrap();
        let id = hand_off(&t, &sam, c, Receiver::Agent(mei.agent_id), brief()).await.unwrap();
        assert_eq!((conversation(&t, c).await.assignee_id, state(&t, id).await), (Some(mei.agent_id), State::Asked));
        assert!(matches!(accept(&t, &sam, id).await, Err(Error::Forbidden)));
        accept(&t, &mei, id).await.unwrap();
        assert_eq!(state(&t, id).await, State::Accepted);
        assert!(matches!(accept(&t, &mei, id).await, Err(Error::Conflict("decided_already"))));
    }

    async fn declined_with_a_reason_it_goes_back_to_whose_it_was(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        let repairs = team(&t, "Repairs", &mei).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assign(&t, &sam, c, &sam).await.unwrap();
        let id = hand_off(&t, &sam, c, Receiver::Team(repairs), brief()).await.unwrap();
        let given = conversation(&t, c).await;
        assert_eq!((given.assignee_id, given.team_id), (None, Some(repairs)));
        assert!(matches!(decline(&t, &mei, id, " ").await, Err(Error::Invalid(_))));
        decline(&t, &mei, id, "Not one of ours").await.unwrap();
        let back = conversation(&t, c).await;
        assert_eq!((back.assignee_id, back.team_id, state(&t, id).await), (Some(sam.agent_id), None, State::Declined));
    }

    async fn who_takes_it_or_answers_has_accepted_and_its_giver_can_take_it_back(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        let repairs = team(&t, "Repairs", &mei).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assign(&t, &sam, c, &sam).await.unwrap();
        let first = hand_off(&t, &sam, c, Receiver::Agent(mei.agent_id), brief()).await.unwrap();
        t.app.write(sam.scope(), move |desk| Box::pin(async move { handoffs::withdraw(desk, first).await })).await.unwrap();
        assert_eq!((conversation(&t, c).await.assignee_id, state(&t, first).await), (Some(sam.agent_id), State::Withdrawn));
        let second = hand_off(&t, &sam, c, Receiver::Team(repairs), brief()).await.unwrap();
        let new = NewReply { conversation: c, client_id: None, markdown: "We mend it".into(), from: None, to: None, cc: None, uploads: vec![], seen: None, send_anyway: true, leaves_at: None };
        t.app.write(mei.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await.unwrap();
        assert_eq!((conversation(&t, c).await.assignee_id, state(&t, second).await), (Some(mei.agent_id), State::Accepted));
    }

    async fn a_member_who_hands_to_their_own_team_has_not_accepted_by_that(t: TestApp) {
        let sam = t.agent("Sam Okafor").await;
        let repairs = team(&t, "Repairs", &sam).await;
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        assign(&t, &sam, c, &sam).await.unwrap();
        let id = hand_off(&t, &sam, c, Receiver::Team(repairs), brief()).await.unwrap();
        assert_eq!(state(&t, id).await, State::Asked);
    }

    async fn waiting_is_charged_to_whoever_holds_it(t: TestApp) {
        let (sam, mei) = (t.agent("Sam Okafor").await, t.agent("Mei Tanaka").await);
        let c = t.mail_from("ana@shop.example", "Broken zip", "It broke").await;
        t.clock.advance(SignedDuration::from_mins(10));
        assign(&t, &sam, c, &sam).await.unwrap();
        t.clock.advance(SignedDuration::from_mins(20));
        hand_off(&t, &sam, c, Receiver::Agent(mei.agent_id), brief()).await.unwrap();
        t.clock.advance(SignedDuration::from_mins(30));
        let new = NewReply { conversation: c, client_id: None, markdown: "We mend it".into(), from: None, to: None, cc: None, uploads: vec![], seen: None, send_anyway: true, leaves_at: None };
        t.app.write(mei.scope(), move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await.unwrap();
        t.clock.advance(SignedDuration::from_mins(40));
        t.deliver("From: ana@shop.example\nTo: help@desk.example\nSubject: Re: Broken zip\nMessage-ID: <more@shop.example>\n\nWhen?").await;
        t.clock.advance(SignedDuration::from_mins(5));
        let charged: Vec<_> = holdings(&t, c).await.iter().map(|span| (span.holder, span.waited / 60_000_000)).collect();
        assert_eq!(charged, [(Holder::Nobody, 10), (Holder::Agent(sam.agent_id), 20), (Holder::Agent(mei.agent_id), 35)]);
    }
}
