"""Frameworks with one fault each: what is changed in a sound one, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
FRAMEWORK = "Standard for welders"
CRAFTS = "Crafts of a shipyard"


@dataclass(frozen=True)
class Case:
    """One fault. ``change`` is what stands in the sound text and what it becomes.

    ``at`` is the words at whose first occurrence in the broken text the result has to point (none:
    at the file),
    ``rule`` the local name of the shape; ``place`` is the way down to the part. What to do is the fix of the rule.
    """

    rule: str
    change: tuple[tuple[str, str], ...]
    part: str
    at: str
    place: tuple[str, ...] = ()
    profile: str | None = None
    sound: str = "welding.ttl"

    @property
    def text(self) -> str:
        """Return the broken framework."""
        text = (FOLDER / self.sound).read_text(encoding="utf-8")
        for old, new in self.change:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        return text

    @property
    def spot(self) -> str:
        """Return where the result has to point: file, line and column, or the file alone."""
        before = self.text[: self.text.index(self.at)]
        place = f":{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
        return self.sound + (place if self.at else "")


SEAMS = (FRAMEWORK, "Weld seams")
PREPARE = (*SEAMS, "Prepare the metal")
CARE = (FRAMEWORK, "Work with care", "Keeps the place safe")
CLEAN = 'performance criterion 1.1 "Clean both edges with a wire brush before tacking."'
GAP = 'performance criterion 1.2 "Set the gap that the drawing asks for."'
IN = "    comp:inFramework <https://example.org/welding> ;\n"

CASES = (
    # the framework
    Case(
        "FrameworkTitle",
        (('    rdfs:label "Standard for welders"@en ;\n', ""),),
        "framework",
        "<https://example.org/welding> a comp:Framework",
    ),
    Case(
        "FrameworkTitleTagged",
        (('"Standard for welders"@en', '"Standard for welders"'),),
        f'framework "{FRAMEWORK}"',
        '"Standard for welders" ;',
    ),
    Case(
        "FrameworkExtent",
        (("    comp:extent comp:Whole ;\n", ""),),
        f'framework "{FRAMEWORK}"',
        "<https://example.org/welding> a comp:Framework",
    ),
    Case(
        "FrameworkIssued",
        (('"2024-05"^^xsd:gYearMonth', '"May 2024"'),),
        f'framework "{FRAMEWORK}"',
        '"May 2024"',
    ),
    # parts
    Case(
        "PartPosition",
        (('    comp:position 1 ;\n    comp:enumeration "1.1"', '    comp:enumeration "1.1"'),),
        CLEAN,
        "w:clean a comp:PerformanceCriterion",
        PREPARE,
    ),
    Case(
        "PartPositionNumber",
        (
            (
                "comp:position 2 ;\n    comp:enumeration",
                'comp:position "two" ;\n    comp:enumeration',
            ),
        ),
        GAP,
        '"two"',
        PREPARE,
    ),
    Case(
        "PartTitle",
        (('    rdfs:label "Prepare the metal"@en ;\n', ""),),
        "element of competency 1",
        "w:prepare a comp:ElementOfCompetency",
        SEAMS,
    ),
    Case(
        "UnitCode",
        (
            ("    comp:code w:code ;\n", ""),
            ('w:code a comp:Code ;\n    skos:notation "W-1" ;\n    comp:issuedBy w:guild .\n', ""),
        ),
        'unit of competency "Weld seams"',
        "w:seams a comp:UnitOfCompetency",
        (FRAMEWORK,),
    ),
    Case(
        "PartLocator",
        (('    comp:position 3 ;\n    comp:lines "7" .', "    comp:position 3 ."),),
        'knowledge statement "Steels that crack when they cool fast"',
        "w:metals a comp:KnowledgeStatement",
        SEAMS,
    ),
    # statements
    Case(
        "StatementText",
        (
            (
                '    comp:text "Set the gap that the drawing asks for."@en ;\n    comp:wording comp:Reworded ;\n',
                "",
            ),
        ),
        "performance criterion 1.2",
        "w:gap a comp:PerformanceCriterion",
        PREPARE,
    ),
    Case(
        "TextTagged",
        (
            (
                '"Set the gap that the drawing asks for."@en',
                '"Set the gap that the drawing asks for."',
            ),
        ),
        GAP,
        '"Set the gap',
        PREPARE,
    ),
    Case(
        "WordingKnown",
        (
            (
                "comp:wording comp:Reworded ;\n    comp:contrasts",
                "comp:wording comp:Changed ;\n    comp:contrasts",
            ),
        ),
        'negative indicator "Leaves hot metal where others walk."',
        "comp:Changed",
        CARE,
    ),
    Case(
        "AssessedKind",
        (("comp:assesses w:prepare", "comp:assesses w:alone"),),
        'assessment criterion "Two plates are tacked without a step between them."',
        "w:alone",
        SEAMS,
    ),
    # levels
    Case(
        "LevelOrder",
        (("comp:inScale w:scale ;\n    comp:rank 2 .", "comp:inScale w:scale ."),),
        'level "Master"',
        "w:high a comp:Level",
        ("Steps of a career",),
    ),
    Case(
        "RankTwice",
        (("comp:rank 2", "comp:rank 1"),),
        'level "Helper"',
        "w:low a comp:Level",
        ("Steps of a career",),
    ),
    Case(
        "CompetencyLevelLevel",
        (("    comp:atLevel w:low ;\n", ""),),
        'competency at a level "Keeps the place safe"',
        "w:helper a comp:CompetencyLevel",
        (FRAMEWORK, "Work with care"),
    ),
    # the source
    Case(
        "SourceLineCount",
        (("comp:lineCount 40", 'comp:lineCount "forty"'),),
        'source "Standard for welders, printed edition"',
        '"forty"',
    ),
    # the tree
    Case(
        "PositionTwice",
        (
            (
                'comp:position 2 ;\n    comp:enumeration "1.2"',
                'comp:position 1 ;\n    comp:enumeration "1.2"',
            ),
        ),
        GAP,
        "w:gap a comp:PerformanceCriterion",
        PREPARE,
    ),
    Case(
        "ContrastPolarity",
        (("comp:contrasts w:screens", "comp:contrasts w:alone"),),
        'negative indicator "Leaves hot metal where others walk."',
        "w:alone a comp:NegativeIndicator",
        CARE,
    ),
    Case(
        "UnknownProperty",
        (('comp:enumeration "1.2"', 'comp:enumeraton "1.2"'),),
        'performance criterion "Set the gap that the drawing asks for."',
        "comp:enumeraton",
        PREPARE,
    ),
    # alignments
    Case(
        "AlignmentConfidence",
        (("sssom:confidence 0.8", "sssom:confidence 8"),),
        "alignment",
        "8 .\n",
    ),
    # quality
    Case(
        "Mojibake",
        (("Set the gap that the drawing asks for.", "Set the gap to the drawingâ€™s figure."),),
        'performance criterion 1.2 "Set the gap to the drawingâ€™s figure."',
        '"Set the gap',
        PREPARE,
    ),
    Case(
        "TextLanguage",
        (
            (
                "Set the gap that the drawing asks for.",
                "Stellt den Spalt so ein, wie es auf der Zeichnung für die Naht verlangt wird.",
            ),
        ),
        "performance criterion 1.2",
        '"Stellt den Spalt',
        PREPARE,
    ),
    # the profiles
    Case(
        "CompAnything",
        (),
        "document",
        "",
        profile="comp",
        sound="crafts.ttl",
    ),
    Case(
        "CaseCreator",
        (("    dcterms:publisher w:guild ;\n", ""),),
        f'framework "{FRAMEWORK}"',
        "<https://example.org/welding> a comp:Framework",
        profile="case",
    ),
    Case(
        "CaseLastChange",
        (('    dcterms:modified "2024-06-01"^^xsd:date ;\n', ""),),
        f'framework "{FRAMEWORK}"',
        "dcterms:issued",
        profile="case",
    ),
    Case(
        "SkosPrefLabelOnce",
        (('skos:prefLabel "Welding"@en', 'skos:prefLabel "Welding"@en , "Arc welding"@en'),),
        'concept "Arc welding"',
        'skos:prefLabel "Welding"',
        (CRAFTS, "Joining metal"),
        "skos",
        "crafts.ttl",
    ),
    Case(
        "SkosPrefLabel",
        (('    skos:prefLabel "Riveting"@en ;\n', ""),),
        'concept "Joining by bolts',
        "c:riveting a skos:Concept",
        (CRAFTS, "Joining metal"),
        "skos",
        "crafts.ttl",
    ),
    Case(
        "SkosBroaderBothWays",
        ((" , c:riveting .", " ."),),
        'concept "Riveting"',
        "c:riveting a skos:Concept",
        (CRAFTS, "Joining metal"),
        "skos",
        "crafts.ttl",
    ),
    Case(
        "CtdlAsnCtidForm",
        (('"ce-6fb6d0ac-1c2c-4c1f-9a52-0a6f5b5b1a03"', '"ce-17"'),),
        'competency "Clean the edges before welding."',
        '"ce-17"',
        ("Welding", "Weld seams that hold."),
        "ctdl-asn",
        "registry.ttl",
    ),
    Case(
        "CtdlAsnUnknownProperty",
        (
            (
                'ceasn:competencyText "Clean',
                'ceasn:comment "Wire"@en ; ceasn:coment "Brush"@en ; ceasn:competencyText "Clean',
            ),
        ),
        'competency "Clean the edges before welding."',
        "ceasn:coment",
        ("Welding", "Weld seams that hold."),
        "ctdl-asn",
        "registry.ttl",
    ),
)
