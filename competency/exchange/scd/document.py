"""IEEE SCD: a framework, its definitions, their associations, and rubrics for the levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import BNode, Literal
from rdflib.term import Node

from competency.exchange import words
from competency.exchange.entry import Entry, Thing
from competency.exchange.leadins import opened
from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.scd.context import CHILD_OF, context
from competency.exchange.terms import term

Node_ = dict[str, object]
_PARTS = ("group", "competency", "level", "requirement", "assessment", "assessments", "negative",
          "negatives")  # fmt: skip
_LINKS = (
    *(f"skos:{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
    *(f"comp:{name}" for name in ("assesses", "repeats", "rewords", "contrasts")),
)
_LEVELS = ("comp:atLevel", "comp:qualificationLevel")


class Document:
    """One framework as a document of SCD, and what was met that cannot be carried."""

    def __init__(self, outline: Outline) -> None:
        """Look at the framework of an outline."""
        self.outline = outline
        self.losses: list[Loss] = []
        self.parts = [entry for entry in outline.entries if entry.role in _PARTS]
        self.held = {entry.node for entry in self.parts}

    def json(self) -> Node_:
        """Return the document: the framework, then definitions in order, then rubrics."""
        scales = self.outline.of_class("comp:LevelScale")
        definitions = [self.definition(entry) for entry in self.parts]
        rubrics = [self.rubric(scale) for scale in scales]
        nodes = [self.framework(scales), *definitions, *rubrics]
        return {"@context": context(), "@graph": nodes}

    def framework(self, scales: Iterable[Thing]) -> Node_:
        """Return the framework with its associations."""
        top = self.outline.top
        described = [*top.texts("dcterms:description"), *top.texts("comp:text"), *_notes(top)]
        return _filled({
            "@id": _name(top.node),
            "@type": "scd:CompetencyFramework",
            "scd:name": _by_language(top.texts("rdfs:label", "dcterms:title")),
            "scd:description": _by_language([*described, *words.extent(top)]),
            "scd:category": _by_language(_categories(top, "comp:sector", "dcterms:subject")),
            "scd:referenceCode": words.codes(top),
            "scd:originalFramework": [_name(node) for node in top.links("comp:source")],
            "scd:hasCompetencyDefinition": [_name(entry.node) for entry in self.parts],
            "scd:hasRubric": [_name(scale.node) for scale in scales],
            "scd:resourceAssociation": list(self.associations()),
        })  # fmt: skip

    def definition(self, entry: Entry) -> Node_:
        """Return a part; what is unhelpful says so in its name, its statement and its type."""
        negative = entry.role == "negative"
        names, texts = entry.texts("rdfs:label"), opened(entry)
        more = [words.UNHELPFUL_NOTE] if entry.role in ("negative", "negatives") else []
        if not names and not texts and not words.codes(entry):
            why = "it has neither a title nor a text nor a code"
            self.losses.append(Loss(entry.iri, "scd:name", why))
        return _filled({
            "@id": _name(entry.node),
            "@type": "scd:CompetencyDefinition",
            "scd:type": entry.kind,
            "scd:typeLabel": _by_language([words.kind_label(entry)]),
            "scd:referenceCode": words.codes(entry),
            "scd:name": _by_language(map(words.unhelpful, names) if negative else names),
            "scd:competencyStatement":
                _by_language(map(words.unhelpful, texts) if negative else texts),
            "scd:description": _by_language([*more, *_notes(entry), *words.credit(entry)]),
            "scd:category": _by_language(_categories(entry, "dcterms:subject")),
            "scd:competencyLevel": self.levels(entry),
        })  # fmt: skip

    def levels(self, entry: Entry) -> list[str]:
        """Return the levels that a part is at; a text is no level, and is told as lost."""
        found = [value for name in _LEVELS for value in entry.values(name)]
        for name in _LEVELS:
            if any(isinstance(value, Literal) for value in entry.values(name)):
                self.losses.append(Loss(entry.iri, name, "a level is a thing, and no text"))
        return [_name(value) for value in found if not isinstance(value, Literal)]

    # -------------------------------------------------------------- associations

    def associations(self) -> Iterator[Node_]:
        """Yield the tree, then other links, in the order of the parts."""
        places: dict[Node, int] = {}
        for entry in self.parts:
            above = self.above(entry)
            places[above] = place = places.get(above, 0) + 1
            yield _association(entry.node, CHILD_OF, above) | {"scd:position": place}
        for entry in self.parts:
            for name in _LINKS:
                for value in entry.values(name):
                    if isinstance(value, Literal):
                        why = "an association leads to a thing, and not to a text"
                        self.losses.append(Loss(entry.iri, name, why))
                    else:
                        yield _association(entry.node, str(term(name)), value)

    def above(self, entry: Entry) -> Node:
        """Return what a part stands under: a definition, or the framework."""
        held = (item.node for item in entry.upwards() if item.node in self.held)
        found = next(held, self.outline.top.node)
        parent = entry.parent
        if parent is not None and parent.node != found:
            why = "it stands under a text, which is no definition: it stands further up"
            self.losses.append(Loss(entry.iri, "comp:partOf", why))
        return found

    # -------------------------------------------------------------- rubrics

    def rubric(self, scale: Thing) -> Node_:
        """Return a scale as a rubric of one criterion, its levels in order, the lowest first."""
        levels = [self.outline.thing(level) for level in self.outline.levels(scale.iri)]
        criterion = _filled({
            "@type": "scd:RubricCriterion",
            "scd:name": _by_language(scale.texts("rdfs:label")),
            "scd:rubricCriterionLevel": [_level(level, n) for n, level in enumerate(levels, 1)],
        })  # fmt: skip
        return _filled({
            "@id": _name(scale.node),
            "@type": "scd:Rubric",
            "scd:name": _by_language(scale.texts("rdfs:label")),
            "scd:description": _by_language(scale.texts("dcterms:description")),
            "scd:hasCriterion": [criterion],
        })  # fmt: skip


def _level(level: Thing, place: int) -> Node_:
    described = [*level.texts("dcterms:description"), *level.texts("comp:text")]
    return _filled({
        "@id": _name(level.node),
        "@type": "scd:RubricCriterionLevel",
        "scd:name": _by_language(level.texts("rdfs:label")),
        "scd:description": _by_language(described),
        "scd:position": place,
    })  # fmt: skip


def _association(source: Node, kind: str, destination: Node) -> Node_:
    return {
        "@type": "scd:ResourceAssociation",
        "scd:associationType": kind,
        "scd:source": _name(source),
        "scd:destination": _name(destination),
    }


def _notes(entry: Entry) -> list[Literal]:
    return [text for note in entry.notes for text in words.note_texts(note)]


def _categories(entry: Entry, *names: str) -> list[Literal]:
    return [text for name in names for text in entry.texts(name)]


def _name(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _by_language(texts: Iterable[Literal]) -> dict[str, object]:
    """Return texts as a map of languages; several in one language are a list."""
    found: dict[str, list[str]] = {}
    for text in texts:
        said = found.setdefault(text.language or "@none", [])
        said += [str(text)] if str(text) not in said else []
    return {tag: said[0] if len(said) == 1 else said for tag, said in sorted(found.items())}


def _filled(node: Node_) -> Node_:
    """Return a node without what has no value."""
    return {key: value for key, value in node.items() if value not in ([], {}, None)}
