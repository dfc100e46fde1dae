"""Drawing samples of polling stations, each draw repeatable by a stranger from the seed and the frame alone.

Nothing here depends on a machine, a version of numpy or a library's random generator: chance comes from SHA-256
(`randomness`), probabilities are exact fractions, coordinates whole metres.
"""
