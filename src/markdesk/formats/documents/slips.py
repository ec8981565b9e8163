"""Slips as ordinary blocks, for a format in which nothing is cut apart."""

from markdesk.formats.documents.document import Facts, Heading, Prose, Slips, Weight, said


def unfolded(block: Slips) -> tuple[Heading | Prose | Facts, ...]:
    """Each slip as a heading with what stands on it, one below the other."""
    found: list[Heading | Prose | Facts] = []
    for slip in block.slips:
        found += [Heading(slip.whose, 2), Prose(said(slip.about)), Prose(said(slip.result, Weight.STRONG))]
        if slip.facts:
            found.append(Facts(slip.facts))
        found += [Prose(said(line)) for line in slip.lines]
    return tuple(found)
