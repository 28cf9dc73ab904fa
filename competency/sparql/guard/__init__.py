"""A look at a text of SPARQL before any engine sees it: what it is, and what we refuse.

Engines crash on deep nesting, plan for minutes and follow SERVICE to wherever a stranger points.
The guard reads tokens and evaluates nothing. What the engine gets is ``text`` of what is prepared
here: it is spelled so that the engine can read it in one way only, the way the guard has read it.
"""

from competency.sparql.guard.lexis import FORMS as FORMS
from competency.sparql.guard.lexis import UPDATES as UPDATES
from competency.sparql.guard.query import MAX_LENGTH as MAX_LENGTH
from competency.sparql.guard.query import Prepared as Prepared
from competency.sparql.guard.query import prepare as prepare
from competency.sparql.guard.query import rewrite_services as rewrite_services
from competency.sparql.guard.tokens import place as place
from competency.sparql.guard.tokens import tokens as tokens
from competency.sparql.guard.tokens import undeclared_prefix as undeclared_prefix
from competency.sparql.guard.update import MAX_UPDATE_LENGTH as MAX_UPDATE_LENGTH
from competency.sparql.guard.update import PreparedUpdate as PreparedUpdate
from competency.sparql.guard.update import prepare_update as prepare_update
from competency.sparql.guard.walking import MAX_DEPTH as MAX_DEPTH
