"""rich shows events field by field, over as many lines as they need."""

import io
import re

import pytest
from rich.console import Console
from rich.pretty import pretty_repr

import openai_webhook_types as owt
from tests.values import CASES, SAMPLES


def test_print_breaks_an_event_over_lines():
    file = io.StringIO()
    event = owt.parse_event({**SAMPLES["realtime.call.incoming"], "later": {"a": 1}})
    Console(file=file, width=80).print(event)
    assert (
        file.getvalue()
        == """\
RealtimeCallIncomingWebhookEvent(
    id='evt_68af2c5e9d7481a0b3f6',
    created_at=1767225600,
    data=Data(
        call_id='rtc_68af2c5e9d7481a0b3f6',
        sip_headers=(
            DataSipHeader(
                name='From',
                value='<sip:+15550100@example.com>;tag=1928301774'
            ),
            DataSipHeader(name='To', value='<sip:proj_example@example.com>'),
            DataSipHeader(name='Call-ID', value='a84b4c76e66710@example.com')
        ),
        sip_media_security='rtp'
    ),
    type='realtime.call.incoming',
    object='event',
    later={'a': 1}
)
"""
    )


@pytest.mark.parametrize("width", [20, 80, 10_000])
@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_what_is_shown_is_the_repr(cls, payload, width):
    event = cls.from_dict({**payload, "later": [1, None]})
    shown = pretty_repr(event, max_width=width)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", repr(event))
    assert ("\n" in shown) == (width < 10_000)
