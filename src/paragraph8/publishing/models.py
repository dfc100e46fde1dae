"""Documents, their sentences in every language, and releases."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """A statement or press release. Texts are JSON objects language tag → string."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="documents")
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=[("statement", "statement"), ("press-release", "press-release")])
    title = models.JSONField()
    dateline = models.JSONField(default=dict)
    lead = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="document_code"),)
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.code


class Section(models.Model):
    """A heading with its sentences; `bars` are share bars, each a row of figure keys per answer."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=60)
    title = models.JSONField()
    bars = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["document", "code"], name="section_code"),)
        ordering = ("position",)

    def __str__(self) -> str:
        return self.code


class Sentence(models.Model):
    """The unit of a statement. `literals` are numbers that are no figures, each with its source."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="sentences")
    code = models.SlugField(max_length=60)
    paragraph = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    literals = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    commitments = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["section", "code"], name="sentence_code"),)
        ordering = ("paragraph", "position")

    def __str__(self) -> str:
        return self.code


class Wording(models.Model):
    """One version of a sentence in one language, as a template that quotes figures. The newest holds."""

    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="wordings")
    language = models.CharField(max_length=20)
    template = models.TextField()
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.sentence} {self.language}"


class Release(models.Model):
    """What was published from one freeze: a folder with a sealed and a public part, and the root hash they print."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="releases")
    freeze = models.OneToOneField("evidence.Freeze", on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField()
    folder = models.CharField(max_length=200)
    root = models.CharField(max_length=64)
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "version"], name="release_version"),)

    def __str__(self) -> str:
        return f"{self.mission} version {self.version}"
