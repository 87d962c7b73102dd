"""What moderators decide about flags, readings, stories and articles: recorded, applied at once, taken back."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.comparing import rulings as ruled
from bot.model import Comparison, CorrobotError, Figure, Finding, GateStep, Ruling, StoredArticle, Story
from bot.render.words import title_of
from bot.services.coverage import Coverage
from bot.services.desk import Clock, stamp_of
from bot.services.found import article_of, story_of
from bot.store import Act, Store

STEPS: tuple[GateStep, ...] = ("event", "measure", "unit", "place", "group", "status", "time")
MOST_REASON = 400
_FLAG = re.compile(r"#?(\d{1,9})(?:[.:]([0-9a-f]{10}))?")
_FIGURE = re.compile(r"#?(\d{1,9})[.:]([0-9a-f]{20})")


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """An open flag: `id` names it for as long as it says the same."""

    story: int
    id: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A ruling that was made or taken back, and the stories it changed (none of them where they are gone)."""

    ruling: Ruling
    about: str
    stories: tuple[Story, ...]


class Rulings:
    """Make, list and undo rulings. Numbers are those that people of the server see."""

    def __init__(self, store: Store, coverage: Coverage, clock: Clock) -> None:
        self._store = store
        self._coverage = coverage
        self._clock = clock

    async def open(self, server: str, story: int | None = None, *, limit: int = 25) -> list[OpenFlag]:
        """List the open flags as they were last compared: quick, for a choice that cannot wait."""
        found = await self._store.stories.flags(server, limit=200)
        kept = [OpenFlag(f.story, ruled.finding_id(f.finding), f.finding.explanation) for f in found]
        return [f for f in kept if story in (None, f.story)][:limit]

    async def figures(self, server: str, typed: str, *, limit: int = 25) -> list[tuple[str, StoredArticle, Figure]]:
        """List figures with the ids that `reading` takes: those found, else those of the newest article."""
        if typed.strip():
            found = [(x.stored, x.figure) for x in await self._coverage.figures(server, typed, limit=limit)]
        else:
            found = []
            for stored in await self._store.articles.list(server, limit=1):
                reading = await self._coverage.desk.reading(server, stored)
                found = [(stored, f) for f in (reading.figures if reading else ())]
        return [(f"{s.number}.{_mark(s, f).text}", s, f) for s, f in found[:limit]]

    async def dismiss(self, server: str, flag: str, reason: str, by: str) -> Outcome:
        """Close a flag that is wrong or of no interest. Raises CorrobotError."""
        story, comparison, found = await self._flag(server, flag)
        target = ruled.finding_target(comparison, found, await self._names(server, story))
        return await self._rule(server, "dismiss", target, reason, by, [story], _articles(comparison, found))

    async def scope(self, server: str, flag: str, step: str, reason: str, by: str) -> Outcome:
        """Rule that the sides of a flag are not comparable, with the gate's step that should have stopped them."""
        known = next((s for s in STEPS if s == step.strip().lower()), None)
        if known is None:
            raise CorrobotError("usage", f"{step} is no step; choose one of {', '.join(STEPS)}.", step)
        story, comparison, found = await self._flag(server, flag)
        target = ruled.finding_target(comparison, found, await self._names(server, story), known)
        return await self._rule(server, "scope", target, reason, by, [story], _articles(comparison, found))

    async def reading(
        self, server: str, figure: str, reason: str, by: str, fields: Mapping[str, str] | None = None
    ) -> Outcome:
        """Correct fields of a figure (place, group, as_of), or without any drop it as read wrongly."""
        if set(fields or ()) - set(ruled.FIELDS):
            raise CorrobotError("usage", f"Of a reading these can be corrected: {', '.join(ruled.FIELDS)}.")
        parts = _FIGURE.fullmatch(figure.strip())
        number = int(parts[1]) if parts else 0
        stored = await self._store.articles.get(server, number)
        reading = await self._coverage.desk.reading(server, stored) if stored else None
        wanted = parts[2] if parts else ""
        found = next(
            (f for f in (reading.figures if reading else ()) if stored and _mark(stored, f).text == wanted), None
        )
        if stored is None or found is None:
            raise CorrobotError("not_found", "That figure is not there; choose one from the list.", figure)
        names = await self._coverage.desk.names(stored)
        target = ruled.figure_target(found, stored.article, names, fields or {})
        stories = [stored.story] if stored.story else []
        return await self._rule(server, "correct", target, reason, by, stories, [number])

    async def side(self, server: str, flag: str, side: int, reason: str, by: str) -> list[Outcome]:
        """Drop one side of a flag as read wrongly, with its repeats in the same articles; sides are counted from 1."""
        _, comparison, found = await self._flag(server, flag)
        if not 1 <= side <= len(found.sides):
            raise CorrobotError("usage", f"This flag has sides 1 to {len(found.sides)}.", str(side))
        outcomes = []
        chosen = [comparison.figure(id) for id in found.sides[side - 1].figures]
        claims = {_claim(f) for f in chosen}
        for f in [f for f in comparison.figures if _claim(f) in claims]:
            mark = ruled.mark_of(f, comparison.article(f.article).text, ()).text
            outcomes.append(await self.reading(server, f"{f.article.removeprefix('a')}.{mark}", reason, by))
        return outcomes

    async def correct(
        self,
        server: str,
        number: int,
        reason: str,
        by: str,
        *,
        outlet: str | None = None,
        published: str | None = None,
        title: str | None = None,
    ) -> Outcome:
        """Correct outlet, date or title of an article in this server."""
        given = {"outlet": outlet, "published": published, "title": title}
        fields = {name: value.strip() for name, value in given.items() if value is not None and value.strip()}
        if not fields:
            raise CorrobotError("usage", "Say what to correct: outlet, published or title.")
        stored = await article_of(self._store, server, number)
        was = {name: getattr(stored.article, name) for name in fields}
        told = ", ".join(f"{name} {was[name] or 'unknown'} is {value}" for name, value in fields.items())
        names = await self._coverage.desk.names(stored)
        target = {
            "what": "article", "about": f"article {number}: {told}", "names": sorted(names), "number": number,
            "keys": [stored.key], "fields": fields,
        }  # fmt: skip
        outcome = await self._record(server, "correct", _json(target), reason, by)
        await self._store.articles.correct(server, number, **fields)
        return await self._outcome(server, outcome, [stored.story] if stored.story else [])

    async def split(self, server: str, numbers: Sequence[int], reason: str, by: str) -> Outcome:
        """Take articles out of their story into one of their own, for good."""
        moved = [await article_of(self._store, server, n) for n in dict.fromkeys(numbers)]
        stories = {a.story for a in moved}
        story = moved[0].story if moved else None
        if len(stories) != 1 or story is None:
            raise CorrobotError("usage", "Name articles of one story.")
        stayed = [a for a in await self._store.stories.articles(server, story) if a.key not in {m.key for m in moved}]
        if not stayed:
            raise CorrobotError("usage", f"Story {story} has no other article: there is nothing to split.")
        made = await self._store.stories.create(server, title_of(moved[0].article), stamp_of(self._clock()))
        for one in moved:
            await self._store.stories.move_article(server, one.key, made.number)
        told = f"articles {', '.join(str(a.number) for a in moved)} out of story {story} into story {made.number}"
        target = await self._groups(server, "apart", told, stayed, moved, story, made.number)
        outcome = await self._record(server, "split", target, reason, by)
        return await self._outcome(server, outcome, [story, made.number])

    async def merge(self, server: str, into: int, other: int, reason: str, by: str) -> Outcome:
        """Put the articles of another story into this one, for good."""
        await story_of(self._store, server, into)
        await story_of(self._store, server, other)
        if into == other:
            raise CorrobotError("usage", "A story cannot be merged with itself.", str(into))
        kept = await self._store.stories.articles(server, into)
        moved = await self._store.stories.articles(server, other)
        target = await self._groups(server, "together", f"story {other} into story {into}", kept, moved, into, other)
        await self._store.stories.merge(server, into, other)
        return await self._outcome(server, await self._record(server, "merge", target, reason, by), [into])

    async def undo(self, server: str, number: int, by: str, reason: str = "") -> Outcome:
        """Take a ruling back; what it changed is as it was. Raises CorrobotError."""
        found = await self._store.rulings.get(server, number)
        if found is None or found.undone:
            raise CorrobotError("not_found", f"There is no ruling {number} in force here; see /audit.", str(number))
        target = ruled.target_of(found)
        stories = await self._stories(server, found)
        await self._store.rulings.undo(server, number, by=by, now=stamp_of(self._clock()))
        about = str(target.get("about", ""))
        await self._store.audit.add(
            server,
            by=by,
            what="ruling undo",
            about=f"ruling {number}: {about}",
            why=reason,
            now=stamp_of(self._clock()),
        )
        if target.get("what") == "article":
            await self._uncorrect(server, target)
        elif target.get("what") == "stories":
            stories += await self._regroup(server, target)
        return await self._outcome(server, found, stories)

    async def log(self, server: str, *, limit: int = 10, offset: int = 0) -> list[Act]:
        """List who did what when and why, newest first."""
        return await self._store.audit.list(server, limit=limit, offset=offset)

    async def note(self, server: str, by: str, what: str, about: str = "", why: str = "") -> None:
        """Write down an act that is no ruling."""
        await self._store.audit.add(server, by=by, what=what, about=about, why=why, now=stamp_of(self._clock()))

    async def _flag(self, server: str, flag: str) -> tuple[int, Comparison, Finding]:
        parts = _FLAG.fullmatch(flag.strip())
        if parts is None:
            raise CorrobotError("not_found", "That flag is not there; choose one from the list.", flag)
        story = int(parts[1])
        comparison, _ = await self._coverage.desk.comparison(server, story)
        found = [f for f in comparison.findings if f.flag and parts[2] in (None, ruled.finding_id(f))]
        if not found:
            raise CorrobotError("not_found", f"Story {story} has no such open flag any more; see /flags.", flag)
        if parts[2] is None and len(found) > 1:
            raise CorrobotError("usage", f"Story {story} has {len(found)} open flags; choose one from the list.", flag)
        return story, comparison, found[0]

    async def _names(self, server: str, story: int) -> dict[str, frozenset[str]]:
        stored = await self._store.stories.articles(server, story)
        return {f"a{a.number}": await self._coverage.desk.names(a) for a in stored}

    async def _rule(
        self,
        server: str,
        kind: str,
        target: str,
        reason: str,
        by: str,
        stories: Sequence[int],
        articles: Sequence[int],
    ) -> Outcome:
        stored = [await self._store.articles.get(server, n) for n in articles]
        with_keys = json.loads(target) | {"keys": [a.key for a in stored if a]}
        return await self._outcome(server, await self._record(server, kind, _json(with_keys), reason, by), stories)

    async def _record(self, server: str, kind: str, target: str, reason: str, by: str) -> Ruling:
        reason = " ".join(reason.split())
        if not reason:
            raise CorrobotError("usage", "Say why: the reason is shown on the card.")
        if len(reason) > MOST_REASON:
            raise CorrobotError("too_large", f"The reason is longer than {MOST_REASON} characters.", reason[:40])
        now = stamp_of(self._clock())
        made = await self._store.rulings.add(server, kind=kind, target=target, reason=reason, by=by, now=now)
        about = f"ruling {made.number}: {ruled.target_of(made).get('about', '')}"
        await self._store.audit.add(server, by=by, what=f"ruling {kind}", about=about, why=reason, now=now)
        return made

    async def _outcome(self, server: str, ruling: Ruling, stories: Sequence[int]) -> Outcome:
        """Compare the stories again that a ruling changed."""
        changed = []
        for number in dict.fromkeys(stories):
            if await self._store.stories.get(server, number) is not None:
                await self._coverage.desk.comparison(server, number)
                story = await self._store.stories.get(server, number)
                changed += [story] if story else []
        return Outcome(ruling, str(ruled.target_of(ruling).get("about", "")), tuple(changed))

    async def _groups(
        self,
        server: str,
        how: str,
        about: str,
        first: Sequence[StoredArticle],
        second: Sequence[StoredArticle],
        into: int,
        other: int,
    ) -> str:
        groups = [[sorted(await self._coverage.desk.names(a)) for a in part] for part in (first, second)]
        names = sorted({name for part in groups for one in part for name in one})
        keys = [a.key for part in (first, second) for a in part]
        return _json(
            {
                "what": "stories",
                "about": about,
                "how": how,
                "groups": groups,
                "names": names,
                "keys": keys,
                "stories": [into, other],
            }
        )

    async def _stories(self, server: str, ruling: Ruling) -> list[int]:
        """Return the stories that the articles of a ruling are in now."""
        keys = [int(key) for key in ruled.target_of(ruling).get("keys", ())]
        stored = await self._store.articles.by_keys(server, keys)
        return list(dict.fromkeys(a.story for a in stored if a.story is not None))

    async def _uncorrect(self, server: str, target: Mapping[str, object]) -> None:
        """Give an article back what it had: an earlier correction that holds, else what the page says."""
        number, fields = int(str(target["number"])), dict(target["fields"])  # type: ignore[call-overload]
        stored = await self._store.articles.get(server, number)
        if stored is None:
            return
        back = dict.fromkeys(fields, "")
        back |= {k: v for k, v in (await self._coverage.desk.corrections(server, stored)).items() if k in back}
        await self._store.articles.correct(server, number, **back)

    async def _regroup(self, server: str, target: Mapping[str, object]) -> list[int]:
        """Put the articles of a split or a merge back where they were, those that are still there."""
        parts: list[list[list[str]]] = target["groups"]  # type: ignore[assignment]
        first, second = ({name for one in part for name in one} for part in parts)
        numbers: list[int] = target["stories"]  # type: ignore[assignment]
        away, home = (numbers[1], numbers[0]) if target["how"] == "apart" else (numbers[0], numbers[1])
        moved = [
            a
            for a in await self._store.stories.articles(server, away)
            if (names := await self._coverage.desk.names(a)) & second and not names & first
        ]
        if not moved:
            return []
        if await self._store.stories.get(server, home) is None:
            # The number of a story that is gone is not used again.
            home = (
                await self._store.stories.create(server, title_of(moved[0].article), stamp_of(self._clock()))
            ).number
        for one in moved:
            await self._store.stories.move_article(server, one.key, home)
        return [home, away]


def _articles(c: Comparison, f: Finding) -> list[int]:
    """Return the numbers of the articles of a finding."""
    ids = dict.fromkeys(c.figure(id).article for side in f.sides for id in side.figures)
    return [int(id.removeprefix("a")) for id in ids]


def _claim(f: Figure) -> tuple[object, ...]:
    """Return what a repeat of a figure in its own article has in common with it."""
    return f.article, f.type, f.event, f.value, f.low, f.high


def _mark(stored: StoredArticle, f: Figure) -> ruled.Mark:
    return ruled.mark_of(f, stored.article.text, ())


def _json(target: Mapping[str, object]) -> str:
    return json.dumps(target, ensure_ascii=False)
