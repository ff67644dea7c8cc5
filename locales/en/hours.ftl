hours-title = Business hours
hours-sentence = When your desk is open: the hours of the week, public holidays, and days of your own. Putting a conversation off until the next working day follows the default hours.
hours-find = opening times, office hours, calendar, holidays, weekend, lunch break, time zone, shifts
hours-add = Add hours
hours-add-what = Public holidays and days of your own can be added to any week.
hours-none = No business hours yet
hours-none-why = Until there are some, your desk counts as open day and night.
hours-example = Support Berlin
hours-zone = Time zone
hours-week = Hours of the week
hours-week-hint = For example 9:00–12:30, 13:30–18:00. Empty is closed. Hours past midnight are written on both days.
hours-closed = Closed
hours-country = Public holidays of
hours-country-hint = Closed on these days. Where a country has regions, choose yours after saving.
hours-no-holidays = No country
hours-region = Region
hours-whole-country = The whole country
hours-preview = Preview of a month
hours-in-month = { $hours } hours open
hours-unit = h
hours-earlier = Month before
hours-later = Month after
hours-unknown-year = Public holidays are known from { $first } to { $last }. In this month only your own days count.
hours-own = Days of your own
hours-own-what = They win over the week and over public holidays: closed, or with hours of their own.
hours-day = Day
hours-until-day = Until (for several days)
hours-why = What it is
hours-why-example = Company outing
hours-hours = Hours
hours-add-day = Add days
hours-remove = Remove { $name }
hours-file = Calendar file (.ics)
hours-file-hint = Its whole-day events become closed days.
hours-import = Import days
hours-export = Export days off
hours-no-file = This is not a calendar file. Export one from your calendar in the iCalendar format (.ics).
hours-file-empty = There are no whole-day events in this file. Nothing was changed.
hours-left-out = { $days ->
    [one] { $days } day was added.
   *[other] { $days } days were added.
} { $events ->
    [one] One event was left out, since it has a time of day, is very long or repeats in another way than yearly: { $names }.
   *[other] { $events } events were left out, since they have a time of day, are very long or repeat in another way than yearly: { $names }.
}
hours-delete = Delete these hours
hours-delete-what = The default hours cannot be deleted: make others the default first.
hours-unreadable = Write times with a dash between them, such as 9:00–17:00, and commas between several.
hours-backwards = The end is before the beginning. Write hours past midnight on both days.
hours-too-many-spans = At most twelve spans fit into a day.
hours-never-open = Open on one day at least.
hours-days-backwards = The last day is before the first.
hours-days-too-long = At most a year at once.
hours-too-many-days = A calendar holds at most 2,000 days of its own.
hours-next-working-day = Until the next working day
