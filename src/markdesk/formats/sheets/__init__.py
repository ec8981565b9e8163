"""What stands on each kind of sheet. How it looks in a file is ``formats.documents``'s."""
