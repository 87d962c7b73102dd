"""`corrobot` and `python -m bot`: the same program."""

import sys

from bot.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
