"""The list of CFDocuments: pages, sorting, filters and fields."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.case_api.common import NEW, client_of, documents, framework, links

LIST = f"{NEW}/CFDocuments"
TITLES = (
    "Baking",
    "Ångström optics",
    "welding",
    "Brewing",
    "Carpentry",
    "O'Neill's joinery",
    "Dyeing",
)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    more = (
        '; dcterms:modified "2021-05-01T12:00:00Z"^^xsd:dateTime',
        '; dcterms:modified "2022-05-01T01:00:00+02:00"^^xsd:dateTime ; dcterms:description "Of light"@en',
        '; dcterms:modified "2023-05-01T00:00:00Z"^^xsd:dateTime ; dcterms:description "Of metal"@en',
        "; dcterms:license ex:free",
        '; dcterms:subject "Wood"@en , "Tools"@en',
        "",
        "",
    )
    rows = zip(TITLES, more, strict=True)
    return client_of(
        *(framework(f"f{n}", title, more=said) for n, (title, said) in enumerate(rows)),
        framework("f7", "Boulangerie", language="fr"),
    )


def titles(client: FlaskClient, query: str = "") -> list[str]:
    return [one["title"] for one in documents(client, query)]


def filtered(client: FlaskClient, text: str) -> list[str]:
    return titles(client, f"?filter={quote(text)}")


# ------------------------------------------------------------------ pages


def test_without_parameters_all_come_in_the_order_of_their_iris(client: FlaskClient) -> None:
    response = client.get(LIST)
    assert response.headers["X-Total-Count"] == "8"
    assert titles(client) == [*TITLES, "Boulangerie"]
    assert set(links(response)) == {"first", "last"}


@pytest.mark.parametrize("limit", [1, 3, 4, 8, 9])
def test_following_next_meets_every_document_once(client: FlaskClient, limit: int) -> None:
    found, sizes, url = list[str](), list[int](), f"{LIST}?limit={limit}&sort=title"
    while url:
        response = client.get(url)
        page = response.json["CFDocuments"]  # type: ignore[index]
        found += [one["title"] for one in page]
        sizes.append(len(page))
        assert response.headers["X-Total-Count"] == "8"
        url = links(response).get("next", "")
    assert sorted(found) == sorted([*TITLES, "Boulangerie"])
    assert max(sizes) <= limit
    back = url = links(response)["last"]
    while url:
        back, url = url, links(client.get(url)).get("prev", "")
    assert parse_qs(urlsplit(back).query)["offset"] == ["0"]


def test_links_are_whole_addresses_and_keep_what_was_asked_for(client: FlaskClient) -> None:
    response = client.get(f"{LIST}?limit=2&sort=title&orderBy=desc&fields=title,uri")
    following = urlsplit(links(response)["next"])
    assert (following.scheme, following.netloc, following.path) == ("http", "localhost", LIST)
    expected = {"limit": ["2"], "offset": ["2"], "sort": ["title"], "orderBy": ["desc"],
                "fields": ["title,uri"]}  # fmt: skip
    assert parse_qs(following.query) == expected


def test_behind_the_end_there_is_an_empty_page_with_a_way_back(client: FlaskClient) -> None:
    response = client.get(f"{LIST}?limit=3&offset=50")
    assert response.json == {"CFDocuments": []}
    found = links(response)
    assert "next" not in found
    assert len(client.get(found["prev"]).json["CFDocuments"]) == 3  # type: ignore[index]


def test_a_server_without_frameworks_has_an_empty_list() -> None:
    response = client_of("").get(LIST)
    assert response.json == {"CFDocuments": []}
    assert response.headers["X-Total-Count"] == "0"


# ------------------------------------------------------------------ sorting


def test_sorting_does_not_mind_capital_letters(client: FlaskClient) -> None:
    up = titles(client, "?sort=title")
    assert up[:4] == ["Baking", "Boulangerie", "Brewing", "Carpentry"]
    assert up.index("welding") < up.index("Ångström optics")
    assert titles(client, "?sort=title&orderBy=asc") == up
    assert titles(client, "?sort=title&orderBy=desc") == up[::-1]


def test_moments_are_sorted_as_moments_and_not_as_texts(client: FlaskClient) -> None:
    up = titles(client, "?sort=lastChangeDateTime")
    assert up[-3:] == ["Baking", "Ångström optics", "welding"]


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_what_has_no_value_comes_last_in_both_directions(client: FlaskClient, order: str) -> None:
    found = titles(client, f"?sort=description&orderBy={order}")
    first = ["Ångström optics", "welding"]
    assert found[:2] == (first if order == "asc" else first[::-1])
    assert len(found) == 8


# ------------------------------------------------------------------ filters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title='baking'", ["Baking"]),
        ("title = 'Baking'", ["Baking"]),
        ("title~'ing'", ["Baking", "welding", "Brewing", "Dyeing"]),
        ("title~'ÅNGSTRÖM'", ["Ångström optics"]),
        ("title='O''Neill''s joinery'", ["O'Neill's joinery"]),
        ("language!='en'", ["Boulangerie"]),
        ("title>'D' AND language='en'", ["Ångström optics", "welding", "O'Neill's joinery", "Dyeing"]),
        ("lastChangeDateTime>='2022-04-30T23:00:00Z'", ["Ångström optics", "welding"]),
        ("lastChangeDateTime>'2022-04-30T23:00:00Z'", ["welding"]),
        ("lastChangeDateTime<'2022-01-01' AND lastChangeDateTime>'2000-01-01'", ["Baking"]),
        ("lastChangeDateTime='2022-05-01T01:00:00+02:00'", ["Ångström optics"]),
        ("lastChangeDateTime~'2023'", ["welding"]),
        ("subject='tools'", ["Carpentry"]),
        ("subject!='tools' AND subject~'o'", []),
        ("description~'of' and title<='welding'", ["welding"]),
        ("title='baking' OR title='dyeing' AND language='fr'", ["Baking"]),
        ("licenseURI.uri='https://example.org/free'", ["Brewing"]),
        ("adoptionStatus='Adopted'", []),
    ],
)  # fmt: skip
def test_a_filter_takes_what_is_as_compared(
    client: FlaskClient, text: str, expected: list[str]
) -> None:
    assert filtered(client, text) == expected


def test_the_total_and_the_pages_are_those_of_what_passed_the_filter(client: FlaskClient) -> None:
    response = client.get(LIST, query_string={"limit": 3, "filter": "title~'ing'"})
    assert response.headers["X-Total-Count"] == "4"
    second = client.get(links(response)["next"])
    assert [one["title"] for one in second.json["CFDocuments"]] == ["Dyeing"]  # type: ignore[index]
    assert "next" not in links(second)


def test_the_package_on_this_server_can_be_asked_for(client: FlaskClient) -> None:
    (one,) = documents(client, "?filter=title%3D'Baking'")
    text = f"CFPackageURI.uri='{one['CFPackageURI']['uri']}'"
    assert filtered(client, text) == ["Baking"]


# ------------------------------------------------------------------ fields


@pytest.mark.parametrize("query", ["fields=title,identifier", "fields=identifier&fields=title"])
def test_only_the_fields_that_are_wanted_come(client: FlaskClient, query: str) -> None:
    found = documents(client, f"?{query}")
    assert len(found) == 8
    assert all(set(one) == {"title", "identifier"} for one in found)


def test_a_field_that_a_document_has_not_is_left_out(client: FlaskClient) -> None:
    found = documents(client, "?fields=description")
    assert [*filter(None, found)] == [{"description": "Of light"}, {"description": "Of metal"}]
