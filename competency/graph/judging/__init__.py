"""Judging graphs by the shapes, shard by shard.

A shard is a framework, or another named graph, with what lies around it as far as the shapes can
read it (``cutting``). How far that is follows from the shapes themselves (``reading``,
``queries``, ``walks``), so that it holds for anybody's shapes; a shape that may look anywhere is
run over all data at once. The union of the reports on all shards is the report on the whole.

What was judged before is not judged again (``caching``), and where there is much to do several
processes do it (``processes``). When some graphs change, the others that can tell are judged as
well (``dependents``).
"""

from competency.graph.judging.caching import FOLDER as FOLDER
from competency.graph.judging.caching import Cache as Cache
from competency.graph.judging.judging import Judge as Judge
from competency.graph.judging.judging import Progress as Progress
from competency.graph.judging.judging import judge_all as judge_all
from competency.graph.judging.rules import Rules as Rules
from competency.graph.judging.rules import own_rules as own_rules
from competency.graph.judging.rules import rules_of as rules_of
