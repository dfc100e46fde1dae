"""The rows behind figures, and the commitments that a public release makes to them without showing them.

A commitment is SHA-256 over a secret salt and, row by row, what the row is and what it contributed to the figure. It
binds the mission to its rows on the day of the release; without the salt it says nothing about them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from paragraph8.domain.canonical import canonical, digest
from paragraph8.domain.figures import Figure, RowsDigest, rows_digest
from paragraph8.statistics.methods import compute, outcomes
from paragraph8.statistics.observations import Observations, Tally
from paragraph8.statistics.samples import Sample


@dataclass(frozen=True)
class Rows:
    """One population, in the order of its row identifiers, with the hash of each row."""

    population: str
    rows: tuple[Mapping[str, Any], ...]
    hashes: tuple[str, ...]
    digest: RowsDigest

    @classmethod
    def of(cls, population: str, rows: Sequence[Mapping[str, Any]]) -> Rows:
        """Sort and hash. Raises `KeyError` when a row has no identifier."""
        ordered = tuple(sorted(rows, key=lambda row: str(row["row"])))
        return cls(population, ordered, tuple(digest(row) for row in ordered), rows_digest(population, ordered))

    @cached_property
    def encoded(self) -> Observations | Sample | tuple[Mapping[str, Any], ...]:
        """The rows as methods take them: observations and samples encoded once for all their figures, registers as
        they are.

        Raises `KeyError` when some rows are observations and others are not.
        """
        if any("probability" in row for row in self.rows):
            return Sample.of(self.rows)
        return Observations.of(self.rows) if any("answers" in row for row in self.rows) else self.rows

    def tally(self, figure: Figure) -> Tally:
        """What the method of a figure counts in these rows. Raises `KeyError` on an unknown method."""
        return compute(figure.method, self.encoded, figure.key)

    def lines(self) -> bytes:
        """The content of `rows/<population>.jsonl`: one canonical JSON row a line."""
        return b"".join(canonical(row) + b"\n" for row in self.rows)

    def commitment(self, figure: Figure, salt: bytes) -> str:
        """SHA-256 over the salt and the canonical JSON of [[row hash, outcome], …], rows in order.

        Raises `KeyError` when this software does not know the method of the figure.
        """
        said = outcomes(figure.method, self.encoded, figure.key)
        spelled = {outcome: json.dumps(outcome, ensure_ascii=False) for outcome in set(said)}
        pairs = ",".join(
            f'["{row_hash}",{spelled[outcome]}]' for row_hash, outcome in zip(self.hashes, said, strict=True)
        )
        return hashlib.sha256(salt + f"[{pairs}]".encode()).hexdigest()


def salt_of(secret: bytes, key: str) -> bytes:
    """The salt of a figure: HMAC-SHA256 of its key under the secret of the freeze."""
    return hmac.new(secret, key.encode(), hashlib.sha256).digest()
