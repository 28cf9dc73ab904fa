"""Where the document stands that is being made: what addresses in it are relative to.

A document of a server stands where the request says. When a site is written as files it stands
where its file will be, which the writer puts into the environment of the request.
"""

from __future__ import annotations

from urllib.parse import urljoin

from flask import request

from competency.server.links import ascii_uri

PLACE = "competency.place"  # the address of the document, where it is not that of the request


def absolute(address: str = "") -> str:
    """Return an address of a document with scheme and host, in ASCII; by default its own."""
    return ascii_uri(urljoin(request.environ.get(PLACE, request.url), address))
