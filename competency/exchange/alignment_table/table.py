"""What becomes of our terms in SSSOM: of an alignment everything, of a framework its IRIs."""

from __future__ import annotations

from competency.exchange.mapping import Fate, Rule, Table
from competency.exchange.terms import short
from competency.graph.sssom.slots import RECORD_SLOTS, SET_SLOTS, SLOTS

NO_FRAMEWORK = "a table of alignments holds no framework and none of its parts, only their IRIs"
_ENDS = "subject_id or object_id of its alignments"
_ROLES = ("group", "competency", "level", "requirement", "assessment", "assessments",
          "negative", "negatives", "text")  # fmt: skip

_RECORD = [slot for slot in RECORD_SLOTS if slot.name != "record_id"]
_SET = [slot for slot in SET_SLOTS if slot.name != "mapping_set_id" and not slot.on_record]

TABLE = Table(
    (
        Fate("framework", "subject_source or object_source", "out", NO_FRAMEWORK),
        *(Fate(role, _ENDS, "out", NO_FRAMEWORK) for role in _ROLES),
    ),
    (
        *(Rule("alignment", short(slot.property), slot.name) for slot in _RECORD),
        Rule("alignment", "comp:reviewStatus", "status"),
        *(Rule("set of alignments", short(SLOTS[slot.name].property), slot.name) for slot in _SET),
    ),
    "only in the slot other, which other programs look past",
)
