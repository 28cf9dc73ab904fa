"""Reading what somebody sends to be checked: a form, or the document itself as the body.

Nothing of it is kept after the answer. What the page needs to show the form again, filled in as it
was, is in the submission as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from competency._files import folder
from competency.checking.profiles import profile_named
from competency.errors import FormatError
from competency.formats import RDF_SYNTAXES, by_media_type
from competency.server.bodies import sent
from competency.server.checking import Text

MAX_SENT = 6_000_000  # bytes of a request; larger documents are for the command line
KEPT = 120_000  # characters of a text that the page shows again, to be mended and sent once more
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
# What a media type says of a document, as the suffix that its name would have.
_SUFFIXES = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
}
_ANY = ("", "application/octet-stream", "text/plain")  # a name says more than these
TAKEN = (*(kind for row in RDF_SYNTAXES for kind in row.media_types), *_SUFFIXES)
_SYNTAXES = tuple(row.name for row in RDF_SYNTAXES)
PASTED = "pasted"  # the name of a text that came without one
WORDS = "words"  # what the form calls a document that is no RDF
_LONGEST_NAME = 120
_EXAMPLES = {"turtle": "example-bakery.ttl", "words": "example-bakery.txt"}


@dataclass(frozen=True)
class Submission:
    """A document with how it is to be checked, and the texts that the form holds.

    ``attached`` is whether the report is to be saved as a file.
    """

    document: Text
    shapes: tuple[Text, ...] = ()
    profile: str | None = None
    without: tuple[str, ...] = ()
    attached: bool = False

    @property
    def unnamed(self) -> bool:
        """Say whether the document came without a name of its own."""
        return PurePath(self.document.name).stem == PASTED

    @property
    def text(self) -> str | None:
        """Return the document as the form can hold it, or None where it is too long or no text."""
        return kept_text(self.document.data)

    @property
    def rules(self) -> str | None:
        """Return the shapes of one's own as the form can hold them."""
        return kept_text(b"\n".join(text.data for text in self.shapes)) if self.shapes else None


def is_form() -> bool:
    """Say whether the request is a form, which has fields of its own."""
    return request.mimetype in FORMS


def field(name: str) -> str | None:
    """Return a parameter of the address, or a field of the form, or None where it is empty."""
    found = request.args.get(name) or (request.form.get(name) if is_form() else None)
    return found.strip() or None if found else None


def submission() -> Submission:
    """Read the request; BadRequest and UnsupportedMediaType say what to send instead.

    413 past MAX_SENT bytes.
    """
    return Submission(
        document=_from_form() if is_form() else _from_body(),
        shapes=tuple(_shapes()),
        profile=_profile(),
        without=_names("without"),
        attached=is_form() and bool(request.form.get("download")),
    )


def _from_form() -> Text:
    """Return the file that was chosen, else the text that was pasted, else an example."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return Text(tidy(file.filename), file.read())
    if name := _EXAMPLES.get(request.form.get("example", "")):
        return Text(name, (folder("server") / "static" / name).read_bytes())
    text = request.form.get("text", "")
    if not text.strip():
        raise BadRequest(_NOTHING)
    name, syntax = tidy(field("name") or ""), field("syntax")
    if syntax not in (None, WORDS, *_SYNTAXES):
        raise BadRequest(f"no syntax {syntax}; there are {', '.join(_SYNTAXES)} and {WORDS}")
    if syntax == WORDS:
        name, syntax = str(PurePath(name or PASTED).with_suffix(".txt")), None
    return Text(name or PASTED, normal(text).encode(), syntax)


_NOTHING = (
    "there is no document: choose a file, paste a text, or send the document as the body, "
    "with its media type as Content-Type, such as text/turtle"
)


def _from_body() -> Text:
    """Return the body as it is; its media type says what it is, or its name does."""
    kind, name = request.mimetype.lower(), tidy(request.args.get("name", ""))
    syntax = by_media_type(kind) if kind else None
    if syntax is None and kind not in (*_SUFFIXES, *_ANY):
        raise UnsupportedMediaType(f"{kind} is not taken; there are {', '.join(TAKEN)}")
    data = sent(MAX_SENT)
    if not data.strip():
        raise BadRequest(_NOTHING)
    if syntax is None and not (kind in _ANY and PurePath(name).suffix):
        name = (PurePath(name).stem if name else "document") + _SUFFIXES.get(kind, "")
    return Text(name or "document", data, syntax.name if syntax else None)


def _profile() -> str | None:
    name = field("profile")
    try:
        return profile_named(name).name if name else None
    except FormatError as error:
        raise BadRequest(f"no profile {name}; there are {', '.join(error.known)}") from error


def _shapes() -> Iterator[Text]:
    """Yield the shapes that came along: files, and a text."""
    if not is_form():
        return
    for file in request.files.getlist("shapes"):
        if isinstance(file, FileStorage) and file.filename:
            yield Text(tidy(file.filename), file.read())
    if (text := request.form.get("rules", "")).strip():
        yield Text("rules.ttl", normal(text).encode())


def _names(field_name: str) -> tuple[str, ...]:
    """Return the names of a field that may be repeated, or hold several; each once, in order."""
    said = request.args.getlist(field_name)
    said += request.form.getlist(field_name) if is_form() else []
    names = (name for text in said for name in re.split(r"[\s,;]+", text))
    return tuple(dict.fromkeys(name for name in names if name))


def tidy(name: str) -> str:
    r"""Return the name of a file without its folders, not too long, or an empty text.

    >>> tidy("C:\\mine\\welding.ttl"), tidy("a/../.."), tidy(" ")
    ('welding.ttl', '', '')
    """
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    return "" if last.strip(".") == "" else last[-_LONGEST_NAME:]


def normal(text: str) -> str:
    """Return a text with the ends of lines that it had before a browser sent it."""
    return text.replace("\r\n", "\n")


def kept_text(data: bytes) -> str | None:
    """Return a text as a form can hold it, or None where it is too long or no text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text if len(text) <= KEPT and "\0" not in text else None
