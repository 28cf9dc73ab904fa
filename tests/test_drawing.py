"""Pictures: well-formed, escaped, without style attributes, the same each time, nothing left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from competency.server.pages.drawing import (
    Circled,
    Compartment,
    End,
    Node,
    Ribbon,
    Row,
    Tie,
    circle,
    compartments,
    element,
    layers,
    ribbons,
)
from competency.server.pages.drawing.elements import linked, measure, picture, wrap

EVIL = "<img src=x onerror=alert(1)>\"'&"
Make = Callable[[str], Markup]
TITLES: dict[str, Any] = {"title": EVIL, "description": EVIL}


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - our own text


def ribbons_of(title: str) -> Markup:
    ends = [End(title, title, 0.5, "#a"), End("Other", "0 of 2", 0.0)]
    bands = [Ribbon(0, 0, 3, "close", title, "#b"), Ribbon(1, 0, 1, "related", "one")]
    return ribbons((title, "Right"), (ends, ends[:1]), bands, **TITLES)


def layers_of(title: str) -> Markup:
    tree = Node("a", title, title, "/a", below=(Node("b", "B", more=12), Node("c", "C")))
    far = [Node("f", "F", below=(Node("g", title),))]
    return layers([tree], far, [Tie("b", "g", "close", title, 40)], name="tree", **TITLES)


def circle_of(title: str) -> Markup:
    things = [Circled("a", title, title, "/a"), Circled("b", "B", "")]
    return circle(things, [(Tie("a", "b", "", title, 3), "/ab")], **TITLES)


def boxes_of(title: str) -> Markup:
    left = Compartment("a", title, (Row(title, title, "b", "#x"), Row("back", "", "a")), "#a")
    return compartments([[left], [Compartment("b", "B")]], name="boxes", **TITLES)


PICTURES = [ribbons_of, layers_of, circle_of, boxes_of]
SIZED = (".//{*}rect", ".//{*}text", ".//{*}line")


@pytest.mark.parametrize("make", PICTURES)
def test_a_picture_is_well_formed_and_has_a_title_and_a_description(make: Make) -> None:
    root = parsed(make(EVIL))
    assert root.tag == "svg" and root.get("role") in ("img", "group")
    ids = {item.get("id"): item.text for item in root if item.get("id")}
    assert ids[root.get("aria-labelledby")] == EVIL == ids[root.get("aria-describedby")]
    width, height = (float(number) for number in root.get("viewBox", "").split()[2:])
    assert width > 0 and height > 0 and root.get("width") == f"{width:g}"


@pytest.mark.parametrize("make", PICTURES)
def test_hostile_titles_are_text_and_nothing_has_a_style(make: Make) -> None:
    drawn = make(EVIL)
    assert "<img" not in drawn and "&lt;img" in drawn
    for item in parsed(drawn).iter():
        assert item.tag in {
            "svg", "title", "desc", "g", "a", "rect", "text", "path", "line", "polygon",
        }  # fmt: skip
        assert not [name for name in item.attrib if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("make", PICTURES)
def test_the_same_things_make_the_same_picture(make: Make) -> None:
    assert make("Title") == make("Title")


@pytest.mark.parametrize("make", PICTURES)
@pytest.mark.parametrize(
    "title", ["", "x" * 400, "a " * 300, "\u6846\u67b6" * 60, "\u062c\u0648\u062f\u0629", "\n\t"]
)
def test_everything_stays_inside_whatever_the_titles_are(make: Make, title: str) -> None:
    root = parsed(make(title))
    width, height = (float(number) for number in root.get("viewBox", "").split()[2:])
    for path in SIZED:
        for item in root.iterfind(path):
            across = float(item.get("x") or item.get("x1") or 0) + float(item.get("width") or 0)
            down = float(item.get("y") or item.get("y1") or 0) + float(item.get("height") or 0)
            assert -0.1 <= across <= width + 0.1 and -0.1 <= down <= height + 0.1, item.attrib


@pytest.mark.parametrize("make", [lambda: circle([], [], **TITLES), lambda: layers(
    [], name="none", **TITLES), lambda: compartments([], name="none", **TITLES), lambda: ribbons(
    ("", ""), ([], []), [], **TITLES)])  # fmt: skip
def test_nothing_at_all_can_be_drawn(make: Callable[[], Markup]) -> None:
    assert parsed(make()).tag == "svg"


def test_boxes_of_a_tree_do_not_overlap() -> None:
    deep = Node("r", "Root", below=tuple(
        Node(f"c{n}", "Child " * n, below=tuple(Node(f"c{n}{k}", "Leaf") for k in range(n)))
        for n in range(6)
    ))  # fmt: skip
    root = parsed(layers([deep], name="t", **TITLES))
    boxes = [
        tuple(float(item.get(name, 0)) for name in ("x", "y", "width", "height"))
        for item in root.iterfind(".//{*}rect")
    ]
    assert len(boxes) == 1 + 6 + 15
    for place, (x, y, width, height) in enumerate(boxes):
        for x2, y2, width2, height2 in boxes[place + 1 :]:
            apart = x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y
            assert apart


def test_the_thickness_of_a_ribbon_follows_its_count() -> None:
    drawn = ribbons_of("Title")
    assert ">3</text>" in drawn and ">1</text>" in drawn
    assert drawn.index('href="#b"') > 0 and 'class="d-ribbon related"' in drawn


def test_an_arrow_leads_only_to_a_box_further_right() -> None:
    assert boxes_of("A").count("d-arrow") == 1


def test_an_element_keeps_markup_and_escapes_all_else() -> None:
    inside = element("text", "a < b")
    assert element("g", inside, class_="x") == '<g class="x"><text>a &lt; b</text></g>'
    assert element("rect", x=1.04, y=-0.0, rx=None) == '<rect x="1" y="0"/>'
    assert 'title="&#34;&gt;"' in element("g", title='">')


def test_what_leads_nowhere_is_no_link() -> None:
    assert linked(None, "x").startswith("<g") and linked("/x", "x").startswith('<a href="/x"')


def test_a_picture_with_links_is_a_group_since_images_hide_what_is_inside() -> None:
    one, other = (
        picture([], 1, 1, title="", description="", name="p", links=links)
        for links in (True, False)
    )
    assert 'role="group"' in one and 'role="img"' in other


def test_lines_hold_words_whole_and_cut_what_does_not_fit() -> None:
    assert wrap("", 100, 2) == []
    assert wrap("one two three", 1000, 1) == ["one two three"]
    assert wrap("one two three four five six", 60, 2)[-1].endswith("…")
    (word,) = wrap("Donaudampfschifffahrtsgesellschaft", 80, 1)
    assert word.endswith("…") and measure(word) <= 80
    assert len(wrap("a b c d e f g h", 14, 3)) == 3
