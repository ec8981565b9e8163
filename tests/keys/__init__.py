"""The keys: the table, the keymap file, and what terminals keep for themselves."""
