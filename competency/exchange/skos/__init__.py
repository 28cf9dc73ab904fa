"""SKOS: a framework as a concept scheme, and concept schemes as frameworks."""

from competency.exchange.skos.exchanging import EXCHANGES as EXCHANGES
from competency.exchange.skos.reading import read as read
from competency.exchange.skos.table import TABLE as TABLE
from competency.exchange.skos.view import make as make
