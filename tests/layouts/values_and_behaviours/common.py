"""The documents that the tests of the layout 'values-and-behaviours' read, and their helpers."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable

from rdflib import Graph

from competency.documents import accounting
from competency.documents.building import Builder, Options
from competency.documents.document import Document
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.values_and_behaviours import LAYOUT

SUMMARY = """
"We keep the gardens open to all"

We look after the paths and beds that people asked for by:

- Greeting visitors warmly
- Keeping paths clear and safe at all times
- Acting on visitors' wishes.

"Growing things that last"

Planning for the years to come by:

- Choosing plants with care
- Sharing seeds and tools with neighbours.
"""
DETAIL = """
Gardens Grow On People

Keeping Paths Clear and Safe at All Times

- Sweeps the main paths each morning before the gates open
- Reports broken steps to the head gardener on the same day
- Puts out signs in wet or icy weather

Greeting Visitors Warmly

- Looks up and says hello to each visitor
- Offers a map without being asked
- Answers questions with patience, also when busy Explains the rules of the garden kindly.

Acting in visitors' wishes

- Reads the book of comments weekly
- Brings wishes to the monthly meeting.

Unhelpful behaviours for Open Gates:

- Hides in the shed
- Leaves tools on paths. Blames others for it
- Makes visitors feel unwelcome.

'Slow growth' Spirit: Behavioural Descriptors

Share seeds and tools with neighbours

- Labels seeds with name and year
- Lends tools gladly and keeps a list of loans.

Choosing plants with care

- Checks soil and light before planting
- Prefers plants that feed bees.

Unhelpful behaviours for 'Slow growth' Spirit:

- Pulls up plants that others have set
- Wastes water.
"""
GARDEN = SUMMARY + DETAIL
COUNTS = {
    "Value": 2,
    "ElementOfCompetency": 5,
    "PositiveIndicator": 13,
    "NegativeIndicator": 5,
    "Group": 3,
    "Descriptor": 2,
    "Note": 1,
}


def document(text: str | list[str], name: str = "garden.txt") -> Document:
    return Document(name, tuple(text.splitlines() if isinstance(text, str) else text))


def read(text: str | list[str]) -> FrameworkDraft:
    page = document(text)
    draft = LAYOUT.read(page)
    accounting.check(page, draft)
    steps_are_unique(draft)
    return draft


def steps_are_unique(draft: Draft) -> None:
    for part in draft.walk():
        steps = [child.step for child in part.parts]
        assert len(set(steps)) == len(steps)
        assert all(re.fullmatch("[a-z0-9-]+", step) for step in steps)


def counts(draft: FrameworkDraft) -> dict[str, int]:
    return dict(Counter(part.kind for part in list(draft.walk())[1:]))


def of(draft: Draft, kind: str) -> list[Draft]:
    return [part for part in draft.walk() if part.kind == kind]


def labels(draft: Draft, kind: str) -> list[str]:
    return [part.label.text or part.name for part in of(draft, kind)]


def texts(draft: Draft, kind: str) -> list[str]:
    return [part.text.text for part in of(draft, kind)]


def commitment(draft: Draft, label: str) -> Draft:
    return next(part for part in of(draft, "ElementOfCompetency") if part.label.text == label)


def tree(draft: Draft) -> list[tuple[str, str, str, str]]:
    parts = list(draft.walk())[1:]
    return [(part.kind, part.step, part.label.text, part.text.text) for part in parts]


def graph(page: Document) -> Graph:
    rows = Graph()
    for row in Builder(page, LAYOUT.read(page), Options()).build():
        rows.add(row)
    return rows


def wrapped(width: int, indent: str) -> Callable[[list[str]], list[str]]:
    def change(lines: list[str]) -> list[str]:
        new: list[str] = []
        for line in lines:
            after = indent if line.startswith("- ") else ""
            new += textwrap.wrap(line, width, subsequent_indent=after) or [""]
        return new

    return change


def bullet(sign: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [re.sub("^- ", lambda _: sign, line) for line in lines]


def numbered(lines: list[str]) -> list[str]:
    new, number = [], 0
    for line in lines:
        number = number + 1 if line.startswith("- ") else 0 if line else number
        new.append(re.sub("^- ", f"{number}. ", line))
    return new


def paged(every: int, *heading: str) -> Callable[[list[str]], list[str]]:
    def change(lines: list[str]) -> list[str]:
        new: list[str] = []
        for number, line in enumerate(lines):
            if number and number % every == 0:
                new += ["", *(text.replace("N", str(number // every)) for text in heading), ""]
            new.append(line)
        return new

    return change


def curly(lines: list[str]) -> list[str]:
    lines = [re.sub('"([^"]*)"', "“\\1”", line) for line in lines]
    return [re.sub(r"(^|\s)'", r"\1‘", line).replace("'", "’") for line in lines]


def marked(lines: list[str]) -> list[str]:
    plain = re.compile(r"(?!- )(?!.*by:$).+")
    signs = ("## **{}**", "### {}", "**{}**")
    return [
        signs[n % 3].format(line) if plain.match(line) else line for n, line in enumerate(lines)
    ]


VARIANTS: dict[str, Callable[[list[str]], list[str]]] = {
    "no empty lines": lambda lines: [line for line in lines if line],
    "doubled empty lines": lambda lines: [
        new for line in lines for new in ((line,) if line else ("", ""))
    ],
    "an empty line after each line": lambda lines: [
        new for line in lines if line for new in (line, "")
    ],
    "wrapped": wrapped(44, "  "),
    "wrapped without indent": wrapped(38, ""),
    "round bullets and tabs": bullet("•\t"),
    "bullets of a symbol font": bullet("\uf0b7 "),
    "letters as bullets": bullet("o "),
    "stars": bullet("* "),
    "signs we have no list of": bullet("» "),
    "plus signs": bullet("+ "),
    "indented bullets": bullet("    - "),
    "curly quotes": curly,
    "headings with Markdown marks": marked,
    "a page heading and number": paged(11, "The Garden Book", "N"),
    "a page heading with its number": paged(9, "Garden book | page N of 9"),
    "page numbers": paged(7, "- N -"),
    "a byte order mark": lambda lines: [
        "\ufeff" + line if n == 1 else line for n, line in enumerate(lines)
    ],
    "carriage returns": lambda lines: [line + "\r" for line in lines],
    "everything indented": lambda lines: ["\t" + line for line in lines],
}
