"""The terms of the vocabulary as Python names, and the one table of prefixes."""

from __future__ import annotations

import re

from rdflib import Namespace

ONTOLOGY_IRI = "https://w3id.org/competency/ns"
SHAPES_IRI = "https://w3id.org/competency/shapes"
DEFAULT_BASE = "https://w3id.org/competency/id/"

# Every query, every Turtle file we write and the JSON-LD context know these.
PREFIXES: dict[str, str] = {
    "comp": "https://w3id.org/competency/ns#",
    "compsh": "https://w3id.org/competency/shapes#",
    "id": DEFAULT_BASE,
    "adms": "http://www.w3.org/ns/adms#",
    "case": "https://purl.imsglobal.org/spec/case/v1p0/",
    "ceasn": "https://purl.org/ctdlasn/terms/",
    "ceterms": "https://purl.org/ctdl/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "esco": "http://data.europa.eu/esco/model#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pav": "http://purl.org/pav/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

COMP = Namespace(PREFIXES["comp"])


def shorten(iri: str) -> str:
    """Return an IRI as a prefixed name where a prefix is known and the rest is plain, else as is.

    >>> shorten("https://w3id.org/competency/ns#Framework")
    'comp:Framework'
    """
    for prefix, start in PREFIXES.items():
        local = iri.removeprefix(start)
        if local and local != iri and all(c.isalnum() or c in "_-" for c in local):
            return f"{prefix}:{local}"
    return iri


def expand(name: str) -> str:
    """Return the IRI of a prefixed name whose prefix is known, or the name unchanged.

    >>> expand("comp:Framework")
    'https://w3id.org/competency/ns#Framework'
    """
    prefix, colon, local = name.partition(":")
    known = colon and prefix in PREFIXES and not local.startswith("//")
    return PREFIXES[prefix] + local if known else name


def is_absolute(name: str) -> bool:
    """Say whether a name begins with a scheme, as an IRI does (RFC 3986, section 3.1).

    >>> is_absolute("tag:example.org,2026:x"), is_absolute("pub-cscf/c01")
    (True, False)
    """
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", name) is not None
