"""IEEE SCD (1484.20.3, Sharable Competency Definitions): frameworks out."""

from competency.exchange.scd.exchanging import EXCHANGES as EXCHANGES
from competency.exchange.scd.exchanging import write as write
from competency.exchange.scd.table import TABLE as TABLE
