"""What a chart looks like outside a page: the classes of `web/charts.css` in the colours of paper.

Pages load `web/static/web/charts.css`, whose values are the tokens of the theme; a test holds that both know the same
classes.
"""

from __future__ import annotations

from typing import Final

STYLE: Final = (
    "text{font:12px 'Noto Sans','Liberation Sans',Arial,sans-serif;fill:#555}"
    ".name{fill:#000;font-size:13px}.value{fill:#000;font-weight:600;font-size:13px}"
    ".grid{stroke:#bbb}.base{stroke:#777}"
    ".whisker{stroke:#0b5fa5;stroke-width:2}.dot{fill:#0b5fa5}.weak{fill:#fff;stroke:#0b5fa5;stroke-width:2}"
    ".bar{fill:#0b5fa5}.step{stroke:#000;stroke-width:2}"
    ".mid{fill:#74a6cf}.median{stroke:#000;stroke-width:2.5}.reach{stroke:#777}"
    ".beside{fill:#fff;stroke:#c2570c;stroke-width:2.5}"
    ".band{stroke:none;opacity:.25}.line{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}"
    ".truth{stroke-dasharray:5 4;stroke-width:2}.mark{stroke:#777;stroke-dasharray:2 3}"
    ".s1{--s:#0b5fa5}.s2{--s:#c2570c}.s3{--s:#0c7c72}.s4{--s:#8c4a86}"
    ".s1.fill,.s1.band{fill:#0b5fa5}.s2.fill,.s2.band{fill:#c2570c}.s3.fill,.s3.band{fill:#0c7c72}"
    ".s4.fill,.s4.band{fill:#8c4a86}"
    ".s1.line,.s1.truth{stroke:#0b5fa5}.s2.line,.s2.truth{stroke:#c2570c}.s3.line,.s3.truth{stroke:#0c7c72}"
    ".s4.line,.s4.truth{stroke:#8c4a86}"
    ".q1{fill:#e3edf5}.q2{fill:#b7d1e6}.q3{fill:#74a6cf}.q4{fill:#2f74b0}.q5{fill:#0d4475}.none{fill:#fff;stroke:#777}"
    ".light{fill:#fff}.dark{fill:#000}.corner{fill:#7a4800}"
)
