"""docs/formats.md: what each format keeps, maps and loses, out of the tables that do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from competency._files import folder
from competency.exchange import rdf
from competency.exchange.exchange import Exchange
from competency.exchange.exchanges import EXCHANGES
from competency.exchange.mapping import Fate, Rule, Table
from competency.exchange.overview import ROLES, markdown

BEGIN, END = "<!-- made from the tables in the code: make formats -->", "<!-- end -->"


def overview(exchanges: Iterable[Exchange] = EXCHANGES) -> str:
    """Return in Markdown the list of all formats: which way each goes and what it carries."""
    rows = [
        [
            f"[`{row.format.name}`](#{_anchor(row)})",
            row.format.title,
            "yes" if row.read else "",
            "yes" if row.write else "",
            ", ".join(f"`{suffix}`" for suffix in row.format.suffixes),
        ]
        for row in exchanges
    ]
    return markdown(["name", "format", "in", "out", "suffix"], rows)


def sections(exchanges: Iterable[Exchange] = EXCHANGES) -> str:
    """Return in Markdown a section for each format: what comes in, what goes out, what is lost."""
    rows = [row for row in exchanges if row not in rdf.EXCHANGES]
    first = f"### RDF\n\n{rdf.EXCHANGES[0].about}\nEverything stays as it is, both ways."
    parts = ("\n\n".join(_section(row, rows[:place])) for place, row in enumerate(rows))
    return "\n\n".join([first, *parts])


def _anchor(row: Exchange) -> str:
    """Return the name that the heading of a section gets in an address."""
    return "rdf" if row in rdf.EXCHANGES else row.format.name.replace(".", "")


def _section(row: Exchange, before: Sequence[Exchange]) -> Iterator[str]:
    """Yield a section; a table that a format before has as well is not printed again."""
    yield f"### {row.format.name}"
    yield f"{row.format.title}. {row.about}".strip()
    same = next((one for one in before if one.fields == row.fields), None) if row.fields else None
    if same:
        yield f"What comes in is read as in {_link(same)}."
    elif row.fields:
        found = [[item.of, _code(item.field), item.becomes] for item in row.fields]
        yield _folded("In: what becomes of its fields", markdown(["of", "field", "becomes"], found))
    if row.table is None:
        return
    if same := next((one for one in before if one.table is row.table), None):
        yield f"What goes out is written as in {_link(same)}."
        return
    yield _folded("Out: what becomes of parts", _kinds(row.table))
    yield _folded("Out: what becomes of properties", _properties(row.table))


def _link(row: Exchange) -> str:
    return f"[{row.format.name}](#{_anchor(row)})"


def _kinds(table: Table) -> str:
    rows = [
        [name, *_fate(table.fates[role])] for role, name in ROLES.items() if role in table.fates
    ]
    return markdown(["part", "becomes", "lost"], rows)


def _fate(fate: Fate) -> list[str]:
    return [fate.becomes or "-", fate.loses]


def _properties(table: Table) -> str:
    """Return rules in the order of the table; the last row is everything without one."""
    rows = [_rule(rule) for rule in table.rules.values()]
    rows.append(["anything", "other properties", "-", table.otherwise])
    return markdown(["of a", "property", "becomes", "lost"], rows)


def _rule(rule: Rule) -> list[str]:
    return [rule.about, f"`{rule.source}`", rule.becomes or "-", rule.loses]


def _code(name: str) -> str:
    return f"`{name}`" if name.isascii() and " " not in name else name


def _folded(title: str, table: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{table}\n\n</details>"


def filled(page: str) -> str:
    """Return a page with its two made parts filled in anew; the words around them stay."""
    first, *middle, last = page.split(BEGIN)
    made = [overview(), sections()]
    rest = [part.partition(END)[2] for part in (*middle, last)]
    return first + "".join(
        f"{BEGIN}\n\n{text}\n\n{END}{after}" for text, after in zip(made, rest, strict=True)
    )


def write_page() -> None:
    """Write the made parts of ``docs/formats.md`` anew; the repository has the page, no wheel."""
    page = folder("graph").parent / "docs" / "formats.md"
    page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
