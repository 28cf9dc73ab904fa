"""The web server: pages for people, data for programs, and a SPARQL endpoint for both."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.server.app import create_app as create_app
    from competency.server.elsewhere import app_for_endpoint as app_for_endpoint
    from competency.server.errors import STATUS as STATUS
    from competency.server.running import get as get
    from competency.server.running import serve as serve
    from competency.server.settings import Settings as Settings
    from competency.server.starting import app_for_directory as app_for_directory
    from competency.server.starting import app_for_graph as app_for_graph
else:
    __getattr__, __dir__ = lazily(__name__)
