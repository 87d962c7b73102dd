"""Work that must survive a restart: queued, claimed, done, or dead after too many failures.

Times are ISO 8601 in UTC, all written the same way, so that they compare as text.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.store.database import Database

JobState = Literal["queued", "running", "done", "dead"]
MAX_ATTEMPTS = 3
# The first time a job may have been beside the one that took the process with it; from then on it is claimed first, and
# the pipeline runs it alone.
MAX_INTERRUPTED = 5
# A job put back loses its name: another of that name may wait already, and one of the two must not get lost.
_PUT_BACK = f"state = iif(attempts >= {MAX_ATTEMPTS}, 'dead', 'queued'), name = NULL,"
# Nothing waits for days: a time so far ahead was written by a clock that has been put back since.
_DUE = "(not_before <= :now OR not_before > strftime('%Y-%m-%dT%H:%M:%S+00:00', :now, '+2 days'))"


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work.

    `attempts` counts the claims that came to an end, and this one; `interrupted` those that a stopped process left.
    """

    key: int
    server: str | None
    kind: str
    payload: dict[str, Any]
    state: JobState
    attempts: int
    not_before: str
    error: str | None
    created_at: str
    updated_at: str
    interrupted: int = 0


class Jobs:
    """The queue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enqueue(
        self,
        kind: str,
        payload: Mapping[str, Any],
        *,
        now: str,
        not_before: str | None = None,
        server: str | None = None,
        name: str | None = None,
    ) -> int:
        """Put work in the queue and give its key; while a job of this kind and `name` waits, give that one's key."""
        async with self._database.write() as handle:
            row = await handle.row(
                "INSERT INTO jobs (server, kind, name, payload, not_before, created_at, updated_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING key",
                (server, kind, name, json.dumps(dict(payload)), not_before or now, now, now),
            )
            if row is None:
                row = await handle.row(
                    "SELECT key FROM jobs WHERE kind = ? AND name = ? AND state = 'queued'", (kind, name)
                )
        assert row is not None
        return int(row["key"])

    async def claim(self, now: str, *, kind: str | None = None, fair: bool = False) -> Job | None:
        """Take the job that has been due longest, one that was interrupted first; no two callers get the same one.

        Where it should be `fair`, servers of which no job of this kind is running come first.
        """
        served = "server IN (SELECT server FROM jobs WHERE state = 'running' AND kind = :kind)," if fair else ""
        async with self._database.write() as handle:
            row = await handle.row(
                "UPDATE jobs SET state = 'running', attempts = attempts + 1, updated_at = :now WHERE key ="
                f" (SELECT key FROM jobs WHERE state = 'queued' AND {_DUE}"
                f" AND (:kind IS NULL OR kind = :kind) ORDER BY interrupted > 0 DESC, {served} not_before, key LIMIT 1) RETURNING *",
                {"now": now, "kind": kind},
            )
        return None if row is None else _read(row)

    async def done(self, key: int, now: str) -> bool:
        """Close a running job; its payload is dropped, for it may hold a text that is removed later."""
        async with self._database.write() as handle:
            changed = await handle.run(
                "UPDATE jobs SET state = 'done', payload = '{}', error = NULL, updated_at = ?"
                " WHERE key = ? AND state = 'running'",
                (now, key),
            )
        return changed > 0

    async def fail(
        self, key: int, error: str, now: str, *, retry_at: str | None = None, final: bool = False
    ) -> JobState | None:
        """Put a running job back, due at `retry_at`; the third failure, or a `final` one, makes it dead.

        Give its new state.
        """
        put_back = "state = 'dead', name = NULL," if final else _PUT_BACK
        async with self._database.write() as handle:
            row = await handle.row(
                f"UPDATE jobs SET {put_back} interrupted = 0, error = :error, not_before = coalesce(:retry_at, :now),"
                " updated_at = :now WHERE key = :key AND state = 'running' RETURNING state",
                {"key": key, "error": error, "now": now, "retry_at": retry_at},
            )
        return None if row is None else row["state"]

    async def put_back(self, key: int, why: str, now: str, *, retry_at: str) -> bool:
        """Put a running job back, due at `retry_at`, as though it had not been claimed: what failed was not its own."""
        async with self._database.write() as handle:
            changed = await handle.run(
                "UPDATE jobs SET state = 'queued', name = NULL, attempts = max(0, attempts - 1), error = ?,"
                " not_before = ?, updated_at = ? WHERE key = ? AND state = 'running'",
                (why, retry_at, now, key),
            )
        return changed > 0

    async def given_up(self, kind: str, *, server: str | None = None, limit: int = 100) -> "JobList":
        """List the dead jobs of a kind, the last first."""
        rows = await self._database.rows(
            "SELECT * FROM jobs WHERE state = 'dead' AND kind = :kind AND (:server IS NULL OR server = :server)"
            " ORDER BY updated_at DESC, key DESC LIMIT :limit",
            {"kind": kind, "server": server, "limit": limit},
        )
        return [_read(row) for row in rows]

    async def requeue_running(self, now: str) -> int:
        """Put back, at the start, what a stopped process left running; give how many jobs wait again.

        A stop costs no attempt, for the work may well be innocent of it. A job that was interrupted five times, all but
        the first of them running alone, probably kills the process, and is dead.
        """
        async with self._database.write() as handle:
            rows = await handle.rows(
                f"UPDATE jobs SET state = iif(interrupted + 1 >= {MAX_INTERRUPTED}, 'dead', 'queued'), name = NULL,"
                " interrupted = interrupted + 1, attempts = max(0, attempts - 1), error = 'the process stopped',"
                " updated_at = :now WHERE state = 'running' RETURNING state",
                {"now": now},
            )
        return sum(row["state"] == "queued" for row in rows)

    async def nobody_waits(self, kind: str, due: str, now: str) -> int:
        """Make what was due at `due`, because somebody waited for it, due from now on; give how many jobs that are.

        At the start of a process nobody waits for what an earlier one left, and who waits now must not wait for all that.
        """
        async with self._database.write() as handle:
            return await handle.run(
                "UPDATE jobs SET not_before = ? WHERE state = 'queued' AND kind = ? AND not_before = ?",
                (now, kind, due),
            )

    async def interrupted(self, kind: str) -> int:
        """Count the waiting and running jobs of a kind that a stopped process left before."""
        row = await self._database.row(
            "SELECT count(*) FROM jobs WHERE state IN ('queued', 'running') AND kind = ? AND interrupted > 0", (kind,)
        )
        return int(row[0]) if row else 0

    async def unfinished(self, kind: str, *, newest: int | None = None) -> "Numbers":
        """Give server and number of the articles in no story or without a reading that no job of this kind is about.

        A process was killed after it had stored them. What was given up is not among them. With `newest`, of so many
        additions: to look at all takes a second or two for 100,000 articles that no cache holds.
        """
        rows = await self._database.rows(_UNFINISHED, {"kind": kind, "newest": newest})
        return [(str(row["server"]), int(row["number"])) for row in rows]

    async def prune(self, before: str) -> int:
        """Delete the jobs that ended before a time."""
        async with self._database.write() as handle:
            return await handle.run("DELETE FROM jobs WHERE state IN ('done', 'dead') AND updated_at < ?", (before,))

    async def counts(self) -> dict[JobState, int]:
        """Count the jobs in each state."""
        rows = await self._database.rows("SELECT state, count(*) AS jobs FROM jobs GROUP BY state")
        counts: dict[JobState, int] = {"queued": 0, "running": 0, "done": 0, "dead": 0}
        return counts | {row["state"]: row["jobs"] for row in rows}

    async def get(self, key: int) -> Job | None:
        """Look at a job."""
        row = await self._database.row("SELECT * FROM jobs WHERE key = ?", (key,))
        return None if row is None else _read(row)


JobList = list[Job]
Numbers = list[tuple[str, int]]
_UNFINISHED = """
SELECT v.server, v.number FROM visibility v
WHERE v.removed_at IS NULL AND v.id > iif(:newest IS NULL, 0, (SELECT max(id) FROM visibility) - :newest)
    AND (NOT EXISTS (SELECT 1 FROM readings r WHERE r.article_key = v.article_key)
        OR NOT EXISTS (SELECT 1 FROM story_articles sa WHERE sa.server = v.server AND sa.article_key = v.article_key))
    AND v.server || ':' || v.number NOT IN
        (SELECT server || ':' || json_extract(payload, '$.number') FROM jobs
        WHERE state IN ('queued', 'running', 'dead') AND kind = :kind AND server IS NOT NULL)
ORDER BY v.id
"""


def _read(row: sqlite3.Row) -> Job:
    return Job(
        key=row["key"],
        server=row["server"],
        kind=row["kind"],
        payload=json.loads(row["payload"]),
        state=row["state"],
        attempts=row["attempts"],
        not_before=row["not_before"],
        error=row["error"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        interrupted=row["interrupted"],
    )
