"""What goes out: sheets, marks, files for other programs."""
