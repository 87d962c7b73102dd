"""How long commands take is counted by name and outcome, however they came."""

from bot.services.all import Services
from tests.cogs.town import Town


async def test_commands_are_timed(town: Town, services: Services) -> None:
    await town.slash("about")
    await town.slash("compare", story="volcano")
    town.expected()
    await town.mention("help")
    lines = services.metrics.command_seconds.lines()
    for command, outcome in (("about", "done"), ("compare", "refused"), ("help", "done")):
        assert f'corrobot_command_seconds_count{{command="{command}",outcome="{outcome}"}} 1' in lines, lines
