"""Records of what was read: numbers that are no figures, dates, and figures repeated in one article."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.language.dates import DateSpan, resolve
from bot.language.quantity import Quantity
from bot.model import Article, Figure
from bot.reading.document import View
from bot.reading.moments import EventTime
from bot.reading.scope import Scope, published_date


def date_record(article: Article, view: View, d: DateSpan) -> Figure:
    """Make the record of a date or time that no figure is."""
    when = resolve(d, published_date(article.published))
    clock = f"T{d.minute // 60:02d}:{d.minute % 60:02d}" if d.minute is not None else None
    return Figure(
        "",
        article.id,
        d.start,
        d.end,
        ((d.start, d.end),),
        article.text[d.start : d.end],
        d.kind,
        None,
        None,
        "exact",
        measure=d.kind,
        value_from=when.start if when else clock,
        value_to=when.end if when else clock,
        sentence=(view.start, view.end),
        rules=(d.rule,),
    )


def day_record(
    article: Article, view: View, d: DateSpan, event: str, whose: str, speakers: tuple[str, ...], rule: str
) -> Figure:
    """Make the figure of the day on which something befell somebody, or so many somewhere (`whose`, lower case)."""
    record = date_record(article, view, d)
    return replace(
        record,
        type="date",
        event=event,
        subject=whose,
        measure=f"day {event}",
        attribution=speakers,
        voice=speakers[-1] if speakers else None,
        confidence=0.6,
        rules=(*record.rules, rule),
    )


def time_record(
    article: Article,
    view: View,
    d: DateSpan,
    time: EventTime,
    scope: Scope,
    day: str | None,
    speakers: tuple[str, ...],
) -> Figure:
    """Make the figure of the time of day at which the event came to pass, in minutes."""
    iso = f"T{time.minute // 60:02d}:{time.minute % 60:02d}"
    return replace(
        date_record(article, view, d),
        type="time",
        bound=time.bound,
        event="occurred",
        unit="minute",
        measure="time of the event",
        attribution=speakers,
        voice=speakers[-1] if speakers else None,
        place=scope.place,
        place_from=scope.place_from,
        value=float(time.minute),
        value_from=iso,
        value_to=iso,
        period=scope.period,
        day=day,
        anchor=scope.anchor,
        confidence=0.6,
        qualifiers=(time.hedge or d.granularity,),
        rules=(d.rule, time.rule, *scope.rules),
    )


def plain_record(article: Article, view: View, q: Quantity, type_: Any) -> Figure:
    """Make the record of a number that is no figure: an age, an ordinal, a duration, an identifier."""
    return Figure(
        "",
        article.id,
        q.start,
        q.end,
        ((q.start, q.end),),
        article.text[q.start : q.end],
        type_,
        q.low,
        q.high,
        q.bound,
        unit=q.unit,
        value=q.value,
        measure=type_,
        sentence=(view.start, view.end),
        confidence=0.5,
        rules=q.rules,
    )


def merge(figures: Sequence[Figure]) -> list[Figure]:
    """Merge a figure repeated with the same value, bound, scope and voice into one with several spans; number them."""
    merged: dict[tuple[object, ...], Figure] = {}
    for f in figures:
        key = (
            (
                f.type,
                f.low,
                f.high,
                f.bound,
                f.event,
                f.group,
                f.unit,
                f.place,
                f.as_of,
                f.voice,
                f.role,
                f.status,
                f.period,
            )
            if (f.event or f.group) and f.type != "date"
            else (f.event, f.subject, f.value_from)
            if f.event and f.type == "date"
            else (f.start,)
        )
        if key in merged:
            merged[key] = replace(merged[key], spans=(*merged[key].spans, (f.start, f.end)))
        else:
            merged[key] = f
    ordered = sorted(merged.values(), key=lambda f: f.start)
    return [replace(f, id=f"{f.article}.{n}") for n, f in enumerate(ordered, 1)]


def converted(f: Figure, of: Figure) -> Figure:
    """Return a number in brackets that gives another one in its unit, told of the same thing: "20 km (12 miles) of cable"."""
    own = {k: getattr(f, k) for k in ("start", "end", "spans", "printed", "low", "high", "unit", "value")}
    measure = of.measure.replace(of.unit or of.type, f.unit or f.type, 1)
    return replace(of, **own, measure=measure, rules=(*f.rules[: f.rules.index("restated") + 1], *of.rules))


def counted_again(f: Figure, view: View, q: Quantity, article: Article, speakers: tuple[str, ...]) -> Figure:
    """Return another number of what a figure counts, as somebody else gives it in the sentence after."""
    return replace(
        f,
        start=q.start,
        end=q.end,
        spans=((q.start, q.end),),
        printed=article.text[q.start : q.end],
        low=q.low,
        high=q.high,
        bound=q.bound,
        value=q.value,
        sentence=(view.start, view.end),
        attribution=speakers,
        voice=speakers[-1],
        status="reported",
        caveat=None,
        confidence=min(f.confidence, 0.6),
        rules=(*q.rules, "noun.there_were", *(r for r in f.rules if r.startswith(("noun.", "event.")))),
    )
