"""A site as static files: the same pages and data, which any web host can serve."""

from competency.server.static_site.building import SiteOptions as SiteOptions
from competency.server.static_site.building import write_site as write_site
from competency.server.static_site.folder import Tally as Tally
