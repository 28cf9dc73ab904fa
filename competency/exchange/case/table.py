"""What becomes of our terms in CASE 1.1, for a reader that does not look into extensions."""

from __future__ import annotations

from competency.exchange.mapping import Fate, Rule, Table

OTHERWISE = "CASE has no field for it: it is in the extensions only"
GONE = "CASE 1.0 has no field for it, and no extensions"
UNUSED = "scales and levels are items only where parts are at the levels (comp:atLevel)"
CHANGED = "a field of CASE 1.0 tells it, but what is read back is not quite the same"
NO_TYPE = "CASE 1.0 has no such type of association"
_ITEM = "CFItem"
_ONE = "only in one language; the others are in the extensions"

FATES = (
    Fate("framework", "CFDocument", "framework"),
    *(Fate(role, _ITEM) for role in ("group", "competency", "level", "requirement", "assessment",
                                     "assessments", "text", "texts")),
    Fate("negative", "CFItem with the CFItemType Negative Indicator"),
    Fate("negatives", _ITEM),
)  # fmt: skip

RULES = (
    Rule("framework", "rdfs:label", "title", _ONE),
    Rule("framework", "dcterms:description", "description", _ONE),
    Rule("framework", "dcterms:language", "language", "only the first"),
    Rule("framework", "dcterms:creator", "creator", "only its name"),
    Rule("framework", "dcterms:publisher", "publisher, and creator where none is named",
         "only its name"),
    Rule("framework", "dcterms:subject", "subject, subjectURI"),
    Rule("framework", "dcterms:modified", "lastChangeDateTime"),
    Rule("framework", "dcterms:issued",
         "statusStartDate where it is a whole date; lastChangeDateTime where nothing else is said",
         "CASE takes a whole date only"),
    Rule("framework", "dcterms:valid", "statusStartDate where it is a whole date",
         "CASE takes a whole date only"),
    Rule("framework", "dcterms:created", "lastChangeDateTime where nothing else is said",
         OTHERWISE),
    Rule("framework", "dcterms:license", "licenseURI, CFLicenses", "only the first"),
    Rule("framework", "dcterms:rights", "notes, licenseText"),
    Rule("framework", "skos:note", "notes"),
    Rule("framework", "owl:versionInfo", "version", "only the first"),
    Rule("framework", "comp:source", "officialSourceURL, where it has an address of its own",
         OTHERWISE),
    Rule("part", "rdfs:label", "abbreviatedStatement, or fullStatement where there is no text",
         _ONE),
    Rule("part", "comp:text", "fullStatement", _ONE),
    Rule("part", "rdf:type", "CFItemType, CFItemTypeURI, CFItemTypes", "only the most specific"),
    Rule("part", "comp:inFramework", "the package"),
    Rule("part", "comp:partOf", "isChildOf"),
    Rule("part", "comp:position", "sequenceNumber"),
    Rule("part", "comp:enumeration", "listEnumeration"),
    Rule("part", "comp:code", "humanCodingScheme", "only the first code"),
    Rule("part", "comp:leadIn", "fullStatement", "only as the words before an item"),
    Rule("part", "comp:occurrence", "alternativeLabel", "only the first other wording"),
    Rule("part", "comp:atLevel", "hasSkillLevel", "the level is not held, or has no IRI"),
    Rule("part", "comp:qualificationLevel", "educationLevel", "only the title of the level"),
    Rule("part", "comp:isEmpty", "fullStatement", "its title, or words of ours, stand there"),
    Rule("part", "comp:contrasts", "ext:contrasts"),
    Rule("part", "comp:assesses", "ext:assesses"),
    Rule("part", "comp:repeats", "ext:repeats"),
    Rule("part", "comp:rewords", "ext:rewords"),
    Rule("part", "skos:exactMatch", "exactMatchOf"),
    Rule("part", "skos:relatedMatch", "isRelatedTo"),
    Rule("part", "skos:closeMatch", "ext:closeMatch"),
    Rule("part", "skos:broadMatch", "ext:broadMatch"),
    Rule("part", "skos:narrowMatch", "ext:narrowMatch"),
    Rule("part", "skos:note", "notes"),
    Rule("part", "skos:altLabel", "alternativeLabel", "only the first"),
    Rule("part", "dcterms:description", "notes", _ONE),
    Rule("part", "dcterms:subject", "subject, subjectURI"),
    Rule("part", "dcterms:license", "licenseURI", "only the first"),
    Rule("part", "dcterms:modified", "lastChangeDateTime"),
    Rule("code", "skos:notation", "humanCodingScheme"),
    Rule("code", "rdf:type", "humanCodingScheme"),
    Rule("occurrence", "rdfs:label", "alternativeLabel"),
    Rule("occurrence", "rdf:type", "alternativeLabel"),
    Rule("organisation", "rdfs:label", "creator, publisher", "only of creator and publisher"),
    Rule("organisation", "rdf:type", "creator, publisher", "only of creator and publisher"),
    Rule("scale", "rdfs:label", "fullStatement of a CFItem", UNUSED),
    Rule("scale", "rdf:type", "CFItemType", UNUSED),
    Rule("level of a scale", "rdfs:label", "fullStatement of a CFItem, educationLevel", _ONE),
    Rule("level of a scale", "rdf:type", "CFItemType", UNUSED),
    Rule("level of a scale", "comp:text", "fullStatement", _ONE),
    Rule("level of a scale", "comp:inScale", "isChildOf", UNUSED),
    Rule("level of a scale", "comp:rank", "sequenceNumber", UNUSED),
    Rule("level of a scale", "comp:higherThan", "precedes", UNUSED),
    Rule("level of a scale", "dcterms:description", "notes", _ONE),
    Rule("licence", "rdfs:label", "title of the CFLicense"),
    Rule("licence", "dcterms:description", "licenseText"),
)  # fmt: skip

ALIGNMENTS = (
    Rule("alignment", "rdf:type", "CFAssociation, which is in the packages of both frameworks"),
    Rule("alignment", "owl:annotatedSource", "originNodeURI"),
    Rule("alignment", "owl:annotatedProperty", "associationType, as for a part"),
    Rule("alignment", "owl:annotatedTarget", "destinationNodeURI"),
    Rule("alignment", "pav:authoredOn", "lastChangeDateTime"),
    Rule("alignment", "rdfs:comment", "notes", _ONE),
    *(Rule("alignment", f"sssom:{name}", "", OTHERWISE)
      for name in ("mapping_justification", "confidence", "author_label")),
)  # fmt: skip

TABLE = Table(FATES, (*RULES, *ALIGNMENTS), OTHERWISE)
