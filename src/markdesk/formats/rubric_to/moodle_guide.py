"""A scheme as a Moodle marking guide, in the shape that ``grading.xml`` has in the backup of an activity.

Each scale is a criterion with a maximum; the levels and their ranges stand in the text for markers, a line each.
"""

import re
from xml.sax.saxutils import escape

from markdesk.core.errors import MarkdeskError
from markdesk.core.rubric import Rubric, Scale, Status
from markdesk.formats.rubric_from.draft import Draft
from markdesk.formats.rubric_from.moodle_xml import read_moodle
from markdesk.formats.rubric_to.canvas_csv import Written
from markdesk.formats.rubric_to.lost import level_text, lost_in, points_text, whole_factor

_DRAFT, _READY = 10, 20
"""Moodle's numbers for the state of a guide."""
_OPTIONS = '{"alwaysshowdefinition":"1","showmarkspercriterionstudents":"1"}'
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_guide(rubric: Rubric) -> Written:
    """The guide. Raises MarkdeskError where it would not read back with the same levels."""
    lost = lost_in(rubric, "A marking guide of Moodle")
    criteria = "".join(_criterion(rubric, scale, n) for n, scale in enumerate(rubric.scales, start=1))
    status = _DRAFT if rubric.status is Status.DRAFT else _READY
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<areas>\n  <area id="1">\n    <areaname>submissions</areaname>\n'
        '    <activemethod>guide</activemethod>\n    <definitions>\n      <definition id="1">\n'
        f"        <method>guide</method>\n        <name>{_xml(rubric.title)}</name>\n"
        "        <description></description>\n        <descriptionformat>2</descriptionformat>\n"
        f"        <status>{status}</status>\n        <timecreated>0</timecreated>\n"
        f"        <timemodified>0</timemodified>\n        <options>{escape(_OPTIONS)}</options>\n"
        f"        <plugin_gradingform_guide_definition>\n          <guidecriteria>\n{criteria}"
        "          </guidecriteria>\n          <guidecomments>\n          </guidecomments>\n"
        "        </plugin_gradingform_guide_definition>\n        <instances>\n        </instances>\n"
        "      </definition>\n    </definitions>\n  </area>\n</areas>\n"
    )
    if any(scale.levels for scale in rubric.scales):
        lost.append("A marking guide of Moodle has no levels to choose: they stand in the text for markers.")
    if any(scale.is_points for scale in rubric.scales):
        lost.append(
            "A scale of points has a maximum in Moodle; its items stand in the text for markers, and what no marks "
            "are called is left out."
        )
    if _NOT_XML.search("".join(_texts(rubric))):
        lost.append("Control characters, which XML can't hold, are written as \ufffd.")
    content = text.encode()
    _check(rubric, read_moodle(content, "grading.xml"))
    return Written(content, tuple(lost))


def _criterion(rubric: Rubric, scale: Scale, n: int) -> str:
    title = f"{scale.part} {scale.title}".strip()
    fields = {
        "sortorder": str(n),
        "shortname": title,
        "description": ", ".join(scale.aos),
        "descriptionformat": "2",
        "descriptionmarkers": _for_markers(rubric, scale),
        "descriptionmarkersformat": "2",
        "maxscore": f"{scale.max * whole_factor(rubric)}.00000",
    }
    inside = "".join(f"              <{key}>{_xml(value)}</{key}>\n" for key, value in fields.items())
    return f'            <guidecriterion id="{n}">\n{inside}            </guidecriterion>\n'


def _for_markers(rubric: Rubric, scale: Scale) -> str:
    """A line for each level from the top down; what belongs to it is indented below."""
    lines: list[str] = []
    before = 0
    for level in scale.levels:
        # Multiplied marks have ranges that meet all the same.
        top = level.max * whole_factor(rubric)
        shown = f"{before + 1}–{top}" if before + 1 < top else f"{top}"
        words = level_text(rubric, scale.id, level.n).replace("\n", "\n  ")
        lines.insert(0, f"{' '.join(level.label.split())} ({shown}): {words}")
        before = top
    if not scale.levels:
        return points_text(scale)
    if scale.levels:
        lines.append(f"{' '.join(rubric.zero_label.split())} (0):")
    return "\n".join(lines)


def _texts(rubric: Rubric) -> list[str]:
    levels = [level for scale in rubric.scales for level in scale.levels]
    return [
        rubric.title,
        rubric.zero_label,
        *(text for level in levels for text in (level.summary, *level.strand.values())),
    ]


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def _check(rubric: Rubric, drafts: list[Draft]) -> None:
    """The numbers must come back: a level's words may look like a level to whoever reads the guide."""
    factor = whole_factor(rubric)
    meant = [(scale.max * factor, [level.max * factor for level in scale.levels]) for scale in rubric.scales]
    found = [(c.max, [band.high for band in c.bands]) for draft in drafts for c in draft.criteria]
    if found != meant:
        raise MarkdeskError(
            "The guide would not read back with the same levels: a line of a level's text looks like a level itself.",
            "Change the lines that begin like 'Level 4 (16–20):'. Nothing was exported.",
        )
