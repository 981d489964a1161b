"""Comparing JSON Schemas that say the same in other words."""


def plain(schema, definitions):
    """Return a schema whose references are what they point to, without its descriptions."""
    if isinstance(schema, list):
        return [plain(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if [*schema] == ["$ref"]:
        return plain(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    return {
        key: plain(value, definitions)
        for key, value in schema.items()
        if key not in ("description", "$defs")
    }
