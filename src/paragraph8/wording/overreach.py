"""Words that say more than observations can: of sampling error, and of change over time.

The patterns read the folded text of the linter. A sign of error (±) is never right without an estimate; words may stand
in a sentence that says there is no margin of error, so they warn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from paragraph8.domain.problems import Severity

_SIGN = re.compile(r"±|\+/-|\+-(?=\s?\d)")
_ERROR: Mapping[str, str] = MappingProxyType(
    {
        "en": r"margins? of error|confidence (?:intervals?|levels?|limits?)|standard errors?|sampling errors?"
        r"|statistically significant(?:ly)?",
        "kk": r"қателік ше[гк]\w*|сенім (?:аралы[ғқ]|деңгей)\w*|стандартты қате\w*|статистикалық маңызды\w*",
        "ru": r"погрешност\w+|доверительн\w+ (?:интервал|вероятност|уровн)\w*|стандартн\w+ ошибк\w+"
        r"|статистически значим\w*",
    }
)
_CHANGE: Mapping[str, str] = MappingProxyType(
    {
        "en": r"(?:increas|decreas|declin|worsen|improv)(?:e|es|ed|ing)\b|rose|fell|grew|grown|trends?"
        r"|compared (?:to|with)|than (?:in|at|during) (?:the )?(?:previous|last|earlier|(?:19|20)\d\d)",
        "kk": r"(?:көбей|азай|төменде|нашарла|жақсар)(?:ді|ды|ген|ған|іп|ып|п)\b|үрдіс\w*|салыстырғанда",
        "ru": r"(?:увеличил|уменьшил|сократил|снизил|ухудшил|улучшил)\w+|(?:вырос|возрос)\w*|тенденци\w+"
        r"|по сравнению с\w*",
    }
)


def beyond_observations(folded: str, language: str) -> Iterator[tuple[str, Severity, int, int]]:
    """Code of the finding, severity, and place of every sign or word that goes beyond what observations say."""
    for match in _SIGN.finditer(folded):
        yield "hand-interval", Severity.BLOCK, *match.span()
    for code, words in (("hand-interval", _ERROR), ("trend-word", _CHANGE)):
        if language in words:
            for match in re.finditer(rf"\b(?:{words[language]})", folded):
                yield code, Severity.WARN, *match.span()
