"""The services as both front doors hold them."""

from dataclasses import dataclass, field

from bot.services.alerts import Alerts
from bot.services.coverage import Coverage
from bot.services.exports import Exports
from bot.services.feeds import Feeds
from bot.services.fetching import Pages
from bot.services.forgetting import Forgetting
from bot.services.metrics import Metrics
from bot.services.preferences import Choosing
from bot.services.rulings import Rulings
from bot.services.sources import Sources
from bot.services.worker import Analyser
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a front door may call. Store, analyser and fetcher are here for health checks, not for use cases."""

    coverage: Coverage
    sources: Sources
    rulings: Rulings
    choosing: Choosing
    forgetting: Forgetting
    alerts: Alerts
    exports: Exports
    feeds: Feeds
    store: Store
    analyser: Analyser
    fetcher: Pages
    metrics: Metrics = field(default_factory=Metrics)
