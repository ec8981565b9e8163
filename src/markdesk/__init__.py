"""markdesk: the terminal desk on which history teachers mark essays.

Nothing is imported here, so that ``markdesk --version`` and the first frame of the program stay quick.
"""

__version__ = "0.1.0"
