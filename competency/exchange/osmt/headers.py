"""The columns of OSMT, in the spelling of its exports and in those of its import files."""

from __future__ import annotations

from dataclasses import dataclass

from competency.exchange.exchange import Incoming

SITE = "https://github.com/wgu-opensource/osmt"  # what the source of an import conforms to


@dataclass(frozen=True)
class Column:
    """A column: its header as it is exported, other spellings, and whether its cells are lists.

    ``becomes`` keeps it; where that is empty it is a column of the framework's own.
    """

    header: str
    others: tuple[str, ...] = ()
    many: bool = False
    becomes: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Return all spellings."""
        return (self.header, *self.others)


URL = Column("Canonical URL", becomes="the IRI of the skill")
NAME = Column("RSD Name", ("Skill Name",), becomes="rdfs:label")
AUTHORS = Column("Authors", ("Author",), many=True)
STATEMENT = Column(
    "Skill Statement", ("Contextualized Skill Statement",), becomes="comp:text"
)  # fmt: skip
CATEGORIES = Column(
    "Categories", ("Category", "Skill Category"), many=True, becomes="dcterms:subject"
)
COLLECTIONS = Column("Collections", ("Collection",), many=True)
KEYWORDS = Column("Keywords", ("Keyword",), many=True, becomes="case:conceptKeywords")
COLUMNS = (
    URL, NAME, AUTHORS, STATEMENT, CATEGORIES, COLLECTIONS, KEYWORDS,
    Column("Standards", ("Professional Standards",), many=True),
    Column("Certifications", ("Certification",), many=True),
    Column("Occupation Major Groups", ("BLS Major Group", "BLS Major Groups"), many=True),
    Column("Occupation Minor Groups", ("BLS Minor Group", "BLS Minor Groups"), many=True),
    Column("Broad Occupations", ("BLS Broad Occupation", "BLS Broad Occupations"), many=True),
    Column("Detailed Occupations", ("BLS Detailed Occupation", "BLS Detailed Occupations"),
           many=True),
    Column("O*NET Job Codes", ("O*NET Job Role", "O*NET Job Roles"), many=True),
    Column("Employers", ("Employer",), many=True),
)  # fmt: skip
_ALIGNMENT = {"Name": "Title", "URL": "", "Framework": "Framework"}


def alignment(number: int) -> tuple[Column, Column, Column]:
    """Return the columns of one alignment: name, address and framework; the first has no number.

    >>> alignment(1)[0].header, alignment(2)[1].header
    ('Alignment Name', 'Alignment 2 URL')
    """
    start = "Alignment" if number == 1 else f"Alignment {number}"
    name, url, framework = (
        Column(f"{start} {field}", (f"{start} {other}".strip(),))
        for field, other in _ALIGNMENT.items()
    )
    return name, url, framework


FIELDS = (
    *(
        Incoming("skill", column.header, column.becomes or "a column of the framework's own")
        for column in COLUMNS
    ),
    Incoming("skill", "Alignment Name", "rdfs:label of what it is aligned with"),
    Incoming("skill", "Alignment URL", "skos:relatedMatch"),
    Incoming("skill", "Alignment Framework", "a column of what it is aligned with"),
    Incoming("skill", "other columns", "columns of the framework's own"),
)
