"""Any bytes as a body, and as the text that they decode to."""

import sys

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: pip install -e '.[fuzz]'")

with atheris.instrument_imports(include=["openai_webhook_types"]):
    from openai_webhook_types import (
        RealtimeCallIncomingWebhookEvent,
        ValidationError,
        WebhookEndpointList,
    )
    from tests.fuzz.checks import check_body, check_error, fuzz


def one_input(data):
    check_body(data)
    check_body(data.decode("utf-8", "surrogateescape"))
    for cls in (RealtimeCallIncomingWebhookEvent, WebhookEndpointList):
        for strict in (False, True):
            try:
                found = cls.from_json(data, strict=strict)
            except ValidationError as error:
                check_error(error)
            else:
                assert cls.from_dict(found.to_dict()) == found or "nan" in repr(found)


if __name__ == "__main__":
    fuzz(one_input)
