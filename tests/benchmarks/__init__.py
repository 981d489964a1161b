"""How fast and how small the types are, beside what could be used instead.

    python -m tests.benchmarks

The figures come from rounds. In a round all contenders do the same work on the same bytes, one
after the other, in an order shuffled anew. Two contenders are compared within each round, and
what counts is the median of these ratios, with their quartiles: whatever slows the machine down
for a while slows both, and cancels out. pyperf would run one contender to its end in processes
of its own before it starts the next, which leaves such a while to one of them.

Works within the process are timed in seconds of the processor, with the garbage collector on;
processes in seconds on the clock, less those of an interpreter that does nothing. Each contender
must have given the right event, or refused the wrong one, before it is timed.
"""
