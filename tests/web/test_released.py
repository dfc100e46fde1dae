"""What a stranger gets of a release, and what nobody gets."""

from __future__ import annotations

import pytest
from django.test import Client

from .conftest import Pages

BASE = "/releases/small/1/"


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_stranger_reads_the_release_without_signing_in(pages: Pages) -> None:
    response = Client().get(BASE)
    assert response.status_code == 200
    assert body(response) == (pages.released / "public" / "index.html").read_bytes()


@pytest.mark.parametrize(
    ("name", "kind", "language"),
    [
        ("index.html", "text/html; charset=utf-8", "zxx"),
        ("statement.kk.html", "text/html; charset=utf-8", "kk"),
        ("figures.csv", "text/csv; charset=utf-8", "zxx"),
    ],
)
def test_a_file_says_what_it_is_and_in_which_language(pages: Pages, name: str, kind: str, language: str) -> None:
    response = Client(headers={"Accept-Language": "ru"}).get(BASE + name)
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Language"] == language
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


def test_a_page_of_a_release_may_style_itself_and_run_nothing(pages: Pages) -> None:
    policy = Client().get(BASE + "statement.kk.html").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "name",
    [
        "../sealed/rows.jsonl",
        "..%2fsealed%2frows.jsonl",
        "%2e%2e/sealed/rows.jsonl",
        "../../beside.txt",
        "/etc/passwd",
        "//etc/passwd",
        "sealed/rows.jsonl",
        "rows.jsonl",
        "..",
        ".",
        "statement.kk.html%00",
        "statement.kk.html/",
        "nothing.html",
    ],
)
def test_nothing_beside_the_public_folder_can_be_had(pages: Pages, name: str) -> None:
    for client in (Client(), pages.clients["head"]):
        response = client.get(BASE + name)
        assert response.status_code == 404, name
        assert b"protected" not in body(response)


def test_a_link_inside_the_folder_that_points_out_of_it_is_not_followed(pages: Pages) -> None:
    (pages.released / "public" / "link.csv").symlink_to(pages.released / "sealed" / "rows.jsonl")
    assert Client().get(BASE + "link.csv").status_code == 404


@pytest.mark.parametrize("address", ["/releases/small/2/", "/releases/nowhere/1/", "/releases/other/1/"])
def test_what_was_never_released_is_not_there(pages: Pages, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_file_that_the_reader_has_is_not_sent_again(pages: Pages) -> None:
    tag = Client().get(BASE).headers["ETag"]
    assert Client(headers={"If-None-Match": tag}).get(BASE).status_code == 304


def test_releases_can_only_be_read(pages: Pages) -> None:
    assert Client().post(BASE).status_code == 405
    assert Client().head(BASE).status_code == 200


def test_the_mission_sees_the_fingerprint_but_not_where_the_server_keeps_the_folder(pages: Pages) -> None:
    text = pages.clients["reader"].get(pages.at("releases/")).content.decode()
    assert "abab abab" in text
    assert "small-v1/public" in text
    assert str(pages.released.parent) not in text
    assert "rows.jsonl" not in text
