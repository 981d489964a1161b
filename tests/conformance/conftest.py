"""Says how much was compared."""

from tests.conformance.differential import COMPARED


def pytest_terminal_summary(terminalreporter):
    for what, count in COMPARED.items():
        terminalreporter.write_line(f"{what} compared with the SDK's: {count:,}")
