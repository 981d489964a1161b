"""Says how much was compared."""

from tests.conformance.differential import COMPARED

# Run from copies, on the SDK and on this package: see `test_migration.py`.
collect_ignore = ["migration/sdk_app"]


def pytest_terminal_summary(terminalreporter):
    for what, count in COMPARED.items():
        terminalreporter.write_line(f"{what} compared with the SDK's: {count:,}")
