"""The lines of R that come to our numbers: ten for counts, ten for estimates."""

from __future__ import annotations

COUNTS = """\
read <- function(file) read.csv(file, na.strings = "", colClasses = "character", check.names = FALSE, encoding = "UTF-8")
ours <- subset(read("figures.csv"), measure == "answer" & is.na(per) & !is.na(data))
data <- sapply(unique(ours$data), read, simplify = FALSE)
codes <- function(x, by) strsplit(sub("^'", "", x), by, fixed = TRUE)
again <- function(file, question, answer, where) {
  d <- data[[file]]; x <- d[[question]][is.na(where) | d$area %in% where]; x <- codes(x[!is.na(x)], "|")
  c(x = sum(vapply(x, function(one) any(one %in% codes(answer, "+")[[1]]), NA)), y = length(x))
}
found <- t(mapply(again, ours$data, ours$question, ours$answer, ours$area, USE.NAMES = FALSE))
print(data.frame(ours[c("key", "numerator", "denominator")], found), row.names = FALSE)
"""  # noqa: E501 - each line is one statement of R
"""Shares of observations. There is no design, so there is nothing for `survey` to do."""

ESTIMATES = """\
library(survey); options(survey.lonely.psu = "adjust"); read <- function(file) read.csv(file, na.strings = "", colClasses = "character", check.names = FALSE, encoding = "UTF-8")
ours <- subset(read("figures.csv"), kind == "estimate" & interval == "korn-graubard" & !is.na(data))
data <- sapply(unique(ours$data), function(file) subset(read(file), is.na(missing)), simplify = FALSE)
codes <- function(x, by) strsplit(sub("^'", "", x), by, fixed = TRUE)
again <- function(file, question, answer, where) { d <- data[[file]]; x <- codes(d[[question]], "|"); a <- codes(answer, "+")[[1]]
  d$yes <- 1 * vapply(x, function(one) any(one %in% a), NA); d$w <- as.numeric(d$weight); d$N <- as.numeric(d$population)
  s <- svydesign(~1, strata = ~group, weights = ~w, fpc = ~N, data = d)[!is.na(x) & (is.na(where) | d$area %in% where), ]
  m <- svymean(~yes, s); p <- round(coef(m)[[1]], 14); v <- SE(m)[[1]]^2; n <- nrow(s); e <- if (p > 0 && p < 1) p * (1 - p) / v else n
  e <- min(n, e * (qt(.975, n - 1) / qt(.975, degf(s)))^2); c(p, sqrt(v), qbeta(c(.025, .975), e * p + 0:1, e * (1 - p) + 1:0)) }
found <- t(mapply(again, ours$data, ours$question, ours$answer, ours$area, USE.NAMES = FALSE)); print(data.frame(ours[c("key", "value", "standard_error", "low", "high")], found), row.names = FALSE, digits = 12)
"""  # noqa: E501 - each line is one statement of R
"""Estimates from a drawn sample, with standard errors and intervals."""


def script(*, counts: bool, estimates: bool, notice: str) -> bytes:
    """`reproduce.R`; run it in the folder."""
    parts = [f"# {line}" for line in notice.splitlines()]
    if counts:
        parts += ["", "# Counts and shares of observations", COUNTS.rstrip()]
    if estimates:
        parts += ["", "# Estimates from the drawn sample", ESTIMATES.rstrip()]
    return ("\n".join(parts).strip() + "\n").encode()
