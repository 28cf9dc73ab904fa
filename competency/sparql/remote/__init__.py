"""Another SPARQL 1.1 engine in the place of our own: it holds the data, we serve them."""

from competency.sparql.remote.client import Client as Client
from competency.sparql.remote.client import authorization as authorization
from competency.sparql.remote.engine import DefaultGraph as DefaultGraph
from competency.sparql.remote.engine import Remote as Remote
from competency.sparql.remote.engine import Turns as Turns
from competency.sparql.remote.holding import RemoteGraphs as RemoteGraphs
from competency.sparql.remote.holding import RemoteIndex as RemoteIndex
from competency.sparql.remote.publishing import RemotePublisher as RemotePublisher
from competency.sparql.remote.publishing import publish_remote as publish_remote
from competency.sparql.remote.reading import Questions as Questions
