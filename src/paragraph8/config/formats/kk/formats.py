"""Kazakh dates and numbers; Django has none. The order "2019 жылғы 9 маусым" is that of laws and the press."""

DATE_FORMAT = r"Y \ж\ы\л\ғ\ы j F"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"Y \ж\ы\л\ғ\ы j F, H:i"
SHORT_DATE_FORMAT = "d.m.Y"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
