"""The words of cards, in plain English; one place, so that other languages can be added."""

WARNING = "⚠️"
MOST_TITLE = 140


def left(number: int) -> str:
    """Say how much found no room."""
    return f"-# … and {number:,} more"


def plural(number: int, one: str, many: str = "") -> str:
    """Count something in words."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


CHANGED = "**What changed**"
AGREES = "**What agrees or is explained**"
AGREED = "**What sources agree on**"
ONLY_ONE = "**What only one says**"
DIFFER = "**Where their figures differ**"
NO_SENTENCE = "There is no sentence to quote."
QUOTATIONS = "**The same quotation in other words**"
STOPPED = "**Not compared, because**"
TABLE = "**Figures by outlet and time**"
FIGURES = "**Figures**"
SUMMARY = "**Summary**"
INFERRED = "**What was inferred**"
AGAINST = "**Against stored coverage**"
SOURCES = "**Sources side by side**"
AUDIT = "## Who did what"
HEALTH = "## How the feeds fare"
RULED = "**Ruled by moderators**"
EFFECTS = {
    "dismissed": "dismissed",
    "not_comparable": "ruled not comparable",
    "wrong_reading": "ruled a wrong reading",
    "corrected": "corrected",
    "split": "split",
    "merged": "merged",
}
LEADING = "**Which figure leads**"
NO_FIGURES = "No figure of a kind that can be compared was found."
NO_FINDINGS = "Nothing in stored coverage can be compared with these figures."
# What `words.when` says where there is no date.
NOT_STATED = "not stated"
NO_DATE = "date not stated"
NO_OUTLET = "outlet not stated"
PRIVATE = "seen in this server only"
ALL_FIGURES = "All figures"
QUOTES = "Quotes"
WHY = "Why flagged"
STOPPED_BUTTON = "Not compared"
AGREES_BUTTON = "What agrees"
RULE = "Rule on this"
WATCH = "Watch"
EXPORT = "Export"
MUTED = "muted here"
TIMELINE = "Timeline"
COMPARE = "Compare the story"
UP, DOWN = ", up", ", down"
GRADED = "-# Admiralty number, 1 (confirmed) to 6 (cannot be judged), of “{printed}”: {working}."
ITS_TEXT_ADDS = "-# {outlet} adds: {caveat}"
SURE = "-# Sure to {share:.0%}, by the rule {rules}."
IN_CONFLICT = "-# ! marks what is in conflict."
PLAIN = "-# Shortened: Discord did not take the card here. The buttons show the rest."
BACK = "◀ Back"
ON = "More ▶"
WHY_SHOWN = "Corrobot shows both sides and does not say which one is true."


def backed(outlets: list[str]) -> str:
    """Name the outlets that say as much."""
    return f"; so does {outlets[0]}" if len(outlets) == 1 else f"; so do {', '.join(outlets)}" if outlets else ""


def state(articles: int, flags: int, changes: int, figures: int) -> str:
    """Say in one sentence how the figures of a story stand."""
    if not figures:
        return "No figure that can be compared was found in its coverage."
    if flags:
        told = f"{plural(flags, 'conflict')} among {plural(figures, 'figure')}"
    elif articles == 1:
        return f"{plural(figures, 'figure')}, and no other coverage yet to hold them against."
    else:
        told = f"No conflict among {plural(figures, 'figure')}"
    return told + (f", and {plural(changes, 'figure')} changed over time." if changes else ".")


def page(number: int, of: int) -> str:
    """Number a page."""
    return f"-# page {number} of {of}"
