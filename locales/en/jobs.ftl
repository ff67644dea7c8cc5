jobs-what = Work that was tried several times without success. Nothing of it is lost until you discard it.
jobs-none = Nothing has failed
jobs-none-why = What cannot be done, such as mail that cannot be read or sent, appears here with the reason.
jobs-tried = { $count ->
    [one] Tried once · given up { $time }
   *[other] Tried { $count } times · given up { $time }
}
jobs-discard = Discard: { $what }
