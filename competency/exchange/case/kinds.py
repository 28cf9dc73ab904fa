"""What the types of CFItems are in our vocabulary: one table, used both ways."""

from __future__ import annotations

from functools import cache

from competency.ontology import COMP, Vocabulary

_NS = str(COMP)
# Our class, the label that we write, and other labels that are read as the class.
_TABLE: tuple[tuple[str, str, str], ...] = (
    ("Group", "Group",
     "Cluster|Domain|Area|Category|Strand|Section|Heading|Theme|Competency Group|Competency Area"
     "|Domaine|Groupe|Catégorie|Thème|Bereich|Kompetenzbereich|Gruppe|Kategorie|Dominio|Ámbito"
     "|Área|Grupo|Gebied|Domein|Gruppo|領域|分野|领域|类别|類別|グループ"),
    ("FunctionalArea", "Functional Area", "Domaine fonctionnel|Funktionsbereich|職能範疇|职能范畴"),
    ("Value", "Value", "Core Value|Valeur|Wert|Valor|Valore|価値|价值|價值"),
    ("Competency", "Competency",
     "Competence|Skill|Compétence|Kompetenz|Competencia|Competência|Competenza|Competentie"
     "|コンピテンシー|能力|技能|スキル"),
    ("UnitOfCompetency", "Unit of Competency",
     "Unit of Competence|Competency Unit|Unité de compétence|Kompetenzeinheit"
     "|Unidad de competencia|Unità di competenza|能力單元|能力单元"),
    ("ElementOfCompetency", "Element of Competency",
     "Element of Competence|Competency Element|Élément de compétence|Elemento de competencia"),
    ("CompetencyLevel", "Competency Level",
     "Level|Proficiency Level|Skill Level|Niveau|Kompetenzniveau|Nivel|Nível|Livello|レベル|級別"),
    ("PositiveIndicator", "Indicator",
     "Positive Indicator|Behavioural Indicator|Behavioral Indicator|Behaviour|Behavior"
     "|Performance Indicator|Indicateur|Indicateur positif|Indikator|Indicador|Indicatore|指標"
     "|指标"),
    ("NegativeIndicator", "Negative Indicator",
     "Negative Behaviour|Negative Behavior|Unhelpful Behaviour|Unhelpful Behavior"
     "|Contra-indicator|Indicateur négatif|Negativer Indikator|Indicador negativo"),
    ("PerformanceCriterion", "Performance Criterion",
     "Performance Criteria|Performance Requirement|Critère de performance|Critères de performance"
     "|Leistungskriterium|Leistungskriterien|Criterio de desempeño|Criterios de desempeño"
     "|Critério de desempenho|Criterio di prestazione|Prestatiecriterium|表現準則"),
    ("KnowledgeStatement", "Knowledge",
     "Knowledge Statement|Knowledge and Understanding|Knowledge & Understanding"
     "|Underpinning Knowledge|Savoir|Savoirs|Connaissance|Connaissances|Wissen|Kenntnisse"
     "|Conocimiento|Conocimientos|Conhecimento|Conoscenza|Conoscenze|Kennis|知識|知识"),
    ("AssessmentCriterion", "Assessment Criterion",
     "Assessment Criteria|Evidence Requirement|Critère d'évaluation"
     "|Bewertungskriterium|Beurteilungskriterium|Criterio de evaluación|Criterio di valutazione"
     "|評核準則|評価基準"),
    ("Descriptor", "Descriptor",
     "Level Descriptor|Description|Descripteur|Deskriptor|Descriptores"),
    ("Scope", "Scope", "Range|Range Statement|Scope and Range|Champ d'application|Geltungsbereich"),
    ("Note", "Note", "Remark|Remarks|Comment|Additional Information|Remarque|Anmerkung|Nota|備註"),
    ("LevelScale", "Level Scale", ""),
    ("Level", "Level of a Scale", ""),
    ("Indicator", "Indicator of Either Kind", ""),
    ("Statement", "Statement", "Énoncé|Aussage|Enunciado"),
    ("Part", "Part", ""),
)  # fmt: skip
_TITLED = ("Group", "Competency", "CompetencyLevel", "Level", "LevelScale")


@cache
def _classes() -> dict[str, str]:
    labels = {label: kind for kind, label, _ in _TABLE}
    labels |= {other: kind for kind, _, others in _TABLE for other in others.split("|") if other}
    return {_plain(label): kind for label, kind in labels.items()}


def _plain(label: str) -> str:
    return " ".join(label.replace("_", " ").replace("\u2019", "'").split()).casefold()


def kind_of_label(label: str) -> str | None:
    """Return the local name of our class for a label of a CFItemType, or None.

    >>> kind_of_label("Performance  criteria"), kind_of_label("知識"), kind_of_label("Standard")
    ('PerformanceCriterion', 'KnowledgeStatement', None)
    """
    return _classes().get(_plain(label))


def kind_of_iri(iri: str) -> str | None:
    """Return the local name of a class of ours that an item may have, or None.

    >>> kind_of_iri("https://w3id.org/competency/ns#Scope")
    'Scope'
    """
    name = iri.removeprefix(_NS)
    return name if name != iri and any(name == kind for kind, _, _ in _TABLE) else None


@cache
def label_of_kind(kind: str) -> str | None:
    """Return the label of the CFItemType that a class becomes, or None for one that is not ours.

    >>> label_of_kind("KnowledgeStatement")
    'Knowledge'
    """
    return next((label for name, label, _ in _TABLE if name == kind), None)


@cache
def is_titled(kind: str) -> bool:
    """Say whether things of a class have a title, and a text only beside it.

    >>> is_titled("UnitOfCompetency"), is_titled("KnowledgeStatement")
    (True, False)
    """
    above = {name.removeprefix(_NS) for name in vocabulary().superclasses(_NS + kind)}
    return kind in _TITLED or not above.isdisjoint(_TITLED)


@cache
def is_required(kind: str) -> bool:
    """Say whether things of a class can be assessed (comp:assesses).

    >>> is_required("PerformanceCriterion"), is_required("Note")
    (True, False)
    """
    assessed = ("PerformanceCriterion", "KnowledgeStatement", "PositiveIndicator", "Competency")
    return any(vocabulary().is_a(_NS + kind, _NS + name) for name in assessed)


@cache
def vocabulary() -> Vocabulary:
    """Return our vocabulary, read once."""
    return Vocabulary()


def definition_of(kind: str) -> tuple[str, str, str]:
    """Return the title, the description and the hierarchyCode of the CFItemType of a class.

    >>> definition_of("Scope")[0], definition_of("Scope")[2]
    ('Scope', '14')
    """
    place = next(n for n, (name, _, _) in enumerate(_TABLE, 1) if name == kind)
    label = label_of_kind(kind) or kind
    return label, vocabulary().definition(_NS + kind) or label, str(place)


def english_labels() -> tuple[tuple[str, str], ...]:
    """Return our classes with the labels that are written for them, in order."""
    return tuple((kind, label) for kind, label, _ in _TABLE)
