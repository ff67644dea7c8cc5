//! Why a message did not leave: a code with what belongs to it, so that each reader is told in their own language. What another server said
//! stays in its own words.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a server was told when it refused or fell silent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// From whom it is.
    Sender,
    /// To whom it is.
    Recipient(String),
    /// Name and password.
    SignIn,
    /// The message itself.
    Message,
}

/// Why a message did not leave, or is not known to have left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// As somebody else said it.
    Said {
        /// Their words.
        said: String,
    },
    /// The mailbox has no server to send through.
    NoServer {
        /// Its address.
        address: String,
    },
    /// Nothing can be sent to it.
    NotAnAddress {
        /// What stands there.
        address: String,
    },
    /// It is written to nobody.
    ToNobody,
    /// There is no mailbox to send from.
    NoMailbox,
    /// No mailbox may send from its address any more.
    MayNotSendFrom,
    /// The server is not reached.
    NoConnection {
        /// Name and port.
        place: String,
        /// Why, in the words of whoever said so.
        said: String,
    },
    /// The server does not answer at all.
    NotAnswering {
        /// Name and port.
        place: String,
        /// For how long it was waited for.
        seconds: u64,
    },
    /// The server refuses for good.
    Refused {
        /// What.
        about: About,
        /// In its words.
        said: String,
    },
    /// The server does not take it now.
    NotNow {
        /// What.
        about: About,
        /// In its words.
        said: String,
    },
    /// The connection broke.
    Broke {
        /// While this was said.
        about: About,
        /// In the words of whoever noticed.
        said: String,
    },
    /// The server fell silent.
    Silent {
        /// After this was said.
        about: About,
        /// For how long it was waited for.
        seconds: u64,
    },
    /// The server takes no addresses with letters beyond ASCII.
    NoSuchAddresses,
    /// The server takes no letters beyond ASCII.
    NoSuchLetters,
    /// The certificate authority of the mailbox is of no use.
    Authority {
        /// Why.
        said: String,
    },
    /// The connection broke while the message was handed over: it was not taken.
    BrokeInside {
        /// In the words of whoever noticed.
        said: String,
    },
    /// The connection broke before the server said whether it took the message.
    BrokeAfter {
        /// In the words of whoever noticed.
        said: String,
    },
    /// The mailbox has sent as much as it may in an hour.
    HourIsFull,
    /// Rapport was stopped while handing it over.
    Stopped,
    /// A person said that it arrived.
    ConfirmedByHand,
    /// More than one.
    Several {
        /// All of them.
        reasons: Vec<Reason>,
    },
}

impl Reason {
    /// As it is kept: somebody else's words as they are, all else as JSON.
    pub fn kept(&self) -> String {
        match self {
            Reason::Said { said } => said.clone(),
            own => serde_json::to_string(own).unwrap_or_else(|_| own.to_string()),
        }
    }

    /// What was kept. What is none of ours is somebody else's words.
    pub fn of_kept(text: &str) -> Reason {
        let own = text.starts_with("{\"why\":").then(|| serde_json::from_str(text).ok()).flatten();
        own.unwrap_or_else(|| Reason::Said { said: text.to_owned() })
    }

    /// What somebody else said of it, to be quoted.
    pub fn quoted(&self) -> Option<&str> {
        match self {
            Reason::Said { said }
            | Reason::NoConnection { said, .. }
            | Reason::Refused { said, .. }
            | Reason::NotNow { said, .. }
            | Reason::Broke { said, .. }
            | Reason::Authority { said }
            | Reason::BrokeInside { said }
            | Reason::BrokeAfter { said } => Some(said),
            _ => None,
        }
    }
}

impl From<String> for Reason {
    fn from(said: String) -> Self {
        Reason::Said { said }
    }
}

impl From<&str> for Reason {
    fn from(said: &str) -> Self {
        Reason::Said { said: said.to_owned() }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            About::Sender => f.write_str("the sender"),
            About::Recipient(address) => f.write_str(address),
            About::SignIn => f.write_str("the sign-in"),
            About::Message => f.write_str("the message"),
        }
    }
}

/// For logs and the command line.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Said { said } => f.write_str(said),
            Reason::NoServer { address } => write!(f, "{address} has no server to send through"),
            Reason::NotAnAddress { address } => write!(f, "{address} is no address that mail can be sent to"),
            Reason::ToNobody => f.write_str("it is written to nobody"),
            Reason::NoMailbox => f.write_str("there is no mailbox to send from"),
            Reason::MayNotSendFrom => {
                f.write_str("no mailbox may send from that address any more; write the answer again from another one")
            }
            Reason::NoConnection { place, said } => write!(f, "no connection to {place}: {said}"),
            Reason::NotAnswering { place, seconds } => write!(f, "{place} did not answer in {seconds} seconds"),
            Reason::Refused { about, said } => write!(f, "{about} was refused: {said}"),
            Reason::NotNow { about, said } => write!(f, "{about} was not taken now: {said}"),
            Reason::Broke { about, said } => write!(f, "{about}: {said}"),
            Reason::Silent { about, seconds } => write!(f, "{about}: no answer in {seconds} seconds"),
            Reason::NoSuchAddresses => f.write_str("the server takes no addresses with letters beyond ASCII"),
            Reason::NoSuchLetters => f.write_str("the server takes no letters beyond ASCII"),
            Reason::Authority { said } => write!(f, "the certificate authority of the mailbox: {said}"),
            Reason::BrokeInside { said } => {
                write!(f, "the connection failed while the message was handed over: {said}")
            }
            Reason::BrokeAfter { said } => {
                write!(f, "the connection failed before the server said whether it took the message: {said}")
            }
            Reason::HourIsFull => f.write_str("the mailbox has sent as much as it may in an hour"),
            Reason::Stopped => f.write_str("Rapport was stopped while handing it over"),
            Reason::ConfirmedByHand => f.write_str("confirmed by hand"),
            Reason::Several { reasons } => {
                let all: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                f.write_str(&all.join("; "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_kept_comes_back_with_all_that_belongs_to_it() {
        let refused = Reason::Refused { about: About::Recipient("ana@shop.example".into()), said: "550 \"no\"".into() };
        for reason in [Reason::HourIsFull, refused.clone(), Reason::Several { reasons: vec![refused, Reason::Stopped] }]
        {
            assert_eq!(Reason::of_kept(&reason.kept()), reason);
        }
    }

    proptest! {
        #[test]
        fn a_servers_words_stay_as_they_are(said in ".{0,60}") {
            let kept = Reason::from(said.as_str()).kept();
            prop_assert_eq!(&kept, &said);
            prop_assert_eq!(Reason::of_kept(&kept).to_string(), said);
        }
    }
}
