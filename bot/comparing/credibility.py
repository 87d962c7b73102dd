"""The Admiralty number of a piece of information, 1 to 6, from independent voices (design/domain.md, "Reconciling").

The letter grades a source and is set by people; the number grades what is said and is derived here, with its working.
It counts voices for and against, and knows nothing of which figure is true.
"""

NAMES = {
    1: "confirmed by other voices",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}


def credibility(voices_for: int, voices_against: int) -> tuple[int, str]:
    """Return the number with its working, from how many independent voices say it and how many say otherwise."""
    told = f"{_voices(voices_for)} for it, {voices_against or 'none'} against"
    if voices_against == 0:
        number = 1 if voices_for >= 2 else 6
    elif voices_for >= 2 and voices_for >= 2 * voices_against:
        number = 2
    elif voices_for >= voices_against:
        number = 3
    elif 3 * voices_for > voices_against:
        number = 4
    else:
        number = 5
    return number, f"{number}, {NAMES[number]}: {told}"


def _voices(n: int) -> str:
    return f"{n} independent voice{'s' * (n != 1)}"
