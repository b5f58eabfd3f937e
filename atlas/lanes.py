"""Packing: marks in as few lanes as hold them without overlap."""


def lanes(spans: list[tuple[float, float]], taken: float) -> list[int]:
    """The first lane where each span, in order, meets no earlier one; `taken` is where the first lane becomes free."""
    ends, chosen = [taken], []
    for left, right in spans:
        lane = next((i for i, end in enumerate(ends) if end <= left), len(ends))
        ends[lane : lane + 1] = [right]
        chosen.append(lane)
    return chosen
