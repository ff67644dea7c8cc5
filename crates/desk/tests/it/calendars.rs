//! Business hours: made, changed, counted, closed on days of one's own, and never another workspace's.

use base::calendar::read_days_off;
use desk::{
    Error, FieldError,
    calendars::{self, Calendar, CalendarForm, CalendarId},
};
use jiff::{SignedDuration, Timestamp, civil::date};
use testkit::{app::TestApp, on_both_engines};

fn office() -> CalendarForm {
    let day = || "9-12:30, 13:30-18".to_owned();
    CalendarForm {
        name: " Support  Berlin ".into(),
        zone: "europe/berlin".into(),
        country: "DE".into(),
        region: "BE".into(),
        week: [day(), day(), day(), day(), "9-15".into(), String::new(), String::new()],
    }
}

async fn create(t: &TestApp, form: CalendarForm) -> desk::Result<CalendarId> {
    t.app.write(t.owner.scope(), move |desk| Box::pin(async move { calendars::create(desk, form).await })).await
}

async fn load(t: &TestApp, id: CalendarId) -> desk::Result<Calendar> {
    t.app.read(t.owner.scope(), move |desk| Box::pin(async move { calendars::calendar(desk, id).await })).await
}

async fn put(t: &TestApp, id: CalendarId, [from, to, title, hours]: [&'static str; 4]) -> desk::Result<()> {
    t.app
        .write(t.owner.scope(), move |desk| {
            Box::pin(async move { calendars::put_days(desk, id, from, to, title, hours).await })
        })
        .await
}

fn problems(error: Error) -> Vec<(&'static str, &'static str)> {
    match error {
        Error::Invalid(problems) => {
            problems.into_iter().map(|FieldError { field, problem }| (field, problem)).collect()
        }
        other => panic!("{other}"),
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

on_both_engines! {
    async fn a_calendar_counts_its_week_its_holidays_and_its_own_days(t: TestApp) {
        let id = create(&t, office()).await.unwrap();
        let kept = t.app.read(t.owner.scope(), |desk| Box::pin(async move { calendars::all(desk).await })).await.unwrap();
        assert_eq!((kept[0].name.as_str(), kept[0].zone.as_str(), kept[0].is_default), ("Support Berlin", "Europe/Berlin", true));
        put(&t, id, ["2026-12-28", "2026-12-30", "Stocktaking", ""]).await.unwrap();
        put(&t, id, ["2026-12-30", "", "Stocktaking", "10-12"]).await.unwrap();
        let calendar = load(&t, id).await.unwrap();
        // Thursday the 24th at 17:30: half an hour is left, then holidays, a weekend and two closed days.
        let due = calendar.after(at("2026-12-24T16:30:00Z"), SignedDuration::from_mins(60));
        assert_eq!(due, Some(at("2026-12-30T09:30:00Z")));
    }

    async fn what_is_wrong_with_hours_is_said_field_by_field_and_changes_nothing(t: TestApp) {
        let week = ["nine".into(), "17-9".into(), String::new(), String::new(), String::new(), String::new(), String::new()];
        let wrong = CalendarForm { name: " ".into(), zone: "Mars/Olympus".into(), country: "XX".into(), region: String::new(), week };
        let said = problems(create(&t, wrong).await.unwrap_err());
        assert_eq!(
            said,
            [("name", "required"), ("zone", "not_a_time_zone"), ("country", "not_allowed"), ("mon", "no_hours"), ("tue", "backwards")]
        );
        let closed = CalendarForm { week: Default::default(), ..office() };
        assert_eq!(problems(create(&t, closed).await.unwrap_err()), [("mon", "never_open")]);
        let id = create(&t, office()).await.unwrap();
        assert_eq!(problems(create(&t, office()).await.unwrap_err()), [("name", "taken")]);
        let said = problems(put(&t, id, ["soon", "2026-01-01", "", "x"]).await.unwrap_err());
        assert_eq!(said, [("day", "not_a_date"), ("title", "required"), ("hours", "no_hours")]);
        assert_eq!(problems(put(&t, id, ["2026-01-02", "2026-01-01", "x", ""]).await.unwrap_err()), [("until_day", "backwards")]);
        assert!(load(&t, id).await.unwrap().days.is_empty());
    }

    async fn a_file_of_days_off_closes_the_calendar_once(t: TestApp) {
        let id = create(&t, office()).await.unwrap();
        let file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Outing\nDTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261203\nEND:VEVENT\nEND:VCALENDAR";
        for _ in 0..2 {
            let days = read_days_off(file).unwrap().days;
            let brought = t.app.write(t.owner.scope(), move |desk| {
                let days = days.clone();
                Box::pin(async move { calendars::bring_days(desk, id, days).await })
            });
            assert_eq!(brought.await.unwrap(), 2);
        }
        let calendar = load(&t, id).await.unwrap();
        assert_eq!(calendar.days.keys().copied().collect::<Vec<_>>(), [date(2026, 12, 1), date(2026, 12, 2)]);
        assert!(calendar.hours_on(date(2026, 12, 1)).0.is_closed());
    }

    async fn there_is_always_a_default_and_it_cannot_be_deleted(t: TestApp) {
        let read = || t.app.read(t.owner.scope(), |desk| Box::pin(async move { calendars::default_calendar(desk).await }));
        assert!(read().await.unwrap().is_open(at("2026-12-27T02:00:00Z")), "open at all times until there are hours");
        let first = create(&t, office()).await.unwrap();
        let second = create(&t, CalendarForm { name: "Tokyo".into(), zone: "Asia/Tokyo".into(), ..office() }).await.unwrap();
        let delete = |id| t.app.write(t.owner.scope(), move |desk| Box::pin(async move { calendars::delete(desk, id).await }));
        assert!(matches!(delete(first).await, Err(Error::Conflict("default_calendar"))));
        t.app.write(t.owner.scope(), move |desk| Box::pin(async move { calendars::set_default(desk, second).await })).await.unwrap();
        delete(first).await.unwrap();
        assert!(matches!(load(&t, first).await, Err(Error::NotFound)));
        assert_eq!(read().await.unwrap().zone.iana_name(), Some("Asia/Tokyo"));
    }
}
