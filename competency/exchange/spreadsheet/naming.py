"""Short names in cells for IRIs, and back: what stands below the framework is shown without it."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import quote

from rdflib import BNode, URIRef
from rdflib.term import Node

from competency.exchange.terms import short, term
from competency.graph.store import is_absolute

_WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|(?:urn|tag|did|doi|info|mailto):", re.IGNORECASE)
_BARRED = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f]|%(?![0-9A-Fa-f]{2})')


class Names:
    """What a thing is called in a cell, and what a cell calls.

    >>> names = Names("https://example.org/f")
    >>> str(names.node("unit 1")), names.name(URIRef("https://example.org/f/unit%201"))
    ('https://example.org/f/unit%201', 'unit%201')
    """

    def __init__(self, root: str) -> None:
        """Name what stands below the IRI of a framework."""
        self.root = root
        self._start = "s" + sha256(root.encode()).hexdigest()[:8]  # keeps blank nodes apart

    def node(self, name: str) -> URIRef | BNode:
        """Return the thing that a cell calls; signs that no IRI can have are escaped."""
        if name.startswith("_:"):
            return BNode(self._start + re.sub(r"[^A-Za-z0-9]", "", name))
        if name.startswith("<") and name.endswith(">") and is_absolute(name[1:-1]):
            return URIRef(name[1:-1])
        if _WEB.match(name) and is_absolute(name):
            return URIRef(name)
        iri = f"{self.root}/{_BARRED.sub(_percent, name)}"
        return URIRef(iri if is_absolute(iri) else f"{self.root}/{quote(name, safe='')}")

    def name(self, node: Node) -> str:
        """Return what a cell calls a thing; blank nodes are named by whoever knows them all."""
        iri = str(node)
        below = iri.removeprefix(f"{self.root}/")
        for shown in (below, iri):
            if shown.strip() == shown and shown[:1] not in ("#", "") and self.node(shown) == node:
                return shown
        return f"<{iri}>"


def prefixed(iri: str) -> str:
    """Return a term as people write it, ``comp:text``; else its IRI in <>.

    >>> prefixed("https://w3id.org/competency/ns#text"), prefixed("urn:x")
    ('comp:text', '<urn:x>')
    """
    name = short(iri)
    return name if name != iri and str(term(name)) == iri else f"<{iri}>"


def unprefixed(name: str) -> URIRef | None:
    """Return the term of :func:`prefixed`; None for what is no term.

    >>> unprefixed("comp:text")
    rdflib.term.URIRef('https://w3id.org/competency/ns#text')
    """
    if name.startswith("<") and name.endswith(">"):
        return URIRef(name[1:-1]) if is_absolute(name[1:-1]) else None
    found = str(term(name)) if ":" in name else ""
    return URIRef(found) if found and found != name and is_absolute(found) else None


def step_of(text: str) -> str:
    """Return a text as one step of an IRI, in lower case; '' where nothing of it can stand there.

    >>> step_of("Bakers' Guild"), step_of("能力 1")
    ('bakers-guild', '能力-1')
    """
    return re.sub(r"[^\w.~-]+", "-", text.replace("'", "").casefold()).strip("-.")[:100]


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"
