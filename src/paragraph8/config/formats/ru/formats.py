"""Russian dates and numbers."""

DATE_FORMAT = r"j E Y \г\о\д\а"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"j E Y \г\о\д\а, H:i"
SHORT_DATE_FORMAT = "d.m.Y"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
