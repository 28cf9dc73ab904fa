"""CTDL-ASN in JSON as RDF, with a small context of our own: nothing is fetched.

Importing such files is no affair of these tests; they need only what the rules look at.
"""

from __future__ import annotations

import json
from typing import Any

from competency import KnowledgeGraph

_MAPS = (
    "name", "description", "competencyText", "competencyLabel", "competencyCategory", "comment",
    "conceptKeyword", "localSubject", "publisherName", "tableOfContents", "rights",
)  # fmt: skip
_LINKS = (
    "isPartOf", "hasChild", "isChildOf", "hasTopChild", "isTopChildOf", "isVersionOf", "alignTo",
    "exactAlignment", "broadAlignment", "narrowAlignment", "majorAlignment", "minorAlignment",
    "derivedFrom", "conceptTerm", "educationLevelType", "complexityLevel", "knowledgeEmbodied",
    "source", "sourceDocumentation", "license", "publisher", "creator", "publicationStatusType",
)  # fmt: skip
CONTEXT: dict[str, object] = {
    "ceasn": "https://purl.org/ctdlasn/terms/",
    "ceterms": "https://purl.org/ctdl/terms/",
    "asn": "http://purl.org/ASN/schema/core/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    **{f"ceasn:{name}": {"@id": f"ceasn:{name}", "@container": "@language"} for name in _MAPS},
    **{f"ceasn:{name}": {"@id": f"ceasn:{name}", "@type": "@id"} for name in _LINKS},
}


def read(document: dict[str, Any]) -> KnowledgeGraph:
    """Return a document of the registry as a graph, its context replaced by ours."""
    inner = document.get("decoded_resource", document)
    graph = KnowledgeGraph()
    graph.parse(json.dumps({**inner, "@context": CONTEXT}), syntax="jsonld")
    return graph
