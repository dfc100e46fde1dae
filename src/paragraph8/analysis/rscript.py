"""The lines of R that come to our numbers: ten for counts, ten for estimates."""

from __future__ import annotations

_READ = (
    'read <- function(file) read.csv(file, na.strings = "", colClasses = "character", check.names = FALSE, '
    'encoding = "UTF-8")'
)
_SAID = (
    'said <- function(x, codes) vapply(strsplit(x, "|", fixed = TRUE), function(one) any(one %in% '
    'strsplit(codes, "+", fixed = TRUE)[[1]]), NA)'
)

COUNTS = f"""\
{_READ}
ours <- subset(read("figures.csv"), measure == "answer" & is.na(per))
data <- sapply(unique(ours$data), read, simplify = FALSE)
{_SAID}
again <- function(file, question, answer, where) {{
  d <- data[[file]]; x <- d[[question]][is.na(where) | d$area %in% where]
  c(numerator = sum(said(x[!is.na(x)], answer)), denominator = sum(!is.na(x)))
}}
found <- t(mapply(again, ours$data, ours$question, ours$answer, ours$area, USE.NAMES = FALSE))
print(cbind(ours[c("key", "numerator", "denominator")], again = found), row.names = FALSE)
"""
"""Shares of observations. There is no design, so there is nothing for `survey` to do."""

ESTIMATES = f"""\
library(survey); options(survey.lonely.psu = "adjust")
{_READ}
ours <- subset(read("figures.csv"), kind == "estimate" & interval == "korn-graubard")
data <- sapply(unique(ours$data), function(file) subset(read(file), is.na(missing)), simplify = FALSE)
{_SAID}
again <- function(file, question, answer, where) {{ d <- data[[file]]; x <- d[[question]]; d$yes <- 1 * said(x, answer)
  d$weight <- as.numeric(d$weight); d$population <- as.numeric(d$population); here <- is.na(where) | d$area %in% where
  s <- svydesign(ids = ~1, strata = ~group, weights = ~weight, fpc = ~population, data = d)[here & !is.na(x), ]
  m <- svymean(~yes, s); c(coef(m), SE(m), confint(svyciprop(~yes, s, method = "beta"))) }}
print(cbind(ours[c("key", "value", "standard_error", "low", "high")], t(mapply(again, ours$data, ours$question, \
ours$answer, ours$area, USE.NAMES = FALSE))), row.names = FALSE, digits = 12)
"""
"""Estimates from a drawn sample, with standard errors and intervals."""


def script(*, counts: bool, estimates: bool, notice: str) -> bytes:
    """`reproduce.R`; run it in the folder."""
    parts = [f"# {line}" for line in notice.splitlines()]
    if counts:
        parts += ["", "# Counts and shares of observations", COUNTS.rstrip()]
    if estimates:
        parts += ["", "# Estimates from the drawn sample", ESTIMATES.rstrip()]
    return ("\n".join(parts).strip() + "\n").encode()
