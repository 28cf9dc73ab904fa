"""The links of pages that are files: the data have names of files, and no header lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import current_app

from competency.exchange import Profile
from competency.formats import Format
from competency.server.links import Download, Link, Links
from competency.server.negotiation import HTML
from competency.server.profiles import OWN, table_of
from competency.server.static_site.app import StaticApp


class StaticLinks(Links):
    """The addresses of a site of files."""

    def page(self, iri: str, **state: Any) -> str:
        """Return the address of the file with the page of something."""
        return self._page(iri, **state)

    def pages(self) -> Callable[[str], str]:
        """Return what gives the addresses of the files of many pages."""
        return self.page

    def data(self, iri: str, syntax: Format, profile: Profile = OWN) -> str:
        """Return the address of the file with the data of something."""
        app = cast(StaticApp, current_app)
        folder = app.layout.folder(app.language) if syntax is HTML else ""
        return app.relative(folder + app.layout.data_stem(iri, profile) + syntax.suffixes[0])

    def downloads(self, iri: str, profile: Profile = OWN) -> list[Download]:
        """Return the files with the data of something in a profile, one for each syntax."""
        return [
            Download(self.data(iri, row, profile), row.title, row.media_type, profile.iri)
            for row in table_of(profile)
        ]

    def of_document(self, iri: str, here: str, profile: Profile | None) -> list[Link]:
        """Return nothing: a file has no headers of ours."""
        return []
