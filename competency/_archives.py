"""What is raised where a zip file is damaged: one table for all who read workbooks and documents.

    try:
        with ZipFile(BytesIO(data)) as archive:
            text = archive.read(archive.namelist()[0])
    except DAMAGES as error:
        raise ParseError(name, f"a damaged workbook ({error})") from None

Who reads a part by its name adds KeyError, which says that there is no such part.
"""

from __future__ import annotations

from zipfile import BadZipFile
from zlib import error as ZlibError

try:
    from lzma import LZMAError
except ImportError:  # such a Python does not unpack it either
    LZMAError = BadZipFile  # type: ignore[misc, assignment]

DAMAGES = (
    BadZipFile,
    ZlibError,
    LZMAError,
    EOFError,
    OSError,  # also of bzip2, and of a place before the beginning
    RuntimeError,  # a password; as NotImplementedError also what nobody packs with
    ValueError,
)
