"""The sealed folder: every figure again from its rows, every commitment from its opening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from paragraph8.domain.figures import Figure, Kind
from paragraph8.statistics.methods import METHODS
from paragraph8.statistics.observations import Tally

from .arithmetic import spelled_estimate
from .data import figures_json
from .disclosure import disclose
from .found import ROWS, Found
from .verdict import Line, failed, note, recomputed

TALLY = ("value", "numerator", "denominator", "spread", "left_out", "n_stations", "n_teams", "n_areas")
"""What a method computes and a figure states."""

UNCOUNTABLE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What a method raises on rows that are none of its own."""


def check_recomputation(found: Found) -> Iterator[Line]:
    """One line per figure; one per population whose rows are others; the disclosure decided again."""
    yield from _populations(found)
    for key, figure in sorted(found.sealed.items()):
        yield _figure_line(found, key, figure)
        if figure.rows is not None:
            yield from _commitment_lines(found, key, figure)
    for key in sorted(found.commitments.keys() - found.sealed.keys()):
        yield failed(f"commitment {key}", "no figure of that key is in the folder")
    yield from _disclosure(found)


def _populations(found: Found) -> Iterator[Line]:
    for population, rows in sorted(found.rows.items()):
        theirs = [figure for figure in found.sealed.values() if figure.rows and figure.rows.population == population]
        others = [str(figure.key) for figure in theirs if figure.rows != rows.digest]
        path = f"{ROWS}{population}.jsonl"
        if others:
            yield failed(path, f"these are not the rows the figures were computed from; {found.quoting(others)}")
        elif theirs:
            yield recomputed(path, f"{rows.digest.n} rows with the digest that {len(theirs)} figures name")
        else:
            yield note(path, "no figure rests on these rows")


def _figure_line(found: Found, key: str, figure: Figure) -> Line:
    subject = f"figure {key}"
    if figure.rows is None:
        return note(subject, f"not recomputable: it has no rows, its source is {figure.source or 'not given'}")
    rows = found.rows.get(figure.rows.population)
    if rows is None:
        return failed(subject, f"its rows {figure.rows.population} cannot be read; {found.quoting([key])}")
    if figure.method not in METHODS:
        return failed(subject, f"this version of the software does not know the method {figure.method}")
    try:
        tally = rows.tally(figure)
    except UNCOUNTABLE as error:
        return failed(subject, f"its rows cannot be counted ({error!r}); {found.quoting([key])}")
    wrong = [
        *_other_inputs(found, figure),
        *(
            f"{name.replace('_', ' ')}: rows give {_plain(getattr(tally, name))}, "
            f"the figure says {_plain(getattr(figure, name))}"
            for name in TALLY
            if getattr(tally, name) != getattr(figure, name)
        ),
        *_other_estimate(tally, figure),
    ]
    if wrong:
        return failed(subject, f"{'; '.join(wrong)}; {found.quoting([key])}")
    return recomputed(subject, f"{_counted(figure)} from {rows.digest.n} rows")


def _counted(figure: Figure) -> str:
    if figure.estimate is not None:
        return f"{spelled_estimate(figure)}, to one part in a thousand million,"
    if figure.kind is Kind.YES_NO:
        return "yes" if figure.value else "no"
    return f"{figure.value}" if figure.denominator is None else f"{figure.numerator} of {figure.denominator}"


def _other_estimate(tally: Tally, figure: Figure) -> Iterator[str]:
    """An estimate agrees to one part in a thousand million, its counts exactly."""
    theirs, ours = (figure.estimate, figure.interval), (tally.estimate, tally.interval)
    if theirs == ours:
        return
    for name, said, given in (("estimate", theirs[0], ours[0]), ("interval", theirs[1], ours[1])):
        if (said is None) is not (given is None):
            yield f"{name}: rows give {'none' if given is None else 'one'}, the figure says otherwise"
    if theirs[0] is not None and ours[0] is not None and not ours[0].agrees(theirs[0]):
        yield f"estimate: rows give {_differing(ours[0].to_json(), theirs[0].to_json())}"
    if theirs[1] is not None and ours[1] is not None and not ours[1].agrees(theirs[1]):
        yield f"interval: rows give {_differing(asdict(ours[1]), asdict(theirs[1]))}"


def _differing(ours: Mapping[str, object], theirs: Mapping[str, object]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {ours[name]}, the figure says {theirs[name]}"
        for name in ours
        if ours[name] != theirs[name]
    )


def _other_inputs(found: Found, figure: Figure) -> list[str]:
    """A row that repeats the number of another figure has the number which that figure has."""
    rows = found.rows[figure.rows.population].rows if figure.rows else ()
    wrong = []
    for row in rows:
        name = row.get("figure")
        if not name:
            continue
        other = found.sealed.get(str(name))
        if other is None:
            wrong.append(f"it rests on {name}, and no such figure is in the folder")
        elif other.value != row.get("n"):
            wrong.append(f"its row {row['row']} says {row.get('n')}, {name} says {other.value}")
    return wrong


def _plain(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(" ".join(map(str, item)) if isinstance(item, tuple) else str(item) for item in value) or "none"
    return str(value)


def _commitment_lines(found: Found, key: str, figure: Figure) -> Iterator[Line]:
    """Only what fails is said: a commitment that holds says no more than its figure."""
    subject = f"commitment {key}"
    rows = found.rows.get(figure.rows.population) if figure.rows else None
    if key not in found.commitments or key not in found.openings:
        yield failed(subject, "the commitment or its opening is missing")
    elif rows is not None and figure.method in METHODS:
        try:
            computed = rows.commitment(figure, found.openings[key])
        except UNCOUNTABLE as error:
            yield failed(subject, f"cannot be computed from the rows ({error!r})")
            return
        if computed != found.commitments[key]:
            yield failed(subject, f"rows and opening give another commitment; {found.quoting([key])}")


def _disclosure(found: Found) -> Iterator[Line]:
    """What is public and what is withheld follows from the sealed figures alone."""
    disclosed = disclose(found.sealed.values())
    if dict(disclosed.withheld) != found.withheld:
        changed = sorted(dict(disclosed.withheld).items() ^ found.withheld.items())
        yield failed("withheld.json", f"the rules withhold otherwise: {', '.join(key for key, _ in changed)}")
    if figures_json(disclosed.figures) != found.files.get("figures.json"):
        published = {str(figure.key): figure for figure in disclosed.figures}
        changed_keys = sorted(
            key for key in published.keys() | found.figures.keys() if published.get(key) != found.figures.get(key)
        )
        yield failed(
            "figures.json",
            f"is not what the sealed figures make: {', '.join(changed_keys)}; {found.quoting(changed_keys)}",
        )
