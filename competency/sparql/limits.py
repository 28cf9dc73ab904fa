"""What answering may cost: the one table of limits of the endpoint, with their defaults.

The line between memory and disk was measured (docs/scale.md): in memory queries take between
three quarters and a quarter of the time, half a gigabyte holds a million triples, and all workers
share it.
"""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """The limits of answering queries.

    ``seconds`` is what a query gets unless it asks for another time, ``most_seconds`` the most it
    may ask for; ``memory`` is bytes a worker may take for one query beside the data; ``answer``
    bytes of one answer; ``workers`` how many queries run at once; ``queue`` how many may wait;
    ``in_memory`` triples up to which an edition is held in memory; ``cache`` bytes of kept answers.
    """

    seconds: float = 10.0
    most_seconds: float = 60.0
    memory: int = 512 * MEGABYTE
    answer: int = 64 * MEGABYTE
    workers: int = 16
    queue: int = 32
    in_memory: int = 2_000_000
    cache: int = 64 * MEGABYTE

    def clamp(self, asked: float | None) -> float:
        """Return the seconds for a query that asks for some: at most ``most_seconds``.

        >>> Limits().clamp(None), Limits().clamp(1e9), Limits().clamp(2)
        (10.0, 60.0, 2)
        """
        return min(self.seconds if asked is None else asked, self.most_seconds)
