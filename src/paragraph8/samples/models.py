"""Seeds that were committed to, what was asked of a draw, what was drawn, and where teams stop because of it."""

from __future__ import annotations

from django.db import models

from paragraph8.domain.selection import Purpose, StrataBy


class Commitment(models.Model):
    """A seed that nobody has seen, and its SHA-256, which everybody may. It serves one draw.

    `sealed` is the seed, encrypted under a key that is a file of the server. `source` says from where a contribution
    to the seed will come and `due` from when it can be known; empty when the seed stands alone.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="seed_commitments")
    sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=300, blank=True)
    due = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.sha256[:12]


class Contribution(models.Model):
    """What came from outside after the seed was committed to: dice, a number drawn elsewhere. It is public."""

    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="contribution")
    value = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.value


class DrawRequest(models.Model):
    """What is to be drawn from which list. `design` is canonical JSON of `sampling.design.Request`; `frame_sha256` the
    digest of the frame in its order; `reason` why there is another draw for the same purpose.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="draw_requests")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="requests")
    station_list = models.ForeignKey("missions.StationList", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Purpose])
    strata_by = models.CharField(max_length=10, choices=[(s.value, s.value) for s in StrataBy])
    kinds = models.JSONField(default=list)
    design = models.TextField()
    frame_sha256 = models.CharField(max_length=64)
    polls_close = models.DateTimeField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Draw(models.Model):
    """What was drawn. `frame` is the frame's rows as canonical JSON, deflated; `design` canonical JSON of
    `sampling.design.Design` without the seed."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="draws")
    request = models.OneToOneField(DrawRequest, on_delete=models.PROTECT, related_name="draw")
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="draw")
    frame = models.BinaryField()
    design = models.TextField()
    n = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.request.name


class Replacement(models.Model):
    """A station that cannot be reached gives way to the next reserve of its stratum."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="replacements")
    stratum = models.CharField(max_length=200)
    out = models.CharField(max_length=100)
    reserve = models.CharField(max_length=100)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draw", "out"], name="replaced_once"),
            models.UniqueConstraint(fields=["draw", "reserve"], name="reserve_once"),
        )

    def __str__(self) -> str:
        return f"{self.out} → {self.reserve}"


class Stop(models.Model):
    """A drawn station on one team's day; nobody of the team sees it before `show_at`, and it is printed nowhere."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="stops")
    team = models.ForeignKey("missions.Team", on_delete=models.PROTECT, related_name="drawn_stops")
    station = models.ForeignKey("missions.Station", on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    show_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["draw", "station"], name="one_stop_per_drawn_station"),)
        ordering = ("team", "order")

    def __str__(self) -> str:
        return f"{self.team} {self.order}"
