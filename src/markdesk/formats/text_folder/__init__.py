"""A whole desk as a folder of text, and back.

``writing.export_desk`` writes one; ``reading.TextFolder`` looks at every file of one, and ``taking_in.import_desk``
makes the desk of it again.
"""
