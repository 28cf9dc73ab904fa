"""SKOS: a framework as a concept scheme."""

from competency.exchange.skos.table import TABLE as TABLE
from competency.exchange.skos.view import make as make
