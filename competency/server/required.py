"""What an address has to say for there to be an answer."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import BadRequest


def parameter(name: str) -> str:
    """Return a query parameter that has to be given once; BadRequest where it is not.

    iri = parameter("iri")
    """
    values = request.args.getlist(name)
    if len(values) != 1 or not values[0]:
        raise BadRequest(f"give the parameter {name} once: {request.path}?{name}=https://...")
    return values[0]
