"""Shares estimated from a drawn sample: the rows of the sample, and the one method that weighs them.

One row per drawn station, in the order of the draw:

    {"row": "0001", "station", "area", "area_there", "stratum", "there", "probability": "3/200", "certain",
     "scheme": "simple@1", "replaced", "report", "team", "missing", "answers": {question: answer}}

`there` is how many stations the stratum has in the frame and `area_there` how many the area has; `replaced` names the
station for which a reserve stands in, empty where none does; `missing` is why there is no usable report ("no-report",
"set-aside"), empty where there is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paragraph8.domain.estimates import Estimate, Interval, decimal_string
from paragraph8.domain.figures import Key

from .estimation.designs import SampleDesign
from .estimation.estimates import Estimate as Estimated
from .estimation.estimates import Measure
from .estimation.intervals import Method, limits
from .estimation.stages import Single
from .estimation.taylor import proportion
from .observations import Observations, Tally

Row = Mapping[str, Any]
Flags = NDArray[np.bool_]

NO_REPORT = "no-report"
"""Why a drawn station has no answer: nobody has reported from it."""
LEVEL = 0.95
"""The confidence level of every published interval."""
RULE = Single.ADJUST
"""What becomes of a stratum with a single report: its total is compared with the mean of all."""
COMPLETE = "complete"
"""Method of the interval of a frame from which every station answered: nothing is left to chance."""


@dataclass
class Sample:
    """The rows of one sample and form, encoded once for all figures of them."""

    rows: Sequence[Row]
    observations: Observations
    _said: dict[tuple[str, str], NDArray[np.str_]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Row] | Sample) -> Sample:
        """Encode the rows, unless that is done. Raises `KeyError` or `ValueError` for rows that are no sample."""
        return rows if isinstance(rows, Sample) else cls(rows, Observations.of(rows))

    def estimate(self, key: Key) -> Tally:
        """The share of polling stations in the frame (in the area of the key) with one of the answers of the key.

        Ratio of weighted sums over the stations that answered, under the declared design (Taylor). Each station's
        weight is one over its probability, times the drawn over the reported weight of its stratum, so that stations
        which have not reported are spoken for by those of their stratum that have (Little 1986); with equal chances
        that is N_h/r_h. The finite population is corrected for, except in draws by size. A station whose report leaves
        the question open stays in the design. Strata without a report are spoken for by nobody, and are counted.
        """
        said, within = self._outcomes(key), self._within(key)
        answered = within & ((said == "in") | (said == "out"))
        counted = self._counted(within, answered)
        if not answered.any():
            return self._tally(said, within, answered, Estimate(value=None, standard_error=None, df=0, **counted), None)
        reported = self.usable
        found = proportion(self.design, said[reported] == "in", domain=answered[reported])
        complete = self._complete(within, answered)
        estimate = Estimate(
            value=decimal_string(found.value),
            standard_error=decimal_string(found.se) if complete or found.df > 0 else None,
            df=max(found.df, 0),
            design_effect=None if found.design_effect is None else decimal_string(found.design_effect),
            **counted,
        )
        return self._tally(said, within, answered, estimate, _exact(estimate) if complete else _interval(found))

    def outcomes(self, key: Key) -> list[str]:
        """Of each drawn station: "in", "out", the reason why it says nothing, or "elsewhere"."""
        within = self._within(key)
        return [str(word) if inside else "elsewhere" for word, inside in zip(self._outcomes(key), within, strict=True)]

    @cached_property
    def usable(self) -> Flags:
        """The rows with a usable report [rows]."""
        return np.array([not row["missing"] for row in self.rows], dtype=bool)

    @cached_property
    def design(self) -> SampleDesign:
        """The design of the stations that reported, with weights that speak for those that have not."""
        weights, strata, populations = [], [], []
        for place in np.flatnonzero(self.usable):
            group = self._groups[place]
            weights.append(self._base[place] * self._drawn_weight[group] / self._there_weight[group])
            strata.append("/".join(group))
            populations.append(self._population(group))
        return SampleDesign.declare(weights=weights, strata=strata, populations=populations, singles=RULE)

    @cached_property
    def _base(self) -> list[float]:
        """One over the probability of each row."""
        found = []
        for row in self.rows:
            numerator, _, denominator = str(row["probability"]).partition("/")
            if not 0 < int(numerator) <= int(denominator):
                raise ValueError(f"row {row['row']}: {row['probability']} is no probability")
            found.append(int(denominator) / int(numerator))
        return found

    @cached_property
    def _groups(self) -> list[tuple[str, str]]:
        """What counts as a stratum: stations taken with certainty are one of their own."""
        return [(str(row["stratum"]), "certain" if row["certain"] else "drawn") for row in self.rows]

    @cached_property
    def _drawn_weight(self) -> Mapping[tuple[str, str], float]:
        return self._weight_of(range(len(self.rows)))

    @cached_property
    def _there_weight(self) -> Mapping[tuple[str, str], float]:
        return self._weight_of(np.flatnonzero(self.usable).tolist())

    def _weight_of(self, places: Sequence[int]) -> Mapping[tuple[str, str], float]:
        """The weights of some rows added up by group, rounded once, so that their order makes no difference."""
        found: dict[tuple[str, str], list[float]] = {}
        for place in places:
            found.setdefault(self._groups[place], []).append(self._base[place])
        return {group: fsum(weights) for group, weights in found.items()}

    @cached_property
    def _frame(self) -> Mapping[tuple[str, str], int]:
        """How many stations of the frame each group has."""
        certain = Counter(stratum for stratum, how in self._groups if how == "certain")
        there = {str(row["stratum"]): int(row["there"]) for row in self.rows}
        return {
            (stratum, how): certain[stratum] if how == "certain" else there[stratum] - certain[stratum]
            for stratum, how in self._groups
        }

    def _population(self, group: tuple[str, str]) -> float:
        by_size = str(self.rows[0]["scheme"]).startswith("pps")
        return np.inf if by_size and group[1] == "drawn" else float(self._frame[group])

    def _within(self, key: Key) -> Flags:
        area = key.dimension("area")
        return np.array([not area or row["area"] == area for row in self.rows], dtype=bool)

    def _outcomes(self, key: Key) -> NDArray[np.str_]:
        wanted = key.dimension("question"), key.dimension("answer")
        if wanted not in self._said:
            plain = Key.of(key.app, "answer", question=wanted[0], answer=wanted[1])
            said = self.observations.outcomes(plain)
            self._said[wanted] = np.array(
                [row["missing"] or word for row, word in zip(self.rows, said, strict=True)], dtype=np.str_
            )
        return self._said[wanted]

    def _counted(self, within: Flags, answered: Flags) -> dict[str, Any]:
        """The numbers that say how much of the sample, and of the frame, an estimate rests on."""
        places = np.flatnonzero(within).tolist()
        groups = {self._groups[place] for place in places}
        reports = Counter(self._groups[place] for place in places if self.usable[place])
        whole = {
            str(row["area"]): int(row["area_there"]) for row, inside in zip(self.rows, within, strict=True) if inside
        }
        everything = bool(within.all())
        frame = sum(self._frame.values()) if everything else sum(whole.values())
        empty = [group for group in groups if not reports[group]]
        return {
            "n": int(answered.sum()),
            "reported": int((within & self.usable).sum()),
            "drawn": len(places),
            "population": max(frame, len(places)),
            "strata": len(groups),
            "strata_empty": len(empty),
            "strata_single": sum(reports[group] == 1 and self._population(group) > 1 for group in groups),
            "unreached": sum(self._frame[group] for group in empty),
            "replaced": sum(bool(self.rows[place]["replaced"]) for place in places),
            "single": RULE.value,
            "scheme": str(self.rows[0]["scheme"]) if self.rows else "",
        }

    def _complete(self, within: Flags, answered: Flags) -> bool:
        """Whether every station of the frame answered."""
        return bool(within.all()) and int(answered.sum()) == sum(self._frame.values())

    def _tally(
        self, said: NDArray[np.str_], within: Flags, answered: Flags, estimate: Estimate, interval: Interval | None
    ) -> Tally:
        reasons = Counter(said[within & ~answered].tolist())
        used = [row for row, use in zip(self.rows, answered, strict=True) if use]
        return Tally(
            left_out=tuple(sorted(reasons.items())),
            n_stations=len({row["station"] for row in used}),
            n_teams=len({row["team"] for row in used if row["team"]}),
            n_areas=len({row["area"] for row in used if row["area"]}),
            estimate=estimate,
            interval=interval,
        )


def interval_of(estimate: Estimate, *, method: str) -> Interval | None:
    """The interval that follows from value, standard error, n and degrees of freedom as they are published.

    `None` where they give none. Raises `KeyError` for a method that this software does not know.
    """
    if estimate.value is None or estimate.standard_error is None:
        return None
    if method == COMPLETE:
        return _exact(estimate)
    found = Estimated(
        name="share",
        value=float(estimate.value),
        variance=float(estimate.standard_error) ** 2,
        df=estimate.df,
        n=estimate.n,
        units=estimate.n,
        strata=estimate.n - estimate.df,
        measure=Measure.PROPORTION,
    )
    return _interval(found)


def _interval(found: Estimated) -> Interval | None:
    """Korn-Graubard at the house's level; none without degrees of freedom."""
    if found.df < 1:
        return None
    low, high = limits(found.value, found.variance, found.n, found.df, level=LEVEL, method=Method.KORN_GRAUBARD)
    return Interval(
        low=decimal_string(min(float(low), found.value)),
        high=decimal_string(max(float(high), found.value)),
        level=decimal_string(LEVEL),
        method=Method.KORN_GRAUBARD.value,
    )


def _exact(estimate: Estimate) -> Interval | None:
    value = estimate.value
    return None if value is None else Interval(low=value, high=value, level=decimal_string(LEVEL), method=COMPLETE)
