"""One tree of errors; each is one line that says what, where and what to do."""

from __future__ import annotations

import competency
from competency import errors
from competency.errors import CompetencyError


def tree(root: type[CompetencyError]) -> set[type[CompetencyError]]:
    return {root}.union(*(tree(child) for child in root.__subclasses__()))


def test_every_error_is_in_the_one_tree_and_public() -> None:
    defined = {
        item
        for item in vars(errors).values()
        if isinstance(item, type) and issubclass(item, Exception)
    }
    assert defined == {item for item in tree(CompetencyError) if item.__module__ == errors.__name__}
    assert {item.__name__ for item in defined} <= set(competency.__all__)


def test_every_error_is_drawn_in_the_picture_at_the_top() -> None:
    for item in tree(CompetencyError):
        assert item.__name__ in (errors.__doc__ or "")


def test_an_error_is_also_the_builtin_a_caller_would_catch() -> None:
    assert issubclass(errors.ParseError, ValueError)
    assert issubclass(errors.NotFound, LookupError)
    assert issubclass(errors.SourceError, OSError)


def test_messages_are_one_line_with_the_place() -> None:
    assert str(errors.ParseError("a.ttl", "no dot", 3, 7)) == "a.ttl:3:7: no dot"
    assert str(errors.SourceError("a.ttl", "No such file")) == "a.ttl: No such file"
    assert str(errors.QueryError("no brace", 2, 5)) == "query, line 2, column 5: no brace"
    assert "did you mean pub-cscf?" in str(errors.NotFound("framework", "pub", ["pub-cscf"]))
