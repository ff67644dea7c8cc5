//! Why a message did not leave, in the reader's language; what another server said is quoted in its own words.

use desk::reason::{About, Reason};
use words::Words;

/// A reason in words.
pub(crate) fn words(say: Words, reason: &Reason) -> String {
    match reason {
        Reason::Said { said } => said.clone(),
        Reason::NoServer { address } => say.reason_no_server(address),
        Reason::NotAnAddress { address } => say.reason_not_an_address(address),
        Reason::ToNobody => say.reason_to_nobody().to_owned(),
        Reason::NoMailbox => say.reason_no_mailbox().to_owned(),
        Reason::MayNotSendFrom => say.reason_may_not_send_from().to_owned(),
        Reason::NoConnection { place, said } => say.reason_no_connection(place, said),
        Reason::NotAnswering { place, seconds } => say.reason_not_answering(place, *seconds),
        Reason::Refused { about: About::Recipient(address), said } => say.reason_recipient_refused(address, said),
        Reason::Refused { about: About::Sender, said } => say.reason_sender_refused(said),
        Reason::Refused { about: About::SignIn, said } => say.reason_sign_in_refused(said),
        Reason::Refused { about: About::Message, said } => say.reason_message_refused(said),
        Reason::NotNow { said, .. } => say.reason_not_now(said),
        Reason::Broke { said, .. } => say.reason_broke(said),
        Reason::Silent { seconds, .. } => say.reason_silent(*seconds),
        Reason::NoSuchAddresses => say.reason_no_such_addresses().to_owned(),
        Reason::NoSuchLetters => say.reason_no_such_letters().to_owned(),
        Reason::Authority { said } => say.reason_authority(said),
        Reason::BrokeInside { said } => say.reason_broke_inside(said),
        Reason::BrokeAfter { said } => say.reason_broke_after(said),
        Reason::HourIsFull => say.reason_hour_is_full().to_owned(),
        Reason::Stopped => say.reason_stopped().to_owned(),
        Reason::ConfirmedByHand => say.reason_confirmed().to_owned(),
        Reason::Several { reasons } => reasons.iter().map(|reason| words(say, reason)).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use words::Language;

    #[test]
    fn each_reader_is_told_in_their_language_and_the_server_is_quoted_as_it_spoke() {
        let kept =
            Reason::Refused { about: About::Recipient("ana@shop.example".into()), said: "550 no such user".into() }
                .kept();
        let told: Vec<String> =
            Language::ALL.iter().map(|language| words(Words::of(*language), &Reason::of_kept(&kept))).collect();
        for (at, one) in told.iter().enumerate() {
            assert!(one.contains("550 no such user") && one.contains("ana@shop.example"), "{one}");
            assert!(!told[..at].contains(one), "{one} is said in two languages");
        }
    }
}
