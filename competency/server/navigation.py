"""What the head and the foot of every page lead to: those of our routes that a server has."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from competency.server.languages import gettext as _

# The endpoint that an entry leads to, and the beginning of the endpoints it stands for.
_HEAD = (
    ("home.index", "home."),
    ("compare.index", ("compare.", "align.", "crosswalk.")),
    ("endpoint.sparql", "endpoint."),
    ("imports.form", "imports."),
    ("validation.form", "validation."),
    ("terms.vocabulary", "terms.vocabulary"),
    ("terms.shapes", "terms.shapes"),
)
_FOOT = ("versions.editions", "home.dataset", "openapi.document")


@dataclass(frozen=True)
class Entry:
    """A link of the head or the foot; ``current`` where the reader is already below it."""

    label: str
    url: str
    current: bool = False


def register_navigation(app: Flask, *, has_editions: bool) -> None:
    """Give the templates ``head_entries``, ``foot_entries``, ``has(endpoint)``, ``has_editions``.

    Where there are no editions no page leads to them.
    """
    left_out = () if has_editions else ("versions.editions",)

    @app.context_processor
    def entries() -> dict[str, object]:
        found = {"head_entries": _head(), "foot_entries": _foot(left_out)}
        return {**found, "has": _has, "has_editions": has_editions}


def _labels() -> dict[str, str]:
    return {
        "home.index": _("Frameworks"),
        "compare.index": _("Compare"),
        "endpoint.sparql": _("Query"),
        "imports.form": _("Import"),
        "validation.form": _("Check"),
        "terms.vocabulary": _("Vocabulary"),
        "terms.shapes": _("Shapes"),
        "versions.editions": _("Editions"),
        "home.dataset": _("The data set"),
        "openapi.document": _("OpenAPI"),
    }


def _has(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _head() -> list[Entry]:
    labels, here = _labels(), request.endpoint or ""
    return [
        Entry(labels[endpoint], url_for(endpoint), here.startswith(prefix))
        for endpoint, prefix in _HEAD
        if _has(endpoint)
    ]


def _foot(left_out: tuple[str, ...]) -> list[Entry]:
    labels = _labels()
    shown = [endpoint for endpoint in _FOOT if _has(endpoint) and endpoint not in left_out]
    return [Entry(labels[endpoint], url_for(endpoint)) for endpoint in shown]
