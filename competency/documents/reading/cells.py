"""A row of a table as lines: a tab before each further cell, and no cell torn apart."""

from __future__ import annotations

from collections.abc import Sequence


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    r"""Return the lines of a row, each cell given by its lines.

    Cells of one line stand side by side. The further lines of a cell follow with a tab for each
    cell before theirs, so the words of a cell stay together and an empty cell stays seen.

    >>> row_lines([["Level"], ["3"]]), row_lines([["Range"], ["All staff.", "All shops."]])
    (['Level\t3'], ['Range\tAll staff.', '\tAll shops.'])
    """
    lines = [""]
    broken = False
    for column, cell in enumerate(cells):
        texts = [line for line in cell if line.strip()]
        if column and broken and texts:
            lines.append("\t" * column)
        elif column and not broken:
            lines[-1] += "\t"
        lines[-1] += texts[0] if texts else ""
        lines += ["\t" * column + text for text in texts[1:]]
        broken = broken or len(texts) > 1
    return [line for line in lines if line.strip()]
