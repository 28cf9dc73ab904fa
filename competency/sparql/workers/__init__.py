"""Workers: killable processes that answer queries, read documents and write for the server."""

from competency.sparql.workers.pool import Pool as Pool
from competency.sparql.workers.pool import Source as Source
from competency.sparql.workers.pooled import Pooled as Pooled
from competency.sparql.workers.processes import Root as Root
from competency.sparql.workers.publisher import Publisher as Publisher
