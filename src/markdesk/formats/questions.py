"""Telling an examination question from everything else that may stand above an essay."""

import re

MOST_WORDS = 80
_LABEL = (
    r"(?:\W{0,4}(?:essay )?(?:question|title|q)\s?(?:\d{1,2}[a-z]?)?\s?[.:)–—-]?\s+"
    r"|\W{0,3}\d{1,2}\s?[.:)]?\s?(?:\(?[a-e]\)\s?)?|#{1,6}\s)?"
)
_QUALITY = (
    "significant|important|successful|effective|effectively|valid|convincing|accurate|useful|serious|popular|stable"
    "|secure|strong|great|much|many|justified|true|likely|fair|real|radical|powerful|united|divided|influential"
    "|responsible|valuable|reliable|complete|deep|well|consistent|dangerous|revolutionary|dependent|extensive|limited"
    "|severe|inevitable"
)
_COMMAND = (
    rf"assess|evaluate|discuss|explain|examine|analyse|analyze|compare|contrast|account for|comment on|critically"
    rf"|(?:name|give|state|list) (?:one|two|three|four|any)"
    rf"|consider|describe|outline|identify|justify|how far|to what extent|in what ways|how (?:{_QUALITY})|why (?:did"
    rf"|was|were|do|does|has|had|is|are)|what (?:was|were|role|impact|effect|factors?|caused|explains|accounts)|which"
    rf"|(?:was|were|did|do|does|is|are|has|had|can|could|should) (?:it|the|you|there|this|[A-Z])|using (?:these|the"
    rf"|source|both|your)|with reference to|in the light of|study (?:source|the)|read (?:source|extract|the)"
)
_STARTS = re.compile(rf"^{_LABEL}[\"'“‘(]?(?:{_COMMAND})\b", re.I)
_INSIDE = re.compile(
    r"(?<=[.!?:;,”\"’')\]\n])\s{0,3}(?:assess|evaluate|discuss|explain|examine|how far|to what extent|how valid"
    r"|how convincing|how accurate|do you agree|is this|is it|using|with reference to|account for|comment on"
    r"|consider)\b",
    re.I,
)
_FORMULA = re.compile(
    r"assess the (?:validity|view|reasons|significance|impact|importance|extent|claim|role|contribution|success)"
    r"|(?:how far|to what extent|do) (?:do )?you agree|explain whether you agree|(?-i:Discuss)\W{0,2}$"
    r"|explain your (?:answer|view)|analyse and evaluate|using your own knowledge|how convincing (?:do|is|are)\b"
    r"|evaluate (?:the|this) (?:view|claim|interpretation|statement)",
    re.I,
)
_TARIFF = re.compile(
    r"[\[(]\s?\d{1,3}\s?(?:marks?|m|pts|points)\s?[\])]\W{0,2}$|\b\d{1,3} marks?\W{0,2}$|\((?:[468]|[1-5]\d)\)\W{0,2}$"
    r"|\[[1-5]\d\]\W{0,2}$",
    re.I,
)
_TARIFF_ALONE = re.compile(
    r"[\[(]?\s?(?:total(?: for question \d{1,2})?\s?[:=]?\s?)?\d{1,3}\s?marks?\s?[\])]?\W{0,2}$", re.I
)
_SPEAKS_AS_STUDENT = re.compile(
    r"\b(?:this|my|the following) (?:essay|answer|coursework|investigation|study)\b|\bI (?:will|shall|would|argue"
    r"|think|believe)\b|(?:^|[.,;] |\b(?:that|and|but|what|why|because|as|so) )I (?:do|agree|disagree|partly|mostly)\b"
    r"|\b(?:will|shall) (?:be argued|argue|assess|discuss|examine|explore|consider)\b",
    re.I,
)
_ASKS = re.compile(r"\?[\"'”’)\]*_]{0,4}$")
_OPENING_QUOTE = re.compile(rf"^{_LABEL}[\"'“‘]")
_POINTS_BACK = re.compile(
    r"\b(?:this|the) (?:view|statement|claim|judgement|judgment|interpretation|quotation|verdict|assertion)\b", re.I
)
_LAST_SENTENCE = re.compile(r"[.!?][\"'”’)\]]{0,3}\s+")


def question_score(text: str) -> int:
    """How clearly a short block asks an examination question; 0 is not at all, 2 and more is a question.

    A block of 80 words or more is never one, nor is a student saying what the essay will do.
    """
    if len(text) > 1200 or len(text.split()) >= MOST_WORDS or _SPEAKS_AS_STUDENT.search(text):
        return 0
    asks, tariff, starts = bool(_ASKS.search(text)), bool(_TARIFF.search(text)), bool(_STARTS.match(text))
    formula, inside = bool(_FORMULA.search(text)), bool(_INSIDE.search(text))
    if not (asks or tariff or formula or inside) and not _is_command(text):
        return 0
    return 4 * tariff + 3 * formula + 2 * asks + 2 * (starts or inside)


def _is_command(text: str) -> bool:
    # "Assess the causes of X" without a question mark; "Did it matter" or "Which way next" are titles.
    return bool(
        re.match(
            rf"^{_LABEL}(?:assess|evaluate|discuss|explain|examine|analyse|compare|account for|critically|how far"
            rf"|to what extent|how (?:{_QUALITY})|why (?:did|was|were)|consider the (?:view|claim)"
            rf"|(?:name|give|state|identify|list) (?:one|two|three|four|any)\b)\b",
            text,
            re.I,
        )
    )


def is_long_question(text: str) -> bool:
    """Whether a block that is long enough to be a paragraph is the question all the same.

    An opening paragraph may end by asking itself something, so this wants a tariff, a quotation that is put up for
    judgement, or one sentence that is the examiner's from its first word.
    """
    if question_score(text) < 2:
        return False
    if _TARIFF.search(text):
        return True
    last = _LAST_SENTENCE.split(text)[-1]
    if _FORMULA.search(text) and all(map(_is_examiners, _LAST_SENTENCE.split(text))):
        return True
    if _OPENING_QUOTE.match(text):
        return bool(_STARTS.match(last) or _FORMULA.search(last))
    return bool(_STARTS.match(text)) and last == text


def _is_examiners(sentence: str) -> bool:
    return bool(_STARTS.match(sentence) or _FORMULA.search(sentence))


def is_tariff(text: str) -> bool:
    """Whether a line is nothing but a number of marks: ``[30 marks]``."""
    return len(text) < 60 and bool(_TARIFF_ALONE.match(text))


def needs_quotation(text: str) -> bool:
    """Whether a question judges "this view" without quoting it, so that the quotation stands above."""
    return bool(_POINTS_BACK.search(text)) and not _OPENING_QUOTE.match(text)


def is_quotation(text: str) -> bool:
    """Whether a block opens with a quotation mark."""
    return bool(_OPENING_QUOTE.match(text))
