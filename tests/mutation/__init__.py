"""Mutation testing: `python -m tests.mutation --sample 400 --seed 1 --jobs 2`.

Changes the package in one small place at a time, runs the core tests on a copy of it, and prints
each change that no test noticed. A sample of 400 takes about an hour on two cores, which is
why it is not part of the gate. A survivor either shows a test that is missing, or changes nothing
that can be observed.
"""
