# Notifications: the bell and its list, what is chosen, e-mails and messages to browsers.

notifications-title = Notifications
notifications-read-all = Mark all as read
notifications-new = New
notifications-none = Nothing yet
notifications-none-about = You are told here when somebody mentions you, hands something to you, or a customer of yours writes.
notifications-mentioned = { $who } mentioned you
notifications-assigned = { $who } assigned this to you
notifications-customer-replied = { $who } wrote
notifications-handoff-asked = { $who } hands this over to you
notifications-handoff-declined = { $who } declined your hand-off
notifications-answer-failed = Your answer could not be sent
notifications-earlier = Show earlier ones
notifications-choose = Choose what you are told
notifications-settings-about = By which way you are told what. Of what you do yourself you are never told.
notifications-kind-mentioned = Somebody mentions you in a note
notifications-kind-assigned = A conversation is assigned to you
notifications-kind-customer-replied = A customer writes in what is yours or what you follow
notifications-kind-handoff-asked = Something is handed over to you or your team
notifications-kind-handoff-declined = What you handed over is declined
notifications-kind-answer-failed = An answer of yours cannot be sent
notifications-way = What
notifications-in-app = In the desk
notifications-by-mail = By e-mail
notifications-by-push = In browsers
notifications-by-mail-about = One e-mail at most every hour, with what you have not read.
notifications-browsers = Browsers
notifications-browsers-about = A browser shows messages also while the desk is closed. What is written in them is encrypted for this browser.
notifications-browsers-none = No browser yet
notifications-browser-add = Show messages in this browser
notifications-browser-remove = Remove
notifications-browser-refused = The browser does not allow it. Allow notifications for this site in its settings.
notifications-since = Since { $day }
notifications-digest-subject = { $count ->
        [one] { $count } thing waits for you
       *[other] { $count } things wait for you
    }
notifications-digest-hello = Hello { $name },
notifications-digest-intro = you have not read these yet:
notifications-digest-end = You choose in your settings what you are told by e-mail.
notifications-mentions-view = Mentions
notifications-mentions-none = Nobody mentioned you
notifications-mentions-none-about = Open conversations stand here in whose notes somebody wrote @ and your name.
notifications-side-answered = { $who } answered in a side conversation
notifications-kind-side-answered = Somebody answers in a side conversation of what is yours or what you follow
