"""Search by the full-text index: which texts, in which order, and what they are."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import islice, product
from typing import Any

from markdesk.core.essay import Span
from markdesk.core.feedback import PRIVATE
from markdesk.core.ids import AssignmentId, MarkerId, ScriptId
from markdesk.core.search_hits import Hit, as_shown
from markdesk.core.search_query import Kind, Query
from markdesk.core.search_spellings import spellings
from markdesk.core.search_words import Phrase, Searched, Term, begins_all, phrases_of, touches
from markdesk.store.codec import ASSIGNMENT, STUDENT
from markdesk.store.sqlite.asking import columns_of, decoded

Ask = Callable[[str, dict[str, Any]], list[sqlite3.Row]]
Spelt = dict[tuple[str, bool], list[str]]
"""Of a word, and of one that may go on, the other spellings that stand in the index."""
MOST_SPELLINGS = 32
"""In so many spellings at the most a phrase is looked for."""

# Whose a text is, told by keys. A cross join keeps SQLite to the order: the words first, then whose they are.
_WHOSE = """
left join marking m on s.kind in ('comment', 'feedback') and m.id = s.owner
left join script sc on sc.id = case s.kind when 'essay' then s.owner else m.script_id end
left join assignment a on a.id = case s.kind when 'question' then s.owner else sc.assignment_id end
left join student st on st.id = case s.kind when 'student' then s.owner else sc.student_id end
"""
_MATCHING = "from search cross join searchable s on s.id = search.rowid"
_TEXT = "coalesce(t.essay, t.comment, t.feedback, t.question, t.student) as text"


# The words of the index as a table, for as long as the connection lasts: nothing of it is in the file.
_VOCABULARY = "create virtual table if not exists temp.search_word using fts5vocab(main, search, row)"
_IN_VOCABULARY = """
select word, is_begun from (
    select json_extract(value, '$[0]') as word, json_extract(value, '$[1]') as is_begun from json_each(:asked)
)
where case is_begun
    when 0 then exists (select 1 from temp.search_word w where w.term = word)
    else exists (select 1 from temp.search_word w where w.term >= word and w.term < word || char(1114111))
end
"""


def _sql(*parts: str) -> str:
    return " ".join(parts)


_TOLD = _sql(
    "select s.id, s.kind, s.part, sc.id as script, n.start, n.\"end\",", _TEXT, ",",
    "case s.kind when 'essay' then sc.essay_hash when 'comment' then m.essay_hash end as essay_hash,",
    columns_of(ASSIGNMENT, "a"), ",", columns_of(STUDENT, "st"), "from searchable s", _WHOSE,
    "left join annotation n on s.kind = 'comment' and n.id = s.part",
    "join search_text t on t.id = s.id where s.id in (select value from json_each(:ids))",
)  # fmt: skip
_HIDDEN = _sql(
    "select sc.id as script,", columns_of(STUDENT, "st"),
    "from assignment a cross join script sc on sc.assignment_id = a.id",
    "join student st on st.id = sc.student_id where a.is_anonymous",
)  # fmt: skip
_OF_SCRIPTS = _sql(
    "select s.id, s.kind, sc.id as script,", _TEXT, _MATCHING, _WHOSE,
    "join search_text t on t.id = s.id",
    "where search match :match and sc.id in (select value from json_each(:scripts))",
)  # fmt: skip

# The texts that stand on the scripts of one assignment, found by whose they are.
_OF_ASSIGNMENT = """
with mine as (
    select sc.id as script, sc.id as owner from script sc where sc.assignment_id = :assignment
    union all
    select sc.id, m.id from script sc join marking m on m.script_id = sc.id and m.marker_id = :marker
    where sc.assignment_id = :assignment
)
select s.id, mine.script from mine cross join searchable s on s.owner = mine.owner
where s.kind <> 'feedback' or substr(s.part, 1, instr(s.part, '.') - 1)
    not in (select value from json_each(:private))
"""
_BETWEEN = "select rowid as id from search where search match :match and rowid between :first and :last"


class Search:
    """One query on one file."""

    def __init__(self, ask: Ask, query: Query, marker_id: MarkerId) -> None:
        self._ask, self._query = ask, query
        self._values: dict[str, Any] = {"marker": marker_id}
        self._is_nothing = query.is_empty or not query.wanted

    def count(self) -> int:
        """How many texts there are."""
        return 0 if self._is_nothing else int(self._rows("select count(*)", self._found)[0][0])

    def hits(self, limit: int, offset: int) -> tuple[Hit, ...]:
        """Some of them, the best first."""
        if self._is_nothing:
            return ()
        self._values |= {"limit": limit, "offset": offset}
        if self._query.terms:
            rows = self._rows("select search.rowid as id", self._found, "order by rank limit :limit offset :offset")
        else:
            rows = self._rows("select s.id", self._found, "order by s.id desc limit :limit offset :offset")
        ids = [row["id"] for row in rows]
        told = {row["id"]: _hit(row) for row in self._ask(_TOLD, {"ids": json.dumps(ids)})}
        return tuple(told[one] for one in ids)

    def scripts(self, assignment_id: AssignmentId) -> frozenset[ScriptId]:
        """The scripts of an assignment on which it stands, private notes left out.

        The index is asked for a stretch of its texts alone, from the first to the last of this assignment: what lies
        on the desk besides costs little.
        """
        if self._is_nothing or not self._query.terms:
            return frozenset()
        private = json.dumps(sorted(PRIVATE))
        rows = self._ask(_OF_ASSIGNMENT, {**self._values, "assignment": assignment_id, "private": private})
        texts: dict[int, ScriptId] = {row["id"]: row["script"] for row in rows}
        if not texts:
            return frozenset()
        self._values |= {"match": matching(self._query, self._spelt()), "first": min(texts), "last": max(texts)}
        found = self._rows(_BETWEEN)
        hidden = set(self._hidden())
        return frozenset(texts[row["id"]] for row in found if row["id"] in texts and row["id"] not in hidden)

    def _rows(self, *parts: str) -> list[sqlite3.Row]:
        return self._ask(_sql(*parts), self._values)

    @cached_property
    def _found(self) -> str:
        """Where the texts are that pass. Whose they are is asked only where a filter has to know."""
        conditions = self._conditions()
        if not self._query.terms:
            self._values["kinds"] = json.dumps(self._query.wanted)
            conditions.append("s.kind in (select value from json_each(:kinds))")
            return _sql("from searchable s", _WHOSE, "where", " and ".join(conditions))
        self._values["match"] = matching(self._query, self._spelt())
        whose = _sql(_MATCHING, _WHOSE) if conditions else "from search"
        conditions.append("search match :match")
        if hidden := self._hidden():
            self._values["hidden"] = json.dumps(hidden)
            conditions.append("search.rowid not in (select value from json_each(:hidden))")
        return _sql(whose, "where", " and ".join(conditions))

    def _spelt(self) -> Spelt:
        """How else words of the query stand in the index."""
        wanted = {
            (word, is_begun): spellings(word, is_begun)
            for phrase in phrases_of(self._query.terms)
            for word, is_begun in _words(phrase)
        }
        asked = json.dumps([[one, key[1]] for key, several in wanted.items() for one in several])
        self._ask(_VOCABULARY, {})
        there = {(row["word"], bool(row["is_begun"])) for row in self._ask(_IN_VOCABULARY, {"asked": asked})}
        return {key: [one for one in several if (one, key[1]) in there] for key, several in wanted.items()}

    def _conditions(self) -> list[str]:
        """What the filters ask for."""
        query, conditions = self._query, list[str]()
        if self._ask("select 1 from marker where id <> :marker limit 1", self._values):
            conditions.append("(m.id is null or m.marker_id = :marker)")
        if query.students:
            rows = self._ask("select id, given_name || ' ' || family_name as name from student", {})
            self._values["students"] = _named(rows, query.students, all)
            conditions.append(
                "(a.id is null or not a.is_anonymous) and st.id in (select value from json_each(:students))"
            )
        if query.groups:
            rows = self._ask("select id, name from teaching_group", {})
            self._values["groups"] = _named(rows, query.groups, any)
            conditions.append(
                "(a.group_id in (select value from json_each(:groups)) or a.group_id is null and exists ("
                "select 1 from membership b, json_each(:groups) g where b.student_id = st.id and b.group_id = g.value))"
            )
        if query.years:
            self._values["years"] = json.dumps(query.years)
            conditions.append(
                "exists (select 1 from json_each(:years) y"
                " where a.set_on between json_extract(y.value, '$[0]') and json_extract(y.value, '$[1]'))"
            )
        if query.stamps:
            self._values["stamps"] = json.dumps(query.stamps)
            conditions.append(
                "exists (select 1 from annotation n where n.id = s.part"
                " and lower(n.code) in (select value from json_each(:stamps)))"
            )
        return conditions

    def _hidden(self) -> list[int]:
        """The texts that are found by nothing but a name which is hidden there."""
        terms = self._query.terms
        students = {row["script"]: decoded(STUDENT, row, "st") for row in self._ask(_HIDDEN, {})}
        named = {script: who for script, who in students.items() if who is not None and touches(terms, who.name)}
        if not named:
            return []
        rows = self._ask(_OF_SCRIPTS, {**self._values, "scripts": json.dumps(list(named))})
        return [
            row["id"]
            for row in rows
            if Searched(as_shown(Kind(row["kind"]), row["text"], named[row["script"]])).find_all(terms) is None
        ]


def _named(rows: Iterable[sqlite3.Row], wanted: tuple[tuple[str, ...], ...], which: Callable[[Any], bool]) -> str:
    """The ids of those whose names begin so."""
    return json.dumps([row["id"] for row in rows if which(begins_all(one, row["name"]) for one in wanted)])


def _hit(row: sqlite3.Row) -> Hit:
    kind, text = Kind(row["kind"]), row["text"]
    assignment, student = decoded(ASSIGNMENT, row, "a"), decoded(STUDENT, row, "st")
    if assignment is not None and assignment.is_anonymous and student is not None:
        text = as_shown(kind, text, student)
    span = Span(row["start"], row["end"]) if row["start"] is not None else None
    return Hit(kind, text, assignment, student, row["script"], row["part"], span, row["essay_hash"])


def matching(query: Query, spelt: Spelt) -> str:
    """The query in the index's own language: made of letters and digits alone, each phrase in quotation marks."""
    terms = " AND ".join(_term(term, spelt) for term in query.terms)
    return f"{{{' '.join(query.wanted)}}} : ({terms})"


def _term(term: Term, spelt: Spelt) -> str:
    if isinstance(term, Phrase):
        found = _phrases(term, spelt)
    else:
        pairs = product(_phrases(term.one, spelt), _phrases(term.other, spelt))
        found = [f"NEAR({one} {other}, {term.within})" for one, other in islice(pairs, MOST_SPELLINGS)]
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def _phrases(phrase: Phrase, spelt: Spelt) -> list[str]:
    """A phrase in each of its spellings, as it is typed first."""
    each = product(*([word, *spelt[word, is_begun]] for word, is_begun in _words(phrase)))
    goes_on = " *" if phrase.is_begun else ""
    return [f'"{" ".join(words)}"{goes_on}' for words in islice(each, MOST_SPELLINGS)]


def _words(phrase: Phrase) -> list[tuple[str, bool]]:
    """The words of a phrase, and whether each may go on."""
    last = len(phrase.words) - 1
    return [(word, phrase.is_begun and at == last) for at, word in enumerate(phrase.words)]
