"""SKOS in, from any syntax of RDF: each concept scheme becomes a framework.

What our vocabulary has a term for is said in it, all else stays on its subject as the file has
it, and goes out again. What our own view made is read back as what it was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib.term import Node

from competency.errors import ParseError
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported
from competency.exchange.rdf import graphs_of, syntax_of
from competency.exchange.skos.kinds import is_framework, is_typed_by_us
from competency.exchange.skos.ours import Ours
from competency.exchange.skos.placing import Placed, Scheme, placed
from competency.exchange.skos.saying import Saying
from competency.exchange.skos.statements import Statements
from competency.exchange.skos.surrounding import is_scale
from competency.graph.store import is_absolute

_SKOS = b"www.w3.org/2004/02/skos/core"
_SIGNS = re.compile(
    rb"ConceptScheme|inScheme|opConcept|(?:skos:|core#)(?:Concept\b|broader|narrower)"
)
_OTHERS = (b"inFramework", b"inScale", b"purl.org/ctdlasn/", b"credreg.net/ctdlasn",
           b"ctdlasn/schema/context")  # fmt: skip


def recognise(file: File) -> bool:
    """Say whether a file is RDF that speaks of concepts, and neither of our parts nor CTDL-ASN.

    >>> text = b"<urn:s> a <http://www.w3.org/2004/02/skos/core#ConceptScheme> ."
    >>> recognise(File("a.ttl", text, ""))
    True
    """
    data = file.data
    if _SKOS not in data or not _SIGNS.search(data) or any(sign in data for sign in _OTHERS):
        return False
    return syntax_of(file) is not None


def read(file: File, options: Reading) -> Imported:
    """Return the frameworks of a file of SKOS, with remarks on what was odd.

    Raises ParseError with line and column for what is no RDF, and for RDF without any concept
    or scheme.

        read(File("scheme.ttl", data, "text/turtle"), Reading()).graphs
    """
    if not is_absolute(options.base):
        raise ParseError(file.name, f"{options.base} is no IRI; choose another base")
    statements = Statements.of(graphs_of(file, options.base))
    found = placed(statements, file, options)
    sayings = _say(found, file, options)
    _leave_others(found, sayings)
    for saying in sayings:
        saying.leaver.finish()
    return Imported(tuple(saying.builder.graph() for saying in sayings), tuple(found.remarks))


def _say(found: Placed, file: File, options: Reading) -> list[Saying]:
    """Say every scheme; the scales of our view belong to the first framework."""
    st = found.statements
    typed = {
        s.root: [is_framework(st, s.root), *(is_typed_by_us(st, c) for c in s.concepts)]
        for s in found.schemes
    }
    ours = any(any(kinds) for kinds in typed.values())
    scales = {s.root: s for s in found.schemes if ours and is_scale(s, typed[s.root])}
    sayings: list[Saying] = []
    for scheme in found.schemes:
        if scheme.root not in scales:
            make = Ours if any(typed[scheme.root]) else Saying
            sayings.append(make(found, scheme, file, options.language))
    _say_scales(scales.values(), sayings)
    for saying in sayings:
        saying.arrange()
        saying.say()
    return sayings


def _say_scales(scales: Iterable[Scheme], sayings: list[Saying]) -> None:
    first = next((saying for saying in sayings if isinstance(saying, Ours)), None)
    for scheme in scales:
        if first is not None:
            first.around.scale(scheme)
            first.scales += [scheme.root, *scheme.concepts]


def _leave_others(found: Placed, sayings: list[Saying]) -> None:
    """Leave what is neither concept nor scheme in the framework that leads to it."""
    st, rank = found.statements, found.statements.rank
    homes: dict[Node, Saying] = {thing: saying for saying in sayings for thing in saying.everything}
    inner = {thing for scheme in found.schemes for thing in (scheme.root, *scheme.concepts)}
    outer = {node for node in st.subjects_in_order if node not in inner}
    free = set(outer)
    for saying in sayings:
        reached = _reached(st, saying.everything, outer)
        saying.leaver.others(sorted(reached, key=rank.__getitem__))
        free -= reached
    for node in [node for node in st.subjects_in_order if node in free]:
        if node in free:
            homed = (homes[value] for _, value in st.left(node) if value in homes)
            reached = {node} | _reached(st, [node], free)
            next(homed, sayings[0]).leaver.others(sorted(reached, key=rank.__getitem__))
            free -= reached


def _reached(st: Statements, starts: Iterable[Node], among: set[Node]) -> set[Node]:
    """Return what leads from here to there, of some things."""
    waiting, seen = list(starts), set[Node]()
    while waiting:
        for _, value in st.left(waiting.pop()):
            if value in among and value not in seen:
                seen.add(value)
                waiting.append(value)
    return seen
