"""Reading a file that somebody sends to be imported: a form, or the file itself as the body.

Nothing of it is kept after the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from flask import request
from werkzeug.exceptions import BadRequest

from competency.server.bodies import sent
from competency.server.checking import Text
from competency.server.submission import PASTED, field, is_form, kept_text, normal, tidy

MAX_UPLOAD = 20_000_000  # bytes of a request; larger files are for the command line
_FORMAT, _LAYOUT, _TO, _WHICH = "from", "layout", "to", "iri"
_SEVERAL = "send one file at a time; for a folder there is the command: competency import FOLDER/"
_NOTHING = "there is no document: choose a file or paste its text"


@dataclass(frozen=True)
class Upload:
    """A file with how it is to be read, and what it is to become.

    ``to`` is the format that is wanted of it, None where it is to be shown; ``which`` the IRI of
    the framework that is wanted, where the file may hold several. ``losses`` is whether only that
    is asked which ``to`` cannot carry.
    """

    document: Text
    media_type: str = ""
    layout: str | None = None
    to: str | None = None
    which: str | None = None
    losses: bool = False

    @property
    def unnamed(self) -> bool:
        """Say whether the file came without a name of its own."""
        return PurePath(self.document.name).stem == PASTED

    @property
    def text(self) -> str | None:
        """Return the file as the form can hold it, or None where it is too long or no text."""
        return kept_text(self.document.data)


def read_upload() -> Upload:
    """Read the request; BadRequest says what to send instead, 413 what is too large."""
    name, data = _from_form() if is_form() else _from_body()
    return Upload(
        document=Text(name, data, field(_FORMAT)),
        media_type="" if is_form() else request.mimetype.lower(),
        layout=field(_LAYOUT),
        to=field(_TO),
        which=field(_WHICH),
        losses=field("losses") is not None,
    )


def _from_form() -> tuple[str, bytes]:
    """Return the file that was chosen, else the text that was pasted."""
    if len(request.files.getlist("file")) > 1:
        raise BadRequest(_SEVERAL)
    file = request.files.get("file")
    if file is not None and file.filename:
        return tidy(file.filename) or PASTED, file.read()
    text = request.form.get("text", "")
    if not text.strip():
        raise BadRequest(_NOTHING)
    return tidy(field("name") or "") or PASTED, normal(text).encode()


def _from_body() -> tuple[str, bytes]:
    data = sent(MAX_UPLOAD)
    if not data.strip():
        raise BadRequest(_NOTHING)
    return tidy(request.args.get("name", "")) or "document", data
