//! What stands of a customer beside a conversation and at its composer.

use desk::Desk;
use desk::conversations::ConversationId;
use desk::customers::consent::{self, Purpose};
use desk::customers::fields::{self, Owner};
use desk::customers::{self, CustomerId, IdentityKind, notes};
use desk::{duplicates, repetitions};
use jiff::Timestamp;
use maud::{Markup, html};
use words::Words;

use super::asked;
use super::names;
use crate::components::pill::{Tone, pill};
use crate::components::prose::cleaned;
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};

/// A customer as they are shown beside a conversation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    /// Their id.
    pub(crate) id: String,
    /// Their name.
    pub(crate) name: String,
    /// How they want to be written to.
    pub(crate) preferences: customers::Preferences,
    /// They do not want to be contacted.
    pub(crate) do_not_contact: bool,
    /// Their organisation's address and name.
    organisation: Option<(String, String)>,
    /// The first line of an answer to them, in their language.
    greeting: Option<String>,
    addresses: Vec<String>,
    phone: Option<String>,
    own: Vec<(String, String)>,
    pinned: Vec<String>,
    surveys: bool,
    outreach: bool,
    /// Somebody may be the same person.
    duplicates: usize,
    /// What the kept draft asks for again, and whether it is in another language.
    findings: Vec<repetitions::Finding>,
    other_language: Option<(String, String)>,
}

/// Loads them; `draft` is what the viewer has begun to write.
pub(crate) async fn load(
    desk: &mut Desk<'_>,
    conversation: ConversationId,
    id: CustomerId,
    draft: &str,
) -> desk::Result<Beside> {
    let listed = customers::listed_one(desk, id).await?;
    let who = &listed.customer;
    let identities = customers::identities(desk, who.id).await?;
    let own = fields::values(desk, Owner::Customers, who.id.0).await?;
    let pinned = notes::pinned(desk, who.id).await?;
    let consents = consent::present(desk, who.id).await?;
    let findings =
        if draft.trim().is_empty() { Vec::new() } else { repetitions::findings(desk, conversation, draft).await? };
    let language = Some(who.preferences.language.as_str()).filter(|language| !language.is_empty());
    Ok(Beside {
        id: who.id.to_string(),
        name: who.name.clone(),
        do_not_contact: who.do_not_contact,
        organisation: who.organisation_id.map(|id| id.to_string()).zip(listed.organisation.clone()),
        addresses: identities.into_iter().filter(|one| one.kind == IdentityKind::Email).map(|one| one.value).collect(),
        phone: who.phone.clone(),
        greeting: language.map(|language| customers::greeting(who, language)),
        own: own.into_iter().filter(|(_, value)| !value.is_empty()).map(|(field, value)| (field.name, value)).collect(),
        pinned: pinned.iter().map(|note| base::html::from_markdown(&note.body)).collect(),
        surveys: consents.may(Purpose::Surveys),
        outreach: consents.may(Purpose::Outreach),
        duplicates: duplicates::suggestions(desk, who.id).await?.len(),
        findings,
        other_language: asked::other_language(draft, language),
        preferences: who.preferences.clone(),
    })
}

/// The sections beside the conversation.
pub(crate) fn sections(beside: &Beside, reader: &Reader) -> Markup {
    let words = reader.words;
    let page = format!("/customers/{}", beside.id);
    let wishes = names::wishes(&beside.preferences, reader.now, words);
    html! {
        div id="part-customer" {
            p.card-links {
                @if let Some((id, name)) = &beside.organisation { a.link href={ "/organisations/" (id) } dir="auto" { (name) } " · " }
                a.link href=(page) data-does="customer-page" { (words.customers_whole_story()) }
            }
            @if beside.do_not_contact { p { (pill(words.customers_do_not_contact(), Tone::Warn)) } }
            @if beside.duplicates > 0 { p { a.link href=(page) { (words.customers_duplicates(beside.duplicates)) } } }
            @for note in &beside.pinned { div.pinned-note dir="auto" { (cleaned(note)) } }
            @if !wishes.is_empty() {
                section.section { h3 { (words.customers_preferences()) } ul.wishes { @for wish in &wishes { li dir="auto" { (wish) } } } }
            }
            section.section {
                h3 { (words.customers_addresses()) }
                ul.known-ways {
                    @for address in &beside.addresses { li { (small_icon(Icon::Mail)) span.cut { (address) } } }
                    @if let Some(phone) = &beside.phone { li { (small_icon(Icon::Device)) bdi { (phone) } } }
                }
            }
            @if !beside.own.is_empty() {
                section.section { h3 { (words.customers_fields()) } dl.facts { @for (name, value) in &beside.own { dt dir="auto" { (name) } dd dir="auto" { (value) } } } }
            }
            @if !beside.do_not_contact && (!beside.surveys || beside.outreach) {
                section.section { h3 { (words.customers_consent()) } ul.wishes {
                    @if !beside.surveys { li { (words.customers_purpose_surveys()) ": " (words.customers_answer_objected()) } }
                    @if beside.outreach { li { (words.customers_purpose_outreach()) ": " (words.customers_answer_agreed()) } }
                } }
            }
        }
    }
}

/// The line above the text: how they want to be written to.
pub(crate) fn wishes_line(beside: &Beside, reader: &Reader) -> Markup {
    let wishes = names::wishes(&beside.preferences, reader.now, reader.words);
    html! {
        @if !wishes.is_empty() {
            p.composer-wishes.for-reply { (small_icon(Icon::User)) span dir="auto" { (wishes.join(" · ")) }
                @if let Some(greeting) = &beside.greeting { button.link.needs-script type="button" data-insert=(greeting) { (reader.words.customers_greet(greeting)) } }
            }
        }
    }
}

/// What the draft asks for again; scripts keep it fresh.
pub(crate) fn known_lines(beside: &Beside, words: Words) -> Markup {
    html! { div.known id="known" role="status" { (asked::lines(&beside.findings, &beside.other_language, words)) } }
}

/// Says that they do not want to be contacted, and lets the writer decide.
pub(crate) fn do_not_contact(name: &str, words: Words) -> Markup {
    html! {
        div.composer-warning {
            (icon(Icon::Warning))
            p.words { (words.customers_dnc(name)) }
            button.button type="submit" name="contact" value="yes" { (words.customers_send_anyway()) }
        }
    }
}

/// Their next morning as a moment to send at, when it is not their time now.
pub(crate) fn their_morning(beside: &Beside, now: Timestamp) -> Option<jiff::Zoned> {
    let there = customers::there(&beside.preferences, now)?;
    (!there.is_their_time).then(|| there.next.to_zoned(there.now.time_zone().clone()))
}
