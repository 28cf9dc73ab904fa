"""Messages between a process that judges and the one that started it: a length, then bytes."""

from __future__ import annotations

from typing import IO

_HEAD = 8  # bytes that say how long a message is


def send(stream: IO[bytes], message: bytes) -> None:
    """Send one message; OSError when nobody is there any more.

    send(process.stdin, b"...")
    """
    stream.write(len(message).to_bytes(_HEAD, "big"))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Return the next message, or None when the other side has ended.

    >>> import io
    >>> stream = io.BytesIO()
    >>> send(stream, b"one")
    >>> receive(io.BytesIO(stream.getvalue())), receive(io.BytesIO())
    (b'one', None)
    """
    head = stream.read(_HEAD)
    if len(head) < _HEAD:
        return None
    length = int.from_bytes(head, "big")
    message = stream.read(length)
    return message if len(message) == length else None
