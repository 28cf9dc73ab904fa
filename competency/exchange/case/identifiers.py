"""UUIDs and URIs of CASE, and the IRIs that stand for them in a graph.

CASE wants an identifier (a UUID) and a URI of everything. The URI is our IRI. The identifier is
the version 5 UUID of the IRI, so that it is the same in every export; what came from CASE keeps
the identifier it had, which most servers also write at the end of the URI.
"""

from __future__ import annotations

import re
from hashlib import sha1, sha256
from urllib.parse import quote
from uuid import NAMESPACE_URL

# The pattern of the CASE 1.1 schema: versions 1 to 5 of RFC 4122, in small letters.
PROPER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_URLS = NAMESPACE_URL.bytes
_LAST = re.compile(r"(?:^|[/:#])([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\Z")


def minted(iri: str) -> str:
    """Return the version 5 UUID of an IRI, in the namespace of URLs (RFC 4122, section 4.3).

    >>> minted("https://w3id.org/competency/id/pub-cscf")
    '76070322-ef99-53ad-a2bc-3e1b5a3c0342'
    """
    # As uuid.uuid5 has it, which takes ten times as long over its objects.
    found = sha1(_URLS + iri.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(found[16], 16) & 3]
    return f"{found[:8]}-{found[8:12]}-5{found[13:16]}-{variant}{found[17:20]}-{found[20:32]}"


def is_uuid(text: str) -> bool:
    """Say whether a text is a UUID, of whatever version and in whatever letters.

    >>> is_uuid("10000000-0000-0000-0000-00000000000A"), is_uuid("10000000")
    (True, False)
    """
    return _UUID.fullmatch(text) is not None


def identifier_of(iri: str, *, ours: bool) -> str:
    """Return the identifier of a thing that does not state one.

    ``ours`` says that the framework does not come from CASE; if it does, a UUID at the end of the
    IRI is the identifier.

    >>> identifier_of("https://x.org/CFItems/10000000-0000-0000-0000-000000000001", ours=False)
    '10000000-0000-0000-0000-000000000001'
    """
    last = None if ours else _LAST.search(iri)
    return last[1] if last else minted(iri)


def uri_of(iri: str, *, ours: bool = True) -> str:
    """Return an IRI as a URI: what is no ASCII becomes percent codes (RFC 3987, section 3.1).

    What came from CASE stays as it was.

    >>> uri_of("https://example.org/é")
    'https://example.org/%C3%A9'
    """
    if not ours or iri.isascii():
        return iri
    return quote(iri, safe="".join(map(chr, range(33, 127))))


def association_iri(origin: str, kind: str, destination: str) -> str:
    """Return the IRI of an association that has none of its own, made of what it says.

    >>> association_iri("https://example.org/f/1", "isChildOf", "https://example.org/f")[:33]
    'https://example.org/f/1#isChildOf'
    """
    mark = "/" if "#" in origin else "#"
    short = sha256(destination.encode()).hexdigest()[:12]
    return f"{origin}{mark}{kind.replace(':', '-')}-{short}"
