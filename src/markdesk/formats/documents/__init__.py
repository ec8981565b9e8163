"""Pages that are given out, as a value (``document``), and a module for each format that they are written in.

``formats.sheets`` says what stands on a sheet; the modules here say how it looks. To give a file format another look,
touch its module alone: nothing else knows how a page is laid out.
"""
