"""What a column's heading says in plain words: its own, or those of a school system in another language.

The order of the rules is their meaning: what must never be kept comes first, so that ``Parent email`` is nobody's.
"""

import re
from functools import lru_cache

from markdesk.core.class_list import Asked, Taken
from markdesk.core.plain import fold

PREFERRED, PLAIN, LEGAL = 0, 1, 2
"""Which of several names of one person is the one that she goes by."""

_NEVER = re.compile(
    r"\b(parents?|guardians?|carers?|contacts?|mother|father|emergency|home|personal|previous|former|middle|initials?"
    r"|upn|uln|uci|unique (candidate|pupil|learner)|dob|birth|geb|birthday|age|gender|sex|ethnic\w*|religion"
    r"|sen|send|pupil premium|pp|fsm|eal|nationality|phone|tel|telephone|mobile|post ?code|house|photo|year|yr|nc"
    r"|attendance|password|pronouns?|target|grade|grades|mark|marks|score|total|average|points|feedback|submission"
    r"|teachers?|staff|lecturer|modified|downloaded|date|time|cohort|doctor|medical)\b"
)
"""Of others than the student, or more of her than a mark needs."""
_OF_STUDENT = r"(?:(?:the )?(?:students?|pupils?|learners?|candidates?|school|users?|s)(?: s)? )?"

_RULES: tuple[tuple[Asked, int, str], ...] = (
    # Names in one column, the halves in the order in which the heading has them
    (Asked.FAMILY_FIRST, PLAIN, r"(?:surname|last ?name|family ?name|last)(?: and)? (?:fore|first|given)(?: ?names?)?"),
    (Asked.NAME, PLAIN, r"(?:forename|first ?names?|given ?names?|first)(?: and)? (?:sur|last|family)(?: ?names?)?"),
    # Given name
    (Asked.GIVEN, PREFERRED, _OF_STUDENT + r"(?:preferred|chosen|usual|known as)(?: (?:fore|first|given))? ?names?"),
    (Asked.GIVEN, PREFERRED, r"known as|goes by|nick ?name|preferred"),
    (Asked.GIVEN, LEGAL, _OF_STUDENT + r"(?:legal|official) (?:first|given|fore) ?names?"),
    (Asked.GIVEN, PLAIN, _OF_STUDENT + r"(?:fore|first|given|christian) ?names?|first"),
    (Asked.GIVEN, PLAIN, r"prenoms?|vornamen?|voornaam|enw(?:au)? cyntaf|imie|fornavn|etunimi|fornamn|nombres"),
    # Family name
    (Asked.FAMILY, PREFERRED, _OF_STUDENT + r"(?:preferred|chosen|usual) (?:last|family|sur) ?name"),
    (Asked.FAMILY, LEGAL, _OF_STUDENT + r"(?:legal|official) (?:last|family|sur) ?name"),
    (Asked.FAMILY, PLAIN, _OF_STUDENT + r"(?:last|family|sur) ?names?|last"),
    (Asked.FAMILY, PLAIN, r"nom de famille|nachnamen?|familiennamen?|apellidos?(?: s)?|cognome|achternaam|cyfenw"),
    (Asked.FAMILY, PLAIN, r"sobrenome|apelido|ultimo nome|nazwisko|etternavn|efternavn|sukunimi|efternamn"),
    # Numbers and ids
    (Asked.CANDIDATE, PLAIN, r"(?:exam(?:ination)?s? |board )?cand(?:idate)? ?(?:no|num|nr|number)s?"),
    (Asked.CANDIDATE, PLAIN, r"exam(?:ination)?s? ?(?:no|num|nr|number)"),
    (Asked.EMAIL, PLAIN, _OF_STUDENT + r"(?:work )?e ?mail(?: address(?:es)?)?|mail"),
    (Asked.EMAIL, PLAIN, r"adresse (?:de courriel|e ?mail|electronique)|courriel|e ?mail ?adress?e|indirizzo e ?mail"),
    (Asked.EMAIL, PLAIN, r"(?:direccion|correo)(?: (?:de correo|electronico|e ?mail))*(?: electronico)?"),
    (Asked.EMAIL, PLAIN, r"endereco de e ?mail|cyfeiriad e ?bost|adres e ?mail|e ?mail ?adres"),
    (Asked.LOGIN, PLAIN, r"(?:sis |network |school |computer )?(?:user ?name|log ?in(?: id| name)?|user ?id)"),
    (Asked.LOGIN, PLAIN, r"benutzername|anmeldename|nom d utilisateur|nombre de usuario|gebruikersnaam|nome utente"),
    (Asked.SIS, PLAIN, r"(?:adm|admin|admission)s? ?(?:no|num|nr|number)s?|adno|ad no|roll ?(?:no|number)"),
    (Asked.SIS, PLAIN, r"(?:student|pupil|learner|school|mis|sims|arbor|bromcom|isams|sis|person)s? ?"
                       r"(?:user )?(?:id|number|no|num|nr|ref|reference|code)"),
    (Asked.SIS, PLAIN, r"sid|sis(?: user)? id|org defined id|id number|id ?nummer|numero d identification"),
    (Asked.SIS, PLAIN, r"numero de (?:id|identificacion|identificacao)|codice identificativo|rhif id"),
    (Asked.GRADESCOPE, PLAIN, r"gradescope (?:user )?id"),
    (Asked.CANVAS, PLAIN, r"canvas (?:user )?(?:id|number|no)"),
    (Asked.MOODLE, PLAIN, r"moodle (?:user )?(?:id|number|no)"),
    (Asked.ONEROSTER, PLAIN, r"oneroster (?:sourced )?id"),
    # Groups
    (Asked.TUTOR, PLAIN, r"(?:tutor|registration|reg|form|mentor|pastoral|vertical)"
                         r"(?: ?(?:group|grp|class|form|code|set))?(?: name)?|tg|rg|tutorgroup|reggroup"),
    (Asked.CLASS, PLAIN, r"(?:teaching |subject |history )?(?:class|set|group|grp|section|course)(?:es|s)?"
                         r"(?: (?:name|code|group|title))?"),
    (Asked.CLASS, PLAIN, r"groupes?|gruppen?|grupos?|gruppi|groepen|grwpiau"),
    (Asked.ACCESS, PLAIN, r"(?:exam(?:ination)?s? )?access(?: arrangements?)?(?: exams?)?|eaas?|exam arrangements?"
                          r"|extra time|aa|concessions?|access arr"),
    (Asked.ROLE, PLAIN, r"roles?|user ?type|type|rollen?|roles? en el curso|rolau|ruoli"),
    # The whole name, last: its words are in all the others
    (Asked.NAME, PREFERRED, _OF_STUDENT + r"preferred full ?name"),
    (Asked.NAME, LEGAL, _OF_STUDENT + r"legal name"),
    (Asked.NAME, PLAIN, _OF_STUDENT + r"(?:full |display |whole )?names?|students?|pupils?|learners?|candidates?"),
    (Asked.NAME, PLAIN, r"nom complet|vollstandiger name|nombre completo|nome completo|nome e cognome|volledige naam"),
    (Asked.NAME, PLAIN, r"enw llawn|naam|enw"),
)  # fmt: skip
_COMPILED = tuple((asked, rank, re.compile(pattern)) for asked, rank, pattern in _RULES)
_HALF_OR_WHOLE = re.compile(r"nom|nombre|nome")
"""The given name, the family name or the whole, by what stands beside it."""
_ONLY_PERHAPS = {
    Asked.SIS: re.compile(r"id|ref|reference|code|identifier|id no"),
    Asked.CANDIDATE: re.compile(r"no|number|num|nr|n"),
}
"""Headings that say that something is a number, and not which."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def plain_header(header: str) -> str:
    """A heading as its words: ``CandidateNo.`` is ``candidate no``."""
    return " ".join(re.sub(r"[^\w]+|_", " ", fold(_CAMEL.sub(" ", header[:200]))).split())


@lru_cache(maxsize=4096)
def said_by(header: str) -> Taken | None:
    """What a heading says; None where it is nothing that is kept."""
    words = plain_header(header)
    if not words or len(words) > 60:
        return None
    for asked, rank, pattern in _COMPILED:
        if asked in (Asked.CANDIDATE, Asked.SIS, Asked.TUTOR, Asked.ACCESS) and pattern.fullmatch(words):
            return Taken(asked, header, rank=rank)
    if _NEVER.search(words):
        return None
    for asked, rank, pattern in _COMPILED:
        if pattern.fullmatch(words):
            return Taken(asked, header, rank=rank)
    if _HALF_OR_WHOLE.fullmatch(words):
        return Taken(Asked.NAME, header, rank=PLAIN)
    for asked, pattern in _ONLY_PERHAPS.items():
        if pattern.fullmatch(words):
            return Taken(asked, header, f"'{header}' doesn't say which number it is", LEGAL + 1)
    return None


def is_heading(cell: str) -> bool:
    """Whether a cell is a heading of anything, kept or not."""
    return said_by(cell) is not None or bool(_NEVER.search(plain_header(cell)))


def settled(found: dict[int, Taken]) -> dict[int, Taken]:
    """The columns of one row of headings, seen together: ``Nom`` beside ``Prénom`` is the family name."""
    has_given = any(taken.asked is Asked.GIVEN for taken in found.values())
    has_family = any(taken.asked is Asked.FAMILY for taken in found.values())
    whole = Asked.FAMILY if has_given and not has_family else Asked.GIVEN if has_family and not has_given else None
    made: dict[int, Taken] = {}
    for at, taken in found.items():
        is_half = whole is not None and _HALF_OR_WHOLE.fullmatch(plain_header(taken.header))
        made[at] = Taken(whole, taken.header, taken.doubt, taken.rank) if whole and is_half else taken
    halves = (has_given and has_family) or made != found
    whole_names = (Asked.NAME, Asked.FAMILY_FIRST)
    return {at: taken for at, taken in made.items() if not (halves and taken.asked in whole_names)}
