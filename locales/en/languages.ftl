languages-what = What the interface says, language by language, for those who translate it.
languages-complete = Every language has every message: Rapport is not built otherwise. A message that reads as in English may be one that somebody forgot.
languages-messages = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
languages-same = { $count ->
    [one] { $count } as in English
   *[other] { $count } as in English
}
languages-download = Download { $file }
languages-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
