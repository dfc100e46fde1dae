"""What a mission knows: forms, answers, checks, figures. Pure: the standard library only."""
