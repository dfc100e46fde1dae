"""A release before it is written: what all its documents are made from, and the data files that carry it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Figure
from paragraph8.domain.text import Text

from .data import NOTICE, figures_csv, figures_json, notice_txt, withheld_json
from .edition import Edition
from .labels import DEMONSTRATION
from .manifest import root_of


@dataclass(frozen=True)
class Release:
    """Edition, publishable figures by key, what is withheld (key → reason), commitments (key → SHA-256), and the
    fingerprint of the key that signs. Both folders of a freeze hold the same documents of the same release."""

    edition: Edition
    figures: Mapping[str, Figure]
    withheld: Mapping[str, str]
    commitments: Mapping[str, str]
    signer: str

    @property
    def notice(self) -> Text:
        """The notice that every page carries; a simulated mission always has one."""
        mission = self.edition.mission
        if mission.notice.languages():
            return mission.notice
        return DEMONSTRATION if mission.simulated else Text.of({})

    @cached_property
    def data_files(self) -> dict[str, bytes]:
        """The data that both folders hold, by file name."""
        files = {
            "edition.json": canonical(self.edition.to_json()),
            "figures.json": figures_json(self.figures.values()),
            "commitments.json": canonical(dict(self.commitments)),
            "withheld.json": withheld_json(self.withheld),
            "figures.csv": figures_csv(self.figures.values(), self.notice),
        }
        if self.notice.languages():
            files[NOTICE] = notice_txt(self.notice)
        return files

    @cached_property
    def root(self) -> str:
        """The one digest of the release, printed in every document."""
        return root_of(self.data_files)
