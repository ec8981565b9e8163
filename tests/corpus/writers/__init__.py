"""What makes the files of the corpus. Only ``make.py`` needs these; the tests read what they made."""
