"""`corrobot run`: the Discord bot."""

import click

from bot.cli.output import complain


@click.command()
@click.option("--db", metavar="URL", help="The store (default: CORROBOT_DATABASE_URL).")
def run(db: str | None) -> int:
    """Run the Discord bot; the token comes from DISCORD_TOKEN."""
    from bot.settings import load_settings

    settings = load_settings(CORROBOT_DATABASE_URL=db)
    if settings.discord_token is None:
        complain("DISCORD_TOKEN is not set; put the bot's token there, or try `corrobot demo`, which needs none")
        return 2
    from bot import app

    app.run(settings)
    return 0
