"""Bodies of requests: as large as the address allows, unpacked within the same bound."""

from __future__ import annotations

import zlib

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

MAX_WRITE = 64_000_000  # bytes of a document or update that is sent to be published
_PIECE = 1 << 16


def sent(most: int = MAX_WRITE) -> bytes:
    """Return the body of the request, unpacked; 413 past ``most`` bytes, 415 for other codings."""
    request.max_content_length = most
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    data = request.get_data()
    if coding in ("", "identity"):
        return data
    if coding not in ("gzip", "x-gzip"):
        error = UnsupportedMediaType(f"Content-Encoding {coding} is not taken; send gzip, or none")
        error.response = None
        raise error
    return unpacked(data, most)


def unpacked(data: bytes, most: int) -> bytes:
    """Return what a gzip holds, as long as it is at most ``most`` bytes.

    >>> import gzip
    >>> unpacked(gzip.compress(b"a" * 1000), 1000) == b"a" * 1000
    True
    """
    stream, found, size = zlib.decompressobj(wbits=31), [], 0
    try:
        while data and not stream.eof:
            piece = stream.decompress(data, _PIECE)
            size += len(piece)
            if size > most:
                raise RequestEntityTooLarge(f"unpacks to more than {most:,} bytes")
            found.append(piece)
            data = stream.unconsumed_tail
    except zlib.error as error:
        raise BadRequest("the body is not the gzip that Content-Encoding says it is") from error
    if not stream.eof:
        raise BadRequest("the gzip of the body ends too early")
    return b"".join(found)
