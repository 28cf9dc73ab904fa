"""Constraints of SHACL in words: what a shape looks at, and what it asks of that."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from competency.ontology import COMP, PREFIXES, Vocabulary, shorten
from competency.server.languages import N_
from competency.server.languages import gettext as _
from competency.server.pages.values import property_label
from competency.server.pages.words import listed

_DATATYPES: dict[Node | None, str] = {
    RDF.langString: N_("a text that says its language"),
    XSD.string: N_("a plain text"),
    XSD.integer: N_("a whole number"),
    XSD.decimal: N_("a number"),
    XSD.double: N_("a number"),
    XSD.boolean: N_("true or false"),
    XSD.date: N_("a date"),
    XSD.gYear: N_("a year"),
    XSD.gYearMonth: N_("a month"),
}
_KINDS: dict[Node | None, str] = {
    SH.IRI: N_("an IRI"),
    SH.Literal: N_("a text or number"),
    SH.BlankNode: N_("nameless"),
}
# What a check of ours asks (compsh:check), which SHACL has no constraint for.
_CHECK = URIRef(PREFIXES["compsh"] + "check")
_CHECKS: dict[str, str] = {
    "hidden": N_("without signs that cannot be seen"),
    "language": N_("in the language of its tag"),
    "mojibake": N_("in the encoding it was written in"),
}
# A longer pattern is for machines; the title of the rule says what it is about.
_LONG = 49


class Wording:
    """The words for the shapes of one graph, in one language."""

    def __init__(
        self, graph: Graph, vocabulary: Vocabulary, language: str, *, prefixed: bool = False
    ) -> None:
        """Take labels from ``vocabulary``; rules of others have terms by their prefixed names."""
        self._graph, self._vocabulary, self._language = graph, vocabulary, language
        self._prefixed = prefixed

    def targets(self, shape: Node) -> str:
        """Return what a shape looks at, such as ``every part``."""
        return listed(self.target_names(shape))

    def target_names(self, shape: Node) -> list[str]:
        """Return each thing that a shape looks at."""
        found = []
        for node in self._sorted(shape, SH.targetClass):
            found.append(_("every %(kind)s", kind=self._label(node)))
        for node in self._sorted(shape, SH.targetSubjectsOf):
            found.append(_("whatever has “%(property)s”", property=self._label(node)))
        for node in self._sorted(shape, SH.targetObjectsOf):
            found.append(_("every value of “%(property)s”", property=self._label(node)))
        if (shape, SH.targetNode, None) in self._graph:
            found.append(_("all data at once"))
        return found

    def rule(self, shape: Node) -> str:
        """Return what a shape asks, in words; empty where only its query says it."""
        path, said = self._graph.value(shape, SH.path), "; ".join(self._constraints(shape))
        if path is None or not said:
            return said
        return f"{self._path(path)}: {said}"

    def short(self, shape: Node) -> tuple[str, str]:
        """Return what a diagram says of a shape: its path and what is asked, or its title."""
        path, said = self._graph.value(shape, SH.path), "; ".join(self._constraints(shape))
        title = str(self._graph.value(shape, RDFS.label) or "")
        return (self._path(path), said) if path is not None and said else (title, "")

    def _constraints(self, shape: Node) -> Iterator[str]:
        yield from self._counts(shape)
        yield from self._values(shape)
        for joint, word in ((SH["or"], _(" or ")), (SH.xone, _(" or ")), (SH["and"], _("; and "))):
            for node in self._graph.objects(shape, joint):
                options = (self.rule(item) for item in Collection(self._graph, node))
                yield word.join(dict.fromkeys(option for option in options if option))
        for node in self._graph.objects(shape, SH["not"]):
            if rule := self.rule(node):
                yield _("not: %(rule)s", rule=rule)

    def _counts(self, shape: Node) -> Iterator[str]:
        least, most = (self._number(shape, name) for name in (SH.minCount, SH.maxCount))
        if least == most == 1:
            yield _("exactly one")
        elif least:
            yield _("at least one") if least == 1 else _("at least %(num)s", num=least)
        if most == 0:
            yield _("none at all")
        elif most is not None and least != most:
            yield _("at most one") if most == 1 else _("at most %(num)s", num=most)
        if (shape, SH.uniqueLang, Literal(True)) in self._graph:
            yield _("one for each language")

    def _values(self, shape: Node) -> Iterator[str]:
        value = self._graph.value
        if datatype := value(shape, SH.datatype):
            yield _(_DATATYPES[datatype]) if datatype in _DATATYPES else self._label(datatype)
        if kind := value(shape, SH.nodeKind):
            yield _(_KINDS[kind]) if kind in _KINDS else self._label(kind)
        for node in self._sorted(shape, SH["class"]):
            yield _("a thing of kind “%(kind)s”", kind=self._label(node))
        if members := value(shape, SH["in"]):
            yield _("one of: %(list)s", list=self._listed(members))
        if (given := value(shape, SH.hasValue)) is not None:
            yield _("the value %(value)s", value=self._label(given))
        plain = str(value(shape, SH.pattern) or "")
        if len(plain) > _LONG:
            yield _("written in a certain form")
        elif plain:
            yield _("not blank") if plain == "\\S" else _("written as %(pattern)s", pattern=plain)
        if (check := str(value(shape, _CHECK))) in _CHECKS:
            yield _(_CHECKS[check])
        yield from self._bounds(shape)
        yield from self._pairs(shape)

    def _pairs(self, shape: Node) -> Iterator[str]:
        """Give what is asked of the values beside those of another property."""
        for node in self._sorted(shape, SH.disjoint):
            yield _("none that is also “%(property)s”", property=self._label(node))
        for node in self._sorted(shape, SH.equals):
            yield _("the same as “%(property)s”", property=self._label(node))

    def _bounds(self, shape: Node) -> Iterator[str]:
        if (least := self._graph.value(shape, SH.minInclusive)) is not None:
            yield _("%(number)s or more", number=least)
        if (most := self._graph.value(shape, SH.maxInclusive)) is not None:
            yield _("%(number)s or less", number=most)
        if length := self._number(shape, SH.maxLength):
            yield _("at most %(num)s characters", num=length)
        inner = self._graph.value(shape, SH.qualifiedValueShape)
        if inner is not None:
            few = self._number(shape, SH.qualifiedMinCount)
            many = self._number(shape, SH.qualifiedMaxCount)
            words = _("at least %(num)s of them", num=few) if few else ""
            words = words or _("at most %(num)s of them", num=many)
            yield f"{words}: {self.rule(inner)}"

    def _path(self, node: Node) -> str:
        """Return a property path in words."""
        if isinstance(node, URIRef):
            return self._label(node)
        graph = self._graph
        if (node, RDF.first, None) in graph:
            steps = list(Collection(graph, node))
            told = steps[:1] if steps[0] == RDF.type else steps
            return " / ".join(self._path(step) for step in told)
        if (alternatives := graph.value(node, SH.alternativePath)) is not None:
            return _(" or ").join(self._path(item) for item in Collection(graph, alternatives))
        if (inverse := graph.value(node, SH.inversePath)) is not None:
            return _("what has this as “%(property)s”", property=self._path(inverse))
        inner = next(
            (
                found
                for name in (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)
                if (found := graph.value(node, name)) is not None
            ),
            None,
        )
        return self._path(inner) if inner is not None else str(node)

    def _listed(self, members: Node) -> str:
        return ", ".join(self._label(item) for item in Collection(self._graph, members))

    def _label(self, node: Node) -> str:
        """Return the name of a term for people."""
        if isinstance(node, Literal):
            return str(node)
        if self._prefixed:
            return shorten(str(node))
        if node == RDF.type:
            return _("kind")
        if str(node).startswith(str(COMP)):
            return self._vocabulary.label(str(node), self._language)
        return property_label(self._vocabulary, str(node)).replace("_", " ")

    def _sorted(self, shape: Node, name: URIRef) -> list[Node]:
        return sorted(self._graph.objects(shape, name), key=str)

    def _number(self, shape: Node, name: URIRef) -> int | None:
        found = self._graph.value(shape, name)
        return None if found is None else int(str(found))
