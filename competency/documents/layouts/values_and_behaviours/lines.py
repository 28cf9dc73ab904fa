"""Lines become items: bullets and single lines, whole again where the page cut them."""

from __future__ import annotations

from itertools import pairwise

from competency.documents.document import Document, Span
from competency.documents.layouts.values_and_behaviours import phrases
from competency.documents.layouts.values_and_behaviours.item import Item, Known, read_line
from competency.documents.layouts.values_and_behaviours.pages import (
    is_full,
    page_lines,
    wrapped_width,
)
from competency.documents.layouts.values_and_behaviours.spans import (
    cut,
    first_quotation,
    is_open,
    quoted,
)


def items_of(document: Document, known: Known) -> tuple[list[Item], list[tuple[Span, str]]]:
    """Return the items in order, and what the pages added (page headings and numbers)."""
    numbers = range(1, len(document.lines) + 1)
    lines = [line for line in (read_line(document, number) for number in numbers) if line]
    _settle_numbers(lines, known)
    aside = page_lines(lines, known)
    kept = [line for line in lines if line.last not in aside]
    _settle_numbers(kept, known)
    items = _joined(document, kept, known)
    return items, [
        (line.enumeration + line.span, aside[line.last]) for line in lines if line.last in aside
    ]


# ---------------------------------------------------------------- numbers: heading or list


def _settle_numbers(lines: list[Item], known: Known) -> None:
    """Settle which numbered lines are items of a list and which are headings over one.

    A heading is followed by a list of a lower kind: bullets, or letters under numbers.
    """
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        if line.marked and not line.signed:
            continue
        if line.signed:
            deeper = after is not None and after.signed and after.indent > line.indent
            line.bullet = not (deeper and line.key in known.keys)
        elif line.enumeration:
            line.bullet = not (after is not None and _is_under(line, after))


def _is_under(line: Item, after: Item) -> bool:
    if after.signed:
        return True
    above, below = (phrases.key(item.enumeration.text).split() for item in (line, after))
    first = below[-1:] in (["1"], ["a"], ["i"])
    return (
        first
        and above[:1] != ["0"]
        and above[-1:][0].isdigit()
        and (below[-1].isalpha() or len(below) > len(above))
    )


# ---------------------------------------------------------------- lines become whole again


def _joined(document: Document, lines: list[Item], known: Known) -> list[Item]:
    """Put lines together that are one bullet or one line of the original."""
    width = wrapped_width(lines)
    gaps = [line.last > before.last + 1 for before, line in pairwise(lines) if not line.bullet]
    width = -width if 10 * sum(gaps) < len(gaps) else width
    items: list[Item] = []
    for line in lines:
        before = items[-1] if items else None
        if (
            before
            and not line.bullet
            and not line.enumeration
            and _goes_on(before, line, known, width)
        ):
            before.go_on(line)
        else:
            items.append(line)
    return [part for item in items for part in _unfused(document, item)]


def _goes_on(before: Item, line: Item, known: Known, width: int) -> bool:
    """Say whether a line goes on with the words of the item before it.

    ``width`` is that of a wrapped text, and negative where no empty lines part headings from lists.
    """
    text, apart = before.text, line.last > before.last + 1
    if len(before.span.pieces) > 30 or _is_heading(line, known):
        return False
    if _is_cited(line) and (apart or not phrases.dangles(text)):
        return False
    trunk, whole = phrases.trunk(line.key), before.key
    if before.bullet and " " in trunk and trunk in known.beginnings:
        return False
    if not before.bullet and whole not in known.keys and known.begins(whole, trunk):
        return True
    if line.marked or (not before.bullet and text.endswith(":")) or quoted(text):
        return False
    if not before.bullet and is_open(text) and not apart:
        return len(before.span.pieces) < 6
    if before.bullet is False and (whole in known.keys or apart):
        return line.text[:1].islower() and phrases.dangles(text)
    if line.text[:1].islower():
        return not (apart and text.endswith((".", "!", "?")))
    if phrases.dangles(text):
        return not before.marked
    if apart or before.marked:
        return False
    if phrases.unhelpful(text) and line.text.endswith(":"):
        return True
    if before.bullet and line.indent > before.indent:
        return True
    if not is_full(before, line, abs(width)):
        return False
    ends = before.bullet and width < 0 and text.endswith((".", "!", "?"))
    return not ends or bool(known.keys and not known.is_near(line.text))


def _is_heading(line: Item, known: Known) -> bool:
    """Say whether a line is a heading by its own words."""
    text = line.text
    return bool(line.key in known.keys or phrases.unhelpful(text) or phrases.group(text))


def _is_cited(line: Item) -> bool:
    """Say whether a line is a quoted statement, or begins one."""
    inner = line.text[1:2]
    return not inner.islower() and (quoted(line.text) is not None or is_open(line.text))


def _unfused(document: Document, item: Item) -> list[Item]:
    """Take a statement and the lead-in behind it apart when they stand on one line."""
    end = 0 if item.bullet else first_quotation(item.text)
    if not end:
        return [item]
    rest = Item(
        False,
        False,
        cut(document, item.span, end, len(item.text)),
        Span(),
        item.indent,
        item.last,
        fused=True,
    )
    item.span, item.fused = cut(document, item.span, 0, end), True
    return [item, rest]
