"""SKOS: labels, codes, printed numbers, and what is said in the same terms."""

from __future__ import annotations

from rdflib import Literal

from competency.exchange import words
from competency.exchange.entry import Entry, Thing
from competency.exchange.making import Making

_SAME = ("dcterms:title", "dcterms:description", "dcterms:language", "dcterms:rights",
         "dcterms:license", "dcterms:publisher", "dcterms:issued", "dcterms:modified",
         "dcterms:created", "dcterms:spatial", "dcterms:creator", "dcterms:subject",
         "owl:versionInfo")  # fmt: skip


def labels(making: Making, entry: Entry, found: list[Literal]) -> list[Literal]:
    """Give one preferred label a language (S14), none of which is an alternative too (S13)."""
    pref, others = words.one_per_language(words.plain(found))
    if not pref:
        pref = [Literal(code) for code in words.codes(entry)[:1]]
    if not pref:
        making.lose(entry, "skos:prefLabel", "it has neither a title nor a text nor a code")
    known = set(pref)
    for node in entry.values("comp:occurrence"):
        thing = making.outline.thing(node)
        others += [*thing.texts("rdfs:label"), *thing.texts("comp:text")]
    making.rows.add(entry.node, "skos:prefLabel", *pref)
    making.rows.add(entry.node, "skos:altLabel", *(t for t in others if t not in known))
    return pref


def codes(making: Making, entry: Entry) -> None:
    """Say the codes with their bodies, and the printed number where no other part has it."""
    rows, node = making.rows, entry.node
    for code in entry.values("comp:code"):
        thing = making.outline.thing(code)
        rows.add(node, "skos:notation", *thing.texts("skos:notation"))
        rows.add(node, "adms:identifier", code)
        _code(making, thing, entry)
    for number in entry.texts("comp:enumeration"):
        if making.outline.enumerated(str(number)) == 1:
            rows.add(node, "skos:notation", number)
        else:
            why = "other parts have this number too, and a notation names one concept"
            making.lose(entry, "comp:enumeration", why)


def _code(making: Making, code: Thing, entry: Entry) -> None:
    making.rows.type(code.node, "adms:Identifier")
    making.rows.add(code.node, "skos:notation", *code.texts("skos:notation"))
    making.rows.add(code.node, "dcterms:creator", *code.links("comp:issuedBy"))
    body = words.issuer(code, entry)
    making.rows.add(code.node, "adms:schemaAgency", *([Literal(body)] if body else []))


def same(making: Making, entry: Entry) -> None:
    """Say again what our frameworks say with the terms of others anyway."""
    for name in _SAME:
        if name != "dcterms:title" or entry.role != "framework":
            making.rows.add(entry.node, name, *entry.values(name))
    making.rows.add(entry.node, "dcterms:source", *entry.values("comp:source"))
    making.rows.add(entry.node, "dcterms:references", *entry.values("comp:legalReference"))
