"""Terms of RDF as plain strings, the way N-Triples writes them: fast to hash, compare and group.

``<https://example.org/a>`` is an IRI, ``_:b1`` a blank node, ``"Weld"@en`` a literal. Two terms
are equal if and only if their strings are (RDF 1.1 Concepts, section 3): literals keep the lexical
form that was written, language tags are in small letters, and xsd:string is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from competency.errors import ParseError

Term = str

_ODD_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\\ud800-\udfff]")
_ODD_TEXT = re.compile(r'[\x00-\x1f"\\\x7f\ufffe\uffff]')
_PLAIN_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_\-.]*[A-Za-z0-9_\-])?")
_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))")
_SHORT = {"\t": "t", "\b": "b", "\n": "n", "\r": "r", "\f": "f", '"': '"', "\\": "\\"}
_LONG = {short: sign for sign, short in _SHORT.items()}
_HIDDEN_LABEL = "x-"
_STRING = str(XSD.string)


def _escape(match: re.Match[str]) -> str:
    sign = match.group()
    return "\\" + _SHORT[sign] if sign in _SHORT else f"\\u{ord(sign):04X}"


def _escape_code(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04X}"


def _unescape(match: re.Match[str]) -> str:
    short, long, sign = match.groups()
    return _LONG[sign] if sign else chr(int(short or long, 16))


def term_of_iri(iri: str) -> Term:
    """Return the term of an IRI; what may not stand in one is written as a code.

    >>> term_of_iri("urn:a")
    '<urn:a>'
    """
    return f"<{_ODD_IRI.sub(_escape_code, iri)}>" if _ODD_IRI.search(iri) else f"<{iri}>"


def _of_iri(node: URIRef) -> Term:
    return term_of_iri(str.__str__(node))


def _of_blank(node: BNode) -> Term:
    label = str.__str__(node)
    if not _PLAIN_LABEL.fullmatch(label) or label.startswith(_HIDDEN_LABEL):
        label = _HIDDEN_LABEL + label.encode("utf-8", "surrogatepass").hex()
    return f"_:{label}"


def term_of_literal(text: str, language: str | None = None, datatype: str | None = None) -> Term:
    """Return the term of a literal.

    >>> term_of_literal("Weld", "EN"), term_of_literal("1", None, "urn:number")
    ('"Weld"@en', '"1"^^<urn:number>')
    """
    quoted = f'"{_ODD_TEXT.sub(_escape, text)}"' if _ODD_TEXT.search(text) else f'"{text}"'
    if language:
        return f"{quoted}@{language.lower()}"
    return (
        quoted if datatype is None or datatype == _STRING else quoted + "^^" + term_of_iri(datatype)
    )


def _of_literal(node: Literal) -> Term:
    datatype = node.datatype
    return term_of_literal(str.__str__(node), node.language, datatype and str.__str__(datatype))


_KINDS: dict[type, Callable[..., Term]] = {URIRef: _of_iri, BNode: _of_blank, Literal: _of_literal}


def term_of(node: Node) -> Term:
    """Return the term of a node of rdflib. ParseError for what is no RDF, such as N3 formulas.

    >>> term_of(Literal("Weld", lang="en"))
    '"Weld"@en'
    """
    make = _KINDS.get(type(node))
    if make is not None:
        return make(node)
    for kind, make in _KINDS.items():
        if isinstance(node, kind):
            return make(node)
    raise ParseError("data", f"a {type(node).__name__} is no term of RDF and cannot be checked")


def node_of(term: Term) -> Node:
    """Return the node of rdflib that a term stands for, with its lexical form as written.

    >>> node_of('"01"^^<http://www.w3.org/2001/XMLSchema#integer>').n3()
    '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if term[0] == "<":
        return URIRef(iri_of(term))
    if term[0] == "_":
        label = term[2:]
        hidden = label.startswith(_HIDDEN_LABEL)
        return BNode(bytes.fromhex(label[2:]).decode("utf-8", "surrogatepass") if hidden else label)
    datatype = datatype_of(term)
    return Literal(
        text_of(term),
        lang=language_of(term),
        datatype=URIRef(iri_of(datatype)) if datatype else None,
        normalize=False,
    )


def iri_of(term: Term) -> str:
    """Return the IRI that a term stands for.

    >>> iri_of("<urn:a>")
    'urn:a'
    """
    inner = term[1:-1]
    return _ESCAPED.sub(_unescape, inner) if "\\" in inner else inner


def text_of(term: Term) -> str:
    """Return the lexical form of a literal.

    >>> text_of('"Weld"@en')
    'Weld'
    """
    quoted = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_unescape, quoted) if "\\" in quoted else quoted


def string_of(term: Term) -> str:
    """Return what STR of SPARQL gives for an IRI or a literal.

    >>> string_of("<urn:a>"), string_of('"Weld"@en')
    ('urn:a', 'Weld')
    """
    return iri_of(term) if term[0] == "<" else text_of(term)


def language_of(term: Term) -> str | None:
    """Return the language tag of a literal in small letters, without its direction, or None.

    >>> language_of('"Weld"@en-gb'), language_of('"Weld"')
    ('en-gb', None)
    """
    behind = term[term.rindex('"') + 1 :]
    return behind[1:].partition("--")[0] if behind[:1] == "@" else None


def datatype_of(term: Term) -> Term | None:
    """Return the datatype of a literal as it is written: None for texts, tagged or not.

    >>> datatype_of('"1"^^<urn:number>')
    '<urn:number>'
    """
    behind = term[term.rindex('"') + 1 :]
    return behind[2:] if behind[:2] == "^^" else None
