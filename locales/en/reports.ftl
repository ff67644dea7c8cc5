# What reports share.

reports-title = Reports
reports-days = Period
reports-last-days = Last { $days } days
reports-any = All
reports-channel = Channel
reports-team = Team
reports-whole-desk = Whole desk
reports-show = Show
reports-channel-email = E-mail
reports-channel-chat = Chat
reports-channel-phone = Phone
reports-hours = { $hours } h
reports-percent = { $share } %
