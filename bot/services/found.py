"""Articles and stories by the numbers that people of a server see, or the error that says there is none."""

from bot.model import CorrobotError, StoredArticle, Story
from bot.store import Store


async def article_of(store: Store, server: str, number: int) -> StoredArticle:
    """Find an article. Raises CorrobotError (not_found)."""
    stored = await store.articles.get(server, number)
    if stored is None:
        raise CorrobotError("not_found", f"There is no article {number} here.", str(number))
    return stored


async def story_of(store: Store, server: str, number: int) -> Story:
    """Find a story. Raises CorrobotError (not_found)."""
    story = await store.stories.get(server, number)
    if story is None:
        raise CorrobotError("not_found", f"There is no story {number} here.", str(number))
    return story
