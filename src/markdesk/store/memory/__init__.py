"""The store without a file: the same contract over dictionaries."""
