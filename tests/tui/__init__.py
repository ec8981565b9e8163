"""The screens: real keys pressed, and the rows read through a second connection."""
