"""A look at a query before any engine sees it (SPARQL 1.1 Query, section 19)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pyoxigraph as ox

from competency.errors import ParameterError, QueryError, QueryRefused
from competency.graph.reasoning import stated_name
from competency.sparql.guard.lexis import FORMS, UPDATES
from competency.sparql.guard.prologue import Prologue, is_relative
from competency.sparql.guard.services import Services
from competency.sparql.guard.tokens import Reader, Token, place
from competency.sparql.guard.walking import Spelling, Walk, refuse_length

MAX_LENGTH = 300_000  # characters
_SHORT = 4_000  # characters of a query whose verdict is kept, so that a few megabytes hold all
_INFERRED = ("inferred", "inferred>")  # at the end of an IRI or a prefixed name
_VOLATILE = ("NOW", "RAND", "UUID", "STRUUID", "BNODE")


@dataclass(frozen=True)
class Prepared:
    """A query that may be run: its text, spelled so that it has one reading only, and its form.

    ``has_dataset`` says whether it has FROM; ``default_graphs`` and ``named_graphs`` are the IRIs
    of FROM and FROM NAMED. A ``volatile`` query may answer otherwise each time: it calls NOW,
    RAND, UUID, STRUUID or BNODE. ``services`` are the endpoints that it asks; ``inferred`` the
    IRIs in it, those of FROM aside, that are names of what follows from a graph.
    """

    text: str
    form: str
    has_dataset: bool
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    volatile: bool = False
    services: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()


def prepare(text: str, *, services: Sequence[str] = (), base: str | None = None) -> Prepared:
    """Look at a query and say what it is.

    ``services`` are beginnings of the IRIs that SERVICE may ask; relative IRIs are read against
    ``base``. Raises QueryRefused for an update, for any other SERVICE, and past the limits of
    length, nesting and planning; QueryError when there is no query in the text at all, and
    where it has a sign that SPARQL does not know.

    >>> prepare("ASK { ?s ?p ?o }").form
    'ASK'
    """
    refuse_length(text, MAX_LENGTH)
    look = _looked_at if len(text) <= _SHORT else _look_at
    return look(text, tuple(services), base)


def _look_at(text: str, services: tuple[str, ...], base: str | None) -> Prepared:
    """Return what a query is; that depends on nothing but what is given here."""
    return _Query(text, Services(services), base).prepared()


_looked_at = lru_cache(maxsize=512)(_look_at)  # a refusal is not kept, but found again


def rewrite_services(prepared: Prepared, route: Callable[[str], str]) -> Prepared:
    """Return the query with ``route(iri)`` in place of the IRI of each SERVICE.

    The query must have been prepared with a list of services. Raises ParameterError when
    ``route`` returns no absolute IRI.

        rewrite_services(prepared, lambda iri: relay + quote(iri, safe=""))
    """
    spelling, reader = Spelling(prepared.text), Reader(prepared.text)
    for keyword in reader:
        if keyword.is_word("SERVICE"):
            token = reader.take()
            if token.is_word("SILENT"):
                token = reader.take()
            iri = Prologue().iri(token, prepared.text)
            spelling.put(token.start, token.end, _written(route(iri)))
    return replace(prepared, text=spelling.between())


class _Query:
    """What is found while the tokens of a query pass."""

    def __init__(self, text: str, services: Services, base: str | None) -> None:
        self._walk, self._services = Walk(text, base), services
        self._graphs: dict[str, list[str]] = {"FROM": [], "NAMED": []}
        self._asked: dict[str, None] = {}
        self._inferred: dict[str, None] = {}
        self._volatile = False

    def prepared(self) -> Prepared:
        """Go to the end."""
        self._walk.read_prologue()
        form = self._form()
        while (token := self._walk.next()).kind != "end":
            if token.kind == "word":
                self._word(token)
            elif token.kind in ("iri", "name") and token.text.endswith(_INFERRED):
                self._infer(token)
        default, named = self._graphs["FROM"], self._graphs["NAMED"]
        return Prepared(
            self._walk.spelling.between(),
            form,
            bool(default or named),
            tuple(default),
            tuple(named),
            self._volatile,
            tuple(self._asked),
            tuple(self._inferred),
        )

    def _word(self, token: Token) -> None:
        """Note what a keyword says of the whole query."""
        if token.is_word("FROM"):
            self._from()
        elif token.is_word("SERVICE"):
            self._service(token)
        elif token.is_word(*_VOLATILE):
            self._volatile = True

    def _form(self) -> str:
        """Return the form; refuse a text that begins with anything but a query."""
        token = self._walk.reader.peek()
        where = place(self._walk.text, token.start)
        if token.kind == "end":
            raise QueryError(f"there is no query in the text; write {', '.join(FORMS)} ...")
        if token.is_word(*UPDATES):
            reason = f"{token.text.upper()} is an update; only queries are answered here: "
            raise QueryRefused(reason + ", ".join(FORMS), *where)
        if not token.is_word(*FORMS):
            reason = f"starts with {token.shown}; a query starts with {', '.join(FORMS)}"
            raise QueryError(reason, *where)
        return token.text.upper()

    def _from(self) -> None:
        """Note a graph of the dataset (SPARQL 1.1 Query, section 13.2)."""
        token, kind = self._walk.next(), "FROM"
        if token.is_word("NAMED"):
            token, kind = self._walk.next(), "NAMED"
        self._graphs[kind].append(self._walk.prologue.iri(token, self._walk.text))

    def _infer(self, token: Token) -> None:
        """Note the name of what follows from a graph."""
        iri = self._walk.prologue.iri(token, self._walk.text)
        if stated_name(iri) is not None:
            self._inferred[iri] = None

    def _service(self, keyword: Token) -> None:
        """Note an endpoint that may be asked; refuse any other."""
        where = place(self._walk.text, keyword.start)
        if not self._services.prefixes:
            raise QueryRefused(self._services.refusal(), *where)
        token = self._walk.next()
        if token.is_word("SILENT"):
            token = self._walk.next()
        if token.kind != "iri" or is_relative(token):
            raise QueryRefused(self._services.refusal(), *where)
        iri = self._walk.prologue.iri(token, self._walk.text)
        if not self._services.allows(iri):
            raise QueryRefused(self._services.refusal(), *where)
        self._asked[iri] = None


def _written(iri: str) -> str:
    try:
        return str(ox.NamedNode(iri))
    except ValueError as error:
        raise ParameterError("route", f"{iri!r} is not an absolute IRI") from error
