//! Invitations (iCalendar, RFC 5545; by mail, RFC 6047): what they say, for people. Only the first event is read.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::decode;
use super::parsed::{Address, Invitation, Moment};
use super::zone::Zone;

const MAX_LINES: usize = 20_000;

/// One line: `NAME;PARAMETER=…:value`.
pub(crate) struct Line {
    pub(crate) name: String,
    parameters: Vec<(String, String)>,
    pub(crate) value: String,
}

impl Line {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a calendar; `None` when it holds no event.
pub(super) fn read(text: &str, method: Option<&str>) -> Option<Invitation> {
    let lines = lines(text, MAX_LINES);
    let is = |line: &Line, name: &str, value: &str| line.name == name && line.value.eq_ignore_ascii_case(value);
    let start = lines.iter().position(|line| is(line, "BEGIN", "VEVENT"))?;
    let end = lines[start..].iter().position(|line| is(line, "END", "VEVENT")).map_or(lines.len(), |end| start + end);
    // Of the event itself, not of the alarms in it.
    let mut depth = 0;
    let event: Vec<&Line> = lines[start + 1..end]
        .iter()
        .filter(|line| {
            depth += i32::from(line.name == "BEGIN") - i32::from(line.name == "END");
            depth == 0
        })
        .collect();
    let field = |name: &str| event.iter().find(|line| line.name == name).copied();
    let words = |name: &str| field(name).map(|line| line_of(&line.value)).filter(|words| !words.is_empty());
    let method = lines.iter().find(|line| line.name == "METHOD").map(|line| line.value.as_str()).or(method);
    let zones = super::zone::read(&lines);
    let begins = field("DTSTART").and_then(|line| moment(line, &zones));
    let ends = field("DTEND").and_then(|line| moment(line, &zones));
    let ends = ends.or_else(|| after(begins.as_ref()?, &field("DURATION")?.value));
    let answer = field("ATTENDEE").filter(|_| method.is_some_and(|method| method.eq_ignore_ascii_case("reply")));
    Some(Invitation {
        method: method.map(|method| decode::tidy_line(method, 40).to_lowercase()).filter(|method| !method.is_empty()),
        summary: words("SUMMARY"),
        start: begins,
        end: ends,
        organizer: field("ORGANIZER").and_then(person),
        location: words("LOCATION"),
        uid: words("UID"),
        repeats: field("RRULE").is_some() || field("RDATE").is_some(),
        answer: answer
            .and_then(|line| line.parameter("PARTSTAT"))
            .map(|word| decode::tidy_line(word, 40).to_lowercase()),
    })
}

/// The first `most` lines, unfolded (RFC 5545, 3.1), names in upper case.
pub(crate) fn lines(text: &str, most: usize) -> Vec<Line> {
    let mut unfolded: Vec<String> = Vec::new();
    for line in text.lines().take(most) {
        match (line.strip_prefix([' ', '\t']), unfolded.last_mut()) {
            (Some(more), Some(last)) if last.len() < 64 * 1024 => last.push_str(more),
            _ => unfolded.push(line.to_owned()),
        }
    }
    unfolded.iter().filter_map(|line| parse(line)).collect()
}

fn parse(line: &str) -> Option<Line> {
    let mut in_quotes = false;
    let mut cuts = Vec::new();
    let mut colon = None;
    for (at, c) in line.char_indices() {
        match c {
            '"' => in_quotes = !in_quotes,
            ';' if !in_quotes => cuts.push(at),
            ':' if !in_quotes => {
                colon = Some(at);
                break;
            }
            _ => {}
        }
    }
    let colon = colon?;
    cuts.push(colon);
    let name = line[..cuts[0]].trim().to_ascii_uppercase();
    let parameters = cuts.windows(2).filter_map(|cut| {
        let (name, value) = line[cut[0] + 1..cut[1]].split_once('=')?;
        Some((name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()))
    });
    Some(Line { name, parameters: parameters.collect(), value: line[colon + 1..].trim_end().to_owned() })
}

/// The value of a text field without its escapes, on one line.
pub(crate) fn line_of(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push(' '),
                Some(c) => out.push(c),
                None => {}
            },
            c => out.push(c),
        }
    }
    decode::tidy_line(&out, 500)
}

fn person(line: &Line) -> Option<Address> {
    let value = line.value.trim();
    let address = value.get(..7).filter(|s| s.eq_ignore_ascii_case("mailto:")).map_or(value, |_| &value[7..]);
    let name = line.parameter("CN").map(line_of).filter(|name| !name.is_empty() && name != address);
    let address = decode::tidy_line(address, 320);
    (address.contains('@') || name.is_some()).then_some(Address { name, address })
}

fn moment(line: &Line, zones: &[(String, Zone)]) -> Option<Moment> {
    let value = line.value.trim();
    let (local, has_time) = local(value)?;
    if !has_time {
        return Some(Moment { local: local.date().to_string(), zone: None, at: None });
    }
    let text = local.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    if value.ends_with(['Z', 'z']) {
        let at = TimeZone::UTC.to_timestamp(local).ok();
        return Some(Moment { local: text, zone: Some("UTC".to_owned()), at });
    }
    let zone = line.parameter("TZID").map(|zone| decode::tidy_line(zone, 100));
    let at = zone.as_deref().and_then(|zone| instant(local, zone, zones));
    Some(Moment { local: text, zone, at })
}

/// By the rules that the invitation brings along, else by those that this machine knows for the name.
fn instant(local: DateTime, zone: &str, zones: &[(String, Zone)]) -> Option<Timestamp> {
    if let Some((_, rules)) = zones.iter().find(|(name, _)| name == zone) {
        return rules.instant(local);
    }
    TimeZone::get(zone.trim_start_matches('/')).ok()?.to_timestamp(local).ok()
}

/// `20261122` or `20261122T100000`, with or without a `Z`; whether there is a time.
pub(super) fn local(value: &str) -> Option<(DateTime, bool)> {
    let number = |range: std::ops::Range<usize>| -> Option<i8> { value.get(range)?.parse().ok() };
    let year: i16 = value.get(..4)?.parse().ok()?;
    let (month, day) = (number(4..6)?, number(6..8)?);
    let has_time = value.get(8..9).is_some_and(|t| t.eq_ignore_ascii_case("t"));
    let (hour, minute, second) =
        if has_time { (number(9..11)?, number(11..13)?, number(13..15).unwrap_or(0).min(59)) } else { (0, 0, 0) };
    DateTime::new(year, month, day, hour, minute, second, 0).ok().map(|time| (time, has_time))
}

/// The moment a `DURATION` later (RFC 5545, 3.3.6).
fn after(start: &Moment, duration: &str) -> Option<Moment> {
    let duration = duration.trim().trim_start_matches('+');
    let duration: jiff::Span = if duration.starts_with('-') { return None } else { duration.parse().ok()? };
    if let Ok(local) = start.local.parse::<DateTime>()
        && start.local.contains('T')
    {
        let local = local.checked_add(duration).ok()?;
        let at = start.at.and_then(|at| {
            let seconds = duration.total((jiff::Unit::Second, jiff::SpanRelativeTo::days_are_24_hours())).ok()?;
            at.checked_add(jiff::SignedDuration::from_secs(seconds as i64)).ok()
        });
        let local = local.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        return Some(Moment { local, zone: start.zone.clone(), at });
    }
    let day: jiff::civil::Date = start.local.parse().ok()?;
    Some(Moment { local: day.checked_add(duration).ok()?.to_string(), zone: None, at: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTLOOK: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"Müller, Ann\":MAILTO:ann@shop.example\r\nSUMMARY;LANGUAGE=de:Besichtigung\\, Lager\r\n  2\r\nDTSTART;TZID=W. Europe Standard Time:20260701T100000\r\nDTEND;TZID=\"W. Europe Standard Time\":20261130T110000\r\nLOCATION:Hof 3\\nTor B\r\nUID:u1\r\nBEGIN:VALARM\r\nSUMMARY:not this\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn an_invitation_says_what_when_where_and_who() {
        let invitation = read(OUTLOOK, None).unwrap();
        assert_eq!(invitation.method.as_deref(), Some("request"));
        assert_eq!(invitation.summary.as_deref(), Some("Besichtigung, Lager 2"));
        assert_eq!(invitation.location.as_deref(), Some("Hof 3 Tor B"));
        assert_eq!(invitation.organizer, Some(Address::new(Some("Müller, Ann"), "ann@shop.example")));
        let start = invitation.start.unwrap();
        assert_eq!(
            (start.local.as_str(), start.zone.as_deref()),
            ("2026-07-01T10:00:00", Some("W. Europe Standard Time"))
        );
        assert_eq!(start.at, Some("2026-07-01T08:00:00Z".parse().unwrap()), "summer time by its own rules");
        assert_eq!(invitation.end.unwrap().at, Some("2026-11-30T10:00:00Z".parse().unwrap()));
    }

    #[test]
    fn days_durations_and_answers_are_read() {
        let day = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261224\nDURATION:P2D\nRRULE:FREQ=YEARLY\nEND:VEVENT";
        let day = read(day, Some("PUBLISH")).unwrap();
        assert_eq!((day.start.unwrap().local, day.end.unwrap().local), ("2026-12-24".into(), "2026-12-26".into()));
        assert!(day.repeats);
        let reply = "METHOD:REPLY\nBEGIN:VEVENT\nDTSTART:20261122T090000Z\nDURATION:PT1H30M\nATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example\nEND:VEVENT";
        let reply = read(reply, None).unwrap();
        assert_eq!(reply.answer.as_deref(), Some("declined"));
        assert_eq!(reply.end.unwrap().at, Some("2026-11-22T10:30:00Z".parse().unwrap()));
        assert!(read("BEGIN:VCALENDAR\nEND:VCALENDAR", None).is_none());
    }
}
