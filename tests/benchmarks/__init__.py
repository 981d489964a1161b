"""Compare the speed and the memory of the types with those of the alternatives.

    python -m tests.benchmarks

README.md has the method, the bars and the figures. Everything is measured in rounds in which all
contenders take turns, so that a slow spell of the machine hits all of them. pyperf would run each
contender to the end, in processes of its own, before it starts the next.
"""
