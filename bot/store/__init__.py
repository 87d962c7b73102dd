"""Everything that is remembered; the only place with SQL."""

from bot.store.articles import Added, Revision
from bot.store.audit import Act
from bot.store.errors import StoreError
from bot.store.jobs import Job
from bot.store.search import Found, FoundFigure
from bot.store.store import Store
from bot.store.stories import OpenFinding

__all__ = ["Act", "Added", "Found", "FoundFigure", "Job", "OpenFinding", "Revision", "Store", "StoreError"]
