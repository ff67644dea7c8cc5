//! People, sign-in, teams.

use desk::{
    Error,
    people::{self, AgentChange, Client, NewAgent, Role},
};
use jiff::SignedDuration;
use testkit::{
    app::{PASSWORD, TestApp},
    on_both_engines,
};

fn problems(error: &Error) -> Vec<(&str, &str)> {
    match error {
        Error::Invalid(fields) => fields.iter().map(|f| (f.field, f.problem)).collect(),
        other => panic!("not about fields: {other}"),
    }
}

async fn sign_in(t: &TestApp, email: &str, password: &str) -> desk::Result<String> {
    people::sign_in(&t.app, email, password, Client { ip: "10.1.1.1".into(), user_agent: "test".into() }).await
}

on_both_engines! {
    async fn there_is_one_first_visit(t: TestApp) {
        assert!(!people::needs_set_up(&t.app).await.unwrap());
        let second = NewAgent { email: "thief@desk.example".into(), name: "T".into(), role: Role::Owner };
        let again = people::set_up(&t.app, "Mine", second, PASSWORD).await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    }

    async fn a_wrong_password_and_an_unknown_address_are_told_in_the_same_words(t: TestApp) {
        let wrong = sign_in(&t, "owner@desk.example", "not the password").await.unwrap_err();
        let unknown = sign_in(&t, "nobody@desk.example", PASSWORD).await.unwrap_err();
        assert_eq!(problems(&wrong), problems(&unknown));
        assert_eq!(problems(&wrong), [("password", "wrong")]);
    }

    async fn addresses_are_the_same_in_any_case(t: TestApp) {
        assert!(sign_in(&t, " Owner@DESK.example ", PASSWORD).await.is_ok());
    }

    async fn guessing_has_to_wait_and_the_right_password_too(t: TestApp) {
        for _ in 0..5 {
            let _ = sign_in(&t, "owner@desk.example", "guess number n").await;
        }
        let throttled = sign_in(&t, "owner@desk.example", PASSWORD).await;
        assert!(matches!(throttled, Err(Error::Throttled(1..=4))), "{throttled:?}");
        t.clock.advance(SignedDuration::from_secs(5));
        assert!(sign_in(&t, "owner@desk.example", PASSWORD).await.is_ok());
    }

    async fn signing_out_everywhere_ends_all_sessions_but_ones_own(t: TestApp) {
        let other = sign_in(&t, "owner@desk.example", PASSWORD).await.unwrap();
        let (agent, keep) = (t.owner.agent_id, t.owner.token_hash);
        t.app
            .write(t.owner.scope(), move |desk| {
                Box::pin(async move { people::sign_out_everywhere(desk, agent, Some(keep)).await })
            })
            .await
            .unwrap();
        assert!(people::check_session(&t.app, &other).await.unwrap().is_none());
        let left = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { people::sessions(desk, agent).await }));
        assert_eq!(left.await.unwrap().len(), 1);
    }

    async fn a_session_ends_after_two_weeks_without_use_and_lives_on_with_it(t: TestApp) {
        let token = sign_in(&t, "owner@desk.example", PASSWORD).await.unwrap();
        for _ in 0..3 {
            t.clock.advance(SignedDuration::from_hours(13 * 24));
            assert!(people::check_session(&t.app, &token).await.unwrap().is_some());
        }
        t.clock.advance(SignedDuration::from_hours(14 * 24 + 1));
        assert!(people::check_session(&t.app, &token).await.unwrap().is_none());
    }

    async fn somebody_deactivated_is_out_at_once_and_stays_out(t: TestApp) {
        let token = {
            let agent = NewAgent { email: "ann@desk.example".into(), name: "Ann".into(), role: Role::Agent };
            people::add_agent(&t.app, t.owner.scope(), agent, PASSWORD).await.unwrap();
            sign_in(&t, "ann@desk.example", PASSWORD).await.unwrap()
        };
        let ann = people::check_session(&t.app, &token).await.unwrap().unwrap().agent_id;
        let off = AgentChange { active: Some(false), ..AgentChange::default() };
        t.app
            .write(t.owner.scope(), move |desk| Box::pin(async move { people::update_agent(desk, ann, off).await }))
            .await
            .unwrap();
        assert!(people::check_session(&t.app, &token).await.unwrap().is_none());
        assert!(sign_in(&t, "ann@desk.example", PASSWORD).await.is_err());
    }

    async fn the_last_owner_can_be_neither_demoted_nor_deactivated(t: TestApp) {
        let owner = t.owner.agent_id;
        for change in [
            AgentChange { role: Some(Role::Agent), ..AgentChange::default() },
            AgentChange { active: Some(false), ..AgentChange::default() },
        ] {
            let changed = t
                .app
                .write(t.owner.scope(), move |desk| {
                    Box::pin(async move { people::update_agent(desk, owner, change).await })
                })
                .await;
            assert!(matches!(changed, Err(Error::Conflict(_))), "{changed:?}");
        }
        assert!(sign_in(&t, "owner@desk.example", PASSWORD).await.is_ok());
    }

    async fn agents_add_nobody_and_admins_add_agents_only(t: TestApp) {
        let agent = t.agent("Ann").await;
        let admin = t.sign_in_new("Adam", Role::Admin).await;
        let new = |email: &str, role| NewAgent { email: email.into(), name: "New".into(), role };
        let by_agent = people::add_agent(&t.app, agent.scope(), new("a@x.example", Role::Agent), PASSWORD).await;
        assert!(matches!(by_agent, Err(Error::Forbidden)), "{by_agent:?}");
        let owner_by_admin = people::add_agent(&t.app, admin.scope(), new("b@x.example", Role::Owner), PASSWORD).await;
        assert!(matches!(owner_by_admin, Err(Error::Forbidden)), "{owner_by_admin:?}");
        assert!(people::add_agent(&t.app, admin.scope(), new("c@x.example", Role::Agent), PASSWORD).await.is_ok());
    }

    async fn an_address_can_be_taken_once(t: TestApp) {
        let new = NewAgent { email: "OWNER@desk.example".into(), name: "Copy".into(), role: Role::Agent };
        let error = people::add_agent(&t.app, t.owner.scope(), new, PASSWORD).await.unwrap_err();
        assert_eq!(problems(&error), [("email", "taken")]);
    }

    async fn a_reset_password_ends_sessions_and_the_old_one_no_longer_works(t: TestApp) {
        let ann = t.agent("Ann").await;
        people::reset_password(&t.app, t.owner.scope(), ann.agent_id, "another good password").await.unwrap();
        assert!(sign_in(&t, "ann@desk.example", PASSWORD).await.is_err());
        assert!(sign_in(&t, "ann@desk.example", "another good password").await.is_ok());
    }

    async fn teams_have_unique_names_and_known_members(t: TestApp) {
        let ann = t.agent("Ann").await.agent_id;
        let run = |name: &'static str| t.app.write(t.owner.scope(), move |desk| {
            Box::pin(async move { people::create_team(desk, name).await })
        });
        let team = run("Returns").await.unwrap();
        assert_eq!(problems(&run("Returns").await.unwrap_err()), [("name", "taken")]);
        t.app
            .write(t.owner.scope(), move |desk| {
                Box::pin(async move { people::set_team_members(desk, team, &[ann]).await })
            })
            .await
            .unwrap();
        let teams = t.app.read(t.owner.scope(), move |desk| Box::pin(async move { people::teams_of(desk, ann).await }));
        assert_eq!(teams.await.unwrap()[0].name, "Returns");
    }
}
