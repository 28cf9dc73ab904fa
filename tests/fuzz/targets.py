"""All targets."""

from tests.fuzz import (
    documents,
    graphs,
    guard,
    importers,
    keeping,
    negotiation,
    requests,
    uploads,
    workbooks,
)
from tests.fuzz.target import Target

TARGETS: tuple[Target, ...] = (
    *guard.TARGETS,
    *negotiation.TARGETS,
    *requests.TARGETS,
    *importers.TARGETS,
    *documents.TARGETS,
    *workbooks.TARGETS,
    *keeping.TARGETS,
    *uploads.TARGETS,
    *graphs.TARGETS,
)
