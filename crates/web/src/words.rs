//! The texts of macros, notifications and hand-offs, in one place.

macro_rules! words {
    ($($name:ident $(($($arg:ident : $type:ty),*))? = $text:literal;)*) => {
        /// The texts.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Words;
        impl Words { $(words!(@one $name $(($($arg : $type),*))? = $text);)* }
    };
    (@one $name:ident = $text:literal) => { pub(crate) fn $name(&self) -> &'static str { $text } };
    (@one $name:ident ($($arg:ident : $type:ty),*) = $text:literal) => { pub(crate) fn $name(&self, $($arg: $type),*) -> String { format!($text) } };
}

words! {
    macros_title = "Macros";
    macros_about = "Words and actions that are used again and again. Press m in a conversation, or ; at the start of a line.";
    macros_new = "New macro";
    macros_none = "No macros yet";
    macros_none_about = "Write an answer once that is given often; everybody then gives the same good answer.";
    macros_none_found = "No macro fits";
    macros_no_folder = "Without a folder";
    macros_figures(used: i64, edited: i64, reopened: i64) = "Used {used}, changed before sending {edited}, customer came back {reopened}";
    macros_unused = "Not used yet";
    macros_snippet = "Text only";
    macros_acts_only = "Actions only";
    macros_everyone = "Everyone";
    macros_only_me = "Only me";
    macros_of_team(team: &str) = "Team {team}";
    macros_for = "Who uses it";
    macros_for_about = "Administrators change what everyone uses; members of a team change what the team uses.";
    macros_name = "Name";
    macros_folder = "Folder";
    macros_folder_about = "Folders keep long lists in order. Empty for none.";
    macros_texts = "Text";
    macros_texts_about = "One for each language you answer in. The customer’s language is picked; where there is none in it, the desk’s.";
    macros_text_in(language: &str) = "Text ({language})";
    macros_text_more = "Text in a further language";
    macros_language = "Language";
    macros_language_about = "A code such as en, de or pt-br.";
    macros_variables = "Variables that can stand in a text";
    macros_variables_about = "What stands behind the | is used where the value is not known. Without it, sending asks first.";
    macros_actions = "Actions";
    macros_actions_about = "Done with the send, and taken back with it. A macro without text acts at once, and can be undone.";
    macros_leave = "Leave as it is";
    macros_assign = "Assign to";
    macros_assign_me = "Whoever uses it";
    macros_assign_nobody = "Nobody";
    macros_team = "Team";
    macros_team_none = "No team";
    macros_priority = "Priority";
    macros_status = "State";
    macros_resolve = "Resolve";
    macros_reopen = "Reopen";
    macros_tags_add = "Add tags";
    macros_tags_remove = "Remove tags";
    macros_tags_about = "With commas between them.";
    macros_save = "Save";
    macros_preview = "Preview";
    macros_preview_about = "With an invented customer, as your colleagues would see it in the composer.";
    macros_delete = "Delete macro";
    macros_delete_about = "What it has done stays.";
    macros_read_only = "You can use this macro. An administrator can change it.";
    macros_unknown_variable(name: &str) = "There is no variable {name}.";
    macros_text_required = "Give it a text or an action.";
    macros_language_wrong = "Give each text a language code of its own, such as en or pt-br.";
    macros_use = "Use";
    macros_use_title = "Use a macro";
    macros_search = "Find a macro";
    macros_open = "Macro";
    macros_with_send = "With the send:";
    macros_leave_out(name: &str) = "Leave out what “{name}” does";
    macros_in_language(language: &str, wanted: &str) = "There is no text in “{wanted}”; this is the one in “{language}”.";
    macros_gaps = "Something is not filled in yet. Put it in where the braces {{{{ }}}} stand, or send it as it is.";
    macros_send_gaps = "Send as it is";
    macros_does_assign(who: &str) = "Assign to {who}";
    macros_does_unassign = "Unassign";
    macros_does_team(team: &str) = "Give to {team}";
    macros_does_no_team = "Take from its team";
    macros_does_priority(priority: &str) = "Priority {priority}";
    macros_does_tag(tag: &str) = "Tag {tag}";
    macros_does_untag(tag: &str) = "Remove the tag {tag}";
    macros_me = "me";
    macros_done(name: &str) = "{name}: done";
    macros_undo = "Undo";
    macros_sample_name = "Ana Lind";
    macros_sample_subject = "Where is my parcel?";
    macros_sample_team = "Support";
    macros_back = "Back to the conversation";
}
