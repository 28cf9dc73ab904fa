"""CURIEs in and out: the prefixes of a file, and those that a set of IRIs needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from competency.ontology import PREFIXES

# These mean the same in every file, whether it declares them or not.
BUILT_IN = {name: PREFIXES[name] for name in ("owl", "rdf", "rdfs", "semapv", "skos", "sssom")}
# Those that many files use without declaring them.
KNOWN = {
    **PREFIXES,
    "linkml": "https://w3id.org/linkml/",
    "orcid": "https://orcid.org/",
    "wikidata": "http://www.wikidata.org/entity/",
}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_SCHEMES = frozenset(("urn", "tag", "mailto", "did", "info", "doi"))
_ORIGIN = re.compile(r"([a-z][a-z0-9+.-]*)://([^/?#]+)[/?#]")


def expand(text: str, prefixes: Mapping[str, str]) -> str | None:
    """Return the IRI of a CURIE or an IRI in full, or None where the prefix is not declared.

    >>> expand("skos:closeMatch", {}), expand("https://example.org/a", {}), expand("ex:a", {})
    ('http://www.w3.org/2004/02/skos/core#closeMatch', 'https://example.org/a', None)
    """
    prefix, colon, local = text.partition(":")
    start = BUILT_IN.get(prefix) or prefixes.get(prefix)
    if colon and start is not None and not local.startswith("//"):
        return start + local
    in_full = not colon or local.startswith("//") or prefix.lower() in _SCHEMES
    return text if in_full else None


def compact(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return the shortest CURIE for an IRI, or the IRI where no prefix fits.

    >>> compact("https://example.org/a/b", {"ex": "https://example.org/"})
    'ex:a/b'
    """
    fitting = [
        f"{prefix}:{iri[len(start) :]}"
        for prefix, start in {**prefixes, **BUILT_IN}.items()
        if start and iri.startswith(start) and len(iri) > len(start)
    ]
    safe = [text for text in fitting if expand(text, prefixes) == iri]
    return min(safe, key=lambda text: (len(text.partition(":")[2]), text), default=iri)


def is_writable(iri: str) -> bool:
    """Say whether an IRI can stand in a table: ``skos:x`` as a whole IRI would be read as a CURIE.

    >>> is_writable("https://example.org/a"), is_writable("urn:uuid:1"), is_writable("skos:x")
    (True, True, False)
    """
    scheme, _, rest = iri.partition(":")
    return rest.startswith("//") or (NAME.fullmatch(scheme) is not None and scheme not in PREFIXES)


def are_enough(prefixes: Mapping[str, str], iris: Iterable[str]) -> bool:
    """Say whether IRIs that are written with these prefixes are read as the same."""
    return all(expand(compact(iri, prefixes), prefixes) == iri for iri in iris)


def prefixes_for(iris: Iterable[str]) -> dict[str, str]:
    """Return the prefixes that IRIs need: known ones, else one for each host or scheme.

    They depend on nothing but the IRIs, and one more IRI changes none of the others.

    >>> prefixes_for(["https://example.org/a/1", "https://w3id.org/competency/id/pub-cscf/c1"])
    {'example_org': 'https://example.org/', 'id': 'https://w3id.org/competency/id/'}
    """
    found: dict[str, str] = {}
    for iri in sorted(set(iris), key=lambda iri: (_ORIGIN.match(iri) is not None, iri)):
        known = [(-len(start), name) for name, start in PREFIXES.items() if iri.startswith(start)]
        if known:
            name = min(known)[1]
            found[name] = PREFIXES[name]
        else:
            name, start = _own(iri)
            found.setdefault(name, start)
    return {name: found[name] for name in sorted(found) if name not in BUILT_IN}


def _own(iri: str) -> tuple[str, str]:
    origin = _ORIGIN.match(iri)
    if origin is None:
        scheme = iri.partition(":")[0]
        return scheme, f"{scheme}:"
    name = re.sub(r"[^a-z0-9]+", "_", origin[2].lower()).strip("_")
    secure = "" if origin[1] == "https" else f"_{origin[1]}"
    return f"{name if name[:1].isalpha() else 'n' + name}{secure}", origin[0]
