"""What the worker keeps for the room, so that pages only read."""

from __future__ import annotations

from django.db import models


class Board(models.Model):
    """The room as of one change, besides its figures: JSON data of `boards.Board`. One is kept for every few minutes of
    the day, and the newest; any other is made again from the readings."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="boards")
    change_number = models.BigIntegerField()
    heard = models.IntegerField(null=True)
    body = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "change_number"], name="board_of_change"),)

    def __str__(self) -> str:
        return f"{self.mission} at {self.change_number}"
