"""Saved pages: hidden words, trees that no browser would draw, and tags by the hundred thousand."""

from collections.abc import Iterator

from tests.hostile.handed import HENRY, NOBLES, Case, Named

page_case = Named("html", "essay.html")
_BODY = f"<p>{HENRY}</p>"


def cases() -> Iterator[Case]:
    yield from _hidden()
    yield from _trees()
    yield from _floods()
    yield from _encodings()


def _page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def _hidden() -> Iterator[Case]:
    """Words that a browser wouldn't show are shown, or taken out and listed: never dropped in silence."""
    for name, how in {
        "display:none": 'style="display:none"', "visibility:hidden": 'style="visibility: hidden"',
        "the attribute hidden": "hidden", "capital letters in the style": 'style="DISPLAY : NONE"',
    }.items():  # fmt: skip
        yield page_case(
            f"with words hidden by {name}",
            _page(f"{_BODY}<p {how}>{NOBLES}</p>"),
            HENRY,
            without=(NOBLES,),
            removed=(NOBLES,),
        )
    for name, style in {
        "white on white": "color:#fff;background:#fff", "a size of 0": "font-size:0", "no opacity": "opacity:0",
        "a place off the page": "position:absolute;left:-9999px", "a height of 0": "height:0;overflow:hidden",
    }.items():  # fmt: skip
        yield page_case(f"with words hidden by {name}", _page(f'{_BODY}<p style="{style}">{NOBLES}</p>'), HENRY, NOBLES)
    rule = f"<style>.x{{display:none}}</style>{_BODY}<p class=x>{NOBLES}</p>"
    yield page_case("with words hidden by a rule", _page(rule), HENRY, NOBLES)
    yield page_case(
        "with words in details",
        _page(f"{_BODY}<details><summary>More</summary><p>{NOBLES}</p></details>"),
        HENRY,
        NOBLES,
    )
    yield page_case("with words in noscript", _page(f"{_BODY}<noscript><p>{NOBLES}</p></noscript>"), HENRY)
    yield page_case(
        "with directions",
        _page('<p>The <bdo dir="rtl">king</bdo> was &rlm;&#8238;secure.</p>'),
        "king",
        told="2 hidden characters",
    )
    yield page_case(
        "with zero width",
        _page("<p>Hen&#8203;ry&zwj; was<wbr> secu&shy;re.</p>"),
        "Hen\u200bry",
        told="hidden character",
    )
    yield page_case("with NULs", f"<p>{HENRY} a\0b</p>", "a\0b", told="1 hidden character")
    yield page_case("with references to NUL and more", f"<p>{HENRY} &#0;&#x110000;&#xD800;&#99999999999;</p>", HENRY)
    yield page_case("with an escape code", f"<p>{HENRY} \x1b[2J</p>", "\x1b[2J", told="1 hidden character")


def _trees() -> Iterator[Case]:
    yield page_case("100,000 divs deep", "<div>" * 100_000 + HENRY, refused="nested 100,000 deep")
    yield page_case("100,000 unknown tags deep", f"<html>{'<x-y>' * 100_000}{HENRY}")
    yield page_case("50,000 fonts deep", f"<html>{'<font>' * 50_000}{HENRY}", refused="nested 50,000 deep")
    yield page_case("500 divs deep", f"<html>{'<div>' * 500}<p>{HENRY}</p>", HENRY)
    yield page_case("tables 1,500 deep", f"<html>{'<table><tr><td>' * 1_500}{HENRY}")
    yield page_case("headings 20,000 deep", f"<html>{'<h1>' * 20_000}{HENRY}")
    yield page_case("buttons 20,000 deep", f"<html>{'<button>' * 20_000}{HENRY}")
    yield page_case("drawings 20,000 deep", f"<html>{'<svg>' * 20_000}{HENRY}")
    yield page_case("quotations 50,000 deep", f"<html>{'<q>' * 50_000}{HENRY}")
    yield page_case("selections 20,000 deep", f"<html>{'<select><option>' * 20_000}{HENRY}")
    yield page_case("rubies 20,000 deep", f"<html>{'<ruby><rb><rt>' * 20_000}{HENRY}")
    yield page_case("tags that cross", f"<html>{'<b><p><i></b></p>' * 3_000}{_BODY}")
    yield page_case("tables with words between", _page(f"{'<table>x<tr>y<td>z' * 300}</td>{_BODY}"))
    yield page_case("end tags alone", f"<html>{'</p>' * 50_000}{_BODY}", HENRY)
    yield page_case("a frameset", "<html><frameset><frame src=a.html></frameset></html>", refused="no words")
    yield page_case("no words", "<html><body></body></html>", refused="no words")
    yield page_case("only a picture", _page("<img src=scan.png>"), refused="no words")


def _floods() -> Iterator[Case]:
    for name, piece, times in (
        ("half tags", "<a ", 20_000), ("half comments", "<!--", 100_000), ("half references", "&#x1F;<", 50_000),
        ("ampersands", "&", 500_000), ("half CDATA", "<![CDATA[", 50_000), ("half instructions", "<?", 100_000),
        ("half ends", "</", 100_000), ("less-than signs", "<", 500_000), ("quotation marks in a tag", "<a b='", 50_000),
        ("half styles", "<style>", 50_000), ("half titles", "<title>", 50_000), ("half text areas", "<textarea>", 50_000),
        ("half tables", "<table>", 2_000), ("half lists", "<ul><li>", 1_900), ("half paragraphs", "<p>word", 15_000),
    ):  # fmt: skip
        yield page_case(f"of {name}", f"<html><body>{_BODY}{piece * times}")
    flood = " ".join(f"a{n}=1" for n in range(100_000))
    yield page_case("of 100,000 attributes", _page(f"<p {flood}>{HENRY}</p>"), refused="100,000 attributes")
    yield page_case(
        "of 100,000 attributes behind a quoted sign",
        _page(f'<p a=">" {flood}>{HENRY}</p>'),
        refused="100,001 attributes",
    )
    yield page_case(
        "of one attribute of 5 MB", lambda: _page(f'<p title="{"x" * 5_000_000}">{HENRY}</p>').encode(), HENRY
    )
    yield page_case("of 100,000 classes", _page(f'<p class="{"x " * 100_000}">{HENRY}</p>'), HENRY)
    yield page_case("of a style of 2 MB", lambda: _page(_BODY, f"<style>{'a{b:c}' * 330_000}</style>").encode(), HENRY)
    yield page_case("of a style that never closes", _page(_BODY, f"<style>{'a' * 500_000}</style>"), HENRY)
    yield page_case(
        "of 20,001 paragraphs",
        _page("".join(f"<p>Line {n} of it.</p>" for n in range(20_001))),
        refused="20,001 paragraphs",
    )
    yield page_case(
        "of 200,001 words", _page(f"<p>{'word ' * 100_000}</p><p>{'word ' * 100_001}</p>"), refused="200,001 words"
    )
    yield page_case("of a paragraph of 30,000 words", _page(f"<p>{'word ' * 30_000}</p>"), "word word")
    yield page_case("of 100,000 links", _page(f"{'<a href=x>link</a> ' * 100_000}{_BODY}"))
    yield page_case("of 300,000 empty tags", lambda: _page(f"{'<i></i>' * 300_000}{_BODY}").encode(), HENRY)


def _encodings() -> Iterator[Case]:
    said = '<meta charset="{}">'
    for declared, used in (
        ("utf-8", "cp1252"),
        ("windows-1252", "utf-8"),
        ("utf-16", "utf-8"),
        ("utf-7", "utf-8"),
        ("hex", "cp1252"),
        ("x" * 20, "utf-8"),
    ):
        yield page_case(
            f"that says {declared[:8]} and is {used}",
            _page("<p>A café in 1499.</p>", said.format(declared)).encode(used),
            "café",
        )
    yield page_case("in UTF-16", _page(f"<p>{HENRY} café</p>").encode("utf-16"), "café")
    yield page_case("in UTF-32", _page(f"<p>{HENRY} café</p>").encode("utf-32"), "café")
    yield page_case(
        "that is XML",
        f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{_BODY}</body></html>',
        HENRY,
        file_name="essay.xhtml",
    )
    yield page_case(
        "that is a web archive",
        f"From: <Saved by Blink>\nContent-Type: multipart/related\n\n<html>{_BODY}",
        refused="web archive",
        file_name="essay.mhtml",
    )
    yield page_case("that is no page", HENRY, HENRY)
