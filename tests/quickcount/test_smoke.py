from __future__ import annotations
import pytest
from datetime import timedelta
from conftest import *
from quickcount.counting import counting
from paragraph8.accounts.permissions import *
from paragraph8.quickcount.count_page import count_page
from paragraph8.evidence.queries import figures, catalogue
from paragraph8.domain.figures import Key
from paragraph8.evidence.operations import snapshot

def test_smoke(mission, sequenced):
    c = counting(mission); sequenced()
    c.fix(); sequenced()
    for n, s in enumerate(c.stations[:17]):
        c.send(s, (300+n, 200))
    as_of = sequenced()
    print([s.key.__str__() for s in catalogue(mission.row, viewer=SERVER)])
    found = figures(mission.row, [Key.parse(k) for k in ("quickcount.share[contestant=anna]","quickcount.lead","quickcount.turnout","quickcount.returns")], as_of=as_of, viewer=SERVER)
    for f in found.values(): print(f)
    p = count_page(mission.row, viewer=mission.viewer(Role.HEAD), now=NOW+timedelta(hours=9))
    print(p)
    snapshot(mission=mission.row, now=NOW)
