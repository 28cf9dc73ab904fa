"""Parsed terms as plain texts: what pages show of a graph, without an rdflib term for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

# The order of sorts of terms, as their rdflib classes are called.
_SORTS = {ox.BlankNode: "BNode", ox.Literal: "Literal", ox.NamedNode: "URIRef"}


def texts_of(terms: Iterable[object]) -> list[tuple[str, str]]:
    """Return the texts among parsed terms, each with the tag of its language, empty for none.

    >>> texts_of([ox.Literal("Bonjour", language="fr"), ox.NamedNode("urn:a"), ox.Literal("a")])
    [('Bonjour', 'fr'), ('a', '')]
    """
    return [(term.value, term.language or "") for term in terms if isinstance(term, ox.Literal)]


def first_of(terms: Sequence[object]) -> str | None:
    """Return the first of parsed terms as a text, in the order of ``nodes_of``; None of none.

    >>> first_of([ox.Literal("b"), ox.Literal("a")])
    'a'
    """
    if not terms:
        return None
    return plain(terms[0] if len(terms) == 1 else min(terms, key=_place))


def plain(term: object) -> str:
    """Return the text of a parsed term: an IRI, what a literal says, the name of a blank node.

    >>> plain(ox.BlankNode("b1"))
    'b1'
    """
    if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode):
        return term.value
    raise TypeError(f"not an RDF 1.1 term: {term!r}")


def thing_of(term: object) -> object:
    """Return an IRI as a text, all else as it is.

    >>> thing_of(ox.NamedNode("urn:a")), thing_of(ox.BlankNode("b1"))
    ('urn:a', <BlankNode value=b1>)
    """
    return term.value if isinstance(term, ox.NamedNode) else term


def _place(term: object) -> tuple[str, str, str]:
    language = (term.language or "") if isinstance(term, ox.Literal) else ""
    return _SORTS.get(type(term), ""), plain(term), language
