# Customers and organisations.
customers-title = Customers
customers-new = New customer
customers-search = Search
customers-search-hint = Name, address, phone or organisation
customers-none = No customers yet
customers-none-hint = Whoever writes to you becomes a customer.
customers-not-found = Nothing found
customers-not-found-hint = Try the beginning of a name, an address or a phone number.
customers-more = Show more
customers-earlier = Show earlier
customers-conversations = { NUMBER($open) } open, { NUMBER($all) } in all
customers-open = Open
customers-edit = Change
customers-add = Add
customers-name = Name
customers-address = E-mail address
customers-addresses = Addresses
customers-remove = Remove { $address }
customers-phone = Phone
customers-who = Who they are
customers-whole-story = Their whole story
customers-unknown = Not known

# How somebody wants to be written to.
customers-preferences = How to write to them
customers-preferences-hint = The composer goes by this, and so does what is sent automatically.
customers-greeting-name = Greet as
customers-greet-as = “{ $name }”
customers-greet = Begin with “{ $greeting }”
customers-form = Form of address
customers-form-formal = Formal
customers-form-informal = Informal
customers-pronouns = Pronouns
customers-language = Language
customers-way = Preferred way
customers-way-any = Any
customers-way-email = E-mail
customers-way-phone = Phone
customers-way-chat = Chat
customers-way-text = Text message
customers-way-post = Letter
customers-prefers = Preferably: { $way }
customers-time-zone = Time zone
customers-hours-from = From
customers-hours-until = Until
customers-weekdays-only = Only on weekdays
customers-there = It is { $time } there
customers-there-not-now = It is { $time } there, outside their hours
customers-send-theirs = When it is their time: { $when } there
customers-needs = Accessibility
customers-needs-hint = Shown beside the composer to everyone who writes to them.
customers-needs-note = More about that
customers-need-large-print = Large print
customers-need-screen-reader = Screen reader
customers-need-plain-language = Plain language
customers-need-no-phone = No phone calls
customers-need-interpreter = Interpreter or relay service
customers-need-more-time = More time to answer

# Notes, story, files.
customers-notes = Notes
customers-notes-hint = Only your colleagues see them. Pinned ones stand beside every conversation.
customers-note-new = Note about this customer
customers-note-add = Add note
customers-note-pin = Pin
customers-note-unpin = Unpin
customers-note-pinned = Pinned
customers-note-delete = Delete
customers-note-deleted = The note was deleted.
customers-story = Story
customers-story-none = Nothing has happened yet
customers-files = Files
customers-files-all = All files
customers-files-none = No files

# Organisations.
customers-organisation = Organisation
customers-organisations = Organisations
customers-organisations-hint = Whoever writes from one of their domains joins by themselves.
customers-organisations-none = No organisations yet
customers-organisation-new = New organisation
customers-organisation-none = None
customers-belongs-to = Belongs to
customers-domains = Domains
customers-domains-hint = Parted by commas. Domains of public mail providers cannot be taken.
customers-people = People
customers-people-none = Nobody yet

# Fields of one's own.
customers-fields = Fields
customers-fields-hint = What your desk wants to know of customers and organisations besides.
customers-field-add = Add a field
customers-field-owner = Whose
customers-field-kind = What it holds
customers-field-options = What can be chosen, one a line
customers-field-archive = Archive
customers-field-archived = Archived
customers-field-bring-back = Bring back
customers-kind-text = Text
customers-kind-number = Number
customers-kind-date = Date
customers-kind-choice = Choice

# Consent.
customers-consent = Consent
customers-consent-hint = What they agreed to and objected to. Nothing is ever taken out.
customers-consent-record = Write down
customers-consent-purpose = About
customers-consent-answer = What they said
customers-consent-source = How we know
customers-consent-evidence = Where it can be seen
customers-consent-evidence-hint = A quotation, a link, the number of a conversation.
customers-consent-when = When they said it
customers-purpose-any = Contact at all
customers-purpose-service = Service messages
customers-purpose-surveys = Surveys
customers-purpose-outreach = News and offers
customers-answer-agreed = Agreed
customers-answer-objected = Objected
customers-answer-unasked = Not asked
customers-do-not-contact = Do not contact
customers-source-agent = Written down by an agent
customers-source-message = A message of theirs
customers-source-spoken = Spoken, by phone or in person
customers-source-form = A form
customers-source-import = Brought along from elsewhere
customers-source-merge = Known of a customer who was merged
customers-dnc = { $name } asked not to be contacted.
customers-send-anyway = Send anyway

# Merging.
customers-merge = Merge
customers-merge-hint = Another customer's addresses, conversations and notes come here. Each conversation keeps the addresses that it goes to, and it can be undone.
customers-merge-address = E-mail address of the other one
customers-merge-here = Merge into this one
customers-still-moving = Conversations of an earlier merge are still on their way. Try again in a moment.
customers-merge-undo = Undo the merge
customers-merged = { $name } was merged into this customer.
customers-same-person = May be the same person:
customers-not-same = Not the same
customers-reason-variant = variants of one address
customers-reason-phone = the same phone number
customers-reason-name = the same name
customers-reason-organisation = the same organisation
customers-reason-in-address = the name fits the address

# Asked again.
customers-asked-again = Asked again
customers-asked-again-hint = Drafts that asked for what the customer had told already: how many were noticed, taken back, and sent anyway.
customers-asked-none = Nobody was asked again
customers-asked-week = Week of
customers-asked-agent = Agent
customers-asked-noticed = Noticed
customers-asked-heeded = Taken back
customers-asked-sent = Sent anyway
customers-asked-cases = The conversations
customers-event-asked-again = { $actor } asked again for what was known: { $thing }
customers-known = Known already – { $what }:
customers-known-message = in their message
customers-known-record = in the customer's record
customers-insert = Insert it
customers-ask-anyway = Ask anyway
customers-other-language = They prefer { $theirs }; this seems to be { $written }.
customers-thing-order = order number
customers-thing-address = address
customers-thing-phone = phone number
customers-thing-name = name
customers-thing-email = e-mail address
customers-thing-date = date
customers-thing-account = customer number
customers-thing-picture = picture
customers-thing-product = product or serial number
customers-thing-size = size

# What is wrong with a form.
customers-wrong = This cannot be taken.
customers-wrong-required = This is needed.
customers-wrong-too-long = This is too long.
customers-wrong-too-many = These are too many.
customers-wrong-address = This is not an e-mail address.
customers-wrong-address-taken = Another customer has this address. Merge the two instead.
customers-wrong-phone = This is not a phone number.
customers-wrong-time-zone = This is not a time zone, such as Europe/Berlin.
customers-wrong-hours = This must be later than the beginning.
customers-wrong-domain = This is not a domain, such as example.com.
customers-wrong-domain-taken = Another organisation has this domain.
customers-wrong-public-domain = Everybody can have an address there: it says nothing about where somebody belongs.
customers-wrong-number = A field wants a number.
customers-wrong-date = A field wants a date.
customers-wrong-not-past = This lies ahead.
customers-wrong-name-taken = This name is used already.
customers-wrong-other = There is no other customer with this address.
customers-duplicates = { $count ->
    [one] { $count } other may be the same person
   *[other] { $count } others may be the same person
}
customers-add-kind = Kind
customers-add-identity = Address, number or name
customers-add-identity-about = A phone number with its country, as in +49 30 901820; an account by its name or the address of its page.
customers-kind-email = E-mail
customers-kind-phone = Phone
customers-wrong-phone-country = Of which country is this number? Begin with + and the country’s code, as in +49.
customers-wrong-account = This is not the name of an account. Enter it as it stands on the person’s page, without spaces.
customers-wrong-network = This address is of another network. Choose the one that it belongs to.
customers-wrong-account-server = The server is missing: write name@server.
customers-reason-account = accounts of the same name
