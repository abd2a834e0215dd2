"""The benchmarks run: in tiny sizes, nothing timed."""
