"""What single resources of a package there are: their addresses, and how each is looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from competency.exchange.case import Locator, Resources
from competency.exchange.case.locating import Index

Object = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of resource: its word in addresses, the name of its route, and how one is found."""

    array: str
    route: str
    look: Callable[[Resources, str], Object | None]
    index: Callable[[Locator], Index] = lambda locator: locator.things

    @property
    def name(self) -> str:
        """Return what one of them is called."""
        return self.array.removesuffix("s")


def _defined(array: str, route: str) -> Kind:
    return Kind(array, route, lambda resources, one: resources.definition(array, one))


KINDS = (
    Kind("CFItems", "item", Resources.item),
    Kind("CFItemAssociations", "item_associations", Resources.item_associations),
    Kind(
        "CFAssociations", "association", Resources.association,
        lambda locator: locator.associations,
    ),
    _defined("CFAssociationGroupings", "association_grouping"),
    _defined("CFConcepts", "concept"),
    _defined("CFItemTypes", "item_type"),
    _defined("CFLicenses", "license"),
    _defined("CFSubjects", "subject"),
    Kind("CFRubrics", "rubric", Resources.rubric),
)  # fmt: skip
