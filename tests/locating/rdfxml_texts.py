"""Random RDF/XML documents, in every way of writing statements."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [ <!ENTITY ex "http://ex.example/a#"> ]>
<!-- <rdf:RDF> -->
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:ex='http://ex.example/a#'	xmlns="http://d.example/"{more}>
"""
_IRIS = ["a", "#f", "../x", "http://o.example/é?a=1&b=2", ""]
_TEXTS = ["plain", " é 😀 ", "a < b & c", "two\nlines", "\"q\" 'r'", "1"]
_SPACES = [" ", "\n\t", "\r\n  "]


class _Writer:
    def __init__(self, draw: DrawFn) -> None:
        self.draw, self.pieces, self.ids = draw, list[str](), 0

    def one(self, *of: str) -> str:
        return self.draw(st.sampled_from(of))

    def many(self, most: int) -> range:
        return range(self.draw(st.integers(0, most)))

    def attribute(self, name: str, value: str) -> str:
        return f"{self.one(*_SPACES)}{name}{self.one('=', ' = ')}{quoteattr(value)}"

    def name(self) -> str:
        """Return the attribute that names a node, or nothing."""
        which = self.draw(st.integers(0, 3))
        if which == 0:
            return ""
        if which == 1:
            self.ids += 1
            return self.attribute("rdf:ID", f"id{self.ids}")
        if which == 2:
            return self.attribute("rdf:nodeID", self.one("n", "m"))
        return self.attribute("rdf:about", self.one(*_IRIS))

    def node(self, depth: int) -> None:
        tag = self.one("rdf:Description", "ex:Unit", "Ünit", "rdf:Bag")
        attributes = self.name()
        if self.draw(st.booleans()):
            attributes += self.attribute("ex:short", self.one(*_TEXTS[:4]))
        if self.draw(st.integers(0, 3)) == 0:
            attributes += self.attribute("rdf:type", self.one(*_IRIS))
        if self.draw(st.integers(0, 3)) == 0:
            attributes += self.attribute("xml:lang", self.one("en", "DE-ch"))
        if self.draw(st.integers(0, 4)) == 0:
            attributes += self.attribute("xml:base", self.one("http://b.example/x/", "urn:b:c"))
        self.pieces.append(f"<{tag}{attributes}>")
        for _ in self.many(3):
            self.property(depth)
        self.pieces.append(f"</{tag}>{self.one('', *_SPACES)}")

    def property(self, depth: int) -> None:
        tag = self.one("ex:p", "q", "rdf:li", "rdf:_7")
        which = self.draw(st.integers(0, 9 if depth else 4))
        reify = self.draw(st.integers(0, 4)) == 0 and which < 3
        more = ""
        if reify:
            self.ids += 1
            more = self.attribute("rdf:ID", f"id{self.ids}")
        if which < 2:
            language = self.attribute("xml:lang", "fr-CA") if which else ""
            self.pieces.append(f"<{tag}{more}{language}>{escape(self.one(*_TEXTS))}</{tag}>")
        elif which == 2:
            kind = ' rdf:datatype="&ex;type"'
            self.pieces.append(f"<{tag}{more}{kind}>{escape(self.one(*_TEXTS))}</{tag}>")
        elif which == 3:
            self.pieces.append(f"<{tag}{self.attribute('rdf:resource', self.one(*_IRIS))}/>")
        elif which == 4:
            self.pieces.append(f"<{tag}{self.attribute('ex:short', self.one(*_TEXTS))}/>")
        else:
            self.inner(tag, which, depth)
        self.pieces.append(self.one("", *_SPACES))

    def inner(self, tag: str, which: int, depth: int) -> None:
        kind = {5: "Resource", 6: "Collection"}.get(which)
        start = f'<{tag} rdf:parseType="{kind}">' if kind else f"<{tag}>"
        self.pieces.append(start + self.one("", *_SPACES))
        if which == 5:
            for _ in self.many(2):
                self.property(depth - 1)
        else:
            for _ in self.many(3) if which == 6 else range(1):
                self.node(depth - 1)
        self.pieces.append(f"</{tag}>")


@st.composite
def rdfxml(draw: DrawFn) -> str:
    """Return a document with entities, comments, bases and languages."""
    writer = _Writer(draw)
    more = draw(st.sampled_from(["", ' xml:base="http://other.example/d/e"', ' xml:lang="en-GB"']))
    writer.pieces.append(_HEAD.replace("{more}", more))
    for _ in writer.many(3):
        writer.node(2)
    return "".join(writer.pieces) + "</rdf:RDF>\n<!-- end -->"
