"""Question terms: where the words of the question come back in the essay, and which paragraphs have none."""

import re

from markdesk.core.essay import Essay, Span
from markdesk.core.lenses.lens import Asked, Found, Lens, numbered, paragraphs_without, word_set
from markdesk.core.lenses.stems import WORD, stem

_MARKS = re.compile(r"[\[(]\s?\d{1,3}\s+marks?\s?[\])]", re.I)
_NUMERAL = re.compile("[IVXL]+(?:['’]s)?$")
_ASKING = word_set(
    "a about above account accurate accurately after against agree agreed all also an and any are argue argued"
    " argument arguments as assess assessment at be because been before best better between both but by can case"
    " compare completely consider context convincing could did discuss do does during each either entirely"
    " evaluate evaluation evidence examine explain extent extract extracts far follow following for from fully"
    " given had has have he her his historical how i if important importance in interpretation interpretations"
    " into is it its judge judgement justified knowledge later less made main mainly make many marks might more"
    " most much must my no not of on one only or other our own passage passages period question reading refer"
    " reference relation say says second she should significance significant so source sources statement study"
    " such than that the their them then there these they this those to true two understanding up us use used"
    " useful using valid validity value valuable view was way were what when where which while who whole whom"
    " whose why will with within without would year years you your"
)
"""The words with which any question is asked."""


def terms_of(question: str) -> dict[str, str]:
    """The question's own words by their stems."""
    terms: dict[str, str] = {}
    for match in WORD.finditer(_MARKS.sub(" ", question)):
        word = match.group()
        if len(word) > 2 and word.lower() not in _ASKING and not _NUMERAL.match(word):
            terms.setdefault(stem(word), word)
    return terms


def question_terms(essay: Essay, asked: Asked) -> Lens:
    """The question's words in an essay, whatever their endings."""
    terms = terms_of(asked.question)
    found = tuple(
        Found(Span(match.start(), match.end()), terms[root])
        for match in WORD.finditer(essay.text)
        if (root := stem(match.group())) in terms
    )
    told: list[str] = []
    if terms:
        told.append(f"looked for: {', '.join(terms.values())}")
        seen = {one.note for one in found}
        unseen = [word for word in terms.values() if word not in seen]
        if unseen:
            told.append(f"never said: {', '.join(unseen)}")
        if none := paragraphs_without(essay, found):
            told.append(f"paragraphs without any: {numbered(none)}")
    else:
        told.append("the question has no words of its own to look for")
    return Lens("terms", "Question terms", found, told=tuple(told))
