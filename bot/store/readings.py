"""What was read out of an article: sentences, figures, quotations, tone."""

import json

from bot.model import Reading
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
    row = await handle.row("SELECT article, quotations, tone FROM readings WHERE article_key = ?", (key,))
    if row is None:
        return None
    sentences = await handle.rows('SELECT start, "end" FROM sentences WHERE article_key = ? ORDER BY ordinal', (key,))
    figures = await handle.rows("SELECT body FROM figures WHERE article_key = ? ORDER BY ordinal", (key,))
    return Reading(
        article=row["article"],
        sentences=tuple((int(start), int(end)) for start, end in sentences),
        figures=tuple(codec.figure(figure["body"]) for figure in figures),
        quotations=codec.quotations(row["quotations"]),
        tone=None if row["tone"] is None else codec.tone(row["tone"]),
    )
