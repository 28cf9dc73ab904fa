"""SSSOM: alignments in and out, as the table that people edit."""

from competency.exchange.alignment_table.exchanging import EXCHANGES as EXCHANGES
from competency.exchange.alignment_table.exchanging import is_mapping_set as is_mapping_set
from competency.exchange.alignment_table.exchanging import read as read
from competency.exchange.alignment_table.exchanging import recognise as recognise
from competency.exchange.alignment_table.exchanging import write as write
from competency.exchange.alignment_table.table import TABLE as TABLE
