"""CTDL-ASN: a framework as the Credential Registry holds it, in and out, as triples and JSON."""

from competency.exchange.ctdl_asn.document import document as document
from competency.exchange.ctdl_asn.exchanging import EXCHANGES as EXCHANGES
from competency.exchange.ctdl_asn.reader import read as read
from competency.exchange.ctdl_asn.reader import recognise as recognise
from competency.exchange.ctdl_asn.table import TABLE as TABLE
from competency.exchange.ctdl_asn.view import make as make
from competency.exchange.ctdl_asn.writer import write as write
