"""What an importer makes: graphs in our vocabulary, and everything that was odd or kept aside."""

from __future__ import annotations

from dataclasses import dataclass

from competency.graph import NamedGraph
from competency.graph.received import File as File
from competency.graph.received import Kept as Kept
from competency.graph.received import Remark as Remark


@dataclass(frozen=True)
class Imported:
    """One file that was read: a named graph for each framework in it, and remarks."""

    graphs: tuple[NamedGraph, ...]
    remarks: tuple[Remark, ...] = ()
