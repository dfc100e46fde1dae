"""README of the folder: what stands in it, what does not, and how to come to our numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .rscript import COUNTS, ESTIMATES


@dataclass(frozen=True, kw_only=True)
class Told:
    """What README says of this folder. `files` are names with one line about each; `hidden` are samples whose stations
    are a secret until polls close."""

    title: str
    slug: str
    notices: Sequence[str]
    simulated: bool
    change: int
    heard: str
    software: str
    counts: bool
    estimates: bool
    samples: Sequence[str]
    hidden: Sequence[str]
    refused: Sequence[str]
    files: Sequence[tuple[str, str]]
    parquet: bool


def readme(told: Told) -> bytes:
    """`README.md`."""
    return ("\n".join(_lines(told)).strip() + "\n").encode()


def _lines(told: Told) -> Iterator[str]:
    yield f"# {told.title}: data for analysis"
    yield ""
    if told.simulated:
        yield "**Simulated.** Every table says so in its column `origin`."
        yield from told.notices
        yield ""
    yield f"Mission `{told.slug}`, as of change {told.change} of its log."
    yield f"The last report within it came in: {told.heard}."
    yield f"Written by paragraph8 {told.software}; the same state of the mission gives the same bytes."
    yield _PROTECTED
    yield from _what_it_is(told)
    yield from _files(told)
    yield _NOT_IN_IT
    if told.counts:
        yield _FOR_COUNTS.format(lines=COUNTS.rstrip())
    if told.estimates:
        yield _FOR_ESTIMATES.format(lines=ESTIMATES.rstrip())
    if told.counts or told.estimates:
        yield "`reproduce.R` holds these lines."
    yield "`reproduce.ipynb` does the same in Python; it needs `paragraph8`, and no other package than numpy."


def _what_it_is(told: Told) -> Iterator[str]:
    yield _COUNTS_ARE_COUNTS
    if told.samples:
        yield "In these samples every station was drawn with a known chance; they alone allow estimates:"
        yield ""
        yield from (f"* {sample}" for sample in told.samples)
        yield _SAMPLES
    elif not told.hidden:
        yield _NO_SAMPLE
    yield from (f"Sample {sample}: its stations are a secret until polls close." for sample in told.hidden)
    yield from (f"Not computed: {reason}" for reason in told.refused)


def _files(told: Told) -> Iterator[str]:
    yield ""
    yield "## Files"
    yield ""
    yield "| file | holds |"
    yield "|---|---|"
    yield from (f"| `{name}` | {what} |" for name, what in told.files)
    yield "| `manifest.json` | the SHA-256 of every other file |"
    yield _CELLS
    if told.parquet:
        yield "The Parquet files hold the same cells with their types, and texts as they are."
    else:
        yield "There are no Parquet files: the server has not installed the extra `big`."
    yield _QUESTIONS


_PROTECTED = """
**Protected.** These rows show single polling stations. Keep them inside the mission; what may leave it stands in the
public folder of a release.
"""

_COUNTS_ARE_COUNTS = """\
## What kind of evidence this is

Teams went where their routes led them. What they saw are counts: *x* of *y* observations. No stations were drawn for
them, so that they have no design, no weights, no standard error and no interval, and none can be computed. A variance
from these rows would describe the routes, not the country.
"""

_SAMPLES = """
Each drawn station counts once, with its first report that was not set aside. A station that has not reported is spoken
for by those of its stratum that have: `weight` is 1/`probability` × drawn/reported weight of the `group`; with equal
chances that is N_h/r_h. `population` is how many stations of the frame the group has, `Inf` in draws by size, which are
estimated as if with replacement (Hansen and Hurwitz). A stratum with a single report is compared with the mean of all,
R's `survey.lonely.psu = "adjust"`.
"""

_NO_SAMPLE = """\
**No sample was drawn in this mission.** There is no design, and therefore no estimate: no table `drawn`, no weights,
and no line with `svydesign` below.
"""

_CELLS = """
CSV is UTF-8 with commas and a header; an empty cell is a quantity that there is not. A text that a spreadsheet would
run as a formula (it begins with = + - @ or a tab) stands behind an apostrophe."""

_QUESTIONS = """
Each question has two columns: its code, with the answer, and its code with `.missing`, with the reason why there is no
answer. Exactly one of the two is filled. `codebook.csv` explains questions, answers and reasons in the languages of the
mission. Several answers to one question stand apart by `|`; in `figures.csv` the answer `a+b` means any of them. A
report that was set aside stays a row, with `set-aside` as the reason at every question.
"""

_NOT_IN_IT = """\
## What is not in it

* People: no observer, no local staff, no sender, no device, nobody whom an answer names.
* Free text, comments, photographs, recordings, places on the map, and what a form calculated from them.
* Team codes. `team` is a pseudonym under a key of the server: one team has one in all folders of this mission, so that
  its reports can be told from those of others. Whoever knows where a team was finds it again by its stations.
* Clock times: of the beginning of a visit only day and hour at the place.
* Rehearsals: practice enters no figure and no export.
"""

_FOR_COUNTS = """\
## Our counts in ten lines of R

Run them in this folder. The last two columns are yours, those before them ours.

```r
{lines}
```
"""

_FOR_ESTIMATES = """\
## Our estimates in ten lines of R

They need the package `survey` (Debian: `r-cran-survey`). The last four columns are yours, to be compared with ours
before them: value, standard error, and the ends of the interval.

```r
{lines}
```

The interval is that of Korn and Graubard (1998) with an effective *n* of at most *n*: a small variance is often mere
chance. `svyciprop(~yes, s, method = "beta")` is the same without that bound, so that its intervals are shorter where
the correction for the finite population lifts the effective *n* above *n*. Where all answers are the same, R has none,
and ours takes a design effect of 1. With the design `s` of one file, `svyby(~yes, ~area, s, svymean)` gives the shares
of all regions at once.
"""
