"""The quads of an update: its data and its templates (SPARQL 1.1 Update, sections 3.1 and 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from competency.sparql.guard.lexis import COMMENT, QUADS, SPACE
from competency.sparql.guard.tokens import Token, cannot_go_on
from competency.sparql.guard.walking import MAX_DEPTH, Walk, refuse_depth

_DOT = re.compile(rf"(?:{SPACE}|{COMMENT})*+\.?")  # that may stand behind the quads of a graph
_SIGNS = frozenset({".", ",", ";", "^^", "+", "-", "~", "|"})
_WORDS = ("A", "TRUE", "FALSE", "GRAPH")


@dataclass
class Quads:
    """A block of quads: the graphs it names, and where its parts stand.

    ``None`` among the graphs is a variable: any of them. A part is the graph as written ("" for the
    default graph), and the offsets between which its triples stand.
    """

    start: int
    end: int = 0
    graphs: set[str | None] = field(default_factory=set)
    parts: list[tuple[str, int, int]] = field(default_factory=list)

    def trig(self, walk: Walk) -> str:
        """Return the block as a document of TriG, with the prologue in force before it."""
        found = walk.text[self.start : self.end]
        parts = (
            f"{'GRAPH ' if graph else ''}{graph}{{{walk.spelling.between(start, end)}\n}}\n"
            for graph, start, end in self.parts
        )
        return "".join([*_declarations(walk, found), *parts])


def read_quads(walk: Walk) -> Quads:
    """Read a block of quads from its ``{`` to its ``}``.

    Raises QueryError where something stands in it that no quad has, QueryRefused where it is
    nested too deep.
    """
    block, inside = Quads(walk.reader.peek().start), _open(walk)
    part = walk.reader.at
    while not _closes(token := _stop(walk), walk, inside):
        if token.is_word("GRAPH"):
            block.parts.append(("", part, token.start))
            part = _read_graph(walk, block)
    block.parts.append(("", part, token.start))
    block.end = token.end
    return block


def _read_graph(walk: Walk, block: Quads) -> int:
    """Read the quads of one graph; return where those of the default graph go on."""
    name = walk.reader.take()
    block.graphs.add(None if name.kind == "variable" else walk.prologue.iri(name, walk.text))
    walk.spell(name)
    inside, start = _open(walk), walk.reader.at
    while not _closes(token := _stop(walk), walk, inside):
        if token.is_word("GRAPH"):
            raise cannot_go_on(walk.text, token)
    block.parts.append((walk.spelled(name) or name.text, start, token.start))
    behind = _DOT.match(walk.text, token.end)
    return behind.end() if behind else token.end


def _open(walk: Walk) -> int:
    """Take a ``{`` and return the number of open brackets, itself among them."""
    token = walk.reader.take()
    if token.text != "{":
        raise cannot_go_on(walk.text, token)
    return len(walk.reader.brackets)


def _closes(token: Token, walk: Walk, inside: int) -> bool:
    return token.text == "}" and len(walk.reader.brackets) < inside


def _stop(walk: Walk) -> Token:
    """Return the next token that needs a look: a bracket, GRAPH, a name to be spelled anew."""
    if not walk.differs:
        walk.reader.skip(QUADS, MAX_DEPTH)
    token = walk.reader.take()
    if not _may_stand(token, walk.text):
        raise cannot_go_on(walk.text, token)
    refuse_depth(len(walk.reader.brackets), walk.text, token)
    walk.spell(token)
    return token


def _may_stand(token: Token, text: str) -> bool:
    """Say whether a token may stand in quads, where a brace opens an annotation only."""
    if token.kind == "word":
        return token.is_word(*_WORDS)
    if token.kind == "other":
        return token.text in _SIGNS
    is_block = token.text == "{" and not text.startswith("{|", token.start)
    return token.kind not in ("wrong", "end") and not is_block


def _declarations(walk: Walk, found: str) -> Iterator[str]:
    if walk.prologue.base is not None:
        yield f"BASE <{walk.prologue.base}>\n"
    for prefix, iri in walk.prologue.prefixes.items():
        if f"{prefix}:" in found:
            yield f"PREFIX {prefix}: <{iri}>\n"
