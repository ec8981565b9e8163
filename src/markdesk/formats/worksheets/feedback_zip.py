"""Moodle's zip of feedback files: a folder a submission, as in its own download, with the marked sheet in it.

Moodle reads the second word of the folder's name, the number of the submission, and which part of it is meant; the
first may say anything. Versions before 4.1 want a ``_`` at the end of it, and later ones allow it. A sheet that is
uploaded again takes the place of the earlier one, since it has the same name.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable

from markdesk.core.errors import MarkdeskError
from markdesk.formats.slug import slug

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The day of every member, so that the same sheets make the same zip."""


def member_name(called: str, number: str, ending: str) -> str:
    """``amara-okafor_100481_assignsubmission_file_/marked.pdf``."""
    return f"{slug(called, 'participant')}_{number}_assignsubmission_file_/marked.{ending}"


def feedback_zip(members: Iterable[tuple[str, bytes]]) -> bytes:
    """The zip of these members, each a name and its bytes; they are taken one at a time.

    Read back before it is given out. Raises MarkdeskError where it isn't what was put in, or two have one name.
    """
    stream = io.BytesIO()
    digests: dict[str, bytes] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            if name in digests:
                raise MarkdeskError("Two sheets would be of one submission.", "Nothing was written.")
            digests[name] = hashlib.sha256(content).digest()
            member = zipfile.ZipInfo(name, _BEGINNING)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # as on every other system, so that the bytes are the same
            member.external_attr = 0o600 << 16
            packed.writestr(member, content)
    with zipfile.ZipFile(stream) as packed:
        found = {name: hashlib.sha256(packed.read(name)).digest() for name in packed.namelist()}
    if found != digests:
        raise MarkdeskError("The zip did not read back as it was written.", "Nothing was written.")
    return stream.getvalue()
