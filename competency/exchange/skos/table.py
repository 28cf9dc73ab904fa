"""What becomes of our terms in SKOS (W3C Recommendation, 18 August 2009)."""

from __future__ import annotations

from competency.exchange.aligned import alignment_rules
from competency.exchange.exchange import Incoming
from competency.exchange.mapping import Fate, Rule, Table

_WORDS = "only as words in a note"
_ALIKE = "it is one alternative label among others"
_NO_TERM = "SKOS has no term for it"
_FOLDED = "the text has become a note of what it stands under, and is no concept of its own"
_CONCEPT = "skos:Concept"

FATES = (
    Fate("framework", "skos:ConceptScheme", "framework"),
    Fate("group", _CONCEPT),
    Fate("competency", _CONCEPT),
    Fate("level", _CONCEPT),
    Fate("requirement", _CONCEPT),
    Fate("assessment", _CONCEPT),
    Fate("assessments", _CONCEPT),
    Fate("negative", "skos:Concept in a skos:Collection of unhelpful behaviours"),
    Fate("negatives", "skos:Collection"),
    *(
        Fate(role, "skos:definition, skos:scopeNote or skos:note", "text", _FOLDED)
        for role in ("text", "texts")
    ),
)

_SAME = (
    "description",
    "language",
    "rights",
    "license",
    "publisher",
    "issued",
    "modified",
    "created",
    "spatial",
    "title",
    "creator",
    "subject",
)

_BOTH = (
    ("rdfs:label", "skos:prefLabel, skos:altLabel", ""),
    ("comp:labelWording", "skos:editorialNote", _WORDS),
    ("comp:code", "adms:identifier, skos:notation", ""),
    ("comp:occurrence", "skos:altLabel", _ALIKE),
    ("comp:source", "dcterms:source", ""),
    ("comp:lines", "dcterms:bibliographicCitation", _WORDS),
    ("comp:page", "dcterms:bibliographicCitation", _WORDS),
    ("comp:section", "dcterms:bibliographicCitation", _WORDS),
    ("comp:repair", "skos:editorialNote", _WORDS),
    ("comp:doubt", "skos:editorialNote", "it is one note among others"),
    ("comp:notStated", "skos:editorialNote", _WORDS),
    ("comp:inferred", "skos:editorialNote", _WORDS),
    ("comp:added", "skos:editorialNote", _WORDS),
    ("comp:audience", "skos:scopeNote", "it is one note among others"),
    ("comp:legalReference", "dcterms:references", ""),
)

RULES = (
    *(Rule(about, *row) for about in ("framework", "part") for row in _BOTH),
    *(Rule(about, f"dcterms:{name}", f"dcterms:{name}")
      for about in ("framework", "part") for name in _SAME),
    Rule("framework", "rdfs:label", "skos:prefLabel, dcterms:title"),
    Rule("framework", "owl:versionInfo", "owl:versionInfo"),
    Rule("framework", "comp:extent", "skos:note", _WORDS),
    Rule("framework", "comp:documentType", "skos:note", _WORDS),
    Rule("framework", "comp:sector", "skos:note", _WORDS),
    Rule("framework", "comp:namedOrganisation", "skos:note", _WORDS),
    *(Rule("part", f"skos:{name}Match", f"skos:{name}Match")
      for name in ("exact", "close", "broad", "narrow", "related")),
    *alignment_rules("skos:exactMatch and the other matches"),
    Rule("part", "comp:inFramework", "skos:inScheme"),
    Rule("part", "comp:partOf", "skos:broader, skos:narrower, skos:topConceptOf"),
    Rule("part", "comp:hasPart", "skos:narrower"),
    Rule("part", "comp:position", "skos:memberList"),
    Rule("part", "comp:enumeration", "skos:notation"),
    Rule("part", "comp:text", "skos:definition, or skos:prefLabel where there is no title"),
    Rule("part", "comp:wording", "skos:editorialNote", _WORDS),
    Rule("part", "comp:aspect", "skos:editorialNote", _WORDS),
    Rule("part", "comp:leadIn", "skos:definition", "only as the words before an item, or a note"),
    Rule("part", "comp:isEmpty", "", "SKOS has no note without a text"),
    Rule("part", "comp:atLevel", "skos:related", "only that the two are related"),
    Rule("part", "comp:qualificationLevel", "skos:related", "only that the two are related"),
    Rule("part", "comp:credit", "skos:note", _WORDS),
    Rule("part", "comp:assesses", "skos:related", "only that the two are related"),
    Rule("part", "comp:repeats", "skos:related", "only that the two are related"),
    Rule("part", "comp:rewords", "skos:related", "only that the two are related"),
    Rule("part", "comp:contrasts", "skos:related", "only that the two are related"),
    Rule("text", "comp:text", "skos:definition, skos:scopeNote or skos:note"),
    Rule("text", "comp:isEmpty", "skos:note", "only as words"),
    Rule("text", "rdfs:label", "the words before the note"),
    Rule("text", "comp:inFramework", "skos:inScheme of what it stands under"),
    Rule("text", "comp:partOf", "the concept that has the note"),
    Rule("text", "comp:legalReference", "dcterms:references",
         "it is said of what the text stands under"),
    Rule("code", "skos:notation", "skos:notation"),
    Rule("code", "comp:issuedBy", "dcterms:creator, adms:schemaAgency"),
    Rule("code", "rdfs:label", "dcterms:title"),
    Rule("occurrence", "rdfs:label", "skos:altLabel", "only as another label of the part"),
    Rule("occurrence", "comp:text", "skos:altLabel", "only as another label of the part"),
    Rule("credit", "comp:creditValue", "skos:note", _WORDS),
    Rule("credit", "comp:creditQualifier", "skos:note", _WORDS),
    Rule("credit", "comp:creditScheme", "skos:note", _WORDS),
    Rule("scale", "rdfs:label", "skos:prefLabel"),
    Rule("scale", "dcterms:publisher", "dcterms:publisher"),
    Rule("level of a scale", "rdfs:label", "skos:prefLabel"),
    Rule("level of a scale", "dcterms:description", "skos:definition"),
    Rule("level of a scale", "comp:text", "skos:definition"),
    Rule("level of a scale", "comp:inScale", "skos:inScheme"),
    Rule("level of a scale", "comp:rank", "skos:notation, skos:memberList"),
    Rule("level of a scale", "comp:higherThan", "skos:memberList", "only as the order of the list"),
    Rule("source", "rdfs:label", "dcterms:title"),
    Rule("source", "dcterms:format", "dcterms:format"),
    Rule("law", "rdfs:label", "dcterms:title"),
    Rule("organisation", "rdfs:label", "dcterms:title"),
)  # fmt: skip

TABLE = Table(FATES, RULES, _NO_TERM)

_SCHEME, _COLLECTION = "ConceptScheme", "Collection"
_KEPT = "kept"
_VIEW = "in a file that was written here"
# The other way: what the terms of a file become. All others stay as they are on the same thing.
INCOMING = (
    Incoming(_SCHEME, "rdf:type", "comp:Framework; a flat scheme of levels a comp:LevelScale, "
             + _VIEW),
    Incoming(_SCHEME, "dcterms:title", "rdfs:label; the name of the file where there is none"),
    Incoming(_SCHEME, "skos:prefLabel", "rdfs:label, if there is no dcterms:title; else kept"),
    Incoming(_SCHEME, "dcterms:description", "dcterms:description"),
    Incoming(_SCHEME, "dcterms:language",
             "dcterms:language; the languages of the labels where it is not said"),
    Incoming(_SCHEME, "dcterms:publisher, creator, issued, created, modified, license, rights",
             "the same"),
    Incoming(_SCHEME, "skos:hasTopConcept", "comp:partOf, comp:position"),
    Incoming("Concept", "rdf:type", "comp:Competency"),
    Incoming("Concept", "dcterms:type",
             "the class, if it is one of ours or a text that names one; a text is kept as well"),
    Incoming("Concept", "skos:inScheme", "comp:inFramework; a second scheme is kept"),
    Incoming("Concept", "skos:broader, skos:narrower",
             "comp:partOf of the first broader one; others, and what closes a circle, are kept"),
    Incoming("Concept", "skos:topConceptOf", "comp:partOf the framework"),
    Incoming("Concept", "skos:prefLabel",
             "rdfs:label; comp:text of a statement without a definition;"
             " a second one in a language skos:altLabel"),
    Incoming("Concept", "skos:definition", "comp:text; a second one in a language is kept"),
    Incoming("Concept", "skos:notation",
             "comp:code; its datatype is who issued it; comp:enumeration " + _VIEW),
    Incoming("Concept", "adms:identifier", "comp:code " + _VIEW + ", else kept"),
    Incoming("Concept", "skos:exactMatch and the other matches", "the same"),
    Incoming("Concept", "skos:related",
             "comp:atLevel, comp:qualificationLevel and comp:assesses " + _VIEW + ", else kept"),
    Incoming("Concept", "skos:altLabel, skos:hiddenLabel", _KEPT),
    Incoming("Concept", "skos:note, scopeNote, example, editorialNote and other notes", _KEPT),
    Incoming("Concept", "rdfs:label", "skos:altLabel, if it is not the preferred label"),
    Incoming("OrderedCollection", "skos:memberList",
             "comp:position, where it has no name and all concepts below one; else kept"),
    Incoming(_COLLECTION, "skos:member",
             "comp:partOf of unhelpful behaviours " + _VIEW + ", else kept"),
    Incoming("anything", "dcterms:references, dcterms:source",
             "comp:legalReference, comp:source " + _VIEW + ", else kept"),
)  # fmt: skip
