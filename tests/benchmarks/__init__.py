"""Compare the speed and the memory of the types with those of the alternatives.

    python -m tests.benchmarks

Everything is measured in rounds. In each round all contenders do the same work on the same bytes,
one after the other, in a newly shuffled order. Two contenders are compared within each round, and
the median of these ratios counts, with its quartiles: whatever slows the machine down for a while
slows both, and cancels out. pyperf would run each contender to the end, in processes of its own,
before it starts the next, so that a slow spell would hit only one of them.

Work in this process is timed in CPU seconds, with the garbage collector on; other processes in
seconds of wall time, less those of an interpreter that does nothing. Before a contender is timed,
it must return the right event, or refuse the invalid one.
"""
