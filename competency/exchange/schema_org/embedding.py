"""The schema.org JSON-LD that stands in a page: small, in one language, of bounded size.

It is what search engines read; the whole of a thing is in the view and in the data downloads.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from rdflib import Literal, URIRef

from competency.exchange import words
from competency.exchange.entry import Entry, Thing
from competency.exchange.outline import Outline
from competency.exchange.schema_org.view import descriptions, listed, names, set_above
from competency.exchange.terms import term
from competency.graph import Framework, KnowledgeGraph, Part

TERMS = 60  # so many of the terms of a set are named
LENGTH = 500  # so many signs of a text are given
_OTHERS = {
    "comp:LevelScale": "DefinedTermSet",
    "comp:Level": "DefinedTerm",
    "comp:Source": "CreativeWork",
    "comp:LegalReference": "Legislation",
    "org:Organization": "Organization",
    "dcat:Catalog": "DataCatalog",
    "dcat:Dataset": "Dataset",
}


def embedded(
    graph: KnowledgeGraph, iri: str, *, page_url: str | None = None, language: str = "en"
) -> dict[str, object]:
    """Return the JSON-LD of one thing for ``<script type="application/ld+json">`` in its page.

    Texts are in the language asked for, or the nearest there is. ``page_url`` is the address of
    the page; with it comes a breadcrumb list. Raises NotFound.

        embedded(graph, "pub-cscf", page_url="https://example.org/page/pub-cscf")
    """
    resource = graph.resource(iri)
    outline = Outline(graph, resource.iri)
    top = outline.top
    if isinstance(resource, Framework):
        about = _framework(top, language)
    elif isinstance(resource, Part):
        about = _part(top, language)
    else:
        about = _other(outline, language)
    found = {"@context": "https://schema.org", **about, "url": page_url or top.iri}
    if page_url:
        found["mainEntityOfPage"] = _page(top, page_url, language)
    return _without_gaps(found)


def _framework(entry: Entry, language: str) -> dict[str, object]:
    thing = entry.outline.thing
    return {
        "@type": "DefinedTermSet",
        **_names(entry, language),
        "description": _cut(_nearest(entry.texts("dcterms:description"), language)),
        "identifier": words.codes(entry),
        "version": entry.first("owl:versionInfo"),
        "datePublished": entry.first("dcterms:issued"),
        "dateModified": entry.first("dcterms:modified"),
        "inLanguage": [str(text) for text in entry.texts("dcterms:language")],
        "license": entry.first("dcterms:license"),
        "publisher": [
            _publisher(thing(node), language) for node in entry.values("dcterms:publisher")
        ],
        "hasDefinedTerm": [_short(part, language) for part in islice(listed(entry), TERMS)],
    }


def _part(entry: Entry, language: str) -> dict[str, object]:
    above = set_above(entry)
    whole = entry.outline.entry(str(entry.outline.framework))
    texts = entry.texts("comp:text") if entry.role == "negative" else descriptions(entry)
    kind = entry.outline.graph.vocabulary.label(entry.kind, language.partition("-")[0])
    negative = entry.role in ("negative", "negatives")
    return {
        "@type": "DefinedTermSet" if entry.role == "negatives" else "DefinedTerm",
        **_names(entry, language),
        "description": _cut(_nearest(texts, language)),
        "termCode": _codes(entry),
        "additionalType": entry.kind,
        "disambiguatingDescription": words.unhelpful_note(language) if negative else kind,
        "inDefinedTermSet": _set(above if entry.role == "negative" else whole, language),
        "isPartOf": _set(above, language) if entry.role == "negatives" else None,
    }


def _other(outline: Outline, language: str) -> dict[str, object]:
    """Return a level, scale, source, body, or anything else as the nearest type there is."""
    top = outline.top
    kind = next((v for k, v in _OTHERS.items() if str(term(k)) in top.types), "Thing")
    found: dict[str, object] = {
        "@type": kind,
        "@id": top.iri,
        "name": _cut(_nearest(top.texts("rdfs:label", "dcterms:title"), language)),
        "description": _cut(_nearest(top.texts("dcterms:description", "comp:text"), language)),
    }
    if kind == "DefinedTerm":
        found["inDefinedTermSet"] = next(iter(top.links("comp:inScale")), None)
        found["termCode"] = top.first("comp:rank")
    if kind == "DefinedTermSet":
        levels = [outline.thing(level) for level in outline.levels(top.iri)]
        found["hasDefinedTerm"] = [_level(level, language) for level in levels[:TERMS]]
    return found


def _level(level: Thing, language: str) -> dict[str, object]:
    name = _cut(_nearest(level.texts("rdfs:label"), language))
    return _without_gaps({"@type": "DefinedTerm", "@id": level.iri, "name": name})


def _names(entry: Entry, language: str) -> dict[str, object]:
    return {"@id": entry.iri, "name": _cut(_nearest(names(entry), language))}


def _short(entry: Entry, language: str) -> dict[str, object]:
    found = {"@type": "DefinedTerm", **_names(entry, language)}
    return _without_gaps({**found, "url": entry.iri, "termCode": _codes(entry)})


def _codes(entry: Entry) -> list[str]:
    return words.codes(entry) or [str(number) for number in entry.texts("comp:enumeration")]


def _set(entry: Entry | None, language: str) -> dict[str, object] | None:
    if entry is None:
        return None
    return _without_gaps({"@type": "DefinedTermSet", **_names(entry, language)})


def _publisher(thing: Thing, language: str) -> dict[str, object]:
    """Return the publisher, who may be an IRI, a thing with a name, or only a name."""
    name = _nearest(thing.texts("rdfs:label"), language)
    if isinstance(thing.node, Literal):
        return {"@type": "Organization", "name": str(thing.node)}
    iri = thing.iri if isinstance(thing.node, URIRef) else None
    return _without_gaps({"@type": "Organization", "@id": iri, "name": name})


def _page(entry: Entry, page_url: str, language: str) -> dict[str, object]:
    """Return the page with the way down to it (schema.org WebPage, breadcrumb)."""
    steps = [entry, *entry.above][::-1][-20:]
    items = [
        _without_gaps(
            {
                "@type": "ListItem",
                "position": place,
                "name": _cut(_nearest(names(step), language)),
                "item": page_url if step is entry else step.iri,
            }
        )
        for place, step in enumerate(steps, 1)
    ]
    breadcrumb = {"@type": "BreadcrumbList", "itemListElement": items}
    return {"@type": "WebPage", "@id": page_url, "breadcrumb": breadcrumb}


def _nearest(texts: Iterable[Literal], language: str) -> str | None:
    """Return the text in a language, else of its family, else untagged, else English, else any."""

    def distance(text: Literal) -> tuple[int, str]:
        tag, wanted = (text.language or "").lower(), language.lower()
        same = tag.partition("-")[0] == wanted.partition("-")[0]
        near = 0 if tag == wanted else 1 if same else 2 if not tag else 3
        return (near + (near == 3 and not tag.startswith("en")), tag)

    return next((str(text) for text in sorted(texts, key=distance)), None)


def _cut(text: str | None) -> str | None:
    """Return a text of bounded length, cut between words."""
    if text is None or len(text) <= LENGTH:
        return text
    return text[:LENGTH].rsplit(" ", 1)[0] + "…"


def _without_gaps(found: dict[str, object]) -> dict[str, object]:
    """Return a node without what has no value; a list of one value becomes the value."""
    kept = {key: value for key, value in found.items() if value not in (None, "", [])}
    return {
        key: value[0]
        if isinstance(value, list) and len(value) == 1 and key != "itemListElement"
        else value
        for key, value in kept.items()
    }
