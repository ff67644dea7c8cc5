relations-follow = Follow
relations-pin = Keep on top
relations-pinned = Kept on top
relations-links = Linked conversations
relations-add = Link a conversation
relations-this-is = This is
relations-number = Number of the other
relations-link = Link
relations-unlink = Remove the link to { $number }
relations-duplicate-of = duplicate of
relations-has-duplicate = has the duplicate
relations-caused-by = caused by
relations-causes = causes
relations-related = related to
relations-followers = { $count ->
    [one] { $count } follower
   *[other] { $count } followers
}
