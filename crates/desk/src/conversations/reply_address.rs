//! Signed reply addresses: `help+r-…@shop.example` names the conversation that an answer belongs to, and only this
//! installation can have made it. Answers find their way by it where servers on the way rewrite or drop References.
//!
//! It never opens a door: who takes no part in the conversation gets one of their own also with it.

use super::ConversationId;
use crate::WorkspaceId;
use base::secret::SecretKey;
use data_encoding::BASE32_NOPAD;
use uuid::Uuid;

const PURPOSE: &str = "reply address";
const MARK: &str = "r-";
/// Bytes of the signature; 48 bits, since each guess costs a mail.
const SIGNATURE: usize = 6;
/// The longest part before the @ (RFC 5321, section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

fn signature(key: &SecretKey, workspace: WorkspaceId, conversation: ConversationId) -> [u8; SIGNATURE] {
    let mut signed = [0_u8; 32];
    signed[..16].copy_from_slice(workspace.0.as_bytes());
    signed[16..].copy_from_slice(conversation.0.as_bytes());
    let whole = key.sign(PURPOSE, &signed);
    std::array::from_fn(|at| whole[at])
}

/// The address of a mailbox for answers to this conversation; none when it would be longer than addresses may be.
pub(super) fn reply_address(
    key: &SecretKey,
    workspace: WorkspaceId,
    conversation: ConversationId,
    mailbox: &str,
) -> Option<String> {
    let (local, domain) = mailbox.rsplit_once('@')?;
    let mut token = conversation.0.as_bytes().to_vec();
    token.extend(signature(key, workspace, conversation));
    let local = format!("{local}+{MARK}{}", BASE32_NOPAD.encode(&token).to_lowercase());
    (local.len() <= LONGEST_LOCAL).then(|| format!("{local}@{domain}"))
}

/// The conversation that one of these addresses names, when this installation has made it.
pub fn conversation_of(key: &SecretKey, workspace: WorkspaceId, sent_to: &[String]) -> Option<ConversationId> {
    sent_to.iter().find_map(|address| {
        let (local, _) = address.trim().rsplit_once('@')?;
        let (_, token) = local.rsplit_once('+')?;
        let token =
            token.get(..MARK.len()).filter(|mark| mark.eq_ignore_ascii_case(MARK)).and(token.get(MARK.len()..))?;
        let bytes = BASE32_NOPAD.decode(token.to_uppercase().as_bytes()).ok()?;
        let (id, signed) = bytes.split_at_checked(16)?;
        let conversation = ConversationId(Uuid::from_slice(id).ok()?);
        // Not secret from its holder, so a plain comparison gives nothing away: a guess is one mail and tells nothing back.
        (signed == signature(key, workspace, conversation)).then_some(conversation)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> SecretKey {
        SecretKey::from_bytes([3; 32])
    }

    proptest! {
        #[test]
        fn a_reply_address_names_its_conversation_in_any_case_and_in_its_own_workspace_only(id: u128, workspace: u128) {
            let (workspace, conversation) = (WorkspaceId(Uuid::from_u128(workspace)), ConversationId(Uuid::from_u128(id)));
            let address = reply_address(&key(), workspace, conversation, "help@shop.example").unwrap_or_default();
            prop_assert!(address.ends_with("@shop.example"));
            let sent_to = ["x@y.example".to_owned(), address.to_uppercase()];
            prop_assert_eq!(conversation_of(&key(), workspace, &sent_to), Some(conversation));
            let elsewhere = WorkspaceId(Uuid::from_u128(workspace.0.as_u128() ^ 1));
            prop_assert_eq!(conversation_of(&key(), elsewhere, &sent_to), None);
            prop_assert_eq!(conversation_of(&SecretKey::from_bytes([4; 32]), workspace, &sent_to), None);
        }

        #[test]
        fn no_other_address_names_a_conversation(address in "[a-z+@.-]{0,80}") {
            prop_assert_eq!(conversation_of(&key(), WorkspaceId(Uuid::nil()), &[address]), None);
        }

        #[test]
        fn a_changed_letter_spoils_it(at in 0_usize..36) {
            let (workspace, conversation) = (WorkspaceId(Uuid::from_u128(1)), ConversationId(Uuid::from_u128(2)));
            let address = reply_address(&key(), workspace, conversation, "help@shop.example").unwrap_or_default();
            let place = "help+r-".len() + at;
            let other = if address.as_bytes()[place] == b'a' { "b" } else { "a" };
            let changed = format!("{}{other}{}", &address[..place], &address[place + 1..]);
            // The last letter holds spare bits; a decoder that minds them refuses, too.
            prop_assert_ne!(conversation_of(&key(), workspace, &[changed]), Some(conversation));
        }
    }

    #[test]
    fn a_mailbox_whose_name_leaves_no_room_gets_none() {
        let long = format!("{}@shop.example", "a".repeat(30));
        assert_eq!(reply_address(&key(), WorkspaceId(Uuid::nil()), ConversationId(Uuid::nil()), &long), None);
    }
}
