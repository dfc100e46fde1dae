"""Hadamard matrices: ±1 with orthogonal rows, after which balanced half-samples are taken."""

from __future__ import annotations

import numpy as np

from .columns import F64


def hadamard(least: int) -> F64:
    """A Hadamard matrix of the smallest order that can be built here, `least` at least; its first column is all 1.

    Orders are 1, 2, and 2^k (q + 1) for primes q = 3 (mod 4) (Sylvester 1867; Paley 1933).
    """
    order = max(least, 1)
    while True:
        built = _built(order)
        if built is not None:
            return np.asarray(built * built[:, :1], dtype=np.float64)
        order += 1


def _built(order: int) -> F64 | None:
    if order <= 2:
        return np.array([[1.0, 1.0], [1.0, -1.0]])[:order, :order]
    if order % 4:
        return None
    if _is_prime(order - 1):
        return _paley(order - 1)
    half = _built(order // 2)
    return None if half is None else np.block([[half, half], [half, -half]])


def _paley(q: int) -> F64:
    """Order q + 1 for a prime q = 3 (mod 4): the identity plus a skew matrix of quadratic residues."""
    squares = {(x * x) % q for x in range(1, q)}
    character = np.array([0.0] + [1.0 if x in squares else -1.0 for x in range(1, q)])
    places = np.arange(q)
    matrix = np.ones((q + 1, q + 1))
    matrix[1:, 1:] = character[(places[:, None] - places[None, :]) % q] + np.eye(q)
    matrix[1:, 0] = -1.0
    return matrix


def _is_prime(n: int) -> bool:
    return n > 1 and all(n % divisor for divisor in range(2, int(n**0.5) + 1))
