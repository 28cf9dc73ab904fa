"""schema.org: a framework as a DefinedTermSet, as triples and as the JSON-LD of a page."""

from competency.exchange.schema_org.embedding import embedded as embedded
from competency.exchange.schema_org.exchanging import EXCHANGES as EXCHANGES
from competency.exchange.schema_org.table import TABLE as TABLE
from competency.exchange.schema_org.view import make as make
