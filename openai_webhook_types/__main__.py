"""`python -m openai_webhook_types`."""

import sys

try:
    from .cli import main

    status = main()
except KeyboardInterrupt:  # pragma: no cover
    status = 130
sys.exit(status)
