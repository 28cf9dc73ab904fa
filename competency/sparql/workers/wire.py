"""Messages between processes: a head of plain values in JSON, and a body of bytes."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_SIZES = struct.Struct("!II")

Head = dict[str, Any]


def send(sock: socket.socket, head: Head, body: bytes = b"") -> None:
    """Send one message; OSError when the other side is gone."""
    text = json.dumps(head).encode()
    sock.sendall(_SIZES.pack(len(text), len(body)) + text)
    if body:
        sock.sendall(body)


def receive(sock: socket.socket) -> tuple[Head, bytes] | None:
    """Receive one message; None when the other side has closed or died."""
    sizes = _exactly(sock, _SIZES.size)
    if sizes is None:
        return None
    length, size = _SIZES.unpack(sizes)
    text, body = _exactly(sock, length), _exactly(sock, size)
    if text is None or body is None:
        return None
    return json.loads(bytes(text)), bytes(body)


def _exactly(sock: socket.socket, size: int) -> bytearray | None:
    data = bytearray(size)
    view, at = memoryview(data), 0
    while at < size:
        try:
            got = sock.recv_into(view[at:])
        except ConnectionError:
            return None
        if not got:
            return None
        at += got
    return data
