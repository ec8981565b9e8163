"""Mails that were made to do harm, damaged, or that hold what they shouldn't."""

from collections.abc import Iterator
from email.message import EmailMessage

from tests.formats.documents import docx, odt, p, paragraph
from tests.hostile.handed import HENRY, NOBLES, Case, Named, zipped

mail_case = Named("eml", "essay.eml")
_HEAD = (
    "From: a@b.example\nTo: c@d.example\nMessage-ID: <1@b>\nDate: Mon, 23 Nov 2026 09:30:00 +0000\nMIME-Version: 1.0\n"
)


def cases() -> Iterator[Case]:
    yield from _bodies()
    yield from _attachments()
    yield from _floods()


def _plain(body: str, *fields: str) -> str:
    return _HEAD + "".join(f"{field}\n" for field in fields) + f"\n{body}\n"


def _parts(*parts: str, kind: str = "mixed", rule: str = "b") -> str:
    inside = "".join(f"--{rule}\n{part}\n" for part in parts)
    return f'{_HEAD}Content-Type: multipart/{kind}; boundary="{rule}"\n\n{inside}--{rule}--\n'


def _with(*files: tuple[str, bytes], body: str = "Here it is.") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"], mail["Subject"] = "a@b.example", "c@d.example", "<1@b>", "Essay"
    mail.set_content(body)
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def _bodies() -> Iterator[Case]:
    page = f"Content-Type: text/html\n\n<p>{HENRY}</p><script>alert(1)</script><img src=http://127.0.0.1:9/a.png>"
    yield mail_case("without a fault", _plain(HENRY), HENRY)
    yield mail_case("that is a page", _parts(page), HENRY, without=("alert",))
    yield mail_case("in an unknown encoding", _plain(HENRY, "Content-Type: text/plain; charset=x-unheard"), HENRY)
    yield mail_case("in an encoding that is a codec", _plain(HENRY, "Content-Type: text/plain; charset=hex"), HENRY)
    yield mail_case("packed in an unknown way", _plain(HENRY, "Content-Transfer-Encoding: x-odd"), HENRY)
    yield mail_case("of base64 that is none", _plain("=?=" + HENRY, "Content-Transfer-Encoding: base64"))
    yield mail_case(
        "of quoted letters that are none", _plain(f"=ZZ=\n{HENRY}=", "Content-Transfer-Encoding: quoted-printable")
    )
    yield mail_case("with escape codes in its subject", _plain(HENRY, "Subject: \x1b[2J\u202eevil"), HENRY)
    yield mail_case(
        "with an encoded subject that lies", _plain(HENRY, "Subject: =?x-odd?b?////?= =?utf-8?q?=ff=00?="), HENRY
    )
    yield mail_case("with a date that is none", _plain(HENRY, "Date: 99 Foo 99999 99:99:99 +9999"), HENRY)
    yield mail_case("with addresses that are none", _plain(HENRY, 'Cc: <<<>>@@,,;:"\\'), HENRY)
    yield mail_case("without words", _plain(""), refused="no words")
    yield mail_case("of 0 bytes", b"", refused="is empty")
    yield mail_case("of a head alone", _HEAD, refused="no words")
    yield mail_case("that is quoted whole", _plain("\n".join(f"> {line}" for line in (HENRY, NOBLES))), HENRY)
    yield mail_case(
        "with a body elsewhere",
        _parts(
            'Content-Type: message/external-body; access-type=URL; URL="http://127.0.0.1:9/a"\n\n',
            f"Content-Type: text/plain\n\n{HENRY}",
        ),
        HENRY,
    )
    yield mail_case("that is a text", HENRY, HENRY)


def _attachments() -> Iterator[Case]:
    good = docx(paragraph(HENRY))
    yield mail_case("with an essay", _with(("essay.docx", good)), HENRY, told="The essay is the attachment")
    yield mail_case(
        "with two essays", _with(("a.docx", good), ("b.odt", odt(p(NOBLES)))), refused="2 documents attached"
    )
    yield mail_case("with a name that leads out", _with(("../../evil.docx", good)), HENRY)
    yield mail_case("with an absolute name", _with(("/etc/cron.d/x.docx", good)), HENRY)
    yield mail_case("with a name in escape codes", _with(("\x1b[2J\u202ecod.x.docx", good)), HENRY)
    yield mail_case("with a name of 3,000 letters", _with(("a" * 3_000 + ".docx", good)), HENRY)
    yield mail_case("with a damaged essay", _with(("essay.docx", good[:200])), refused="in its attachment")
    yield mail_case(
        "with a bomb", _with(("a.docx", zipped({"word/document.xml": b" " * 40_000_000}))), refused="unpacks to"
    )
    yield mail_case("with a password", _with(("a.doc", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))))
    yield mail_case(
        "with a program", _with(("essay.docx.exe", b"MZ\x90\0"), body=HENRY), HENRY, told="1 attachment not read"
    )
    yield mail_case(
        "with a zip", _with(("essays.zip", zipped({"a.txt": b"x"})), body=HENRY), HENRY, told="1 attachment not read"
    )
    inner = _with(("essay.docx", good))
    nested = EmailMessage()
    nested["From"], nested["Message-ID"], nested["To"] = "a@b.example", "<2@b>", "c@d.example"
    nested.set_content(HENRY)
    nested.add_attachment(inner, maintype="application", subtype="octet-stream", filename="mail.eml")
    yield mail_case("with a mail in it", bytes(nested))


def _floods() -> Iterator[Case]:
    deep = f"Content-Type: text/plain\n\n{HENRY}"
    for n in range(150):
        deep = f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n{deep}\n--b{n}--\n'
    yield mail_case("150 deep", _HEAD + deep)
    many = "Content-Type: message/rfc822\n\n" * 3_000
    yield mail_case("of mails in mails", _HEAD + many + HENRY)
    yield mail_case("of 1,000 parts", _parts(*["Content-Type: text/plain\n\nx"] * 1_000), refused="more than 200 parts")
    yield mail_case("of 100,000 parts", _parts(*["\nx"] * 100_000), refused="more than 200 parts")
    yield mail_case(
        "of a rule without end", f'{_HEAD}Content-Type: multipart/mixed; boundary="{"b" * 50_000}"\n\n--b\n\n{HENRY}'
    )
    yield mail_case("of 20,000 fields", _plain(HENRY, *(f"X-{n}: a" for n in range(20_000))), HENRY)
    yield mail_case("of a field of 2 MB", _plain(HENRY, f"X-A: {'a ' * 1_000_000}"), HENRY)
    yield mail_case(
        "of 20,000 parameters",
        _plain(HENRY, f"Content-Type: text/plain; {'; '.join(f'a{n}=b' for n in range(20_000))}"),
        HENRY,
    )
    yield mail_case("of encoded words", _plain(HENRY, f"Subject: {'=?utf-8?q?a?= ' * 20_000}"), HENRY)
    yield mail_case("of brackets in an address", _HEAD.replace("a@b.example", "(" * 20_000) + f"\n{HENRY}\n")
    yield mail_case("of a line of 5 MB", _plain(HENRY + " word" * 30_000), "word word")
    yield mail_case(
        "of a page 100,000 deep",
        _parts(f"Content-Type: text/html\n\n{'<div>' * 100_000}{HENRY}"),
        refused="nested 100,000",
    )
    yield mail_case(
        "of 20,001 paragraphs",
        _plain("\n\n".join(f"Line {n} of it." for n in range(20_001))),
        refused="20,001 paragraphs",
    )
