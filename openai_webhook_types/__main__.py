"""`python -m openai_webhook_types`."""

import sys

__all__: "list[str]" = []

try:
    # Ctrl-C may come while the modules load.
    from .cli import main

    sys.exit(main())
except KeyboardInterrupt:
    sys.exit(130)
