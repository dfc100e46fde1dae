"""A Parquet file says the same as the arrays it was written from."""

from __future__ import annotations

import sys

import numpy as np
import polars as pl
import pytest

from paragraph8.statistics.estimation.cells import Cells
from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.parquet import cells_of_parquet
from paragraph8.statistics.estimation.refusals import RefusedEstimateError
from paragraph8.statistics.estimation.stages import Single

NAMES = {"questions": ["q1", "q2", "q3"], "strata": "stratum", "units": "unit", "domains": "region"}
ROWS = 500


def frame() -> pl.DataFrame:
    rng = np.random.default_rng(12)
    answers = rng.choice([0, 1, None], (ROWS, 3), p=[0.6, 0.3, 0.1])
    return pl.DataFrame(
        {
            "stratum": rng.choice(["hills", "plain", "river"], ROWS),
            "unit": rng.integers(0, 12, ROWS),
            "weight": rng.uniform(1, 4, ROWS),
            "population": [50] * ROWS,
            "region": rng.choice(["north", "south", "", None], ROWS).tolist(),
            **{f"q{k + 1}": pl.Series(answers[:, k].tolist(), dtype=pl.Int8) for k in range(3)},
        }
    )


def written(folder, table: pl.DataFrame):
    table.write_parquet(folder / "reports.parquet")
    return folder / "reports.parquet"


def of_arrays(table: pl.DataFrame) -> Cells:
    design = SampleDesign.declare(
        weights=table["weight"].to_numpy(),
        strata=table["stratum"].to_list(),
        units=table["unit"].to_list(),
        populations=table["population"].to_numpy(),
    )
    answers = table.select(NAMES["questions"]).cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return Cells.of(design, answers, domains=table["region"].to_list(), questions=NAMES["questions"])


def same(one: Cells, other: Cells) -> None:
    first, second = one.proportions(), other.proportions()
    assert first.domains == second.domains
    assert one.design.strata == other.design.strata
    np.testing.assert_array_equal(first.n, second.n)
    np.testing.assert_array_equal(first.dfs, second.dfs)
    np.testing.assert_allclose(first.values, second.values, rtol=1e-13)
    np.testing.assert_allclose(first.variances, second.variances, rtol=1e-12)


def test_a_file_is_the_same_as_its_arrays(tmp_path):
    found = cells_of_parquet(written(tmp_path, frame()), weights="weight", populations="population", **NAMES)
    assert found.domains == ("north", "south")
    assert found.questions == ("q1", "q2", "q3")
    same(found, of_arrays(frame()))


@pytest.mark.parametrize("kind", [pl.Int64, pl.UInt8, pl.Boolean, pl.Int16])
def test_answers_of_any_whole_number_or_yes_and_no(tmp_path, kind):
    table = frame().with_columns(pl.col(NAMES["questions"]).cast(kind))
    found = cells_of_parquet(written(tmp_path, table), weights="weight", populations="population", **NAMES)
    same(found, of_arrays(frame()))


def test_answers_below_zero_are_no_answers(tmp_path):
    table = frame().with_columns(pl.col("q1", "q2").cast(pl.Int32).fill_null(-300), pl.col("q3").fill_null(-9))
    found = cells_of_parquet(written(tmp_path, table), weights="weight", populations="population", **NAMES)
    same(found, of_arrays(frame()))


@pytest.mark.parametrize("kind", [pl.Categorical, pl.Enum(["river", "plain", "nowhere", "hills"])])
def test_labels_of_categories_are_their_texts(tmp_path, kind):
    table = frame().with_columns(pl.col("stratum").cast(kind))
    found = cells_of_parquet(written(tmp_path, table), weights="weight", populations="population", **NAMES)
    assert found.design.strata == ("hills", "plain", "river")
    same(found, of_arrays(frame()))


def test_a_design_that_names_little(tmp_path):
    found = cells_of_parquet(written(tmp_path, frame()), questions=["q2"])
    assert found.design.n_units == ROWS
    assert found.proportions().domains == ("all",)


def test_rules_for_single_units_are_passed_on(tmp_path):
    table = frame().with_columns(pl.when(pl.col("stratum") == "hills").then(1).otherwise(pl.col("unit")).alias("unit"))
    file = written(tmp_path, table)
    with pytest.raises(RefusedEstimateError, match="single-unit"):
        cells_of_parquet(file, **NAMES).proportions()
    sure = cells_of_parquet(file, singles=Single.CERTAINTY, **NAMES).proportions()
    joined = cells_of_parquet(file, collapse={"hills": "plain"}, **NAMES).proportions()
    assert sure.variances[0, 0] != joined.variances[0, 0]
    assert sure.values[0, 0] == joined.values[0, 0]


@pytest.mark.parametrize(
    ("code", "change", "also"),
    [
        ("unknown-column", lambda t: t.drop("q2"), {}),
        ("unknown-column", lambda t: t, {"weights": "wait"}),
        ("not-numbers", lambda t: t.with_columns(q2=pl.lit("yes")), {}),
        ("not-numbers", lambda t: t.with_columns(q2=pl.lit(0.5)), {}),
        ("not-numbers", lambda t: t.with_columns(weight=pl.lit("1")), {"weights": "weight"}),
        ("not-an-answer", lambda t: t.with_columns(q2=pl.lit(2)), {}),
        ("not-an-answer", lambda t: t.with_columns(q2=pl.lit(258)), {}),
        ("no-label", lambda t: t.with_columns(stratum=pl.lit(None, dtype=pl.String)), {}),
        ("no-label", lambda t: t.with_columns(unit=pl.lit(None, dtype=pl.Int64)), {}),
        ("bad-weight", lambda t: t.with_columns(weight=pl.lit(None, dtype=pl.Float64)), {"weights": "weight"}),
        ("no-rows", lambda t: t.clear(), {}),
    ],
)
def test_a_file_that_says_it_wrongly_is_refused(tmp_path, code, change, also):
    with pytest.raises(RefusedEstimateError) as refused:
        cells_of_parquet(written(tmp_path, change(frame())), **NAMES, **also)
    assert refused.value.code == code
    assert refused.value.text().languages() == {"en", "kk", "ru"}


def test_what_is_no_parquet_file_is_refused(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing else")
    for name in ("a.parquet", "nowhere.parquet"):
        with pytest.raises(RefusedEstimateError, match="bad-file"):
            cells_of_parquet(tmp_path / name, **NAMES)


def test_where_the_extra_is_missing_it_is_named(tmp_path, monkeypatch):
    file = written(tmp_path, frame())
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(RefusedEstimateError, match="no-polars") as refused:
        cells_of_parquet(file, **NAMES)
    assert "paragraph8[big]" in str(refused.value.text())
