//! A workspace sees nothing of another, and counts stay true whatever is done.

use desk::{
    Error,
    conversations::{self, MessageKind, NewReply, Priority, View},
};
use jiff::SignedDuration;
use testkit::on_both_engines;

on_both_engines! {
    async fn nothing_of_one_workspace_is_found_from_another(t: TestApp) {
        let id = t.mail_from("Carla <carla@c.example>", "Secret matter", "Only for us.").await;
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { conversations::add_tag(desk, id, "vip").await })).await.unwrap();
        let message = t.app.read(t.owner.scope(), move |desk| Box::pin(async move {
            Ok(conversations::thread(desk, id, None, 1).await?[0].id)
        })).await.unwrap();
        let mut elsewhere = t.owner.scope();
        elsewhere.workspace = t.app.create_workspace("Other Ltd").await.unwrap();
        t.app.read(elsewhere, move |desk| Box::pin(async move {
            assert!(matches!(conversations::find(desk, id).await, Err(Error::NotFound)));
            assert!(matches!(conversations::find_by_number(desk, 1).await, Err(Error::NotFound)));
            assert!(matches!(conversations::message(desk, message).await, Err(Error::NotFound)));
            assert!(matches!(conversations::bodies(desk, message).await, Err(Error::NotFound)));
            assert!(conversations::thread(desk, id, None, 10).await?.is_empty());
            assert!(conversations::list(desk, View::Open, None, 10).await?.is_empty());
            assert!(conversations::search(desk, &conversations::Search::of("secret")).await?.found.is_empty());
            assert!(conversations::tags(desk).await?.is_empty());
            assert_eq!(conversations::counts(desk).await?, conversations::Counts::default());
            assert!(desk::people::agents(desk).await?.is_empty());
            assert!(desk::mailboxes::list(desk).await?.is_empty());
            Ok(())
        })).await.unwrap();
        let changed = t.app.write(elsewhere, move |desk| Box::pin(async move { conversations::resolve(desk, id).await })).await;
        assert!(matches!(changed, Err(Error::NotFound)), "{changed:?}");
        assert_eq!(t.app.events_after(elsewhere.workspace, 0, 10).await.unwrap().0.len(), 0);
    }

    async fn kept_counts_equal_counting_after_any_hundred_changes(t: TestApp) {
        let ann = t.agent("Ann").await;
        let team = t.app.write(t.owner.scope(), |desk| Box::pin(async move { desk::people::create_team(desk, "Returns").await })).await.unwrap();
        let mut ids = Vec::new();
        for n in 0..5 {
            ids.push(t.mail_from(&format!("c{n}@c.example"), "S", "T").await);
        }
        // A fixed stream of chance (xorshift), so that a failure repeats.
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        let mut draw = move |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        for _ in 0..100 {
            t.clock.advance(SignedDuration::from_secs(30));
            let (id, what, value) = (ids[draw(5) as usize], draw(9), draw(4));
            let (agent, owner) = (ann.agent_id, t.owner.agent_id);
            t.app.write(t.owner.scope(), move |desk| Box::pin(async move {
                match what {
                    0 => conversations::assign(desk, id, [None, Some(agent), Some(owner), None][value as usize]).await,
                    1 => conversations::assign_team(desk, id, (value > 1).then_some(team)).await,
                    2 => conversations::resolve(desk, id).await,
                    3 => conversations::reopen(desk, id).await,
                    4 => conversations::set_priority(desk, id, Priority::ALL[value as usize]).await,
                    5 => conversations::add_tag(desk, id, ["a", "b", "a", "c"][value as usize]).await,
                    6 => conversations::remove_tag(desk, id, ["a", "b", "a", "c"][value as usize]).await,
                    7 => conversations::note(desk, id, None, "n", &[]).await.map(drop),
                    _ => {
                        let reply = NewReply { conversation: id, client_id: None, markdown: "r".into(), from: None, to: None, cc: None, uploads: vec![], seen: None, send_anyway: true, leaves_at: None };
                        conversations::reply(desk, reply).await.map(drop)
                    }
                }
            })).await.unwrap();
            if what == 8 && value == 0 {
                // The customer answers, which may open it again.
                let ours = t.app.read(t.system(), move |desk| Box::pin(async move {
                    let messages = conversations::thread(desk, id, None, 50).await?;
                    Ok(messages.into_iter().rev().find(|m| m.kind == MessageKind::Outgoing).and_then(|m| m.rfc_message_id))
                })).await.unwrap().unwrap();
                let customer = ids.iter().position(|known| *known == id).unwrap();
                t.deliver(&format!("From: c{customer}@c.example\nTo: help@desk.example\nSubject: Re: S\nIn-Reply-To: <{ours}>\n\nhm\n")).await;
            }
        }
        let viewer = ann.scope();
        t.app.read(viewer, move |desk| Box::pin(async move {
            let counts = conversations::counts(desk).await?;
            let mut views = vec![
                (View::Open, counts.open), (View::Mine, counts.mine), (View::Unassigned, counts.unassigned),
                (View::Neglected, counts.neglected), (View::Resolved, counts.resolved),
                (View::Team(team), counts.teams.get(&team).copied().unwrap_or(0)),
            ];
            for tag in conversations::tags(desk).await? {
                views.push((View::Tag(tag.id), counts.tags.get(&tag.id).copied().unwrap_or(0)));
            }
            for (view, kept) in views {
                assert_eq!(conversations::list(desk, view, None, 200).await?.len() as i64, kept, "{view:?}");
            }
            assert_eq!(counts.open + counts.resolved, 5);
            Ok(())
        })).await.unwrap();
    }
}
