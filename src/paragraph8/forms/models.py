"""What the forms room keeps beside the form versions of `missions`: where they came from, and what became of them."""

from __future__ import annotations

from django.db import models

from paragraph8.domain.forms import Status


class FormFile(models.Model):
    """An XLSForm as it was uploaded or taken from the library, kept whole under its SHA-256. Never changed."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="form_files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "sha256"], name="form_file"),)

    def __str__(self) -> str:
        return self.name


class FormSource(models.Model):
    """What a version was made from: the file as it came, and the XForm that ODK Collect gets (its SHA-256). A version
    without one was stored by a command, and both are written from it. Never changed."""

    form = models.OneToOneField("missions.FormVersion", on_delete=models.PROTECT, related_name="source")
    file = models.ForeignKey(FormFile, on_delete=models.PROTECT, null=True, related_name="sources")
    xform = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.form} from {self.file}"


class FormStep(models.Model):
    """A version became a draft, was published or was retired. The newest step holds; a version without any is
    published. Never changed."""

    form = models.ForeignKey("missions.FormVersion", on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Status])
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"{self.form} {self.status}"
