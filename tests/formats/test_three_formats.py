"""One essay that LibreOffice saved as .docx, .odt and .rtf is the same essay to each of the three importers."""

from pathlib import Path

import pytest

from markdesk.formats.child import read_file

FILES = Path(__file__).parent / "files"

ESSAY = (
    "Introduction",
    "Hunger made crowds, but it was the vote that the Charter asked for. In 1839 and again in 1842 the petition "
    "followed a bad harvest, and both times it named Parliament, not bread, as the remedy[1], then and later[2].",
    "“We ask for bread and are answered with – dragoons.”",
    "the looms",
    "the land plan",
    "It was strong in the north; unseen",
    "Verse one\nverse two\ttabbed, 5\u00a0May, de\u00adcentral, Łódź, Ελλάδα, Москва, 😀, {braces} and back\\slash.",
    "cell 0",
    "cell 1",
    "cell 2",
    "cell 3",
    "A remark is made here.",
    "So hunger filled the meetings and politics gave them their aim: the movement died when neither pressed and its "
    "points outlived it.",
    "[1] Thompson, p. 4.",
    "And p. 9.",
    "[2] Hovell, p. 8.",
)


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf"])
def test_one_essay_in_three_formats(ending: str) -> None:
    draft = read_file(FILES / f"libreoffice.{ending}")

    assert draft.question == "To what extent was hunger the cause of Chartism? [25 marks]"
    assert draft.paragraphs == ESSAY
    assert sorted(draft.removed) == ["Candidate 4021 – Centre 12345", "History", "Jo Example 13H"]
    assert draft.notes == (
        "The document has tracked changes: insertions are kept, deletions are left out.",
        "1 passage is formatted as hidden; shown here.",
        "1 comment in the margin left out.",
    )
