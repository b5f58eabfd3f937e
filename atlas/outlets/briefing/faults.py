"""What can be wrong with a briefing that someone gives us."""


class BadBriefing(Exception):
    """`reason` is 'too_large', 'not_a_briefing' or 'invalid'; `place` and `problem` say where and what (English)."""

    def __init__(self, reason: str, place: str = "", problem: str = "") -> None:
        super().__init__(f"{reason} {place} {problem}".strip())
        self.reason, self.place, self.problem = reason, place, problem


class Unshown(Exception):
    """A block that cannot be shown; the message is the sentence that says why, in the language of the briefing."""
