keyboard-what = Everything in the inbox can be done from the keyboard.
keyboard-single = Single keys
keyboard-single-do = Single keys do something when no field has the cursor
keyboard-single-hint = Switch this off if you dictate, or if keys are pressed by accident. Keys with Ctrl or ⌘ go on working.
