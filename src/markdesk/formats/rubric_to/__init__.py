"""Writing a mark scheme for other systems: one small module a format."""
