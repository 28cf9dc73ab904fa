"""The options that name another SPARQL engine; its credentials come from the environment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from competency.sparql.remote import Client

_Command = TypeVar("_Command", bound=Callable[..., Any])
_SECRETS = ("USER", "PASSWORD", "TOKEN")


def endpoint_options(command: _Command) -> _Command:
    """Add the options for another SPARQL engine; secrets are to be set in the environment."""
    options = [
        click.option(
            "--endpoint",
            metavar="URL",
            help="A SPARQL 1.1 engine that holds the data, instead of a directory here.",
        ),
        click.option(
            "--update-endpoint",
            metavar="URL",
            help="Where that engine takes updates, if not at the same address.",
        ),
        *(
            click.option(
                f"--endpoint-{name.lower()}", envvar=f"COMPETENCY_ENDPOINT_{name}", hidden=True
            )
            for name in _SECRETS
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def client_of(said: dict[str, Any], connections: int = 4) -> Client | None:
    """Return the way to the engine that was named, or None; EndpointError for a wrong address."""
    if not said["endpoint"]:
        if said["update_endpoint"]:
            raise click.UsageError("--update-endpoint needs --endpoint URL")
        return None
    from competency.sparql.remote import Client, authorization

    secrets = [said[f"endpoint_{name.lower()}"] or None for name in _SECRETS]
    return Client(
        said["endpoint"],
        said["update_endpoint"],
        credentials=authorization(*secrets),
        connections=connections,
    )
