"""Connections whose client has gone, or never made sense, end like any other."""

from __future__ import annotations

import socket
from typing import Any

from waitress.adjustments import Adjustments
from waitress.server import create_server

from competency.server.connections import channel_class
from competency.server.running import may_send


def closed_channel() -> Any:
    """Return a connection that the server has closed already."""
    server: Any = create_server(lambda *_: [], host="127.0.0.1", port=0, _start=False, map={})
    ours, theirs = socket.socketpair()
    with theirs:
        channel = channel_class(may_send)(server, ours, "", Adjustments(), map={})
        channel.handle_close()
    server.socket.close()
    server.trigger.close()
    return channel


def test_what_nobody_can_read_has_an_address_for_those_who_log_it() -> None:
    request: Any = channel_class(may_send).parser_class(Adjustments())
    request.received(b"\0\1\r\n\r\n")
    assert request.error is not None
    assert request.path == ""


def test_on_a_connection_that_is_closed_nothing_is_sent_and_nothing_breaks() -> None:
    channel = closed_channel()
    assert channel.send(b"late") == 0
    assert channel._flush_exception(lambda do_close: channel.send(b"late")) == (0, False)
