"""Every figure that is shown, against the same figure worked out another way."""
