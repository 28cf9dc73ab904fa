"""What it costs to make each type of page: milliseconds in this process, warm, without the network.

    python -m tests.bench.pages

Prints the median of 15 requests, the first one before them, and the bytes of the page as they
are and compressed. The answer to a query comes from a worker process in a running server; here
it is computed in this process.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.server import create_app
from tests.browser.page_types import PAGE_TYPES, PageType
from tests.browser.published_site import publish_site
from tests.published import client_of

TIMES, MOST = 15, 50  # milliseconds
HTML = {"Accept": "text/html"}


def main() -> None:
    """Run, print, and say which pages take longer than MOST."""
    table = Table("page", "first, ms", "median, ms", "most, ms", "KB", "compressed, KB", "status")
    slow = []
    with tempfile.TemporaryDirectory() as place:
        clients = {
            "shipped": create_app(KnowledgeGraph.shipped()).test_client(),
            "published": client_of(publish_site(Path(place, "data"))),
        }
        for page_type in PAGE_TYPES:
            median = _measure(table, clients[page_type.site], page_type)
            slow += [page_type.name] if median > MOST else []
    Console().print(table)
    Console().print(f"longer than {MOST} ms: {', '.join(slow) or 'none'}")


def _measure(table: Table, client: FlaskClient, page_type: PageType) -> float:
    """Add a row for a type of page and return its median."""
    times = []
    for _ in range(TIMES + 1):
        started = time.perf_counter()
        answer = _ask(client, page_type, HTML)
        times.append(1000 * (time.perf_counter() - started))
    packed = _ask(client, page_type, HTML | {"Accept-Encoding": "gzip"})
    first, *warm = times
    table.add_row(
        page_type.name,
        *(f"{ms:.1f}" for ms in (first, statistics.median(warm), max(warm))),
        *(f"{len(each.data) / 1000:.1f}" for each in (answer, packed)),
        str(answer.status_code),
    )
    return statistics.median(warm)


def _ask(client: FlaskClient, page_type: PageType, headers: dict[str, str]) -> TestResponse:
    if page_type.document:
        return client.post(page_type.path, data={"text": page_type.document}, headers=headers)
    return client.get(page_type.path, headers=headers)


if __name__ == "__main__":
    main()
