"""Random Turtle and TriG documents, ugly but well-formed, with the place of every object."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

DECLARED = {"": "http://x.example/", "ex": "http://ex.example/a#", "é-1.b": "urn:é:"}
SPACES = [" ", "\t", "\n", "\r\n", "\r", "  # a 'comment' [ with \"signs\" <a> .\n", "\n\n# x\r"]
_IRIS = [
    *("<>", "<#f>", "<?q>", "<../up/./x>", "<//host/p>", "</root>", "<a/b;c?d#e>", "<urn:x:y>"),
    *(
        "<http://example.org/\\u00e9\\U0001F600>",
        "<http://example.org/%20>",
        "<http://é.example/日>",
    ),
    *(
        ":",
        ":a",
        "ex:b.c",
        "ex:d:e",
        ":_f",
        ":1g",
        "ex:\\,h\\.",
        ":%41",
        "é-1.b:ñ·x",
        ":a-b_c",
        "ex:",
    ),
]
_LITERALS = [
    *("1", "-2", "+3.50", ".5", "1.5e3", "-1E-7", "2.0e+0", "007", "true", "false"),
    *(
        "''",
        '""',
        "'a'",
        '"b \\"c\\" \\n\\t\\\\"',
        "'\\u00e9\\U0001F600 é 😀'",
        "'#not <a> comment'",
    ),
    *("'''long 'quoted' '' \n and \\''' more'''", '"""a"b""c\r\nd\\""""', "''''''", '""""""'),
    *("'x'@en", "'x'@EN-gb", '"x"@de-Latn-1996', "'x'@fr # c\n", "'1'^^ex:t", "'2' ^^ <#t>"),
    *("'3'^^<http://www.w3.org/2001/XMLSchema#string>", "'4'^^# c\n :t", "'[ ( ;.'@x-y"),
]
_LABELS = ["_:a", "_:b1", "_:c.d", "_:é-2"]


@dataclass
class Text:
    """A document while it is written: its pieces, and the tokens of objects by their offsets."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    objects: dict[int, tuple[str, str]] = field(default_factory=dict)
    declared: str = ""

    def write(self, piece: str) -> None:
        self.pieces.append(piece)
        self.size += len(piece)

    def object(self, token: str) -> None:
        """Note that an object begins here, with the declarations that are in force."""
        self.objects[self.size] = (token, self.declared)

    def __str__(self) -> str:
        return "".join(self.pieces)


class _Writer:
    """Draws a document piece by piece."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw, self.text = draw, Text()

    def one(self, *of: str) -> str:
        return self.draw(st.sampled_from(of))

    def space(self) -> None:
        self.text.write(self.one(*SPACES))

    def few(self, most: int) -> range:
        return range(self.draw(st.integers(0, most)))

    def declare(self) -> None:
        """Write all declarations, whole and in one of their forms."""
        for prefix, iri in DECLARED.items():
            if self.draw(st.booleans()):
                self.say(f"@prefix {prefix}: <{iri}>.")
            else:
                self.say(f"{self.one('PREFIX', 'prefix', 'Prefix')} {prefix}:<{iri}>")
        if self.draw(st.booleans()):
            self.say(self.one("@base <http://b.example/x/y?z> .", "BASE <sub/dir/>", "base<#fr>"))

    def say(self, declaration: str) -> None:
        self.text.write(declaration)
        self.text.declared += declaration + "\n"
        self.space()

    def statement(self, end: str) -> None:
        kind = self.draw(st.integers(0, 5))
        bare = kind == 0
        if kind == 0:
            self.properties(2, filled=True)
        elif kind == 1:
            self.text.write("[]")
        elif kind == 2:
            self.items(2)
        elif kind == 3:
            self.text.write(self.one(*_LABELS))
        else:
            self.text.write(self.one(*_IRIS))
        if not bare or self.draw(st.booleans()):
            self.space()
            self.predicates(2)
        self.space()
        self.text.write(end)
        self.space()

    def predicates(self, depth: int) -> None:
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                self.text.write(self.one(";", " ;; ", ";\n; "))
            self.text.write(self.one("a", *_IRIS))
            self.space()
            self.objects(depth)
        self.text.write(self.one("", "", " ;"))

    def objects(self, depth: int) -> None:
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                self.text.write(",")
                self.text.write(self.one("", " ", "\n"))
            self.object(depth)
            self.space()

    def object(self, depth: int) -> None:
        kind = self.draw(st.integers(0, 5 if depth else 3))
        if kind < 4:
            token = self.one(*(_LITERALS if kind < 2 else _IRIS if kind == 2 else _LABELS))
            self.text.object(token)
            self.text.write(token)
        else:
            self.text.object("[")
            if kind == 4:
                self.properties(depth - 1)
            else:
                self.items(depth - 1)

    def properties(self, depth: int, *, filled: bool = False) -> None:
        self.text.write("[")
        self.text.write(self.one("", " ", "# c\n"))
        if filled or self.draw(st.booleans()):
            self.predicates(depth)
        self.text.write(self.one("", "\n"))
        self.text.write("]")

    def items(self, depth: int) -> None:
        self.text.write("(")
        for _ in self.few(3):
            self.space()
            self.object(depth)
        self.space()
        self.text.object(")")
        self.text.write(")")


@st.composite
def turtle(draw: DrawFn) -> Text:
    """Return a document in Turtle, declarations in its midst included."""
    writer = _Writer(draw)
    writer.text.write(draw(st.sampled_from(["", "# first\r\n", "\n \t"])))
    writer.declare()
    for _ in writer.few(4):
        writer.statement(".")
        if draw(st.integers(0, 3)) == 0:
            writer.declare()
    return writer.text


@st.composite
def trig(draw: DrawFn) -> Text:
    """Return a document in TriG: statements alone and in graphs with and without a name."""
    writer = _Writer(draw)
    writer.declare()
    for _ in writer.few(3):
        if draw(st.booleans()):
            writer.statement(".")
            continue
        writer.text.write(
            draw(st.sampled_from(["", "GRAPH ex:g ", ":g\n", "_:g ", "[] ", "graph <g>"]))
        )
        writer.text.write("{")
        for _ in writer.few(2):
            writer.statement(".")
        if draw(st.booleans()):
            writer.statement("")
        writer.text.write("}\n")
    return writer.text
