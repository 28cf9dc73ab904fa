"""What a request is about, whichever edition it asks: an address here and the thing it names.

In the words of Memento (RFC 7089) each of these addresses is an original resource.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from flask import Request, current_app, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from competency.server.profiles import split_token
from competency.server.site import IRI_SAFE, Site

# Whose answer is another in each edition; each of them negotiates in time as well.
ENDPOINTS = frozenset(
    f"resources.{name}"
    for name in ("thing", "entity", "page", "page_of", "data", "data_of", "whole")
)
# Parameters that belong to an address; url_for takes others, such as _external, for its own.
_PARAMETERS = ("iri", "format", "_mediatype", "_profile", "lang", "view", "open")


@dataclass(frozen=True)
class Original:
    """An address of ours without an edition: its endpoint and what that is given."""

    endpoint: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, request: Request) -> Original | None:
        """Return what a request is about, or None where editions make no difference to it."""
        if request.endpoint not in ENDPOINTS:
            return None
        return cls(request.endpoint, _values(request.view_args or {}, request.args))

    def url(self, edition: str | None = None, *, external: bool = False) -> str:
        """Return the address in an edition, by default the one whose answer changes in time."""
        return url_for(self.endpoint, **self.values, edition=edition, _external=external)

    def names(self, site: Site) -> tuple[str, ...]:
        """Return the IRIs that the address may name, encoded forms among them; none for all data.

        A web server has decoded the path by the time we see it, and the IRI may not be.
        """
        if "iri" in self.values:
            return (self.values["iri"],)
        path = self.values.get("path") or self._path_of_data()
        paths = [path]
        if self.endpoint == "resources.data":  # whose suffix may be left out
            paths = [split_token(path)[0], path, self.values.get("name", "")]
        forms = [
            form
            for name in paths
            for form in (name, quote(name, safe=IRI_SAFE), quote(name, safe=_WITHOUT_PERCENT))
        ]
        return tuple(dict.fromkeys(site.graph.base + form for form in forms if form))

    def _path_of_data(self) -> str:
        return self.values.get("name", "").rpartition(".")[0]


_WITHOUT_PERCENT = IRI_SAFE.replace("%", "")


def original_at(address: str, root: str) -> Original | None:
    """Return the original at a full address of this server, or None where it is none.

    ``root`` is the address that this server stands at, such as ``https://example.org/``.
    """
    if not address.startswith(root):
        return None
    path, _, query = address.removeprefix(root.removesuffix("/")).partition("?")
    adapter = current_app.url_map.bind("localhost")
    try:
        endpoint, values = adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return (
        Original(endpoint, _values(values, dict(parse_qsl(query))))
        if endpoint in ENDPOINTS
        else None
    )


def original_of(iri: str, site: Site) -> Original:
    """Return the original that an IRI itself is: ours below our base, else by way of /entity."""
    path = site.path_of(iri)
    if path is None:
        return Original("resources.entity", {"iri": iri})
    return Original("resources.thing", {"path": path})


def _values(found: Mapping[str, object], arguments: Mapping[str, str]) -> dict[str, str]:
    kept = {name: arguments[name] for name in _PARAMETERS if name in arguments}
    return kept | {name: str(value) for name, value in found.items()}
