"""`python -m openai_webhook_types`."""

import sys

from .cli import main

sys.exit(main())
