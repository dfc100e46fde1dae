"""Samples that were drawn elsewhere, plans that were fixed, and when the gate was opened or shut. Every row is added
and never changed: a new plan is a new version."""

from __future__ import annotations

import json

from django.db import models

from paragraph8.statistics.quickcount.plans import CountPlan, plan_from_json


class DeclaredSample(models.Model):
    """A probability sample that this system did not draw: whoever drew it says from what and how.

    `body` is canonical JSON, deflated: strata with how many stations each has, kinds, and the stations drawn. `source`
    says who drew it, when and how; without that nobody could call it a probability sample.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="declared_samples")
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=500)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    n = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """One version of what is counted and under which rules; the newest holds. It rests on a draw of the sample room or
    on a declared sample. `body` is canonical JSON of the plan
    (`statistics.quickcount.plans.CountPlan`) and of its frame, counted (`sampled.Frame`).

    `late` says that returns from the sample had come in when it was fixed: then it is no plan made in advance, and
    every page says so. `reason` is why there is another version.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="count_plans")
    version = models.PositiveSmallIntegerField()
    draw = models.ForeignKey("samples.Draw", on_delete=models.PROTECT, null=True, related_name="count_plans")
    sample = models.ForeignKey(DeclaredSample, on_delete=models.PROTECT, null=True, related_name="plans")
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    late = models.BooleanField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mission", "version"], name="count_plan_version"),
            models.CheckConstraint(
                condition=models.Q(draw=None, sample__isnull=False) | models.Q(draw__isnull=False, sample=None),
                name="count_plan_of_one_sample",
            ),
        )
        ordering = ("version",)

    def __str__(self) -> str:
        return f"plan {self.version}"

    def plan(self) -> CountPlan:
        """The plan itself."""
        return plan_from_json(json.loads(self.body)["plan"])


class GateStep(models.Model):
    """The gate was opened, so that figures may leave the room, or shut again. `as_of` is the change whose figures
    were looked at, `verdict` canonical JSON of the conditions as they were then, `reason` why it was shut."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="gate_steps")
    opened = models.BooleanField()
    as_of = models.PositiveBigIntegerField()
    verdict = models.TextField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return "opened" if self.opened else "shut"
