jobs-what = Work that was tried several times without success. Nothing of it is lost until you discard it.
jobs-none = Nothing has failed
jobs-none-why = What cannot be done, such as mail that cannot be read or sent, appears here with the reason.
jobs-tried = { $count ->
    [one] Tried once · given up { $time }
   *[other] Tried { $count } times · given up { $time }
}
jobs-discard = Discard: { $what }
jobs-kind-receive-delivery = Receive delivery
jobs-kind-send-message = Send message
jobs-kind-follow-customer = Follow customer
jobs-kind-walk-organisation = Walk organisation
jobs-kind-move-conversations = Move customers conversations
jobs-kind-sweep-blobs = Sweep blobs
jobs-kind-prune-sessions = Prune sessions
