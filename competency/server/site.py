"""What one server publishes: the graph, what it holds, and every document as bytes.

Nothing here changes once it is made, so a document and its ETag may be kept: a later edition of
the data is another Site.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Container, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast
from urllib.parse import quote

from competency._files import folder
from competency.errors import NotFound
from competency.exchange import Profile, profiles_of, view
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.graph import KnowledgeGraph, NamedGraph, Resource, Summary, serialize
from competency.graph.alignments import Alignment, alignments_of
from competency.graph.closure import LONGEST, Reached, reached
from competency.graph.comparison import Asking, asking_in
from competency.graph.crosswalks import Crosswalk, crosswalk
from competency.graph.loading import named_graphs
from competency.graph.store import is_iri
from competency.ontology import ONTOLOGY_IRI, PREFIXES, is_absolute
from competency.server.aligned import (
    Counts,
    Covered,
    Seen,
    aligned_frameworks,
    covered_parts,
    seen_from,
)
from competency.server.answers import Answers
from competency.server.memory import Memory
from competency.server.profiles import OWN
from competency.server.rulebooks import Library
from competency.server.settings import Settings
from competency.sparql import Engine, InProcess

# The characters that an IRI may hold beside letters and digits (RFC 3987, section 2.2).
IRI_SAFE = "/:?#[]@!$&'()*+,;=-._~%"
WHOLE_SYNTAXES = tuple(row for row in RDF_SYNTAXES if row.name in ("trig", "nquads"))
MOST_COUNTED = 200  # frameworks; of more nobody counts all alignments while a reader waits
_REMEMBERED = 64  # documents that depend on more than a thing and a syntax
_WITHIN_REACH = 100  # parts that are looked at for what alignments lead to
_KEPT = (
    "profiles", "aligned_with", "seen_from", "asking_in", "reached", "crosswalk",
    "whole", "vocabulary", "shapes",
)  # fmt: skip
_T = TypeVar("_T")


@dataclass(frozen=True)
class Document:
    """The bytes of one representation and its strong entity tag (RFC 9110, section 8.8.3)."""

    data: bytes
    etag: str

    @classmethod
    def of(cls, data: bytes) -> Document:
        """Return a document whose tag is the SHA-256 of its bytes."""
        return cls(data, hashlib.sha256(data).hexdigest())


class Site:
    """A knowledge graph as a server shows it, with who answers queries over it."""

    def __init__(
        self, graph: KnowledgeGraph, engine: Engine | None = None, settings: Settings | None = None
    ) -> None:
        """Publish ``graph``; documents are kept in ``memory``, with whatever else is."""
        self.graph, self.settings = graph, settings or Settings()
        limits = self.settings.limits
        self.memory = Memory(limits.cache)
        self.answers = Answers(engine or InProcess(graph, limits), self.memory)
        self.held = _Held(graph)
        self.profiles = lru_cache(maxsize=10_000)(self._profiles)
        self.aligned_with = lru_cache(maxsize=512)(self._aligned_with)
        self.seen_from = lru_cache(maxsize=512)(self._seen_from)
        self.asking_in = lru_cache(maxsize=64)(self._asking_in)
        self.reached = lru_cache(maxsize=512)(self._reached)
        self.crosswalk = lru_cache(maxsize=4)(self._crosswalk)
        self.whole = lru_cache(maxsize=4)(self._whole)
        self.vocabulary = lru_cache(maxsize=8)(self._vocabulary)
        self.shapes = lru_cache(maxsize=32)(self._shapes)
        self._memory: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def edition_name(self) -> str | None:
        """Return the name of the edition that is shown, or None where there is none."""
        return self.graph.edition.id if self.graph.edition is not None else None

    def close(self) -> None:
        """End the workers, forget the documents, and let the edition be pruned."""
        self.answers.close()
        for kept in _KEPT:
            self.__dict__.pop(kept, None)  # each refers to the site, which would stay for long
        self.held.forget()
        self._memory.clear()
        self.graph.close()

    def remember(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what ``make`` returns, made once for each key; the oldest of many is forgotten.

        site.remember(("description", host), lambda: describe(host))
        """
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                return cast(_T, self._memory[key])
        made = make()
        with self._lock:
            self._memory[key] = made
            while len(self._memory) > _REMEMBERED:
                self._memory.popitem(last=False)
        return made

    @cached_property
    def summaries(self) -> list[Summary]:
        """Return every framework in short."""
        return self.graph.summaries()

    @cached_property
    def aligned(self) -> Counts:
        """Return how many alignments there are between which frameworks."""
        return aligned_frameworks(self.graph)

    def aligned_to(self, iri: str) -> Mapping[str, tuple[int, int]]:
        """Return how many matches and opposites one framework has with which others.

        The others need not be looked at, unless all were counted already or are held elsewhere,
        where one question about all costs less than one for each part.
        """
        if "aligned" not in self.__dict__ and not self.graph.elsewhere:
            return self.seen_from(iri).counts()
        return {
            (right if left == iri else left): counts
            for (left, right), counts in self.aligned.items()
            if iri in (left, right)
        }

    def couples(self, *named: str) -> Counts | None:
        """Return how many alignments there are between which frameworks.

        Where there are very many frameworks only those with what is ``named`` are counted, and
        with nothing named the answer is None.
        """
        if len(self.summaries) <= MOST_COUNTED or "aligned" in self.__dict__:
            return self.aligned
        if not named:
            return None
        return {
            (min(iri, other), max(iri, other)): counts
            for iri in named
            for other, counts in self.aligned_to(iri).items()
        }

    def _seen_from(self, iri: str) -> Seen:
        """Return the alignments of a framework, with the frameworks at their other ends."""
        return seen_from(self.graph, iri)

    def _asking_in(self, iri: str) -> Asking:
        """Return which parts of a framework ask something."""
        return asking_in(self.graph.framework(iri))

    def path_of(self, iri: str) -> str | None:
        """Return the path of an IRI below our base, or None where it has none."""
        path = iri.removeprefix(self.graph.base)
        return path if path and path != iri else None

    def find(self, path: str) -> Resource:
        """Return what is held at a decoded URL path; NotFound names what is close to it.

        An IRI may itself hold percent-encoded characters, which a web server has decoded by the
        time we see them; so the encoded forms of the path are looked up as well.
        """
        encoded = (path, quote(path, safe=IRI_SAFE), quote(path, safe=IRI_SAFE.replace("%", "")))
        for form in encoded:
            if self.graph.base + form in self.held:
                return self.graph.resource(self.graph.base + form)
        return self.graph.resource(self.graph.base + path)

    def look_up(self, iri: str) -> Resource:
        """Return what is held under an IRI; NotFound when it is unknown or no IRI at all."""
        if not is_absolute(iri):
            raise NotFound("resource", iri or "with an empty IRI")
        return self.graph.resource(iri)

    def document(self, iri: str, syntax: Format, profile: Profile = OWN) -> Document:
        """Return what describes a thing: as authored, or as another profile has it.

        One may be as long as a framework, so they are kept by their size and not their number.
        """
        key = "document", iri, syntax, profile
        found = self.memory.get(key)
        if found is None:
            found = self._document(iri, syntax, profile)
            self.memory.keep(key, found, len(found.data))
        return cast(Document, found)

    def _document(self, iri: str, syntax: Format, profile: Profile) -> Document:
        if profile is OWN:
            return Document.of(self.graph.serialize(iri, syntax))
        return Document.of(serialize(view(self.graph, iri, profile), syntax))

    def _profiles(self, iri: str) -> tuple[Profile, ...]:
        """Return the profiles in which a thing can be had, as authored first."""
        return profiles_of(self.graph, iri)

    def _aligned_with(self, iri: str) -> list[Alignment]:
        """Return the alignments of a part, the strongest and surest first."""
        return alignments_of(self.graph, iri)

    def _reached(self, iri: str) -> Reached:
        """Return what a part is aligned with, directly and through chains.

        Where the graphs are held in another engine only directly: each step would be a question.
        """
        longest = 1 if self.graph.elsewhere else LONGEST
        return reached(self.graph, iri, longest, _WITHIN_REACH)

    def covered(
        self, left: str, right: str, asking: Asking | None = None
    ) -> tuple[Covered, Covered]:
        """Return how much of the left framework the right one covers, and how much of the right.

        ``asking`` is what asks something in the left one, for who has read that anyway.
        """
        one, two = asking or self.asking_in(left), self.asking_in(right)
        return covered_parts(self.seen_from(left), one, two, right)

    def _crosswalk(self, names: tuple[str, ...], spine: str, chains: int, gaps: bool) -> Crosswalk:
        """Return the crosswalk between frameworks, the parts of ``spine`` first."""
        return crosswalk(self.graph, names, spine=spine, longest=chains, gaps=gaps)

    def _whole(self, syntax: Format) -> Document:
        return Document.of(self.graph.serialize(None, syntax))

    def _vocabulary(self, syntax: Format) -> Document:
        """Return the ontology; its Turtle is the file as its authors wrote it."""
        if syntax.name == "turtle":
            return Document.of((folder("ontology") / "competency.ttl").read_bytes())
        return Document.of(serialize(self.vocabulary_graph, syntax))

    def _shapes(self, syntax: Format, profile: str = "comp") -> Document:
        return Document.of(serialize(self.rulebooks.books[profile].data, syntax))

    @cached_property
    def vocabulary_graph(self) -> NamedGraph:
        """Return the ontology as authored."""
        data = (folder("ontology") / "competency.ttl").read_bytes()
        return named_graphs(data, by_name("turtle"), "competency.ttl", ONTOLOGY_IRI)[0]

    @cached_property
    def rulebooks(self) -> Library:
        """Return the shapes of all profiles as they are published."""
        return Library()

    @cached_property
    def rule_names(self) -> frozenset[str]:
        """Return the local names of the shapes that have a page here."""
        subjects = {triple.subject for triple in self.rulebooks.everything.triples}
        iris = (node.value for node in subjects if is_iri(node))
        return frozenset(iri.removeprefix(PREFIXES["compsh"]) for iri in iris)


class _Held(Container[object]):
    """The IRIs that have a page: everything with a type in a graph we publish."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._known = lru_cache(maxsize=50_000)(graph.holds)

    def forget(self) -> None:
        """Forget what was looked up."""
        self._known.cache_clear()

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str) and is_absolute(iri) and self._known(iri)
