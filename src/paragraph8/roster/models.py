"""People of the mission. Whatever names or reaches a person is kept under that person's own key, apart from what is
counted; destroying the key erases the person and leaves the counts."""

from __future__ import annotations

from django.db import models

from paragraph8.domain.people import Duty, Function, Gender, Reason, Status


class Person(models.Model):
    """Somebody of the mission, local staff excepted. `code` ("P0012") is how everything else names the person.

    `sealed` is canonical JSON of the personal data (name, card number, address, …) encrypted under the key of
    `PersonKey`; it is empty once erased. Counted fields stay: institution, seconding country, function, gender.
    `country` is who sent the person (ISO 3166 alpha-2, empty when an institution did), `citizenship` the passport;
    `languages` are ISO 639 codes, `missions_before` how many missions the person was on, unknown when empty.
    `institution` is the one that the person is counted with, `also` a second one that the person belongs to.
    `has_card` and the dates say what the person has done of what everybody owes the mission. An entry that proved to
    be another's is `merged_into` that one and counts no more.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="people")
    code = models.CharField(max_length=20)
    institution = models.ForeignKey("missions.Institution", on_delete=models.PROTECT, null=True, related_name="people")
    also = models.ForeignKey("missions.Institution", on_delete=models.PROTECT, null=True, related_name="also_people")
    function = models.CharField(max_length=30, choices=[(f.value, f.value) for f in Function])
    country = models.CharField(max_length=2, blank=True)
    citizenship = models.CharField(max_length=2, blank=True)
    gender = models.CharField(max_length=1, blank=True, choices=[(g.value, g.value) for g in Gender if g.value])
    languages = models.JSONField(default=list)
    missions_before = models.PositiveSmallIntegerField(null=True)
    has_card = models.BooleanField(default=False)
    card_expires = models.DateField(null=True)
    code_signed = models.DateField(null=True)
    interests_declared = models.DateField(null=True)
    briefed = models.DateField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    sealed = models.BinaryField(default=bytes)
    erased_at = models.DateTimeField(null=True)

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


class PersonVersion(models.Model):
    """What is counted of a person, from one entry of the log on. The newest stands in `Person` too; a figure as of a
    change reads the newest up to that change."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="versions")
    institution = models.ForeignKey("missions.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    function = models.CharField(max_length=30)
    country = models.CharField(max_length=2, blank=True)
    gender = models.CharField(max_length=1, blank=True)
    merged_into = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey("audit.LogEntry", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.person_id} as of entry {self.entry_id}"


class StatusStep(models.Model):
    """One step of a person's history, holding from `day` on. Steps are added, never changed; `reason` is a code.

    A step that `takes_back` another says that the other was a mistake: neither counts.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=30, choices=[(s.value, s.value) for s in Status])
    day = models.DateField()
    reason = models.CharField(max_length=60, blank=True, choices=[(r.value, r.value) for r in Reason])
    takes_back = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="taken_back")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.ForeignKey("audit.LogEntry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.person} {self.status} {self.day}"


class LocalPerson(models.Model):
    """Somebody hired in the host country. Stands on a list of its own, that no figure, export or other page reads."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    duty = models.CharField(max_length=20, choices=[(d.value, d.value) for d in Duty])
    languages = models.JSONField(default=list)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    sealed = models.BinaryField(default=bytes)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="local_person_code"),)
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class LocalKey(models.Model):
    """The key of one local person's data; removed earlier than those of observers."""

    person = models.OneToOneField(LocalPerson, on_delete=models.CASCADE, primary_key=True, related_name="key")
    key = models.BinaryField()
    retain_until = models.DateField()

    def __str__(self) -> str:
        return str(self.person_id)


class RosterImport(models.Model):
    """A list of people that somebody brought and nobody has published yet. `sealed` is the whole table under `key`;
    both are emptied when the import is published or dropped, or after two weeks. `mapping` says which column, by its
    place, is what (a heading may be somebody's name where a list has no headings), `decisions` which row is whom (row
    number → code of a person, "new" or "skip")."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey("missions.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    key = models.BinaryField()
    sealed = models.BinaryField(default=bytes)
    mapping = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    published_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def open(self) -> bool:
        """Whether it still waits for somebody to decide."""
        return self.published_at is None and self.dropped_at is None


class Refusal(models.Model):
    """Two entries that somebody looked at and said are two people; they are not proposed again."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["one", "other"], name="refused_once"),)

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"
