"""Moodle's grading worksheet, in the languages of its sites.

Moodle finds the columns by their headings in the site's language, skips a row whose grade can't be changed or was
changed after the worksheet was downloaded, and keeps the feedback as HTML. So the date's cell stays as it is, and
only the grade and the feedback are ever written.
"""

import re
from dataclasses import dataclass

from markdesk.core.errors import WorksheetUnreadable
from markdesk.core.plain import fold, show_line
from markdesk.core.worksheet import PARTICIPANT as BY_NUMBER
from markdesk.core.worksheet import Bar
from markdesk.formats.class_lists.systems import PARTICIPANT
from markdesk.formats.worksheets.cells import Row, Table
from markdesk.formats.worksheets.found import Barred, Chosen, Found, Headings, Names

CALLED = "a grading worksheet of Moodle"
_NUMBER = re.compile(r"\D*(\d{1,12})", re.S)


@dataclass(frozen=True, slots=True)
class Language:
    """Moodle's own words for its columns. Where a version changed one, both stand here."""

    identifier: str
    grade: tuple[str, ...]
    out_of: tuple[str, ...]
    scale: str
    changeable: tuple[str, ...]
    changed: str
    yes: str
    feedback: tuple[str, ...]
    name: tuple[str, ...]
    id_number: tuple[str, ...]
    email: tuple[str, ...]


LANGUAGES = {
    "English": Language(
        "Identifier", ("Grade",), ("Maximum grade",), "Scale", ("Grade can be changed",), "Last modified (grade)",
        "Yes", ("Feedback comments",), ("Full name",), ("ID number",), ("Email address",),
    ),
    "German": Language(
        "ID", ("Bewertung",), ("Bestwertung", "Beste Bewertung"), "Skala", ("Bewertung kann geändert werden",),
        "Zuletzt geändert (Bewertung)", "Ja", ("Feedback als Kommentar",), ("Vollständiger Name",), ("ID-Nummer",),
        ("E-Mail-Adresse",),
    ),
    "French": Language(
        "Identifiant", ("Note",), ("Note maximale",), "Barème", ("La note peut être modifiée",),
        "Dernière modification (note)", "Oui", ("Feedback par commentaires",), ("Nom complet",),
        ("Numéro d’identification",), ("Adresse de courriel",),
    ),
    "Spanish": Language(
        "Identificador", ("Calificación",), ("Calificación máxima",), "Escala",
        ("La calificación puede ser cambiada", "La calificación puede cambiarse"), "Última modificación (calificación)",
        "Sí", ("Comentarios de retroalimentación",), ("Nombre completo",), ("Número de ID",), ("Dirección de correo",),
    ),
    "Catalan": Language(
        "Identificador", ("Qualificació",), ("Qualificació màxima",), "Escala", ("Es pot canviar la qualificació",),
        "Darrera modificació (qualificació)", "Sí", ("Comentaris de retroacció.",), ("Nom complet",), ("Número ID",),
        ("Adreça electrònica",),
    ),
    "Italian": Language(
        "Identificativo", ("Valutazione",), ("Valutazione massima",), "Scala", ("La valutazione può essere cambiata",),
        "Ultima modifica (valutazione)", "Sì", ("Commenti",), ("Nome",), ("Codice identificativo",),
        ("Indirizzo email",),
    ),
    "Dutch": Language(
        "Identificatie", ("Beoordeling", "Cijfer"), ("Maximaal cijfer",), "Schaal",
        ("Het cijfer kan gewijzigd worden",), "Laatst gewijzigd (beoordeling)", "Ja",
        ("Feedback tekstvak",), ("Volledige naam",), ("Nummer (ID)",),
        ("E-mailadres",),
    ),
    "Portuguese": Language(
        "Identificador", ("Nota", "Avaliação"), ("Nota máxima",), "Escala", ("A nota pode ser alterada.",),
        "Última atualização (avaliação)", "Sim", ("Comentários de feedback",), ("Nome completo",),
        ("Número de identificação (ID)",), ("E-mail",),
    ),
}  # fmt: skip
"""Taken from Moodle's language packs (assign, assignfeedback_comments, moodle)."""


def moodle(of: Table, heads: Headings, chosen: Chosen, assignment: str) -> Found | None:
    """How to read Moodle's worksheet; None where it is none. A scale's words are no marks: it is refused."""
    for name, words in LANGUAGES.items():
        identifier, grade = heads.find_last(words.identifier), heads.find_last(*words.grade)
        if identifier is not None and grade is not None and heads.find_last(words.changed) is not None:
            return _found(heads, chosen, words, identifier, grade, "" if name == "English" else f", in {name}")
    return _by_numbers(of, heads, chosen)


def _found(heads: Headings, chosen: Chosen, words: Language, identifier: int, grade: int, told: str) -> Found:
    out_of, scale = heads.find_last(*words.out_of), heads.find_last(words.scale)
    if out_of is None and scale is not None:
        raise WorksheetUnreadable(
            f"Moodle marks this assignment on a scale of words ('{show_line(heads.shown[scale])}'), not in marks.",
            "Set its grade to points in Moodle, then download the worksheet again.",
        )
    changeable = heads.find_last(*words.changeable)

    def barred(row: Row) -> Barred | None:
        said = row.value(changeable).strip() if changeable is not None else ""
        if not said or fold(said) == fold(words.yes):
            return None
        assert changeable is not None
        return Barred(
            Bar.REFUSED,
            f"Moodle has locked its mark ('{show_line(heads.shown[changeable])}': {show_line(said)})",
            "Unlock it in Moodle's gradebook, then download the worksheet again.",
        )

    by = (("sis", heads.find_last(*words.id_number)), ("email", heads.find_last(*words.email)))
    return Found(
        "moodle",
        f"{CALLED}{told}",
        heads.at,
        ((BY_NUMBER, identifier), *((kind, at) for kind, at in by if at is not None)),
        heads.named(chosen.mark) if chosen.mark else grade,
        Names(whole=heads.find_last(*words.name)),
        heads.named(chosen.feedback) if chosen.feedback else heads.find_last(*words.feedback),
        takes_html=True,
        out_of=lambda row: row.value(out_of) if out_of is not None else "",
        barred=barred,
    )


def _by_numbers(of: Table, heads: Headings, chosen: Chosen) -> Found | None:
    """A worksheet in another language is known by its first column; the teacher names the others."""
    firsts = [row.value(0).strip() for row in of.rows[heads.at + 1 :] if row.value(0).strip()]
    if not firsts or 2 * sum(bool(PARTICIPANT.fullmatch(cell)) for cell in firsts) <= len(firsts):
        return None
    if not chosen.mark:
        raise WorksheetUnreadable(
            "It is a grading worksheet of Moodle in a language whose headings aren't known.",
            f"Name the grade's column with --mark-column, and the feedback's with --feedback-column. {heads.listed()}",
        )
    return Found(
        "moodle",
        CALLED,
        heads.at,
        ((BY_NUMBER, 0),),
        heads.named(chosen.mark),
        feedback=heads.named(chosen.feedback) if chosen.feedback else None,
        takes_html=True,
        notes=("In this language it can't be told which marks are locked, nor out of how many they are.",),
    )


def number_of(identifier: str) -> str:
    """``Participant 4821`` as Moodle counts it; some languages leave the space out. Empty where it has no number."""
    match = _NUMBER.fullmatch(identifier.strip())
    return match[1] if match else ""
