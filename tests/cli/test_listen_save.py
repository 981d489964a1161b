"""The files that `listen --save` writes."""

from email import message_from_string

from openai_webhook_types.cli.listen_save import save


def test_no_id_leads_out_of_the_folder(tmp_path):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    for webhook_id in ("../../c", "..", ".", "a.b"):
        save(str(folder), webhook_id, b"{}", message_from_string("\n"))
    assert sorted(path.name for path in tmp_path.rglob("*.json")) == [
        "_.json",
        "__.json",
        "______c.json",
        "a_b.json",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert [path.name for path in folder.parent.iterdir()] == ["b"]


def test_a_folded_header_becomes_one_line(tmp_path):
    headers = message_from_string("webhook-id: wh_1\n folded\nwebhook-timestamp: 1\nother: 2\n\n")
    save(str(tmp_path), "wh_1", b"{}", headers)
    assert (tmp_path / "wh_1.json").read_bytes() == b"{}"
    saved = (tmp_path / "wh_1.headers").read_text(encoding="utf-8")
    assert saved == "webhook-id: wh_1  folded\nwebhook-timestamp: 1\n"
