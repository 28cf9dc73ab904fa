"""The single resources of a package, as a CASE server gives them out (CASE 1.1 REST, section 3).

In a package an item does not say which document it is of, nor the document which package; asked
for alone they do. Everything here comes from the value that :func:`package` returns.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from competency.exchange.case.context import Object
from competency.exchange.case.fields import DEFINITIONS

_SETS = ("CFConcepts", "CFSubjects", "CFItemTypes")  # asked for one, these come with its children
_MARKS = ".-/:"
_ALONE = ("CFDocumentURI", "CFPackageURI")  # only what is asked for alone has these
_ARRAYS = ("CFItems", "CFAssociations", "CFRubrics")


class Resources:
    """Finds the resources of one package by identifier; each is an object of its own.

    Capital and small letters of identifiers are the same.

    ``packages`` is the address below which the server has its packages.

        found = Resources(package(graph, "pub-cscf"), "https://x.org/ims/case/v1p1/CFPackages/")
        found.item(identifier)
    """

    def __init__(self, package: Object, packages: str = "") -> None:
        """Look at a package; nothing in it is changed."""
        self.package, self.packages = package, packages

    @property
    def document(self) -> Object:
        """Return the CFDocument with the link to its package."""
        doc: Object = self.package["CFDocument"]
        identifier = doc.get("identifier")
        uri = f"{self.packages}{identifier}" if self.packages else doc.get("uri")
        link = {"title": doc.get("title"), "identifier": identifier, "uri": uri}
        return {**doc, "CFPackageURI": link}

    @property
    def document_link(self) -> Object:
        """Return the link to the CFDocument."""
        doc: Object = self.package["CFDocument"]
        return {name: doc.get(name) for name in ("title", "identifier", "uri")}

    def item(self, identifier: str) -> Object | None:
        """Return a CFItem with the link to its document, or None."""
        return self._placed(self._items.get(identifier.lower()))

    def association(self, identifier: str) -> Object | None:
        """Return a CFAssociation with the link to its document, or None."""
        return self._placed(self._associations.get(identifier.lower()))

    def item_associations(self, identifier: str) -> Object | None:
        """Return a CFItem and all associations that it is at one end of, or None.

        The standard wants at least one association; an item without any gives an empty list.
        """
        item = self.item(identifier)
        if item is None:
            return None
        return {"CFItem": item, "CFAssociations": [*self._of_item.get(identifier.lower(), ())]}

    def definition(self, array: str, identifier: str) -> Object | None:
        """Return what is asked for of ``CFConcepts``, ``CFLicenses`` and so on, or None.

        Concepts, subjects and item types come as sets: the one asked for, then what its
        hierarchyCode says is below it, in order.
        """
        every = self._definitions.get(array, {})
        found = every.get(identifier.lower())
        if found is None or array not in _SETS:
            return found
        code = found.get("hierarchyCode")
        below = [one for one in every.values() if one is not found and _is_below(one, code)]
        below.sort(key=lambda one: str(one.get("hierarchyCode")))
        return {array: [found, *below]}

    def rubric(self, identifier: str) -> Object | None:
        """Return a CFRubric, or None."""
        return self._rubrics.get(identifier.lower())

    # ------------------------------------------------------------------ looking

    def _placed(self, found: Object | None) -> Object | None:
        return None if found is None else {**found, "CFDocumentURI": self.document_link}

    @cached_property
    def _items(self) -> dict[str, Object]:
        return _by_identifier(self.package.get("CFItems"))

    @cached_property
    def _associations(self) -> dict[str, Object]:
        return _by_identifier(self.package.get("CFAssociations"))

    @cached_property
    def _rubrics(self) -> dict[str, Object]:
        return _by_identifier(self.package.get("CFRubrics"))

    @cached_property
    def _definitions(self) -> dict[str, dict[str, Object]]:
        every = self.package.get("CFDefinitions")
        arrays = every if isinstance(every, dict) else {}
        return {array: _by_identifier(arrays.get(array)) for array in DEFINITIONS}

    @cached_property
    def _of_item(self) -> dict[str, list[Object]]:
        found: dict[str, list[Object]] = {}
        for one in self._associations.values():
            ends = [one.get(name) for name in ("originNodeURI", "destinationNodeURI")]
            names = [end.get("identifier") for end in ends if isinstance(end, dict)]
            for name in dict.fromkeys(name.lower() for name in names if isinstance(name, str)):
                found.setdefault(name, []).append(one)
        return found


def served(package: Object) -> Object:
    """Return a package without the links to document and package that some servers put into it.

    The standard has them only where an object stands alone, and there they are those of the
    server that is asked. Nothing in ``package`` is changed.

    >>> served({"CFDocument": {"title": "F", "CFPackageURI": {}}, "CFItems": [{"uri": "urn:a"}]})
    {'CFDocument': {'title': 'F'}, 'CFItems': [{'uri': 'urn:a'}]}
    """
    found = {**package, "CFDocument": _without(package["CFDocument"])}
    found |= {name: _each(found[name]) for name in _ARRAYS if name in found}
    defined = found.get("CFDefinitions")
    if isinstance(defined, dict):
        arrays = {name: _each(value) for name, value in defined.items() if name in DEFINITIONS}
        found["CFDefinitions"] = {**defined, **arrays}
    return found


def _each(objects: Any) -> Any:
    return [*map(_without, objects)] if isinstance(objects, list) else objects


def _without(found: Any) -> Any:
    if not isinstance(found, dict) or found.keys().isdisjoint(_ALONE):
        return found
    return {name: value for name, value in found.items() if name not in _ALONE}


def _by_identifier(objects: Any) -> dict[str, Object]:
    found: dict[str, Object] = {}
    for one in objects if isinstance(objects, list) else ():
        identifier = one.get("identifier") if isinstance(one, dict) else None
        if isinstance(identifier, str):
            found.setdefault(identifier.lower(), one)
    return found


def _is_below(one: Object, code: Any) -> bool:
    own = one.get("hierarchyCode")
    if not isinstance(own, str) or not isinstance(code, str) or not code:
        return False
    return own.startswith(code) and own[len(code) : len(code) + 1] in tuple(_MARKS)
