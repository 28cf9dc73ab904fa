"""What a package defines beside its items, as sheets name it: licences, groups of links."""

from __future__ import annotations

from competency.exchange.case.context import Object


class Defined:
    """The definitions of a package by identifier."""

    def __init__(self, package: Object, root: str) -> None:
        """Look at a package; ``root`` is the IRI of the framework."""
        self.root = root
        every = package.get("CFDefinitions") or {}
        self._found: dict[str, Object] = {
            str(one.get("identifier")): one
            for array in every.values() if isinstance(array, list)
            for one in array if isinstance(one, dict)
        }  # fmt: skip

    def name(self, found: Object) -> str:
        """Return the title of the licence of an object, else its address."""
        title, _, uri = self.licence(found)
        return title or uri

    def licence(self, found: Object) -> tuple[str, str, str]:
        """Return title, text and address of a licence; the address only where it is its own."""
        link = found.get("licenseURI")
        if not isinstance(link, dict):
            return "", "", ""
        made = self._found.get(str(link.get("identifier")), {})
        uri = str(link.get("uri") or "")
        title = str(made.get("title") or link.get("title") or "")
        text = str(made.get("licenseText") or "")
        if "extensions" in made and title == text:
            text = ""  # CASE wants one, and there is none
        inside = uri.startswith(f"{self.root}/")
        return "" if title == uri else title, text, "" if inside else uri

    def group(self, found: Object) -> tuple[str, str]:
        """Return identifier and name of the group that an association is in."""
        link = found.get("CFAssociationGroupingURI")
        if not isinstance(link, dict):
            return "", ""
        identifier = str(link.get("identifier") or "")
        title = self._found.get(identifier, link).get("title")
        return identifier, str(title or "")
