"""A PDF opened within limits, and one answer to each thing that may be wrong with it."""

import io
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pypdf import PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from markdesk.core.errors import EssayUnreadable

_DAMAGE = (
    PyPdfError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, NotImplementedError, RuntimeError,
    OSError, EOFError, AssertionError,
)  # fmt: skip
"""What pypdf is known to raise on damaged files, and what a file can make of the wrong kind of thing."""


@contextmanager
def within(limits: Mapping[str, Any], file_name: str, kind: str, again: str) -> Iterator[None]:
    """Whatever pypdf raises inside becomes EssayUnreadable, naming the file.

    ``kind`` is what it should be (``an essay``), ``again`` the way out.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it grumbles about is told in our own words
    try:
        with apply_configuration(None, **limits):
            yield
    except RecursionError as error:
        raise EssayUnreadable(f"{file_name} is nested too deeply to be {kind}.", again) from error
    except LimitReachedError as error:
        raise EssayUnreadable(f"{file_name} unpacks to more than {kind} can be.", again) from error
    except _DAMAGE as error:
        raise EssayUnreadable(f"{file_name} is damaged and can't be read as a PDF.", again) from error


def opened(data: bytes, file_name: str) -> PdfReader:
    """The PDF, unlocked where no password is needed for that. Raises EssayUnreadable where one is."""
    reader = PdfReader(io.BytesIO(data), strict=False)
    if not reader.is_encrypted:
        return reader
    try:
        found = reader.decrypt("")
    except DependencyError as error:
        raise EssayUnreadable(
            f"{file_name} is locked by its maker, in a way that needs one more package to read.",
            "Install markdesk with its extra 'locked', or print the file to a new PDF.",
        ) from error
    if found is PasswordType.NOT_DECRYPTED:
        raise EssayUnreadable(
            f"{file_name} is protected by a password.",
            "Open it with the password and print it to a new PDF, or ask for the file without one.",
        )
    return reader
