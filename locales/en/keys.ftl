keys-own = Your own keys
keys-own-what = Go into a field and press the key, or two keys one after the other. Backspace takes the key away.
keys-save = Save these keys
keys-reset = Back to the desk’s keys
keys-not-a-key = “{ $keys }” is no key that can be used: a letter or sign, with Ctrl or Shift, never with Alt.
keys-taken = This key is used for “{ $what }”.
keys-none = No key
