"""Whole numbers under a million in words, for the tests: what an author might type."""

from __future__ import annotations

_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_KK = ["нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]
_KK_TENS = ["он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"]
_RU = [
    "ноль",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
]
_RU_TENS = ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
_RU_HUNDREDS = ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]


def in_english(n: int) -> str:
    """British: three hundred and sixty-nine."""
    if n >= 1_000:
        rest = n % 1_000
        joint = " and " if 0 < rest < 100 else " "
        return f"{in_english(n // 1_000)} thousand" + (joint + in_english(rest) if rest else "")
    if n >= 100:
        return f"{_EN[n // 100]} hundred" + (f" and {in_english(n % 100)}" if n % 100 else "")
    if n >= 20:
        return _EN_TENS[n // 10 - 2] + (f"-{_EN[n % 10]}" if n % 10 else "")
    return _EN[n]


def in_kazakh(n: int) -> str:
    """үш жүз алпыс тоғыз; one hundred and one thousand are said without "one"."""
    if n >= 1_000:
        before = in_kazakh(n // 1_000) + " " if n // 1_000 > 1 else ""
        return f"{before}мың" + (f" {in_kazakh(n % 1_000)}" if n % 1_000 else "")
    if n >= 100:
        before = _KK[n // 100] + " " if n // 100 > 1 else ""
        return f"{before}жүз" + (f" {in_kazakh(n % 100)}" if n % 100 else "")
    if n >= 10:
        return _KK_TENS[n // 10 - 1] + (f" {_KK[n % 10]}" if n % 10 else "")
    return _KK[n]


def in_russian(n: int) -> str:
    """триста шестьдесят девять; two thousand in the feminine."""
    if n >= 1_000:
        thousands = n // 1_000
        words = in_russian(thousands).split()
        words[-1] = {"один": "одна", "два": "две"}.get(words[-1], words[-1])
        last = 0 if thousands % 100 in range(11, 20) else thousands % 10
        noun = "тысяча" if last == 1 else "тысячи" if last in (2, 3, 4) else "тысяч"
        return " ".join((*words, noun)) + (f" {in_russian(n % 1_000)}" if n % 1_000 else "")
    if n >= 100:
        return _RU_HUNDREDS[n // 100 - 1] + (f" {in_russian(n % 100)}" if n % 100 else "")
    if n >= 20:
        return _RU_TENS[n // 10 - 2] + (f" {_RU[n % 10]}" if n % 10 else "")
    return _RU[n]
