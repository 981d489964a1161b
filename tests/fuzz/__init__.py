"""Fuzz targets for atheris (extra `fuzz`), with a small corpus for each.

    python -m tests.fuzz.bodies -max_total_time=30 NEW tests/fuzz/corpus/bodies

`bodies`, `requests` and `values` each run until a crash, or for as many seconds as libFuzzer's
option says, and write the inputs that reach new code to the folder NEW. A crash is an exception
that is not documented, or an event that does not keep what it was read from.
"""
