"""People of the mission. Whatever names or reaches a person is kept under that person's own key, apart from what is
counted; destroying the key erases the person and leaves the counts."""

from __future__ import annotations

from django.db import models

from paragraph8.domain.people import Function, Gender, Status


class Person(models.Model):
    """Somebody of the mission, local staff excepted. `code` ("P0012") is how everything else names the person.

    `sealed` is canonical JSON of the personal data (name, card number, address, …) encrypted under the key of
    `PersonKey`; it is empty once erased. Counted fields stay: institution, seconding country, function, gender.
    `country` is who sent the person (ISO 3166 alpha-2, empty when an institution did), `citizenship` the passport;
    `languages` are ISO 639 codes, `missions_before` how many missions the person was on, unknown when empty.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="people")
    code = models.CharField(max_length=20)
    institution = models.ForeignKey("missions.Institution", on_delete=models.PROTECT, null=True, related_name="people")
    function = models.CharField(max_length=30, choices=[(f.value, f.value) for f in Function])
    country = models.CharField(max_length=2, blank=True)
    citizenship = models.CharField(max_length=2, blank=True)
    gender = models.CharField(max_length=1, blank=True, choices=[(g.value, g.value) for g in Gender if g.value])
    languages = models.JSONField(default=list)
    missions_before = models.PositiveSmallIntegerField(null=True)
    sealed = models.BinaryField(default=bytes)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="person_code"),)
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class PersonKey(models.Model):
    """The key under which one person's data are sealed; removed at the retention date or earlier."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="key")
    key = models.BinaryField()
    retain_until = models.DateField()

    def __str__(self) -> str:
        return str(self.person_id)


class StatusStep(models.Model):
    """One step of a person's history, holding from `day` on. Steps are added, never changed; `reason` is a code."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=30, choices=[(s.value, s.value) for s in Status])
    day = models.DateField()
    reason = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"{self.person} {self.status} {self.day}"
