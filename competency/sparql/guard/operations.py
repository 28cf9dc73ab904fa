"""The operations of an update, one by one (SPARQL 1.1 Update, section 3)."""

from __future__ import annotations

from competency.errors import QueryError, QueryRefused
from competency.sparql.guard.lexis import FORMS
from competency.sparql.guard.quads import read_quads
from competency.sparql.guard.tokens import Token, cannot_go_on, place
from competency.sparql.guard.walking import Walk


class Operations:
    """Goes through operations, and finds what they write to.

    ``graphs`` are the IRIs of graphs that could be written to: "" is the default graph, None among
    them is any; ``data`` is each block of INSERT DATA as TriG. ``clause`` is what the request says
    of the graphs of WHERE, as USING clauses, which are written into the text.
    """

    def __init__(self, walk: Walk, clause: str) -> None:
        """Go through operations on a walk."""
        self._walk, self._clause = walk, clause
        self.graphs: set[str | None] = {""}
        self.data: list[str] = []
        self._known = {
            "INSERT": self._insert,
            "DELETE": self._delete,
            "WITH": self._with,
            **dict.fromkeys(("CLEAR", "DROP", "CREATE"), self._clear),
            **dict.fromkeys(("ADD", "MOVE", "COPY"), self._move),
        }

    def read(self) -> None:
        """Go through the next operation.

        Raises QueryRefused for LOAD and SERVICE, QueryError for a query and for what is no
        operation.
        """
        token = self._walk.reader.peek()
        word = token.text.upper() if token.kind == "word" else ""
        if word not in self._known:
            raise self._no_operation(token, word)
        self._walk.next()
        self._known[word]()

    def _no_operation(self, token: Token, word: str) -> QueryError:
        where = place(self._walk.text, token.start)
        if word == "LOAD":
            reason = "LOAD would ask another server, which is not allowed here; send the data"
            return QueryRefused(reason, *where)
        if word in FORMS:
            return QueryError(f"{word} is a query; send it to /sparql", *where)
        reason = f"starts with {token.shown}; an update starts with {', '.join(self._known)}"
        return QueryError(reason, *where)

    def _insert(self) -> None:
        if not self._walk.reader.peek().is_word("DATA"):
            self._template()
            self._where()
            return
        self._walk.next()
        block = read_quads(self._walk)
        self.graphs |= block.graphs
        self.data.append(block.trig(self._walk))

    def _delete(self) -> None:
        following = self._walk.reader.peek()
        if following.is_word("WHERE"):
            self._delete_where(self._walk.next())
        elif following.is_word("DATA"):
            self._walk.next()
            self._template()
        else:
            self._template()
            if self._walk.reader.peek().is_word("INSERT"):
                self._walk.next()
                self._template()
            self._where()

    def _with(self) -> None:
        """WITH names the graph of the templates and of WHERE (section 3.1.3)."""
        token = self._walk.next()
        self._refuse_both(token)
        self._named(token)
        keyword = self._walk.next()
        following = self._walk.reader.peek()
        if not keyword.is_word("DELETE", "INSERT") or following.text != "{":
            raise cannot_go_on(self._walk.text, keyword)
        self._known[keyword.text.upper()]()

    def _template(self) -> None:
        self.graphs |= read_quads(self._walk).graphs

    def _where(self) -> None:
        while (token := self._walk.reader.peek()).is_word("USING"):
            self._refuse_both(token)
            self._walk.next()
            token = self._walk.next()
            token = self._walk.next() if token.is_word("NAMED") else token
            self._walk.prologue.iri(token, self._walk.text)
        keyword = self._walk.next()
        if not keyword.is_word("WHERE"):
            raise cannot_go_on(self._walk.text, keyword)
        if self._clause:
            self._walk.spelling.put(keyword.start, keyword.start, f"{self._clause} ")
        self._group(writes=False)

    def _delete_where(self, keyword: Token) -> None:
        """DELETE WHERE { P } is short for DELETE { P } WHERE { P } (section 3.1.3.3)."""
        start = self._walk.reader.peek().start
        end = self._group(writes=True).end
        if self._clause:
            template = self._walk.spelling.between(start, end)
            self._walk.spelling.put(keyword.start, keyword.start, f"{template} {self._clause} ")

    def _group(self, *, writes: bool) -> Token:
        """Go through the group of WHERE and return its last token."""
        walk = self._walk
        if walk.reader.peek().text != "{":
            raise cannot_go_on(walk.text, walk.reader.peek())
        while (token := walk.next()).kind != "end":
            if token.is_word("SERVICE"):
                reason = "SERVICE would ask another server, which is not allowed in an update"
                raise QueryRefused(reason, *place(walk.text, token.start))
            if writes and token.is_word("GRAPH"):
                self._named_or_any(walk.next())
            if not walk.reader.brackets:
                return token
        raise cannot_go_on(walk.text, token)

    def _clear(self) -> None:
        """CLEAR, DROP and CREATE name one graph, or several (section 3.2)."""
        token = self._behind_silent()
        if token.is_word("GRAPH"):
            self._named(self._walk.next())
        elif token.is_word("NAMED", "ALL"):
            self.graphs.add(None)
        elif not token.is_word("DEFAULT"):
            raise cannot_go_on(self._walk.text, token)

    def _move(self) -> None:
        """ADD, MOVE and COPY name two graphs (section 3.2)."""
        self._graph_or_default(self._behind_silent())
        keyword = self._walk.next()
        if not keyword.is_word("TO"):
            raise cannot_go_on(self._walk.text, keyword)
        self._graph_or_default(self._walk.next())

    def _graph_or_default(self, token: Token) -> None:
        if token.is_word("GRAPH"):
            self._named(self._walk.next())
        elif not token.is_word("DEFAULT"):
            self._named(token)

    def _behind_silent(self) -> Token:
        token = self._walk.next()
        return self._walk.next() if token.is_word("SILENT") else token

    def _named(self, token: Token) -> None:
        self.graphs.add(self._walk.prologue.iri(token, self._walk.text))

    def _named_or_any(self, token: Token) -> None:
        if token.kind == "variable":
            self.graphs.add(None)
        else:
            self._named(token)

    def _refuse_both(self, token: Token) -> None:
        """Refuse graphs of the request and of the text both (Protocol, section 2.2.3)."""
        if self._clause:
            reason = "the request names graphs for WHERE, and USING or WITH does too; leave one out"
            raise QueryError(reason, *place(self._walk.text, token.start))
