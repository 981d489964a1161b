"""`python -m openai_webhook_types`."""

import sys

from .cli import main

__all__: "list[str]" = []

sys.exit(main())
