"""Widgets show values and post messages; none knows the desk."""
