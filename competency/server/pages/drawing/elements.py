"""The primitives of a picture: an element, a box, a line of text, a link, the picture itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

SIZE = 13.0  # of ordinary letters, in the units of a picture
LINE = 17.0  # from one line of text to the next
_WIDE_PICTURE = 900  # from this width on, a picture may be shown smaller than it is
# Widths of the letters of a common sans-serif in thousandths of its size; the rest are as wide
# as "n". Fonts differ, so what is measured is a little more than most need.
_NARROW = {
    **dict.fromkeys("ijlI|'.,:;!\u00b7\u2018\u2019", 290),
    **dict.fromkeys("ftr()[]/-\\ ", 350),
    **dict.fromkeys("mwMW@%", 900),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 700),
}
_USUAL, _WIDE = 590, 1000


def element(name: str, *inside: str, **attributes: str | float | None) -> Markup:
    """Return an element of SVG; texts and values are escaped, markup inside is kept.

    An attribute that is None is left out; ``class_`` is ``class``, ``stroke_width`` has a hyphen.

    >>> element("text", "<b>", x=1.0, class_="d-label")
    Markup('<text x="1" class="d-label">&lt;b&gt;</text>')
    """
    pairs = "".join(
        f' {_name(key)}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if not inside:
        return Markup(f"<{name}{pairs}/>")  # noqa: S704 - each value is escaped above
    return Markup(f"<{name}{pairs}>{joined(inside)}</{name}>")  # noqa: S704


def joined(parts: Iterable[str]) -> Markup:
    """Return pieces in a row, each escaped unless it is markup."""
    return Markup("".join(map(escape, parts)))  # noqa: S704 - each piece is escaped


def picture(
    shapes: Iterable[str],
    width: float,
    height: float,
    *,
    title: str,
    description: str,
    name: str,
    links: bool = False,
) -> Markup:
    """Return a whole picture with its title and description, which are read out for it.

    ``name`` is a word that no other picture of the page has. A picture with links in it is a
    group, since what is inside an image cannot be reached (WAI-ARIA 1.2, section 5.2.8).
    """
    ids = f"{name}-title", f"{name}-description"
    return element(
        "svg",
        element("title", title or " ", id=ids[0]),
        element("desc", description or " ", id=ids[1]),
        *shapes,
        class_=f"drawing {name}" + (" d-wide" if width > _WIDE_PICTURE else ""),
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        width=width,
        height=height,
        role="group" if links else "img",
        aria_labelledby=ids[0],
        aria_describedby=ids[1],
    )


def box(x: float, y: float, width: float, height: float, class_: str = "d-box") -> Markup:
    """Return a rectangle with rounded corners."""
    return element("rect", x=x, y=y, width=width, height=height, rx=5, class_=class_)


def lines(
    texts: Sequence[str], x: float, y: float, class_: str = "d-label", step: float = LINE
) -> Markup:
    """Return lines of text, the first with its baseline at ``y``."""
    return joined(
        element("text", text, x=x, y=y + place * step, class_=class_)
        for place, text in enumerate(texts)
        if text
    )


def linked(url: str | None, *inside: str, title: str = "", **attributes: str | None) -> Markup:
    """Return shapes that lead somewhere, with a title that names them in full."""
    named = (element("title", title), *inside) if title else inside
    if url is None:
        return element("g", *named, **attributes)
    return element("a", *named, href=url, **attributes)


def curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return the path of a line that leaves and arrives level."""
    middle = _value((x1 + x2) / 2)
    x1_, y1_, x2_, y2_ = (_value(number) for number in (x1, y1, x2, y2))
    return f"M{x1_} {y1_}C{middle} {y1_} {middle} {y2_} {x2_} {y2_}"


def arrow(x: float, y: float, class_: str = "d-arrow", size: float = 7) -> Markup:
    """Return an arrow head whose point is at a place, coming from the left."""
    points = ((x, y), (x - size, y - size / 2), (x - size, y + size / 2))
    text = " ".join(f"{_value(a)},{_value(b)}" for a, b in points)
    return element("polygon", points=text, class_=class_)


def measure(text: str, size: float = SIZE) -> float:
    """Return about how wide a text is.

    >>> measure("ill") < measure("www") < measure("\u6846\u67b6\u6846\u67b6")
    True
    """
    return sum(_letter(letter) for letter in text) * size / 1000


def wrap(text: str, width: float, most: int, size: float = SIZE) -> list[str]:
    """Return a text in at most ``most`` lines of a width; an ellipsis says that some is missing.

    >>> wrap("Deliver efficient service operations", 150, 2)
    ['Deliver efficient', 'service operations']
    >>> wrap("Deliver efficient service operations", 110, 1)
    ['Deliver \u2026']
    """
    found: list[str] = []
    left = text.split()
    while left and len(found) < most:
        count = _fitting(left, width, size)
        found.append(" ".join(left[:count]) if count else _cut(left[0], width, size))
        left = left[max(count, 1) :]
    if left:
        words = found[-1].removesuffix("\u2026").split()
        while len(words) > 1 and measure(" ".join([*words, "\u2026"]), size) > width:
            words.pop()
        found[-1] = " ".join([*words, "\u2026"])
    return found


def _fitting(words: Sequence[str], width: float, size: float) -> int:
    """Return how many of the words fit into a line."""
    total, count = -_letter(" ") * size / 1000, 0
    for word in words:
        total += measure(" " + word, size)
        if total > width:
            break
        count += 1
    return count


def _cut(word: str, width: float, size: float) -> str:
    """Return as much of one long word as fits, with an ellipsis."""
    kept = word
    while len(kept) > 1 and measure(kept + "\u2026", size) > width:
        kept = kept[:-1]
    return kept + "\u2026" if kept != word else word


def _letter(letter: str) -> int:
    if letter in _NARROW:
        return _NARROW[letter]
    if unicodedata.combining(letter):
        return 0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _USUAL


def _name(key: str) -> str:
    return "viewBox" if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    """Return a value as it is written; numbers have one decimal at most, and none for nothing."""
    return value if isinstance(value, str) else f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
