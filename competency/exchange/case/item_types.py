"""The type of a CFItem: which class of ours it is, and whether somebody changed what we wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from competency.exchange.case import residue
from competency.exchange.case.context import Object
from competency.exchange.case.kinds import kind_of_iri, kind_of_label, label_of_kind
from competency.exchange.case.values import json_literal
from competency.exchange.terms import term

ITEM_TYPE = "case:CFItemType"  # as extensions say a label that is not that of the class
_NO_LABELS = ("Part", "Statement", "Indicator", "Level", "LevelScale")


def kind_of_item(found: Object) -> str:
    """Return our class for the type of an item; an unknown type is a competency.

    >>> kind_of_item({"CFItemType": "Cluster"}), kind_of_item({"CFItemType": "Standard"})
    ('Group', 'Competency')
    """
    link, label = found.get("CFItemTypeURI"), found.get("CFItemType")
    kind = linked_kind(link)
    if kind is not None:
        return kind
    for text in (label, link.get("title") if isinstance(link, dict) else None):
        kind = kind_of_text(text) if isinstance(text, str) else None
        if kind is not None:
            return kind
    return "Competency"


def kind_of_text(label: str) -> str | None:
    """Return our class for a label that an item may have as its type, or None.

    >>> kind_of_text("Strand"), kind_of_text("Part")
    ('Group', None)
    """
    kind = kind_of_label(label)
    return None if kind in _NO_LABELS else kind


def linked_kind(link: object) -> str | None:
    """Return our class for a CFItemTypeURI, or None where it leads elsewhere.

    >>> linked_kind({"uri": "https://w3id.org/competency/ns#Scope"})
    'Scope'
    """
    uri = link.get("uri") if isinstance(link, dict) else None
    return kind_of_iri(uri) if isinstance(uri, str) else None


def is_relabelled(found: Object, said: Mapping[str, Any]) -> bool:
    """Say whether an item that was written here has another CFItemType than was written.

    Written was the label of the class that the link leads to, or what the extension says. Where
    the label is still the title of the link, it is the link that was changed, and that counts.

    >>> link = {"title": "Note", "uri": "https://w3id.org/competency/ns#Note"}
    >>> [is_relabelled({"CFItemType": one, "CFItemTypeURI": link}, {}) for one in ("Note", "Scope")]
    [False, True]
    """
    link, label = found.get("CFItemTypeURI"), found.get("CFItemType")
    kind = linked_kind(link)
    if kind is None or not isinstance(label, str) or not label.strip():
        return False  # it is read by its label alone, or there is none
    if label in (label_of_kind(kind), found["CFItemTypeURI"].get("title")):
        return False
    kept = {ITEM_TYPE: said.get("says", {}).get(ITEM_TYPE, [])}
    written = {str(row[2]) for row in residue.read({"says": kept}, term(ITEM_TYPE), "")}
    return written.isdisjoint((label, str(json_literal(label))))
