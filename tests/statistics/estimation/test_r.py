"""R's `survey`, run beside the core on the three school samples: whatever version of R the machine has."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from analysis.survey import reason, table
from paragraph8.statistics import SampleDesign, by_domain, mean, proportion, ratio, total
from paragraph8.statistics.estimation.estimates import Estimate

from .schools import Schools

pytestmark = [pytest.mark.reference, pytest.mark.skipif(bool(reason()), reason=reason())]

AGREEMENT = 1e-8
"""Relative."""
SAMPLES = ("apistrat", "apiclus1", "apiclus2")
DESIGNS = {
    "apistrat": "id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc",
    "apiclus1": "id = ~dnum, weights = ~pw, fpc = ~fpc",
    "apiclus2": "id = ~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2",
}
LINES = """
suppressMessages(library(survey))
d <- read.csv(gzfile("{path}"), stringsAsFactors = FALSE)
s <- svydesign({design}, data = d)
one <- function(m, x = s) c(coef(m)[[1]], SE(m)[[1]], degf(x))
"""


def quantities(schools: Schools, design: SampleDesign) -> list[Estimate]:
    known = ~np.isnan(schools["enroll"])
    high = schools["stype"] == "H"
    improved = schools.yes("comp.imp")
    return [
        mean(design, schools["api00"]),
        total(design, schools["enroll"], domain=known),
        ratio(design, schools["api.stu"], schools["enroll"]),
        proportion(design, schools.yes("sch.wide")),
        mean(design, schools["enroll"], domain=high),
        total(design, schools["enroll"], domain=improved & known),
        proportion(design, schools.yes("awards"), domain=improved & ~high),
    ]


QUANTITIES = """
e <- subset(s, !is.na(enroll))
high <- subset(s, stype == "H" & !is.na(enroll))
better <- subset(s, comp.imp == "Yes" & !is.na(enroll))
both <- subset(s, comp.imp == "Yes" & stype != "H")
found <- rbind(
  one(svymean(~api00, s)),
  one(svytotal(~enroll, e, na.rm = TRUE), e),
  one(svyratio(~api.stu, ~enroll, e), e),
  one(svymean(~I(1 * (sch.wide == "Yes")), s)),
  one(svymean(~enroll, high), high),
  one(svytotal(~enroll, better), better),
  one(svymean(~I(1 * (awards == "Yes")), both), both))
"""
INTERVALS = {"beta": "beta", "logit": "logit", "arcsine": "asin", "wald": "mean"}


def by_r(schools: Schools, lines: str, tmp_path: Path) -> np.ndarray:
    path = Path(os.environ["P8_REFERENCE_DATA"]) / f"{schools.name}.csv.gz"
    return np.array(table(LINES.format(path=path, design=DESIGNS[schools.name]) + lines, tmp_path))


@pytest.mark.parametrize("name", SAMPLES)
def test_values_standard_errors_and_degrees_of_freedom_are_those_of_r(name: str, tmp_path: Path) -> None:
    schools = Schools(name)
    mine = np.array([[each.value, each.se, each.df] for each in quantities(schools, schools.design())])
    np.testing.assert_allclose(mine, by_r(schools, QUANTITIES, tmp_path), rtol=AGREEMENT)


@pytest.mark.parametrize("name", SAMPLES)
def test_regions_and_their_covariances_are_those_of_r(name: str, tmp_path: Path) -> None:
    schools = Schools(name)
    found = by_domain(schools.design(), schools["api00"], schools["stype"])
    lines = """
    m <- svyby(~api00, ~stype, s, svymean, covmat = TRUE)
    found <- cbind(coef(m), vcov(m))
    """
    mine = np.column_stack([found.values, found.covariance])
    np.testing.assert_allclose(mine, by_r(schools, lines, tmp_path), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", SAMPLES)
def test_intervals_are_those_of_r(name: str, tmp_path: Path) -> None:
    schools = Schools(name)
    found = proportion(schools.design(), schools.yes("sch.wide"))
    mine = [[bounds.low, bounds.high] for bounds in (found.interval(method=method) for method in INTERVALS)]
    methods = ", ".join(f'"{method}"' for method in INTERVALS.values())
    lines = f"""
    s <- update(s, yes = 1 * (sch.wide == "Yes"))
    found <- t(sapply(c({methods}), function(m) as.numeric(confint(svyciprop(~yes, s, method = m)))))
    """
    np.testing.assert_allclose(mine, by_r(schools, lines, tmp_path), rtol=1e-7)
