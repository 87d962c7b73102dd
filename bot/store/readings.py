"""What was read out of an article: sentences, figures, quotations, tone."""

import json
from collections.abc import Sequence

from bot.model import Figure, Reading
from bot.store import codec
from bot.store.database import Handle


async def save(handle: Handle, key: int, reading: Reading, text: str | None) -> bool:
    """Replace the reading of an article; False if the article is gone or no longer says `text`."""
    row = await handle.row("SELECT text FROM articles WHERE key = ?", (key,))
    if row is None or (text is not None and row["text"] != text):
        return False
    words: str = row["text"]
    await handle.run("DELETE FROM readings WHERE article_key = ?", (key,))
    await handle.run(
        "INSERT INTO readings (article_key, article, quotations, tone) VALUES (?, ?, ?, ?)",
        (
            key,
            reading.article,
            json.dumps(reading.quotations, default=codec.flat, ensure_ascii=False),
            None if reading.tone is None else codec.dump(reading.tone),
        ),
    )
    await handle.many(
        'INSERT INTO sentences (article_key, ordinal, start, "end") VALUES (?, ?, ?, ?)',
        [(key, ordinal, start, end) for ordinal, (start, end) in enumerate(reading.sentences)],
    )
    await handle.many(
        "INSERT INTO figures (article_key, ordinal, type, printed, measure, place, voice, sentence, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                key,
                ordinal,
                figure.type,
                figure.printed,
                figure.measure,
                figure.place,
                figure.voice,
                words[slice(*figure.sentence)],
                codec.dump(figure),
            )
            for ordinal, figure in enumerate(reading.figures)
        ],
    )
    return True


async def load(handle: Handle, key: int) -> Reading | None:
    """Give the reading of an article exactly as it was saved."""
    return (await load_all(handle, [key])).get(key)


async def load_all(handle: Handle, keys: Sequence[int]) -> dict[int, Reading]:
    """Give the readings of those articles that have one, by their keys."""
    wanted = (json.dumps([*keys]),)
    mine = "WHERE article_key IN (SELECT value FROM json_each(?)) ORDER BY article_key"
    rows = await handle.rows(f"SELECT article_key, article, quotations, tone FROM readings {mine}", wanted)
    sentences: dict[int, list[tuple[int, int]]] = {int(row["article_key"]): [] for row in rows}
    figures: dict[int, list[Figure]] = {key: [] for key in sentences}
    for key, start, end in await handle.rows(
        f'SELECT article_key, start, "end" FROM sentences {mine}, ordinal', wanted
    ):
        sentences[key].append((int(start), int(end)))
    for key, body in await handle.rows(f"SELECT article_key, body FROM figures {mine}, ordinal", wanted):
        figures[key].append(codec.figure(body))
    return {
        key: Reading(
            article=row["article"],
            sentences=tuple(sentences[key]),
            figures=tuple(figures[key]),
            quotations=codec.quotations(row["quotations"]),
            tone=None if row["tone"] is None else codec.tone(row["tone"]),
        )
        for row in rows
        for key in (int(row["article_key"]),)
    }
