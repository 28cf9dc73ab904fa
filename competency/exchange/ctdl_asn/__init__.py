"""CTDL-ASN: a framework as the Credential Registry holds it, as triples and as its JSON."""

from competency.exchange.ctdl_asn.document import document as document
from competency.exchange.ctdl_asn.table import TABLE as TABLE
from competency.exchange.ctdl_asn.view import make as make
