"""One module a screen; each asks the desk and shows what it answers."""
