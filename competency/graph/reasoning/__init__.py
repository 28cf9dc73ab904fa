"""What follows from what is stated: rules in ``sparql/rules/*.rq``, run on one graph at a time."""

from competency.graph.reasoning.directly import following as following
from competency.graph.reasoning.inferring import Inferred as Inferred
from competency.graph.reasoning.inferring import infer as infer
from competency.graph.reasoning.naming import inferred_name as inferred_name
from competency.graph.reasoning.naming import refuse_inferred as refuse_inferred
from competency.graph.reasoning.naming import refuse_names as refuse_names
from competency.graph.reasoning.naming import stated_name as stated_name
from competency.graph.reasoning.rules import Rule as Rule
from competency.graph.reasoning.rules import rules as rules
from competency.graph.reasoning.rules import rules_digest as rules_digest
