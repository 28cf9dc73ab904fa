"""Frameworks and competencies in: what each says, in our vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.kinds import is_titled, kind_of_label, vocabulary
from competency.exchange.ctdl_asn.arranging import Whole
from competency.exchange.ctdl_asn.commenting import COMMENT, Commenting, Comments
from competency.exchange.ctdl_asn.facts import Facts
from competency.exchange.ctdl_asn.telling import Telling, tag_of
from competency.exchange.terms import term

MATCHES = (
    ("ceasn:exactAlignment", "skos:exactMatch"),
    ("ceasn:broadAlignment", "skos:broadMatch"),
    ("ceasn:narrowAlignment", "skos:narrowMatch"),
    ("ceasn:majorAlignment", "skos:closeMatch"),
    ("ceasn:minorAlignment", "skos:relatedMatch"),
)
AT_LEVEL = ("asn:hasProgressionLevel", "ceasn:complexityLevel", "ceasn:performanceLevelType")
_CATEGORY = "ceasn:competencyCategory"
# The kinds that go out as competencies; what else a category names stays a competency.
_KINDS = ("Group", "FunctionalArea", "Value", "Competency", "UnitOfCompetency",
          "ElementOfCompetency", "CompetencyLevel", "PositiveIndicator", "NegativeIndicator",
          "PerformanceCriterion", "KnowledgeStatement")  # fmt: skip
_GROUPS = ("Group", "FunctionalArea", "Value")
_COMPETENCIES = ("Competency", "UnitOfCompetency", "ElementOfCompetency")


def language_of(facts: Facts, nodes: Iterable[Node], otherwise: str) -> str:
    """Return the language of a framework: what it says, or that of most texts, or another."""
    tags: Counter[str] = Counter()
    for node in nodes:
        stated = [tag for v in facts.values(node, "ceasn:inLanguage") if (tag := tag_of(v))]
        if stated:
            return stated[0].lower()
        for name in ("ceasn:name", "ceasn:competencyText", "skos:prefLabel"):
            texts = (v for v in facts.values(node, name) if isinstance(v, Literal) and v.language)
            tags.update(str(text.language).lower() for text in texts)
    return tags.most_common(1)[0][0] if tags else otherwise


# ---------------------------------------------------------------- the framework


def framework(telling: Telling, whole: Whole, title: list[Literal]) -> None:
    """Say what a framework says of itself; ``title`` is that of one which is not in the file."""
    root, say = whole.root, telling.say
    names = telling.texts(root, "ceasn:name") or telling.texts(root, "ceterms:name")
    say.framework(next(iter(names or title), None))
    telling.labels(root, (names or title)[1:])
    if not names and title:
        say.add(root, "comp:inferred", term("rdfs:label"))
    if not whole.stated:
        say.add(root, "comp:inferred", term("rdf:type"))
        what = "the file describes no framework; one is made for what it holds"
        telling.odd(root, what)
    say.add(root, "dcterms:description", *telling.texts(root, "ceasn:description"))
    say.add(root, "dcterms:rights", *telling.texts(root, "ceasn:rights"))
    say.add(root, "dcterms:license", *telling.links(root, "ceasn:license"))
    say.add(root, "dcterms:creator", *telling.links(root, "ceasn:creator"))
    say.add(root, "owl:versionInfo", *telling.plain(root, "ceterms:versionCode"))
    telling.dates(root, "ceasn:dateCreated", "dcterms:created")
    telling.dates(root, "ceasn:dateModified", "dcterms:modified")
    _sources(telling, root, "ceasn:source")
    _languages(telling, root)
    _publisher(telling, root)
    telling.told.append(root)


def _languages(telling: Telling, root: URIRef) -> None:
    """Say the languages of a framework by their codes; a link to one is kept, and inferred from."""
    values = telling.facts.take(root, "ceasn:inLanguage")
    tags = [tag_of(value) for value in values]
    if values and all(tags):
        telling.say.add(root, "dcterms:language", *(Literal(tag) for tag in tags))
        return
    telling.facts.keep(root, "ceasn:inLanguage", *values)
    telling.say.add(root, "dcterms:language", Literal(telling.say.language))
    telling.say.add(root, "comp:inferred", term("dcterms:language"))


def _sources(telling: Telling, node: URIRef, name: str) -> None:
    for source in telling.links(node, name):
        telling.say.add(node, "comp:source", source)
        if str(source) == f"{telling.root}/source":  # which is said to be this file
            telling.facts.keep(node, name, source)
            continue
        telling.say.add(source, "rdf:type", term("comp:Source"))
        telling.say.add(source, "rdfs:label", Literal(str(source)))


def _publisher(telling: Telling, root: URIRef) -> None:
    """Say who published a framework; names belong to the links in the same order."""
    bodies = telling.links(root, "ceasn:publisher")
    names = telling.lists(root, "ceasn:publisherName")
    telling.say.add(root, "dcterms:publisher", *bodies)
    made = (body for body in bodies if body.startswith(f"{root}/org/"))  # not by this reader
    telling.facts.keep(root, "ceasn:publisher", *made)
    if bodies and len(names) > len(bodies):
        for texts in names[len(bodies) :]:
            telling.facts.keep(root, "ceasn:publisherName", *texts)
        names = names[: len(bodies)]
    for number, texts in enumerate(names):
        body = bodies[number] if bodies else URIRef(f"{root}/org/{number + 1}")
        telling.say.add(root, "dcterms:publisher", body)
        telling.say.add(body, "rdf:type", term("org:Organization"))
        telling.say.add(body, "rdfs:label", *texts)


# ---------------------------------------------------------------- competencies


class Competencies:
    """Says the competencies of one framework, when its levels are known."""

    def __init__(self, telling: Telling, whole: Whole, levels: set[Node]) -> None:
        """``levels`` are the levels that the file describes."""
        self.telling, self.whole, self.levels = telling, whole, levels
        self.facts = telling.facts
        self.members = set(whole.members)
        self.kinds: dict[Node, str] = {}
        values = (self.facts.values(node, COMMENT) for node in whole.members)
        self.commenting = Commenting(value for found in values for value in found)

    def tell(self) -> None:
        """Say all of them, parents first, in order."""
        for node, parent, position in self.whole.in_order():
            self.kinds[node] = self._kind(node)
            self.telling.part(node, self.kinds[node], parent, position)
            self._one(node)

    def _one(self, node: URIRef) -> None:
        telling, kind = self.telling, self.kinds[node]
        self.facts.forget_type(node, "ceasn:Competency")
        self._category(node, kind)
        taken = self.facts.take(node, COMMENT)
        comments = self.commenting.sorted_out(taken, telling.say.language)
        self.facts.keep(node, COMMENT, *comments.notes)
        self._words(node, kind, comments)
        telling.codes(node)
        telling.number(node)
        _sources(telling, node, "ceasn:sourceDocumentation")
        self._levels(node, kind)
        for theirs, ours in MATCHES:
            telling.link(node, theirs, ours, self._is_elsewhere)
            if telling.facts.values(node, theirs):
                telling.odd(node, f"{theirs} inside one framework is kept, and is no alignment")
        self._comments(node, comments)

    def _kind(self, node: URIRef) -> str:
        """Return the class of ours that the category names."""
        stated = self.facts.values(node, _CATEGORY)
        labels = [str(value) for value in stated]
        found = next((kind for label in labels if (kind := _class_of(label))), "Competency")
        if stated == [written_category(found)] and found != "CompetencyLevel":
            return found if found in _KINDS else "Competency"
        if found in _GROUPS and not self.whole.children.get(node):
            return "Competency"
        if found == "CompetencyLevel" and len(self._known_levels(node)) != 1:
            return "Competency"
        return found if found in _KINDS else "Competency"

    def _known_levels(self, node: URIRef) -> set[Node]:
        return self.levels & set(self.facts.values(node, *AT_LEVEL))

    def _category(self, node: URIRef, kind: str) -> None:
        """Forget the category where it is just what we would write for the kind."""
        values = self.facts.values(node, _CATEGORY)
        if kind not in ("Competency", "NegativeIndicator") and values == [written_category(kind)]:
            self.facts.take(node, _CATEGORY)

    def _words(self, node: URIRef, kind: str, comments: Comments) -> None:
        """Say title and text; what needs a title and has only a text has that for a title."""
        telling = self.telling
        labels = telling.texts(node, "ceasn:competencyLabel")
        texts = telling.texts(node, "ceasn:competencyText")
        if not texts:
            telling.odd(node, "a competency has no competencyText, which the registry requires")
        if comments.is_retitled and (labels or (texts and is_titled(kind))):
            telling.say.add(node, "comp:labelWording", term("comp:Reworded"))
        if is_titled(kind):
            telling.labels(node, labels or texts)
            telling.statement(node, texts if labels else [], needed=False, wording=comments.wording)
            if not labels and not texts:
                telling.say.add(node, "comp:notStated", term("rdfs:label"))
        else:
            telling.labels(node, labels)
            telling.statement(node, texts, wording=comments.wording)

    def _levels(self, node: URIRef, kind: str) -> None:
        telling = self.telling
        others = self.facts.values(node, *AT_LEVEL[1:])
        twice = [v for v in self.facts.values(node, AT_LEVEL[0]) if v in others]
        telling.link(node, AT_LEVEL[0], "comp:atLevel", self.levels.__contains__)
        self.facts.keep(node, AT_LEVEL[0], *(v for v in twice if v in self.levels))
        for name in AT_LEVEL[1:]:
            found = [v for v in self.facts.values(node, name) if v in self.levels]
            telling.say.add(node, "comp:atLevel", *found)
        if kind in _COMPETENCIES:
            name = "ceasn:educationLevelType"
            telling.link(node, name, "comp:qualificationLevel", self.levels.__contains__)
        for name in AT_LEVEL:
            if any(value not in self.levels for value in self.facts.values(node, name)):
                telling.odd(node, f"{name} leads to a level that the file does not describe")

    def _is_elsewhere(self, target: URIRef) -> bool:
        return target not in self.members and target != self.whole.root

    def _comments(self, node: URIRef, comments: Comments) -> None:
        """Say comments behind the children: as notes, and unhelpful behaviours as what they are."""
        say, start = self.telling.say, len(self.whole.children.get(node, ()))
        found = [("comp:Note", texts) for texts in self.telling.lists(node, COMMENT)]
        for _ in found:
            self.telling.odd(node, "a ceasn:comment is read as a note below what it is on")
        found += [("comp:NegativeIndicator", texts) for texts in comments.behaviours()]
        for number, (kind, texts) in enumerate(found, 1):
            part = URIRef(f"{node}/comment/{number}")
            say.part(part, kind, node, start + number, section=self.telling.where(node))
            self.telling.statement(part, texts, wording=comments.wording)
        for name, text in comments.said:
            say.add(node, name, text)
        self.facts.keep(node, COMMENT, *comments.remarks)


def _class_of(label: str) -> str | None:
    return kind_of_label(label) or next(
        (kind for kind in _KINDS if str(written_category(kind)) == label.strip().lower()), None
    )


def written_category(kind: str) -> Literal:
    """Return the category that a kind gets on the way out.

    >>> str(written_category("KnowledgeStatement"))
    'knowledge statement'
    """
    return Literal(vocabulary().label(str(term(f"comp:{kind}"))), lang="en")
