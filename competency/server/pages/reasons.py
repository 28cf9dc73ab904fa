"""What an error is called on a page: the reason phrases of HTTP, in the interface's language."""

from __future__ import annotations

from http import HTTPStatus

from competency.server.languages import N_
from competency.server.languages import gettext as _

# RFC 9110, section 15.5 and 15.6; those that we send.
_PHRASES = {
    400: N_("Bad Request"),
    401: N_("Unauthorized"),
    403: N_("Forbidden"),
    404: N_("Not Found"),
    405: N_("Method Not Allowed"),
    406: N_("Not Acceptable"),
    409: N_("Conflict"),
    410: N_("Gone"),
    411: N_("Length Required"),
    412: N_("Precondition Failed"),
    413: N_("Content Too Large"),
    415: N_("Unsupported Media Type"),
    422: N_("Unprocessable Content"),
    429: N_("Too Many Requests"),
    500: N_("Internal Server Error"),
    501: N_("Not Implemented"),
    502: N_("Bad Gateway"),
    503: N_("Service Unavailable"),
    507: N_("Insufficient Storage"),
}


def reason_of(status: int) -> str:
    """Return the reason phrase of a status for people.

    >>> reason_of(404), reason_of(418)
    ('Not Found', "I'm a Teapot")
    """
    return _(_PHRASES[status]) if status in _PHRASES else HTTPStatus(status).phrase
