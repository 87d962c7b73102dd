"""What the services answer with: frozen, made of the nouns of the domain, ready to be rendered."""

from dataclasses import dataclass

from bot.model import Article, Comparison, Figure, Finding, Policy, Reading, StoredArticle, Story, SummarySentence
from bot.store import Found, FoundFigure
from bot.summarizing.digest import Digest

__all__ = [
    "AddedView",
    "ArticleView",
    "CheckView",
    "CheckedStory",
    "FlagView",
    "Found",
    "FoundFigure",
    "SearchView",
    "StoryView",
    "SummaryView",
]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One stored article with what is known of it. `remarks` are sentences for the reader, such as why it is unread.

    In `reading` the article's id is "a<number>", as in `comparison`.
    """

    stored: StoredArticle
    reading: Reading | None
    story: Story | None
    comparison: Comparison | None
    summary: tuple[SummarySentence, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddedView(ArticleView):
    """What adding an article did: `created` is new to this server, `revised` says that the page had changed."""

    created: bool = True
    revised: bool = False


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story: its articles in the order they were added, and how their figures stand to each other.

    `comparison.articles` have the ids "a<number>" and their texts. `policy` is the one asked for, else the server's.
    """

    story: Story
    articles: tuple[StoredArticle, ...]
    comparison: Comparison
    policy: Policy | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A summary with the articles it was taken from (ids "a<number>"); of a story with several, also its digest."""

    articles: tuple[StoredArticle, ...]
    sentences: tuple[SummarySentence, ...]
    story: Story | None = None
    digest: Digest | None = None


@dataclass(frozen=True, slots=True)
class FlagView:
    """An open flag, its story, and the comparison that holds its figures."""

    story: Story
    finding: Finding
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class CheckedStory:
    """How the figures of a text stand to those of one story; the text is the article "text" of the comparison."""

    story: Story
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class CheckView:
    """The figures of a text, and the stories that have something to say about them, nearest first."""

    article: Article
    figures: tuple[Figure, ...]
    stories: tuple[CheckedStory, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchView:
    """What a search found, best first."""

    articles: tuple[Found, ...]
    figures: tuple[FoundFigure, ...]
    stories: tuple[Story, ...]
