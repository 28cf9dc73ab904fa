"""A framework as a workbook, which holds all its statements, or as CSV; and what is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib.term import Node

from competency.exchange.aligned import alignments_left
from competency.exchange.exchange import Exported
from competency.exchange.mapping import Loss, Table
from competency.exchange.sheets import Written, csv_bytes, workbook_bytes
from competency.exchange.spreadsheet.arranging import Arranged, lone_sheet, workbook_sheets
from competency.exchange.spreadsheet.columns import LEVELS, OTHER, OTHER_HEADERS
from competency.exchange.spreadsheet.drafting import Drafter
from competency.exchange.spreadsheet.gathering import Gathered
from competency.exchange.spreadsheet.naming import Names
from competency.exchange.spreadsheet.others import written
from competency.exchange.spreadsheet.table import ASIDE, CSV_TABLE
from competency.exchange.spreadsheet.template import help_sheet, sheet_of
from competency.exchange.terms import Row, short, term
from competency.graph import KnowledgeGraph

_ABOUT = {
    "comp:Framework": "framework",
    "comp:Code": "code",
    "comp:Credit": "credit",
    "comp:Level": "level of a scale",
    "comp:LevelScale": "scale",
    "comp:Source": "source",
    "org:Organization": "organisation",
    "rdf:Property": "column",
}
_MADE = "CSV makes it up: "


def write_workbook(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a workbook that gives every triple back; raises NotFound.

    What no column has is in the sheet of other statements, and told to be aside. Alignments that
    other graphs hold stay there, and are told as lost.
    """
    given = Gathered(graph, iri)
    names = Names(str(given.root))
    draft = Drafter(given, names, lone=False).run()
    arranged = workbook_sheets(draft)
    telling = arranged.said()
    order = _Order(given)
    said = order.of(row for row in given.rows if row not in telling.teller.rows)
    unsaid = order.of(row for row in telling.teller.rows if row not in given.rows)
    sheets = [*_sheets(arranged, draft.depths)]
    rows = [*written(said, unsaid, telling.teller.cells, names, given.blank)]
    if rows:
        sheets.append(Written(OTHER, OTHER_HEADERS, rows, widths=_WIDTHS, spare=0))
    sheets.append(help_sheet())
    aside = dict.fromkeys(Loss(str(s), short(str(p)), ASIDE) for s, p, _ in said)
    return Exported(workbook_bytes(sheets), alignments_left(graph, iri), tuple(aside))


_WIDTHS = dict(zip(OTHER_HEADERS, (22, 26, 60, 16, 8, 22), strict=True))


def _sheets(arranged: Arranged, depths: list[int]) -> Iterable[Written]:
    levels = arranged.sheets.get(LEVELS, [[]])[0]
    for name, (headers, *rows) in arranged.sheets.items():
        yield sheet_of(name, headers, rows, depths, levels)


def write_csv(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as CSV: its parts, and its facts above them; raises NotFound.

    The losses are found by reading the file back: each property that is not as it was.
    """
    given = Gathered(graph, iri)
    draft = Drafter(given, Names(str(given.root)), lone=True).run()
    arranged = lone_sheet(draft)
    back = arranged.said().teller.rows
    order = _Order(given)
    gone = order.of(row for row in given.rows if row not in back)
    made = order.of(row for row in back if row not in given.rows)
    losses = [_loss(row, given, CSV_TABLE) for row in gone]
    lost = {(loss.part, loss.property) for loss in losses}
    losses += [
        Loss(str(s), short(str(p)), _MADE + _told(o))
        for s, p, o in made
        if (str(s), short(str(p))) not in lost
    ]
    (rows,) = arranged.sheets.values()
    losses += alignments_left(graph, iri)
    return Exported(csv_bytes(rows, bom=True), tuple(dict.fromkeys(losses)))


def _told(value: Node) -> str:
    return short(str(value))[:80]


def _loss(row: Row, given: Gathered, table: Table) -> Loss:
    thing, name = row[0], short(str(row[1]))
    types = {str(node) for node in given.values(thing, "rdf:type")}
    about = next((a for kind, a in _ABOUT.items() if str(term(kind)) in types), "part")
    rule = table.rules.get((about, name))
    why = (rule.loses or _UNLIKE) if rule is not None else table.otherwise
    return Loss(str(thing), name, why)


_UNLIKE = "the cell holds one value of the usual form; there are more, or it is of another form"


class _Order:
    """Puts triples in order: those of the framework and its parts first, as they stand."""

    def __init__(self, given: Gathered) -> None:
        self.given = given
        things: list[Node] = [given.root, *(part for part, _ in given.parts())]
        self._places: Mapping[Node, int] = {node: number for number, node in enumerate(things)}

    def of(self, rows: Iterable[Row]) -> list[Row]:
        """Return the triples in order."""
        return sorted(rows, key=self._key)

    def _key(self, row: Row) -> tuple[int, tuple[str, str, str], str, tuple[str, str, str]]:
        place = self._places.get(row[0], len(self._places))
        return place, self._node(row[0]), str(row[1]), self._node(row[2])

    def _node(self, node: Node) -> tuple[str, str, str]:
        return self.given.order(node)
