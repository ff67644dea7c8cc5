offline-title = You are offline
offline-what = This page was not read before, so it cannot be shown now. What you read lately can be opened; what you write is kept.
offline-inbox = To the inbox
offline-reading = Offline: you are reading what was kept.
