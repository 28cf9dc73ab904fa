"""What a server keeps: documents by their size, and which edition it could not open."""

from __future__ import annotations

from pathlib import Path

import pytest

from competency import DataDirectory, KnowledgeGraph
from competency.errors import EditionError
from competency.exchange import Profile
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.graph import Edition
from competency.server import Settings, serving
from competency.server.profiles import OWN
from competency.server.serving import Published
from competency.server.site import Document, Site
from competency.sparql import Limits
from tests.editions.common import ONE, framework, put

TURTLE = by_name("turtle", RDF_SYNTAXES)


class Counting(Site):
    """A site that notes which documents it makes."""

    made: int = 0

    def _document(self, iri: str, syntax: Format, profile: Profile) -> Document:
        self.made += 1
        return super()._document(iri, syntax, profile)


def site(cache: int) -> Counting:
    return Counting(framework(), settings=Settings(limits=Limits(cache=cache)))


def test_a_document_is_made_once_and_counted_in_the_memory_of_the_site() -> None:
    found = site(1_000_000)
    first = found.document(ONE, TURTLE)
    assert found.document(ONE, TURTLE, OWN) is first and found.made == 1
    assert found.memory.held > len(first.data)
    found.close()
    assert found.memory.held == 0


def test_a_document_too_large_for_the_memory_is_made_again() -> None:
    found = site(0)
    assert found.document(ONE, TURTLE) == found.document(ONE, TURTLE)
    assert (found.made, found.memory.held) == (2, 0)


class Opening:
    """Opens editions, and cannot open the one that is named; notes how often it tried."""

    def __init__(self, error: BaseException) -> None:
        self.error: BaseException | None = error
        self.tried = 0

    def __call__(self, edition: Edition | None) -> Site:
        assert edition is not None
        if edition.id == "000002":
            self.tried += 1
            if self.error is not None:
                raise self.error
        return Site(KnowledgeGraph.of(edition))


@pytest.mark.parametrize(
    "error", [EditionError("000002", "manifest", "was altered"), OSError(24, "Too many open files")]
)
def test_an_edition_that_cannot_be_opened_is_tried_once_and_again_a_while_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(serving, "SETTLED_SECONDS", -3600)
    monkeypatch.setattr(serving, "RETRY_SECONDS", 3600)
    directory, opening = DataDirectory(tmp_path / "data"), Opening(error)
    put(directory, framework(title="First"))
    served = Published(directory, opening)
    put(directory, framework(title="Second"))
    assert [served.take().edition_name for _ in range(3)] == ["000001"] * 3
    assert opening.tried == 1
    opening.error, served._retry = None, 0.0
    assert served.take().edition_name == "000002"
    served.take()
    assert opening.tried == 2
    served.close()


def test_what_is_published_after_one_that_cannot_be_opened_is_served_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SETTLED_SECONDS", -3600)
    directory = DataDirectory(tmp_path / "data")
    put(directory, framework(title="First"))
    served = Published(directory, Opening(EditionError("000002", "manifest", "was altered")))
    put(directory, framework(title="Second"))
    assert served.take().edition_name == "000001"
    put(directory, framework(title="Third"))
    assert served.take().edition_name == "000003"
    served.close()
