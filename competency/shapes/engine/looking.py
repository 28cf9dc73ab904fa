"""What SHACL allows in a query, and where its text changes before it runs (SHACL, 5.2 and A)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from competency.errors import ShapesError
from competency.shapes.engine.store import LABEL
from competency.shapes.engine.tokens import Group, Token, groups

OPTIONAL = frozenset({"shapesGraph", "currentShape"})
_REFUSED = frozenset({"MINUS", "VALUES", "SERVICE", "FROM", "CONSTRUCT", "DESCRIBE"})
_CUT = ("GROUP", "HAVING", "LIMIT", "OFFSET", "REDUCED")
_ADDED_UP = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
_ONE_BY_ONE = frozenset((*_CUT, *_ADDED_UP))


@dataclass(frozen=True, slots=True)
class Change:
    """A place where the text of a query changes: what stands there, and which values go there.

    ``for_labels`` are changes that matter only where data has blank nodes.
    """

    start: int
    end: int
    names: frozenset[str] = frozenset()
    said: str = ""
    for_labels: bool = False


def check_query(found: Sequence[Token], bound: frozenset[str], source: str) -> None:
    """Refuse what SHACL does not allow in a query whose ``bound`` variables have values before.

    ShapesError for MINUS, VALUES and SERVICE, for what would read other data than is checked, for
    a variable that is bound again, and for a nested query that does not select all of them.

        check_query(tokens(text, source), frozenset({"this"}), source)
    """
    forms = [token for token in found if token.word in ("SELECT", "ASK", *_REFUSED)]
    if not forms or forms[0].word not in ("SELECT", "ASK"):
        raise ShapesError(source, "its query is neither SELECT nor ASK")
    for token in forms:
        if token.word in _REFUSED:
            raise ShapesError(source, f"{token.word} is not allowed in the query of a shape")
    for token, following in pairwise(found):
        if token.word == "AS" and following.variable in bound:
            reason = f"${following.variable} has its value before the query runs; AS cannot set it"
            raise ShapesError(source, reason)
    selects = [index for index, token in enumerate(found) if token.word == "SELECT"]
    for index in selects[forms[0].word == "SELECT" :]:
        missing = bound - OPTIONAL - selected(found, index)
        if missing:
            reason = f"a nested SELECT must select ${min(missing)} by its name"
            raise ShapesError(source, reason)


def selected(found: Sequence[Token], index: int) -> set[str]:
    """Return the variables that the SELECT at a place selects by name.

    >>> from competency.shapes.engine.tokens import tokens
    >>> sorted(selected(tokens("SELECT $this (COUNT(?a) AS ?n) { $this a ?a }", "s"), 0))
    ['n', 'this']
    """
    names: set[str] = set()
    depth = 0
    for before, token in zip(found[index:], found[index + 1 :], strict=False):
        if token.word == "WHERE" or token.text == "{":
            break
        depth += (token.text == "(") - (token.text == ")")
        if token.variable and (depth == 0 or before.word == "AS"):
            names.add(token.variable)
    return names


def allows_many(found: Sequence[Token]) -> bool:
    """Say whether a query may be asked of many focus nodes at once.

    It may where it selects ``$this`` and neither groups, adds up nor cuts: a union over focus
    nodes goes through all other operators of SPARQL 1.1 (section 18.5) unchanged.

    >>> from competency.shapes.engine.tokens import tokens
    >>> allows_many(tokens("SELECT $this { $this a ?kind } LIMIT 1", "s"))
    False
    """
    if any(token.word in _ONE_BY_ONE for token in found):
        return False
    first = next(i for i, token in enumerate(found) if token.word in ("SELECT", "ASK"))
    return found[first].word == "SELECT" and "this" in selected(found, first)


def changes_of(
    found: tuple[Token, ...], bound: frozenset[str], path: str | None, source: str
) -> list[Change]:
    """Return where the text of a query changes, from its beginning to its end.

    Values go to the beginning of each group that uses them; inside EXISTS they are known already
    (SPARQL 1.1, section 18.6). ShapesError for ``$PATH`` where there is no path.

    >>> from competency.shapes.engine.tokens import tokens
    >>> found = tokens("SELECT $this { $this a ?kind }", "s")
    >>> [change.start for change in changes_of(found, frozenset({"this"}), None, "s")]
    [14]
    """
    changes = [_path_change(token, path, source) for token in found if token.variable == "PATH"]
    changes += _label_changes(found)
    top = groups(found)
    agenda = [(top, group) for group in top.inner]
    while agenda:
        around, group = agenda.pop()
        if group.opener != "EXISTS":
            agenda += [(group, inner) for inner in group.inner]
            names = frozenset(_used(group, around, is_outermost=around is top)) & bound
            if names and not group.is_query:
                end = found[group.first].end
                changes.append(Change(end, end, names))
    return sorted(changes, key=lambda change: (change.start, change.end))


def _used(group: Group, around: Group, *, is_outermost: bool) -> set[str]:
    """Return the variables of a group; what its SELECT uses is used in it too."""
    return around.variables if is_outermost or around.is_query else group.variables


def _path_change(token: Token, path: str | None, source: str) -> Change:
    if path is None:
        raise ShapesError(source, "$PATH is for property shapes, and this shape has no path")
    return Change(token.start, token.end, said=path)


def _label_changes(found: Sequence[Token]) -> list[Change]:
    """Let STR of a variable be the label of a blank node, as it is with rdflib."""
    changes = []
    for index, token in enumerate(found[:-3]):
        opens, variable, closes = found[index + 1 : index + 4]
        if token.word == "STR" and opens.text == "(" and variable.variable and closes.text == ")":
            name = variable.text
            said = f"COALESCE(STR({name}), <{LABEL}>({name}))"
            changes.append(Change(token.start, closes.end, said=said, for_labels=True))
    return changes
