"""CASE 1.0 out of a package of CASE 1.1: what is new in 1.1 is left out, and told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from competency.exchange.case.context import Object
from competency.exchange.case.fields import ASSOCIATION_TYPES, EXTENSION, NEW
from competency.exchange.case.linking import RELATIONS
from competency.exchange.case.table import GONE, NO_TYPE
from competency.exchange.mapping import Loss

_EVERYWHERE = ("extensions", "targetType")  # new in 1.1 in every object and in every link
_DERIVED = ("caseVersion",)  # says nothing of the framework


def older(package: Object) -> tuple[Object, tuple[Loss, ...]]:
    """Return the package in CASE 1.0, and what that cannot carry beside our own extensions.

    >>> older({"CFDocument": {"uri": "urn:f", "frameworkType": "CourseCodes"}})[1][0].property
    'case:frameworkType'
    """
    losses: list[Loss] = []
    found: Object = {}
    for name, value in package.items():
        if name == "CFAssociations" and isinstance(value, list):
            value = [one for one in value if _is_known(one, losses)]
        found[name] = _without(value, losses)
    doc = found.get("CFDocument")
    kinds = {"CFDocument": [doc], "CFItem": found.get("CFItems"),
             "CFAssociation": found.get("CFAssociations")}  # fmt: skip
    for kind, objects in kinds.items():
        for one in objects if isinstance(objects, list) else ():
            losses.extend(_stripped(one, NEW[kind]))
    found.pop("extensions", None)
    return found, tuple(dict.fromkeys(losses))


def _is_known(association: Any, losses: list[Loss]) -> bool:
    if not isinstance(association, dict) or association.get("associationType") in ASSOCIATION_TYPES:
        return True
    kind = str(association.get("associationType"))
    origin = association.get("originNodeURI")
    uri = origin.get("uri") if isinstance(origin, dict) else None
    name = next((prop for prop, one in RELATIONS if one == kind), f"case:{kind}")
    losses.append(Loss(str(uri or association.get("uri")), name, NO_TYPE))
    return False


def _without(value: Any, losses: list[Loss]) -> Any:
    """Return a value without what 1.0 has in no object, at any depth."""
    if isinstance(value, list):
        return [_without(item, losses) for item in value]
    if not isinstance(value, dict):
        return value
    kept = value.get("extensions")
    foreign = kept.keys() - {EXTENSION} if isinstance(kept, dict) else kept
    if foreign:
        losses.append(Loss(str(value.get("uri")), "case:extensions", GONE))
    return {k: _without(v, losses) for k, v in value.items() if k not in _EVERYWHERE}


def _stripped(found: Any, names: tuple[str, ...]) -> Iterator[Loss]:
    for name in names if isinstance(found, dict) else ():
        if found.pop(name, None) is not None and name not in _DERIVED:
            yield Loss(str(found.get("uri")), f"case:{name}", GONE)
