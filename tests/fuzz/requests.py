"""Requests with headers of every shape, genuine or not."""

import sys
import time

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: pip install -e '.[fuzz]'")

with atheris.instrument_imports(include=["openai_webhook_types"]):
    from openai_webhook_types import InvalidWebhookSignatureError, ValidationError, sign, unwrap
    from tests.fuzz.checks import check_error, check_event, fuzz

SECRET = "whsec_" + "QUJD" * 8
NAMES = ["webhook-id", "webhook-timestamp", "webhook-signature"]
REASONS = {
    "missing_header", "invalid_header", "conflicting_headers", "invalid_timestamp",
    "timestamp_too_old", "timestamp_too_new", "no_matching_signature",
}  # fmt: skip


class OnlyItems:
    def __init__(self, pairs):
        self._pairs = pairs

    def items(self):
        return self._pairs


class OnlyGet:
    def __init__(self, pairs):
        self._headers = dict(pairs)

    def get(self, name):
        return self._headers.get(name)


SHAPES = [
    dict,
    list,
    iter,
    OnlyItems,
    OnlyGet,
    lambda pairs: {"REQUEST_METHOD": "POST", **dict(pairs)},
    lambda pairs: {
        "wsgi.version": (1, 0),
        **{f"HTTP_{str(name).upper().replace('-', '_')}": value for name, value in pairs},
    },
]


def one_input(data):
    provider = atheris.FuzzedDataProvider(data)
    body = provider.ConsumeBytes(provider.ConsumeIntInRange(0, 200))
    genuine = sign(body, secret=SECRET, timestamp=int(time.time()))
    pairs = [(name, genuine[name]) for name in NAMES if not provider.ConsumeBool()]
    intact = len(pairs) == len(NAMES)
    for _ in range(provider.ConsumeIntInRange(0, 4)):
        name = provider.PickValueInList([*NAMES, "Webhook-Id", "HTTP_WEBHOOK_ID", "x"])
        values = [
            provider.ConsumeUnicode(30),
            provider.ConsumeBytes(30),
            [provider.ConsumeUnicode(10)],
            None,
            5,
            genuine.get(name, ""),
        ]
        pairs.append((name, provider.PickValueInList(values)))
        intact = False
    try:
        event = unwrap(body, provider.PickValueInList(SHAPES)(pairs), secret=["other", SECRET])
    except InvalidWebhookSignatureError as error:
        assert error.reason in REASONS
        assert not intact
        assert error.webhook_id is None or error.webhook_id.isprintable()
    except ValidationError as error:
        assert error.payload == body
        check_error(error)
    else:
        check_event(event)


if __name__ == "__main__":
    fuzz(one_input)
