"""CASE of 1EdTech: packages of competency frameworks in JSON, versions 1.0 and 1.1."""

from competency.exchange.case.exchanging import EXCHANGES as EXCHANGES
from competency.exchange.case.exchanging import VERSIONS as VERSIONS
from competency.exchange.case.exchanging import document as document
from competency.exchange.case.exchanging import encoded as encoded
from competency.exchange.case.exchanging import losses as losses
from competency.exchange.case.exchanging import package as package
from competency.exchange.case.exchanging import write as write
from competency.exchange.case.exchanging import write_older as write_older
from competency.exchange.case.fields import FIELD_NAMES as FIELD_NAMES
from competency.exchange.case.identifiers import is_uuid as is_uuid
from competency.exchange.case.locating import Locator as Locator
from competency.exchange.case.older import older as older
from competency.exchange.case.parsing import recognise as recognise
from competency.exchange.case.reader import read as read
from competency.exchange.case.resources import Resources as Resources
from competency.exchange.case.resources import served as served
from competency.exchange.case.table import TABLE as TABLE
