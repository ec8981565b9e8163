"""Mails saved as a file (.eml): the essay attached to one, or else the mail's own words."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import EmailPolicy
from pathlib import PurePath

from markdesk.core.errors import EssayUnreadable
from markdesk.core.essay import normalise
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.blocks import sort_blocks
from markdesk.formats.files import decode, finish, refuse_too_many, sniff, trim
from markdesk.formats.html import page_blocks, page_text
from markdesk.formats.registry import importer_for
from markdesk.formats.seen import Block
from markdesk.formats.text import text_blocks

MOST_PARTS = 200
_MOST_RULES = 5_000
"""Lines that begin as those between parts do; where there are more, not even counting the parts is worth the time."""
_LONGEST_FIELD = 8_000
_FIELDS = ("From", "To", "Date", "Subject")
_DAMAGE = (MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, OSError)
"""What the standard library's mail parser is known to raise on damaged mails."""
_WROTE = re.compile(
    r"on\b.{0,120}\b(?:20\d\d|\d{1,2}:\d\d)\b.{0,160}\bwrote\s?:$|.{1,100}<[^<>\s]{1,60}@[^<>\s]{1,60}> wrote\s?:$"
    r"|-{2,20}\s?(?:original|forwarded) message\s?-{2,20}$|begin forwarded message:$",
    re.I,
)
"""The line above the mail that is answered."""
_HEAD = re.compile(r"(?:from|sent|to|date|subject|cc)\s?:\s?\S", re.I)
_SIGNED = re.compile(r"--\s?$|sent from (?:my|outlook for|mail for|yahoo) .{1,60}$|get outlook for .{1,60}$", re.I)
_SIGNATURE_LINES = 12
_TEXTS = ("txt", "md", "html")
"""Formats that anything may look like: a calendar's entry, or what a mail server adds as ATT00001.txt."""


@dataclass(frozen=True, slots=True)
class MailImporter:
    """Reads ``.eml`` files of Outlook, Apple Mail, Thunderbird and Gmail."""

    name: str = "eml"
    suffixes: tuple[str, ...] = (".eml",)

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """The one essay attached to a mail; in a mail without any, what the mail itself says.

        Raises EssayUnreadable for a mail with several essays, one that is damaged, or one without words.
        """
        try:
            return _read(data, file_name)
        except RecursionError as error:
            raise EssayUnreadable(
                f"{file_name} holds mails inside mails without end.", "Save the essay that is attached to it."
            ) from error
        except _DAMAGE as error:
            raise EssayUnreadable(
                f"{file_name} is damaged and can't be read as a mail.",
                "Open it in the mail program and save the essay from there.",
            ) from error


@dataclass(frozen=True, slots=True)
class _Body:
    """The mail's own words, the lines of others in it, and what is told of them."""

    own: list[Block]
    others: list[str]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class _Attached:
    name: str
    data: bytes


class _ShortFields(EmailPolicy):
    """Mails as the standard library reads them; a field of 100,000 parameters would take it minutes."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A field's name, and as much of its value as any mail program writes."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_FIELD]


def _read(data: bytes, file_name: str) -> EssayDraft:
    if data.count(b"\n--") > _MOST_RULES:
        raise _too_many_parts(file_name)
    mail = BytesParser(EmailMessage, policy=_ShortFields()).parsebytes(data)
    parts = list(_parts(mail, file_name))
    attached = [_Attached(part.get_filename() or "unnamed", _bytes(part)) for part in parts if _is_attached(part)]
    essays = [each for each in attached if _reads(each)]
    if len(essays) > 1:
        raise EssayUnreadable(
            f"{file_name} has {len(essays)} documents attached, and which is the essay isn't said.",
            "Save them from the mail and import the essay.",
        )
    head = [f"{name}: {mail[name]}" for name in _FIELDS if mail[name]]
    body = _body(parts, file_name)
    if essays:
        words = [*(block.text for block in body.own), *body.others]
        return _attachment(file_name, essays[0], head, words, attached)
    refuse_too_many(file_name, len(body.own))
    found = sort_blocks(body.own)
    removed = (*head, *found.removed, *body.others)
    whole = (*found.whole, *((text, False) for text in body.others))
    notes = (*body.notes, *_left(attached))
    return finish(file_name, found.question, found.essay, removed, notes, whole)


def _too_many_parts(file_name: str) -> EssayUnreadable:
    return EssayUnreadable(f"{file_name} has more than {MOST_PARTS} parts.", "Save the essay that is attached to it.")


def _parts(mail: Message, file_name: str) -> Iterator[EmailMessage]:
    """The leaves of a mail, in order. Raises EssayUnreadable for thousands of them."""
    for n, part in enumerate(mail.walk()):
        if n > MOST_PARTS:
            raise _too_many_parts(file_name)
        if not part.is_multipart() and isinstance(part, EmailMessage):
            yield part


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _reads(attached: _Attached) -> bool:
    """Whether an attachment is a document that an importer reads, and no mail or table."""
    try:
        kind = sniff(attached.data, attached.name)
    except EssayUnreadable:
        return False
    suffix = PurePath(attached.name).suffix.lower()
    importer = importer_for(kind, suffix)
    if importer is None or importer.name == "eml":
        return False
    return importer.name not in _TEXTS or (suffix in importer.suffixes and not attached.name.startswith("ATT0"))


def _attachment(
    file_name: str, essay: _Attached, head: Sequence[str], words: Sequence[str], attached: Sequence[_Attached]
) -> EssayDraft:
    """The essay that came with a mail; what the mail says is kept beside it."""
    importer = importer_for(sniff(essay.data, essay.name), PurePath(essay.name).suffix.lower())
    assert importer is not None
    try:
        draft = importer.read(essay.data, essay.name)
    except EssayUnreadable as error:
        raise EssayUnreadable(f"{file_name}: in its attachment, {error.message}", error.hint) from error
    mail = tuple(map(normalise, words))
    others = _left([each for each in attached if each is not essay])
    return replace(
        draft,
        removed=(*map(normalise, head), *mail, *draft.removed),
        notes=(f"The essay is the attachment {essay.name}; the mail's own words are left out.", *draft.notes, *others),
        blocks=(*((text, False) for text in mail), *draft.blocks),
    )


def _left(attached: Sequence[_Attached]) -> tuple[str, ...]:
    if not attached:
        return ()
    names = ", ".join(each.name for each in attached)
    return (f"{len(attached)} attachment{'s' if len(attached) > 1 else ''} not read: {names}.",)


def _body(parts: Sequence[EmailMessage], file_name: str) -> _Body:
    """What the mail itself says: its plain text where that has words, or else its page."""
    own = [part for part in parts if not _is_attached(part)]
    for kind in ("text/plain", "text/html"):
        bodies = [
            _text(part) if kind == "text/plain" else _page(part, file_name)
            for part in own
            if part.get_content_type() == kind
        ]
        if any(body.own or body.others for body in bodies):
            return _Body(
                [block for body in bodies for block in body.own],
                [text for body in bodies for text in body.others],
                [note for body in bodies for note in body.notes],
            )
    return _Body([], [], [])


def _text(part: EmailMessage) -> _Body:
    decoded = decode(_bytes(part), declared=part.get_content_charset() or "")
    lines = _unflowed(normalise(decoded.text), part)
    quoted, signature = _others(lines)
    # What is taken out leaves a gap, so that the lines above and below it aren't taken for one paragraph.
    own = ["" if n in quoted or n in signature else line for n, line in enumerate(lines)]
    others = [line for line in (lines[n] for n in sorted(quoted | signature)) if line.strip()]
    return _Body(text_blocks(own), others, [*decoded.notes, *_told(quoted, signature, lines)])


def _page(part: EmailMessage, file_name: str) -> _Body:
    decoded = page_text(_bytes(part), file_name, part.get_content_charset() or "")
    blocks = page_blocks(normalise(decoded.text))
    lines = [block.text for block in blocks]
    quoted, signature = _others(lines)
    own = [block for n, block in enumerate(blocks) if n not in quoted and n not in signature]
    others = [lines[n] for n in sorted(quoted | signature)]
    return _Body(own, others, [*decoded.notes, *_told(quoted, signature, lines)])


def _told(quoted: AbstractSet[int], signature: AbstractSet[int], lines: Sequence[str]) -> Iterator[str]:
    for places, of_what in ((quoted, "quoted from another mail"), (signature, "of the mail's signature")):
        count = sum(bool(lines[n].strip()) for n in places)
        if count:
            yield f"{count} line{'s' if count > 1 else ''} {of_what} left out."


def _unflowed(text: str, part: EmailMessage) -> list[str]:
    """A plain text's lines; where the mail calls it flowed, a space at a line's end joins it to the next."""
    lines = text.split("\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return lines
    joined: list[str] = []
    goes_on = False
    for line in lines:
        line = line.removeprefix(" ") if not line.startswith(">") else line
        if goes_on and line.strip():
            joined[-1] += line
        else:
            joined.append(line)
        goes_on = line.endswith(" ") and line != "-- "
    return joined


def _others(lines: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Which lines are quoted from another mail, and which are the signature; none where nothing else is there."""
    plain = [trim(line) for line in lines]
    answered = next((n for n in range(len(plain)) if _answers(plain, n)), len(plain))
    quoted = {n for n, line in enumerate(plain) if n >= answered or line.startswith(">")}
    own = [n for n, line in enumerate(plain) if line and n not in quoted]
    signed = next((n for n in own if _SIGNED.match(plain[n])), len(plain))
    signature = {n for n in own if n >= signed}
    if len(signature) > _SIGNATURE_LINES or len(signature) == len(own):
        signature = set()
    return frozenset(quoted if own else ()), frozenset(signature)


def _answers(lines: Sequence[str], n: int) -> bool:
    """Whether the mail that is answered or forwarded begins at this line; mail programs break the long ones in two."""
    if _WROTE.match(lines[n]) or _WROTE.match(" ".join(lines[n : n + 2])):
        return True
    return lines[n].lower().startswith("from") and all(map(_HEAD.match, lines[n : n + 3])) and len(lines) > n + 2
