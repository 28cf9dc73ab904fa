"""A process that publishes without end until it is killed; started by the tests of crashes.

Reads a line, forks a child that publishes framework after framework, and says the child's number;
the child writes each title that was published. So a child that can be killed costs no start.
"""

from __future__ import annotations

import os
import sys

from competency import DataDirectory, KnowledgeGraph
from competency.sparql.workers.confining import die_with_parent

PREFIXES = (
    "@prefix comp: <https://w3id.org/competency/ns#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)


def publish_without_end(place: str, number: int) -> None:
    while True:
        graph = KnowledgeGraph()
        rows = "".join(f'<urn:f/{n}> rdfs:label "{number} {n}" . ' for n in range(200))
        graph.parse(f'{PREFIXES} <urn:f> a comp:Framework ; rdfs:label "{number}" . {rows}')
        graph.publish(DataDirectory(place), gate=False)
        # One call of the system: print makes two when Python does not buffer (PYTHONUNBUFFERED), and
        # a kill between them would leave the number without the end of its line.
        os.write(sys.stdout.fileno(), f"{number}\n".encode())
        number += 1


def main() -> None:
    for line in sys.stdin:
        place, number = line.split()
        pid = os.fork()
        if pid == 0:
            die_with_parent()
            os.write(sys.stdout.fileno(), f"pid {os.getpid()}\n".encode())
            publish_without_end(place, int(number))
        os.waitpid(pid, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main()
