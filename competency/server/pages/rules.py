"""The page of the shapes: each rule in words, what breaks it, what mends it, and two examples."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from rdflib import RDFS, Graph, URIRef
from rdflib.namespace import SH

from competency._files import folder
from competency.ontology import COMP, PREFIXES, shorten
from competency.server.languages import N_, interface
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.constraints import Wording
from competency.server.pages.drawing import Compartment, Row, compartments
from competency.server.pages.values import Text
from competency.server.rulebooks import Rulebook

_OURS = PREFIXES["compsh"]
_COLUMNS = 3
_SHORT = {"asn": "ASN", "case": "CASE", "comp": "any data", "ctdl": "CTDL", "skos": "SKOS"}
# What the page calls the severities of SHACL.
SEVERITIES = (N_("violation"), N_("warning"), N_("info"))
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


@dataclass(frozen=True)
class Rule:
    """One named shape as the page shows it."""

    anchor: str
    name: str
    title: Text
    target: str
    rule: str
    query: str
    message: str
    severity: str
    fix: str
    kept: str
    broken: str


@dataclass(frozen=True)
class RuleFile:
    """The rules of one file, with a diagram of what they say of which things."""

    name: str
    title: str
    about: str
    rules: tuple[Rule, ...]
    diagram: Markup
    others: tuple[str, ...] = ()


def shapes_page(links: Links, book: Rulebook) -> list[RuleFile]:
    """Return the named shapes of each file of a profile, in the order of their titles."""
    vocabulary = links.site.graph.vocabulary
    found = []
    for (name, graph), (_name, data) in zip(book.graphs, book.files, strict=True):
        foreign = book.profile.view is not None
        wording = Wording(graph, vocabulary, interface(), prefixed=foreign)
        rules = [_rule(graph, node, wording) for node in _named_shapes(graph)]
        if rules:
            rules.sort(key=lambda rule: rule.title.value)
            diagram = _diagram(name, graph, wording)
            title, others = _title(name), _other_names(graph)
            found.append(RuleFile(name, title, _about(data), tuple(rules), diagram, others))
    return found


def _other_names(graph: Graph) -> tuple[str, ...]:
    """Return the names of ours that a file describes beside its shapes, such as a collection."""
    shapes = set(_named_shapes(graph))
    found = {node for node in graph.subjects(RDFS.isDefinedBy) if node not in shapes}
    return tuple(sorted(str(n).removeprefix(_OURS) for n in found if str(n).startswith(_OURS)))


def _title(name: str) -> str:
    """Return the name of a file for people.

    >>> _title("skos-links"), _title("framework")
    ('SKOS links', 'Framework')
    """
    words = " ".join(_SHORT.get(word, word) for word in name.split("-"))
    return words[:1].upper() + words[1:]


def _named_shapes(graph: Graph) -> list[URIRef]:
    """Return the named rules: everything of our shapes namespace that has a message or a fix."""
    found = {*graph.subjects(SH.message), *graph.subjects(COMP.fix)}
    return sorted(node for node in found if isinstance(node, URIRef) and node.startswith(_OURS))


def _about(data: bytes) -> str:
    """Return the remark at the top of a file, which says what it is about."""
    found = re.search(rb"(?m)^# ?(?!-)((?:.+\n# ?)*.+)", data)
    text = found[1].decode("utf-8", "replace") if found else ""
    return " ".join(text.replace("\n#", " ").split())


def _rule(graph: Graph, node: URIRef, wording: Wording) -> Rule:
    severity = str(graph.value(node, SH.severity) or SH.Violation)
    title, name = graph.value(node, RDFS.label), node.removeprefix(_OURS)
    return Rule(
        anchor=name,
        name=shorten(str(node)),
        title=Text(str(title) if title else shorten(str(node)), "en"),
        target=wording.targets(node),
        rule=wording.rule(node),
        query=_query(graph, node),
        message=_message(graph, node),
        severity=severity.rpartition("#")[2].lower(),
        fix=str(graph.value(node, COMP.fix) or ""),
        kept=_example(name, "conforms"),
        broken=_example(name, "fails"),
    )


def _message(graph: Graph, node: URIRef) -> str:
    """Return what a report says where a rule is broken, with dots for what was found."""
    said = " ".join(sorted(str(item) for item in graph.objects(node, SH.message)))
    return re.sub(r"\{[?$]\w+\}", "…", said)


def _query(graph: Graph, node: URIRef) -> str:
    """Return the query of a rule that is one, with its lines moved to the left."""
    constraint = graph.value(node, SH.sparql)
    text = str(graph.value(constraint, SH.select) or "") if constraint is not None else ""
    return re.sub(r"(?m)^ {12}|^ {8}(?=\})", lambda m: "  " if len(m[0]) > 8 else "", text)


def _example(name: str, kind: str) -> str:
    """Return the Turtle of an example without its heading and prefixes; empty where none is."""
    file = folder("shapes") / "examples" / f"{name}.{kind}.ttl"
    if not file.is_file():
        return ""
    rows = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(row for row in rows if not row.startswith(("#", "@prefix"))).strip()


def _diagram(name: str, graph: Graph, wording: Wording) -> Markup:
    """Return a box for each thing that rules of a file are about, with a line for each rule."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for node in _named_shapes(graph):
        for target in wording.target_names(node):
            name_, said = wording.short(node)
            url = "#" + node.removeprefix(_OURS)
            rows[target].append(Row(name_, said, url=url, sort=_sort(graph, node)))
    boxes = [Compartment(key, key, tuple(found)) for key, found in sorted(rows.items())]
    return compartments(
        _balanced(boxes),
        title=_("What the rules of this file look at"),
        description=_("A box for each kind of thing, a line in it for each rule about it."),
        name=f"rules-{name}",
        width=290.0,
    )


def _sort(graph: Graph, node: URIRef) -> str:
    return "d-" + str(graph.value(node, SH.severity) or SH.Violation).rpartition("#")[2].lower()


def _balanced(boxes: Sequence[Compartment]) -> list[list[Compartment]]:
    """Return the boxes in columns that are about as long as each other."""
    columns: list[list[Compartment]] = [[] for _column in range(_COLUMNS)]
    lengths = [0] * _COLUMNS
    for box in sorted(boxes, key=lambda item: (-len(item.rows), item.key)):
        place = lengths.index(min(lengths))
        columns[place].append(box)
        lengths[place] += len(box.rows) + 3
    return [column for column in columns if column]
