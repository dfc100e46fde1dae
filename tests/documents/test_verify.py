"""What a stranger finds out with `p8 verify`, and what a forger cannot hide."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from documents.forging import change_json, copy, flip, relist, resign, rewrite
from documents.sample import KEY, OTHER_KEY
from documents.texts import COUNT, SHOWN, VOTING
from paragraph8.documents.manifest import fingerprint, grouped, sign
from paragraph8.documents.verdict import State, Verdict
from paragraph8.documents.verify import verify
from paragraph8.domain.figures import Key

SIGNER = fingerprint(KEY.public_key())


def failures(verdict: Verdict) -> str:
    assert not verdict.ok
    return "\n".join(str(line) for line in verdict.failed())


def find(figures: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(figure for figure in figures if figure["key"] == key)


# An honest release.


@pytest.mark.parametrize("kind", ["public", "sealed"])
def test_an_honest_release_verifies(release_folder: Path, kind: str) -> None:
    verdict = verify(release_folder / kind, signer=grouped(SIGNER).upper())
    assert verdict.ok, failures(verdict)
    assert "signed by the key that you named" in "\n".join(map(str, verdict.lines))


def test_the_sealed_folder_recomputes_every_figure_from_its_rows(release_folder: Path, mission: Any) -> None:
    lines = {line.subject: line for line in verify(release_folder / "sealed").lines}
    for figure in mission.figures:
        assert lines[f"figure {figure.key}"].state is State.RECOMPUTED
    assert lines[f"figure {COUNT}"].reason == "69 of 121 from 126 rows"


def test_the_public_folder_says_of_each_figure_why_it_is_not_recomputed(release_folder: Path) -> None:
    lines = {line.subject: line for line in verify(release_folder / "public").lines}
    assert lines[f"figure {COUNT}"].state is State.ARITHMETIC
    assert "not publicly recomputable: its rows are withheld, because" in lines[f"figure {COUNT}"].reason
    withheld = lines["figure eday.answer[answer=no,area=zhambyl,form=counting,question=shown]"]
    assert withheld.state is State.NOTE
    assert "fewer than five polling stations" in withheld.reason


def test_without_a_fingerprint_to_compare_the_verdict_names_the_key(release_folder: Path) -> None:
    (line,) = [line for line in verify(release_folder / "public").lines if line.subject == "manifest.sig"]
    assert line.state is State.NOTE
    assert grouped(SIGNER) in line.reason


def test_the_folder_above_both_is_verified_as_one(release_folder: Path) -> None:
    verdict = verify(release_folder, signer=SIGNER)
    assert verdict.ok
    assert verdict.lines[-1].subject == "public and sealed"
    assert {line.subject.partition("/")[0] for line in verdict.lines[:-1]} == {"public", "sealed"}


def test_two_folders_of_different_freezes_are_not_one_release(release_folder: Path, tmp_path: Path) -> None:
    both = copy(release_folder, tmp_path / "both")
    flip(both / "public" / "statement.kk.pdf")
    assert "public and sealed: differ in statement.kk.pdf" in failures(verify(both))


def test_an_empty_folder_is_no_release(tmp_path: Path) -> None:
    assert "manifest.json: is missing" in failures(verify(tmp_path))
    assert "is no folder" in failures(verify(tmp_path / "nowhere"))


# One byte.


@pytest.mark.parametrize(
    "name",
    [
        "statement.en.html",
        "statement.en.pdf",
        "press-release.en.docx",
        "index.html",
        "NOTICE.txt",
        "edition.json",
        "figures.json",
        "figures.csv",
        "withheld.json",
        "commitments.json",
        "manifest.json",
        "manifest.sig",
        "signer.pem",
    ],
)
def test_one_byte_of_any_public_file_is_noticed_and_named(public: Path, name: str) -> None:
    flip(public / name)
    assert name in failures(verify(public))


@pytest.mark.parametrize(
    "name", ["figures-sealed.json", "openings.json", "rows/counting.jsonl", "rows/observers.jsonl"]
)
def test_one_byte_of_any_sealed_file_is_noticed_and_named(sealed: Path, name: str) -> None:
    flip(sealed / name)
    assert name in failures(verify(sealed))


def test_no_damage_makes_verification_stumble(public: Path, sealed: Path) -> None:
    chance = random.Random(8)  # noqa: S311 - dust, not secrets
    for folder in (public, sealed):
        data = [
            path for path in sorted(folder.rglob("*")) if path.suffix in (".json", ".jsonl", ".csv", ".pem", ".sig")
        ]
        for path in data:
            content = path.read_bytes()
            path.write_bytes(bytes(chance.randrange(256) if chance.random() < 0.02 else byte for byte in content))
        assert not verify(folder).ok


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"null", b"[" * 100_000, b'{"a":1.5}', b"\xff\xfe", b'[{"key":"\\ud800"}]']
)
@pytest.mark.parametrize(
    "name", ["edition.json", "figures-sealed.json", "openings.json", "withheld.json", "manifest.json"]
)
def test_a_file_of_another_shape_is_named(sealed: Path, name: str, content: bytes) -> None:
    (sealed / name).write_bytes(content)
    assert name in failures(verify(sealed))


def test_a_missing_and_an_added_file_are_named(public: Path) -> None:
    (public / "statement.en.pdf").unlink()
    (public / "statement.en.exe").write_bytes(b"MZ")
    (public / "elsewhere").symlink_to("/etc/hostname")
    told = failures(verify(public))
    assert "statement.en.pdf: is missing" in told
    assert "statement.en.exe: is not a file of the release" in told
    assert "elsewhere: is a link" in told


def test_a_file_taken_out_together_with_its_line_is_missed(public: Path) -> None:
    (public / "statement.en.pdf").unlink()
    resign(public, KEY)
    assert "statement.en.pdf: belongs to the release" in failures(verify(public))


def test_a_release_without_its_texts_does_not_verify(public: Path) -> None:
    (public / "edition.json").unlink()
    (public / "statement.en.html").unlink()
    change_json(public / "manifest.json", lambda manifest: [manifest["files"].pop("edition.json")])
    (public / "manifest.sig").write_bytes(sign((public / "manifest.json").read_bytes(), KEY))
    assert "edition.json: without its texts no document can be checked" in failures(verify(public))


@pytest.mark.parametrize(
    ("kind", "told"),
    [("public", "must not be in a public folder"), ("sealed", "openings.json: belongs to the release")],
)
def test_a_folder_that_says_it_is_the_other_kind_fails(public: Path, sealed: Path, kind: str, told: str) -> None:
    folder = sealed if kind == "public" else public
    change_json(folder / "manifest.json", lambda manifest: manifest.update(kind=kind))
    (folder / "manifest.sig").write_bytes(sign((folder / "manifest.json").read_bytes(), KEY))
    assert told in failures(verify(folder))


# A careful forger, without the key.


def test_a_row_altered_with_its_manifest_line_names_figures_and_sentences(sealed: Path) -> None:
    path = sealed / "rows" / "counting.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if '"overall":"very-bad"' in line)
    lines[at] = lines[at].replace('"overall":"very-bad"', '"overall":"very-good"')
    path.write_text("".join(lines))
    relist(sealed)
    told = failures(verify(sealed))
    assert f"figure {COUNT}: numerator: rows give 68, the figure says 69; quoted by sentence st-002 (statement)" in told
    assert "rows/counting.jsonl: these are not the rows the figures were computed from" in told
    assert f"commitment {COUNT}: rows and opening give another commitment" in told
    assert "manifest.sig" in told


def test_a_row_altered_without_a_change_of_any_tally_is_noticed(sealed: Path) -> None:
    rewrite(sealed / "rows" / "observers.jsonl", '"row":"office"', '"row":"offica"')
    resign(sealed, KEY)
    told = failures(verify(sealed))
    assert "rows/observers.jsonl: these are not the rows the figures were computed from" in told
    assert "quoted by sentence pr-001 (press-release)" in told


def test_a_tally_altered_with_its_manifest_line_names_the_sentence_in_every_language(trilingual: Path) -> None:
    change_json(trilingual / "figures.json", lambda figures: find(figures, VOTING).update(numerator=181))
    relist(trilingual)
    told = failures(verify(trilingual))
    assert "manifest.sig" in told
    for language, found in (("en", "“(180”"), ("kk", "“180-інде)”"), ("ru", "“180”")):
        assert f"sentence st-001 (statement, {language}): edition and figures say otherwise" in told
        assert f"found {found}" in told
    assert f"figures.csv: does not agree with the other data files: {VOTING}; quoted by sentence st-001" in told


def test_a_tally_no_sentence_quotes_is_noticed_too(public: Path) -> None:
    key = "eday.answer[answer=bad+very-bad,form=opening,question=overall]"
    change_json(public / "figures.json", lambda figures: find(figures, key).update(numerator=9))
    resign(public, KEY)
    told = failures(verify(public))
    assert f"figure {key}: 9 is not what its parts make (3 + 1); quoted by no sentence" in told
    assert f"figures.csv: does not agree with the other data files: {key}" in told


def test_a_number_altered_in_the_html_names_the_sentence_and_the_words(trilingual: Path) -> None:
    rewrite(trilingual / "statement.kk.html", '<span class="together">69-ында</span>', "60-ында")
    relist(trilingual)
    told = failures(verify(trilingual))
    assert (
        "sentence st-002 (statement, kk): edition and figures say otherwise: expected “69-ында)”, found “60-ында)”"
        in told
    )


def test_a_sentence_put_in_or_taken_out_of_the_html_is_named(public: Path) -> None:
    rewrite(public / "press-release.en.html", 'data-sentence="pr-001"', 'data-sentence="pr-009"')
    resign(public, KEY)
    told = failures(verify(public))
    assert "sentence pr-009 (press-release, en): stands in the document but not in the edition" in told
    assert "sentence pr-001 (press-release, en): is missing from press-release.en.html" in told


def test_a_text_altered_in_the_edition_names_the_sentence(trilingual: Path) -> None:
    rewrite(trilingual / "edition.json", "assessed negatively in {", "assessed positively in {")
    relist(trilingual)
    told = failures(verify(trilingual))
    assert "sentence st-002 (statement, en): edition and figures say otherwise" in told
    assert "expected “positively”, found “negatively”" in told
    assert "(statement, kk)" not in told


def test_a_number_outside_the_sentences_is_noticed_by_rendering_again(public: Path) -> None:
    rewrite(public / "statement.en.html", "<dd>69</dd>", "<dd>96</dd>")
    resign(public, KEY)
    assert "statement.en.html: is not what edition and figures render: line" in failures(verify(public))


@pytest.mark.parametrize("name", ["statement.en.docx", "statement.en.pdf"])
def test_another_document_under_the_same_name_is_noticed_even_when_the_owner_signs_it(public: Path, name: str) -> None:
    (public / name).write_bytes((public / name.replace("statement", "press-release")).read_bytes())
    resign(public, KEY)
    assert f"{name}: is not what edition and figures render" in failures(verify(public))


def test_a_release_of_another_version_is_compared_sentence_by_sentence_only(public: Path) -> None:
    change_json(public / "manifest.json", lambda manifest: manifest.update(software="0.0.1"))
    rewrite(public / "statement.en.html", "<dd>69</dd>", "<dd>96</dd>")
    resign(public, KEY)
    verdict = verify(public)
    assert verdict.ok
    assert "*.html: not rendered again: the release was made by version 0.0.1" in "\n".join(map(str, verdict.lines))


def test_everything_rendered_and_hashed_again_without_the_key_fails_at_the_signature(public: Path) -> None:
    forged_figures(public)
    relist(public)
    verdict = verify(public)
    assert [line.subject for line in verdict.failed()] == ["manifest.sig"]


def test_everything_signed_by_another_key_fails_for_who_knows_the_key(public: Path) -> None:
    forged_figures(public)
    resign(public, OTHER_KEY)
    told = failures(verify(public, signer=SIGNER))
    assert f"signer.pem: the release is signed by another key: {grouped(fingerprint(OTHER_KEY.public_key()))}" in told


def test_everything_signed_by_another_key_shows_that_key_to_who_does_not(public: Path, mission: Any) -> None:
    from documents.sample import SECRET
    from paragraph8.documents.folder import write_release

    forged = public.parent / "forged"
    write_release(forged, mission.edition, mission.figures, mission.populations, SECRET, OTHER_KEY)
    verdict = verify(copy(forged / "public", public.parent / "copy"))
    assert verdict.ok
    assert grouped(fingerprint(OTHER_KEY.public_key())) in str(verdict.lines[0])


def forged_figures(public: Path) -> None:
    """One observation moved, and everything made again from it by the same software."""
    from paragraph8.documents.found import read
    from paragraph8.documents.release import Release
    from paragraph8.documents.rendering import render_documents

    def change(figures: list[dict[str, Any]]) -> None:
        for key in (COUNT, COUNT.replace("bad+very-bad", "very-bad")):
            find(figures, key)["numerator"] -= 1
        find(figures, COUNT.replace("bad+very-bad", "very-good"))["numerator"] += 1

    change_json(public / "figures.json", change)
    files = {path.name: path.read_bytes() for path in public.iterdir()}
    found = read(files, SIGNER)
    assert found.edition is not None
    release = Release(found.edition, found.figures, found.withheld, found.commitments, SIGNER)
    for name, content in {**release.data_files, **render_documents(release)}.items():
        (public / name).write_bytes(content)


# Tallies against each other, without rows.


@pytest.mark.parametrize(
    ("key", "change", "reason"),
    [
        (
            SHOWN,
            {"left_out": {"not-observed": 11}},
            "114 answers and 11 left out are not the 126 observations of the form",
        ),
        (SHOWN, {"denominator": 113}, "answers of one question have different denominators (113, 114)"),
        (SHOWN, {"numerator": 120}, "is no share"),
        (SHOWN, {"numerator": 20}, "the regions together have 34, the whole has 20 (numerator)"),
        (SHOWN, {"n_stations": 3}, "must not be public (few-stations)"),
        (SHOWN, {"n_stations": 115}, "114 observations cannot come from 115 polling stations"),
        (SHOWN, {"numerator": -1}, "is no share"),
        (SHOWN, {"numerator": "42"}, "not supported"),
        (SHOWN, {"audience": "room"}, "must not be public (room-only)"),
        (SHOWN, {"colour": "blue"}, "holds something that no figure has"),
        ("eday.observations[form=counting]", {"value": 90}, "the regions together have 100, the whole has 90 (value)"),
        ("eday.observations[form=voting]", {"value": True}, "a count is not a whole number"),
    ],
)
def test_a_tally_that_contradicts_another_is_named(public: Path, key: str, change: dict[str, Any], reason: str) -> None:
    change_json(public / "figures.json", lambda figures: find(figures, key).update(change))
    resign(public, KEY)
    verdict = verify(public)
    assert any(key in line.subject and reason in line.reason for line in verdict.failed()), failures(verdict)


def test_answers_that_exceed_the_whole_are_pointed_out(public: Path) -> None:
    key = str(Key.of("eday", "answer", form="counting", question="shown", answer="yes"))
    change_json(public / "figures.json", lambda figures: find(figures, key).update(numerator=100))
    resign(public, KEY)
    lines = [str(line) for line in verify(public).lines]
    assert any("question shown of counting: its answers add up to 142 of 114" in line for line in lines)


def test_a_public_folder_with_rows_in_it_fails(public: Path) -> None:
    (public / "rows").mkdir()
    (public / "rows" / "counting.jsonl").write_bytes(b"")
    resign(public, KEY)
    assert "rows/counting.jsonl: must not be in a public folder" in failures(verify(public))


# The sealed folder.


def test_a_figure_published_against_the_rules_is_named(sealed: Path) -> None:
    change_json(sealed / "withheld.json", lambda withheld: withheld.pop(0))
    resign(sealed, KEY)
    told = failures(verify(sealed))
    assert "withheld.json: the rules withhold otherwise: eday.answer[answer=no,area=akmola" in told


def test_an_opening_that_does_not_open_is_named(sealed: Path) -> None:
    change_json(sealed / "openings.json", lambda openings: openings.update({COUNT: "00" * 32}))
    resign(sealed, KEY)
    assert f"commitment {COUNT}: rows and opening give another commitment" in failures(verify(sealed))


def test_a_sealed_figure_that_its_rows_do_not_give_is_named(sealed: Path) -> None:
    change_json(sealed / "figures-sealed.json", lambda figures: find(figures, COUNT).update(numerator=70))
    resign(sealed, KEY)
    told = failures(verify(sealed))
    assert f"figure {COUNT}: numerator: rows give 69, the figure says 70; quoted by sentence st-002 (statement)" in told
    assert "figures.json: is not what the sealed figures make" in told


def test_a_method_this_software_does_not_know_is_named(sealed: Path) -> None:
    change_json(sealed / "figures-sealed.json", lambda figures: find(figures, COUNT).update(method="answer@7"))
    resign(sealed, KEY)
    assert "does not know the method answer@7" in failures(verify(sealed))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"row":"counting-0001"', '"row":"counting-0000"'),
        ('"answers":{', '"answers" :{'),
        ('"station":"almaty-0"', '"station":1.5'),
        ('{"answers"', '{"answer"'),
    ],
)
def test_rows_that_are_no_rows_are_named(sealed: Path, old: str, new: str) -> None:
    path = sealed / "rows" / "counting.jsonl"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    resign(sealed, KEY)
    assert "rows/counting.jsonl" in failures(verify(sealed))
