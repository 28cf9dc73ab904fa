"""Messages between processes: a head of plain values in JSON, and a body of bytes."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_SIZES = struct.Struct("!II")
_SHORT = 65_536  # bytes

Head = dict[str, Any]


def send(sock: socket.socket, head: Head, body: bytes = b"") -> None:
    """Send one message; OSError when the other side is gone.

    A short one is sent at once: each call of the system wakes the other side.
    """
    text = json.dumps(head).encode()
    start = _SIZES.pack(len(text), len(body)) + text
    if len(body) <= _SHORT:
        sock.sendall(start + body)
    else:
        sock.sendall(start)
        sock.sendall(body)


def receive(sock: socket.socket) -> tuple[Head, bytes] | None:
    """Receive one message; None when the other side has closed or died.

    Neither side sends a second message before it has the answer to the first, so what arrives is
    of one message.
    """
    try:
        data = _rest(sock, sock.recv(_SHORT), _SIZES.size)
        if not data:
            return None
        length, size = _SIZES.unpack_from(data)
        data = _rest(sock, data, _SIZES.size + length + size)
    except ConnectionError:
        return None
    start, view = _SIZES.size + length, memoryview(data)
    return (json.loads(bytes(view[_SIZES.size : start])), bytes(view[start:])) if data else None


def _rest(sock: socket.socket, begun: bytes | bytearray, size: int) -> bytes | bytearray:
    """Return ``size`` bytes that begin so, or more; nothing when the other side has died."""
    if len(begun) >= size or not begun:
        return begun
    data = bytearray(size)
    data[: len(begun)] = begun
    view, at = memoryview(data), len(begun)
    while at < size:
        got = sock.recv_into(view[at:])
        if not got:
            return b""
        at += got
    return data
