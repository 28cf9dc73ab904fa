"""What becomes of every term of ours in every profile, side by side, for the documentation."""

from __future__ import annotations

from collections.abc import Iterable

from competency.exchange.mapping import Fate, Rule, Table
from competency.exchange.profiles import PROFILES, table_of

ROLES = {
    "framework": "framework",
    "group": "group, functional area, value",
    "competency": "competency, unit, element",
    "level": "competency at a level",
    "requirement": "positive indicator, performance criterion, knowledge statement",
    "assessment": "assessment criterion",
    "assessments": "group of assessment criteria",
    "negative": "negative indicator",
    "negatives": "group of negative indicators",
    "text": "descriptor, scope, note",
}


def kinds_table() -> str:
    """Return in Markdown what each kind of part becomes in each profile."""
    tables = _tables()
    rows = [[name, *(_fate(table.fates[role]) for table in tables)] for role, name in ROLES.items()]
    return markdown(["part", *_titles()], rows)


def properties_table(about: str) -> str:
    """Return in Markdown what each property becomes; ``about`` is ``framework`` or ``part``.

    A star says that something is lost on the way, ``-`` that all of it is. The Dublin Core terms
    of parts are left out: few have any, and only SKOS keeps them.
    """
    tables = _tables()
    names = sorted(
        {
            name
            for table in tables
            for whose, name in table.rules
            if whose == about and not (about == "part" and name.startswith("dcterms:"))
        }
    )
    rows = [
        [f"`{name}`", *(_rule(table.rules.get((about, name))) for table in tables)]
        for name in names
    ]
    return markdown([f"of a {about}", *_titles()], rows)


def _tables() -> list[Table]:
    return [table for profile in PROFILES if (table := table_of(profile))]


def _titles() -> list[str]:
    return [profile.title for profile in PROFILES[1:]]


def _fate(fate: Fate) -> str:
    return fate.becomes + (" *" if fate.loses else "")


def _rule(rule: Rule | None) -> str:
    if rule is None or not rule.becomes:
        return "-"
    return rule.becomes + (" *" if rule.loses else "")


def markdown(head: list[str], rows: Iterable[list[str]]) -> str:
    """Return a table in Markdown; a bar within a cell is escaped.

    >>> print(markdown(["a"], [["x"]]))
    | a |
    | --- |
    | x |
    """
    lines = [head, ["---"] * len(head), *([_cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
