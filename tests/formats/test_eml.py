"""Mails: the essay attached, or what the mail says; what is quoted, signed or attached besides is told."""

import time
from email.message import EmailMessage

import pytest

from markdesk.core.errors import EssayUnreadable
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import read_here

from .documents import docx, odt, p, paragraph
from .pages import WEIMAR, WOLSEY

HEAD = (
    "From: Jo Example <jo@school.example>",
    "To: t@school.example",
    "Date: Mon, 03 Nov 2025 10:00:00 +0000",
    "Subject: Essay “café”",
)


def mail(text: str = "", subtype: str = "plain") -> EmailMessage:
    made = EmailMessage()
    for line in HEAD:
        name, _, value = line.partition(": ")
        made[name] = value
    made["Message-ID"] = "<1@school.example>"
    made.set_content(text, subtype=subtype)
    return made


def attach(made: EmailMessage, name: str, data: bytes) -> EmailMessage:
    made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def read(made: EmailMessage | bytes) -> EssayDraft:
    return read_here(made if isinstance(made, bytes) else bytes(made), "essay.eml")


def test_a_mail_that_is_the_essay() -> None:
    draft = read(mail("\n\n".join(WOLSEY)))

    assert draft.paragraphs == WOLSEY
    assert draft.removed == HEAD
    assert draft.notes == ()


def test_the_reply_below_and_the_signature_are_left_out_and_told() -> None:
    text = (
        "\n\n".join(WEIMAR)
        + "\n\n-- \nJo Example\n13H\n\nOn Mon, 3 Nov 2025 at 09:00, Ms T <t@school.example>\nwrote:\n\n> Where is it?\n"
    )
    draft = read(mail(text))

    assert draft.paragraphs == WEIMAR
    assert draft.removed == (
        *HEAD, "-- ", "Jo Example", "13H", "On Mon, 3 Nov 2025 at 09:00, Ms T <t@school.example>", "wrote:",
        "> Where is it?",
    )  # fmt: skip
    assert draft.notes == ("3 lines quoted from another mail left out.", "3 lines of the mail's signature left out.")
    assert ("> Where is it?", False) in draft.blocks


def test_a_reply_in_a_page() -> None:
    page = (
        f"<p>{WEIMAR[0]}</p><div>Sent from Outlook for iOS</div><hr><div>From: Ms T</div><div>Sent: today</div>"
        "<div>To: Jo</div><p>Where is it?</p>"
    )
    draft = read(mail(page, "html"))

    assert draft.paragraphs == (WEIMAR[0],)
    assert draft.removed[len(HEAD) :] == (
        "Sent from Outlook for iOS",
        "From: Ms T",
        "Sent: today",
        "To: Jo",
        "Where is it?",
    )


@pytest.mark.parametrize(
    "line",
    ["On his return from Moscow in 1956 Khrushchev wrote:", "From: the Tsar's manifesto", "-----", "Kennan wrote:"],
)
def test_an_essays_own_lines_are_no_reply(line: str) -> None:
    draft = read(mail(f"{WOLSEY[0]}\n\n{line}\n\n{WOLSEY[1]}\n"))

    assert draft.paragraphs == (WOLSEY[0], line, WOLSEY[1])


def test_a_forwarded_mail_is_read_whole() -> None:
    draft = read(mail(f"---------- Forwarded message ---------\n\n{WEIMAR[0]}\n"))

    assert WEIMAR[0] in draft.paragraphs


@pytest.mark.parametrize(
    ("name", "data"), [("essay.docx", docx(paragraph(WEIMAR[0]))), ("essay.odt", odt(p(WEIMAR[0])))]
)
def test_the_one_essay_attached_is_read(name: str, data: bytes) -> None:
    made = attach(attach(mail("Here it is.\n"), name, data), "logo.png", b"\x89PNG\r\n\x1a\n")
    attach(made, "ATT00001.txt", b"This mail was scanned.")
    draft = read(attach(made, "lesson.ics", b"BEGIN:VCALENDAR"))

    assert draft.paragraphs == (WEIMAR[0],)
    assert draft.removed == (*HEAD, "Here it is.")
    assert draft.notes == (
        f"The essay is the attachment {name}; the mail's own words are left out.",
        "3 attachments not read: logo.png, ATT00001.txt, lesson.ics.",
    )


def test_two_essays_attached_are_asked_about() -> None:
    made = attach(mail("Two"), "a.docx", docx(paragraph(WEIMAR[0])))
    with pytest.raises(EssayUnreadable, match="has 2 documents attached") as refused:
        read(attach(made, "b.txt", WEIMAR[1].encode()))
    assert refused.value.hint


def test_a_damaged_attachment_is_refused_with_both_names() -> None:
    with pytest.raises(EssayUnreadable, match=r"essay\.eml: in its attachment, bad\.docx is damaged"):
        read(attach(mail("Here"), "bad.docx", docx(paragraph(WEIMAR[0]))[:300]))


def test_an_attachment_nobody_reads_is_named() -> None:
    draft = read(attach(mail("My essay is the scan, sorry.\n"), "scan.jpg", b"\xff\xd8\xff\xe0"))

    assert draft.notes == ("1 attachment not read: scan.jpg.",)


FLOWED = b"Content-Type: text/plain; charset=iso-8859-1; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n"
SENT = b"From: a@b\r\nTo: c@d\r\nDate: x\r\nMIME-Version: 1.0\r\n"


def test_lines_that_flow_and_old_letters() -> None:
    body = b"The caf\xe9 was \r\nfull of people and \r\nnoise.\r\n\r\nA new paragraph.\r\n"

    assert read(SENT + FLOWED + b"\r\n" + body).paragraphs == (
        "The café was full of people and noise.",
        "A new paragraph.",
    )


def test_a_mail_is_known_by_its_fields_and_not_by_its_name() -> None:
    made = bytes(mail("\n\n".join(WOLSEY)))
    assert read_here(made, "essay.txt").paragraphs == WOLSEY
    copied = f"From: Jo\nTo: T\nDate: today\nSubject: Essay\n\n{WOLSEY[0]}"
    assert "From: Jo" not in read_here(copied.encode(), "essay.txt").paragraphs
    archive = (
        b"From: <Saved by Blink>\r\nSubject: x\r\nDate: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"
    )
    with pytest.raises(EssayUnreadable, match="web archive"):
        read_here(archive + b"\r\n", "page.txt")


def nested(kind: bytes, depth: int) -> bytes:
    if kind == b"rfc822":
        return b"Content-Type: message/rfc822\n\nFrom: a@b\nMIME-Version: 1.0\n" * depth
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))


PLAIN = SENT.replace(b"\r\n", b"\n")


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (nested(b"mixed", 3_000), "mails inside mails"),
        (nested(b"rfc822", 3_000), "mails inside mails"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nwords\n" * 50_000, "more than 200 parts"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nwords\n" * 900, "more than 200 parts"),
        (b"Content-Transfer-Encoding: base64\n\n!!!!", "no words"),
    ],
    ids=["parts", "mails", "very many parts", "many parts", "no base64"],
)
def test_hostile_mails_are_refused_at_once(rest: bytes, reason: str) -> None:
    began = time.process_time()
    with pytest.raises(EssayUnreadable, match=reason) as refused:
        read(PLAIN + rest)
    assert time.process_time() - began < 5
    assert "essay.eml" in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Type: text/plain; " + b"a=b;" * 100_000 + b"\n\nwords of it",
        b"Cc: " + b"((" * 100_000 + b"\n\nwords of it",
        b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nwords of it",
        b"Content-Type: text/plain; charset=hex\n\nwords \x93of it\x94",
    ],
    ids=["long field", "brackets", "encoded words", "no charset"],
)
def test_hostile_fields_do_no_harm(rest: bytes) -> None:
    began = time.process_time()
    assert "of it" in read(PLAIN + rest).paragraphs[0]
    assert time.process_time() - began < 5
