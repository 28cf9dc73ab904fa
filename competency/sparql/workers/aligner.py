"""The job that suggests alignments between two frameworks, which may take seconds and memory.

The frameworks come as quads, so that it does not matter where they are held; the answer is plain
values in JSON.
"""

from __future__ import annotations

import json
from typing import Any

from competency.align.again import Noted, suggested_again
from competency.align.plain import to_plain
from competency.align.suggesting import Options, suggest
from competency.errors import LimitReached
from competency.formats import by_name
from competency.graph import KnowledgeGraph
from competency.graph.loading import named_graphs
from competency.sparql.writing import Written


def align_job(head: dict[str, Any], body: bytes) -> Written:
    """Suggest alignments between the frameworks ``left`` and ``right`` of the quads in ``body``.

    The ``rows`` of a file, if there are any, are shown again in the place of new suggestions. Only
    the first ``keep`` suggestions are in the answer; ``total`` there says how many there were.
    Raises LimitReached where the answer is larger than ``most`` bytes.
    """
    graph = KnowledgeGraph(base=head["base"])
    graph.add(*named_graphs(body, by_name("nquads"), "frameworks", head["base"]))
    left, right = (graph.framework(head[name]) for name in ("left", "right"))
    if head["rows"] is not None:
        found = suggested_again(left, right, [Noted(*row) for row in head["rows"]])
    else:
        decided = frozenset((one, other) for one, other in head["decided"])
        options = Options(per_part=head["per_part"], contrasts=head["contrasts"], decided=decided)
        found = suggest(left, right, options)
    told = [to_plain(item) for item in found[: head["keep"]]]
    data = json.dumps({"total": len(found), "suggestions": told}).encode()
    if len(data) > head["most"]:
        raise LimitReached("bytes", f"the suggestions are larger than {head['most']:,} bytes")
    return Written(data, len(found))
