"""The marking domain as pure values: no input or output, no clock, no randomness."""
