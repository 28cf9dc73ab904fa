"""Competency frameworks as a knowledge graph: query, publish and validate them.

>>> import competency
>>> graph = competency.KnowledgeGraph.shipped()
>>> unit = graph.framework("nos-pss-spo109").parts[0]
>>> unit.codes
[('H7A3 04', 'SQA'), ('PSS SPO109.1', 'PSS')]
>>> rows = competency.query(graph, "SELECT (COUNT(*) AS ?n) { ?s a comp:NegativeIndicator }")
>>> rows.to_dicts()
[{'n': 37}]
"""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.documents import import_document as import_document
    from competency.errors import Busy as Busy
    from competency.errors import CompetencyError as CompetencyError
    from competency.errors import ConversionError as ConversionError
    from competency.errors import DependencyMissing as DependencyMissing
    from competency.errors import EditionError as EditionError
    from competency.errors import EndpointError as EndpointError
    from competency.errors import FormatError as FormatError
    from competency.errors import Gone as Gone
    from competency.errors import GraphRefused as GraphRefused
    from competency.errors import LimitReached as LimitReached
    from competency.errors import NotFound as NotFound
    from competency.errors import ParameterError as ParameterError
    from competency.errors import ParseError as ParseError
    from competency.errors import PreconditionFailed as PreconditionFailed
    from competency.errors import QueryError as QueryError
    from competency.errors import QueryRefused as QueryRefused
    from competency.errors import SearchUnavailable as SearchUnavailable
    from competency.errors import ShapesError as ShapesError
    from competency.errors import SourceError as SourceError
    from competency.errors import StorageError as StorageError
    from competency.errors import TimeReached as TimeReached
    from competency.graph import DataDirectory as DataDirectory
    from competency.graph import Framework as Framework
    from competency.graph import KnowledgeGraph as KnowledgeGraph
    from competency.graph import Part as Part
    from competency.graph import Publication as Publication
    from competency.graph import Resource as Resource
    from competency.sparql import run_query as query
    from competency.sparql import run_question as run
    from competency.sparql.questions import questions as questions
else:
    __getattr__, __dir__ = lazily(__name__)

__version__ = "0.1.0"
__all__ = [
    "Busy", "CompetencyError", "ConversionError", "DataDirectory", "DependencyMissing",
    "EditionError", "EndpointError", "FormatError", "Framework", "Gone", "GraphRefused",
    "KnowledgeGraph", "LimitReached",
    "NotFound", "ParameterError", "ParseError", "Part", "PreconditionFailed", "Publication",
    "QueryError", "QueryRefused", "Resource", "SearchUnavailable", "ShapesError", "SourceError",
    "StorageError", "TimeReached",
    "import_document", "query", "questions", "run",
]  # fmt: skip
