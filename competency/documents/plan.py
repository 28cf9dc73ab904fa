"""What a second import of a file would change: new, changed, removed and unchanged parts."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from competency.graph import NamedGraph
from competency.ontology import COMP

_INSIDE = str(COMP.inFramework)
_DEEPEST = 8  # blank nodes inside blank nodes that are told apart
_ROUND = 1 << 128  # digests are added, so that order does not matter


@dataclass(frozen=True)
class Plan:
    """The parts, by IRI, that a new graph adds, changes, drops and keeps."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Say whether nothing at all would change."""
        return not (self.new or self.changed or self.removed)

    @property
    def counts(self) -> str:
        """Return the plan in numbers: ``1 new, 0 changed, 0 removed, 3 unchanged``."""
        return (
            f"{len(self.new)} new, {len(self.changed)} changed, {len(self.removed)} removed, "
            f"{len(self.unchanged)} unchanged"
        )

    def text(self, most: int | None = None) -> str:
        """Return the plan as a list for people: a line of counts, then each part that changes.

        ``most`` is how many parts are named of each sort; all, unless it is given.
        """
        rows = [self.counts]
        for sign, parts in (("+", self.new), ("~", self.changed), ("-", self.removed)):
            shown = parts if most is None else parts[:most]
            rows += [f"  {sign} {iri}" for iri in shown]
            if len(shown) < len(parts):
                rows.append(f"  {sign} and {len(parts) - len(shown):,} more")
        return "\n".join(rows) + "\n"


def compare(before: NamedGraph, after: NamedGraph) -> Plan:
    """Return the plan from one graph of a framework to another; either may be empty.

    Blank nodes are the same where they say the same; the order of triples does not matter.
    """
    return plan_between(digests(before), digests(after))


def plan_between(old: Mapping[str, int], new: Mapping[str, int]) -> Plan:
    """Return the plan from what :func:`digests` gave of one graph to what it gave of another."""
    both = [iri for iri in new if iri in old]
    return Plan(
        tuple(iri for iri in new if iri not in old),
        tuple(iri for iri in both if old[iri] != new[iri]),
        tuple(iri for iri in old if iri not in new),
        tuple(iri for iri in both if old[iri] == new[iri]),
    )


def digests(named: NamedGraph) -> dict[str, int]:
    """Return a digest of what each part says, with what belongs to it: its codes, its notes.

    The framework itself is the first; an empty graph has none. Only digests are kept, as a large
    framework has a million statements.
    """
    if not named.triples:
        return {}
    root = f"<{named.name}>"
    inside = {str(t.subject) for t in named.triples if t.predicate.value == _INSIDE} | {root}
    owners = _owners(named, inside, root)
    signs = _signs(named)
    found = dict.fromkeys(sorted(inside), 0)
    for triple in named.triples:
        subject, value = str(triple.subject), str(triple.object)
        row = (signs.get(subject, subject), triple.predicate.value, signs.get(value, value))
        found[owners.get(subject, root)] += _number(row)
    return {iri[1:-1]: said % _ROUND for iri, said in found.items()}


def _owners(named: NamedGraph, parts: set[str], root: str) -> dict[str, str]:
    """Return the part that each subject belongs to: by its IRI, else by what points to it.

    An association has an IRI of its own, and nothing points to it: it belongs to the first part
    that it names. What nothing ties to a part belongs to the framework, and is left out here.
    """
    inner = parts - {root}
    found = {part: part for part in parts}
    others = dict.fromkeys(s for t in named.triples if (s := str(t.subject)) not in found)
    for subject in others:
        if owner := _above(subject, inner):
            found[subject] = owner
    links: dict[str, list[str]] = defaultdict(list)  # to and from what has no owner yet
    for triple in named.triples:
        subject, value = str(triple.subject), str(triple.object)
        if (value in others and value not in found) or (subject in others and value in inner):
            links[subject].append(value)
    waiting = deque(subject for subject in links if found.get(subject, root) != root)
    while waiting:
        for value in links[subject := waiting.popleft()]:
            if value not in found:
                found[value] = found[subject]
                waiting.append(value)
    for subject in others:
        named_parts = (value for value in links.get(subject, ()) if value in inner)
        if subject not in found and (first := next(named_parts, None)):
            found[subject] = first
    return found


def _above(subject: str, parts: set[str]) -> str | None:
    """Return the part whose IRI begins that of a thing."""
    owner = subject[:-1]
    while "/" in owner:
        owner = owner.rpartition("/")[0]
        if f"{owner}>" in parts:
            return f"{owner}>"
    return None


def _signs(named: NamedGraph) -> Mapping[str, str]:
    """Return for each blank node what it says, as its names differ from one reading to the next."""
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for triple in named.triples:
        if (subject := str(triple.subject)).startswith("_:"):
            said[subject].append((triple.predicate.value, str(triple.object)))
    signs = dict.fromkeys(said, "_:")
    for _ in range(_DEEPEST if said else 0):
        signs = {
            node: f"_:{_number(tuple(sorted((p, signs.get(v, v)) for p, v in pairs))):x}"
            for node, pairs in said.items()
        }
    return signs


def _number(row: tuple[object, ...]) -> int:
    data = repr(row).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=16).digest(), "big")
