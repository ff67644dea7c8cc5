# Side conversations: with others, beside a customer's conversation.

sides-title = Side conversations
sides-new = New side conversation
sides-about = Ask another department or a supplier by e-mail. They never see what the customer wrote, nor the customer what they write.
sides-to = To
sides-to-about = E-mail addresses, with commas between them.
sides-subject = Subject
sides-text = Message
sides-files = Files of the customer’s conversation that go along
sides-send = Send
sides-no-mailbox = No mailbox is connected, so nothing can be sent.
sides-belongs = This is a side conversation. The customer does not see it. It belongs to
sides-event-begun = { $who } began a side conversation
sides-event-answered = { $who } answered in a side conversation
sides-one = Side conversation
