"""The files that `listen --save` writes."""

from email import message_from_string

from openai_webhook_types.cli.listen_save import save


def test_a_folded_header_becomes_one_line(tmp_path):
    headers = message_from_string("webhook-id: wh_1\n folded\nwebhook-timestamp: 1\nother: 2\n\n")
    save(str(tmp_path), "wh_1", b"{}", headers)
    assert (tmp_path / "wh_1.json").read_bytes() == b"{}"
    saved = (tmp_path / "wh_1.headers").read_text(encoding="utf-8")
    assert saved == "webhook-id: wh_1  folded\nwebhook-timestamp: 1\n"
