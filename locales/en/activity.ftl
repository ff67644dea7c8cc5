# What happened in the desk lately, in words.

activity-title = Activity
activity-about = What happened in the desk lately, newest first.
activity-who = Who
activity-everybody = Everybody
activity-show = Show
activity-none = Nothing happened here lately
activity-opened = { $who } began a conversation
activity-wrote = { $who } wrote
activity-answered = { $who } answered
activity-noted = { $who } left a note
activity-mentioned = { $who } mentioned { $whom }
activity-failed = An answer could not be sent
activity-more = Show earlier
activity-handed-off = { $who } handed this over
activity-accepted = { $who } accepted the hand-off
activity-declined = { $who } declined the hand-off
activity-withdrawn = { $who } ended the hand-off
