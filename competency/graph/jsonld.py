"""Writing JSON-LD 1.1, compacted with our own context, literal for literal.

JSON numbers and booleans stand only where reading them back gives the same literal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from competency.ontology import PREFIXES, jsonld_context, shorten

_XSD = PREFIXES["xsd"]
_TYPE = PREFIXES["rdf"] + "type"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!//)")


def jsonld(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as JSON-LD; our context travels inside the document.

    An IRI whose scheme is one of our prefixes, such as ``<comp:Note>``, would be read as a
    prefixed name (JSON-LD 1.1, section 4.1.5); the prefix is then taken out of the context.

        jsonld(graph.triples)
    """
    rows = list(triples)
    taken = frozenset(_schemes(rows)) & (PREFIXES.keys() - {"id"})
    return _Writer(taken).write(rows)


def _schemes(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Yield the schemes of IRIs that could be taken for prefixed names."""
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            iri = term.datatype if isinstance(term, ox.Literal) else term
            if isinstance(iri, ox.NamedNode) and (found := _SCHEME.match(iri.value)):
                yield found[1]


class _Writer:
    """Writes one document; ``taken`` are prefixes that are schemes of IRIs in it."""

    def __init__(self, taken: frozenset[str]) -> None:
        self.taken, self.context = taken, jsonld_context()

    def write(self, triples: Iterable[ox.Triple]) -> bytes:
        nodes: dict[str, dict[str, list[object]]] = {}
        for triple in triples:
            node = nodes.setdefault(_identifier(triple.subject), {})
            is_text = isinstance(triple.object, ox.Literal)  # which "type" has no room for
            is_type = triple.predicate.value == _TYPE and not is_text
            key = "type" if is_type else self._key(triple.predicate.value)
            value = self._vocab(triple.object) if is_type else self._value(key, triple.object)
            node.setdefault(key, []).append(value)
        graph = [
            {"id": name} | {k: v[0] if len(v) == 1 else v for k, v in node.items()}
            for name, node in nodes.items()
        ]
        context: object = self.context
        if self.taken:
            context = [self.context, dict.fromkeys(sorted(self.taken))]
        document = {"@context": context, "@graph": graph}
        return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()

    def _key(self, predicate: str) -> str:
        """Return the context's own name of a property, or its prefixed name, or its IRI."""
        name = shorten(predicate)
        local = name.partition(":")[2]
        entry = self.context.get(local)
        known = entry.get("@id") if isinstance(entry, dict) else entry
        return local if known == name != predicate else self._short(predicate)

    def _short(self, iri: str) -> str:
        """Return a prefixed name; ``id`` is a keyword in our context and no prefix there."""
        name = shorten(iri)
        prefix = name.partition(":")[0]
        return iri if prefix == "id" or prefix in self.taken else name

    def _vocab(self, term: object) -> str:
        name = _identifier(term)
        return self._key(name) if isinstance(term, ox.NamedNode) else name

    def _value(self, key: str, term: object) -> object:
        """Return the JSON of an object: the shortest form that reads back as the same term."""
        entry = self.context.get(key)
        coerced = entry.get("@type") if isinstance(entry, dict) else None
        if not isinstance(term, ox.Literal):
            name = self._short(_identifier(term))
            return name if coerced == "@id" else {"id": name}
        datatype = term.datatype.value
        if term.language:
            return {"@language": term.language, "@value": term.value}
        if coerced and shorten(datatype) == coerced != datatype:
            return term.value
        if coerced is None and datatype == _XSD + "string":
            return term.value
        if coerced is None and datatype == _XSD + "integer" and _canonical(term.value):
            return int(term.value)
        if coerced is None and datatype == _XSD + "boolean" and term.value in ("true", "false"):
            return term.value == "true"
        return {"type": self._short(datatype), "@value": term.value}


def _identifier(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _canonical(lexical: str) -> bool:
    """Say whether a JSON number gives this lexical form back (JSON-LD 1.1 API, section 8.6)."""
    return bool(re.fullmatch(r"0|-?[1-9]\d{0,14}", lexical))
