"""How fast, how small, how soon: `make bench` (`python -m benchmarks`) runs what there are goals for.

A benchmark is a module with `run(quick: bool) -> list[Result]`:

- `results`: figures, goals, tables, JSON
- `inbound`: messages in, beside other bots; who they are, and what they are given: `contestants` (a package)
- `memory_and_start`: resident memory, and how long until the first reply

By themselves, each printing its own lines:

- `timing`: medians of interleaved rounds
- `forms`: `python -m benchmarks.forms`, the two below (more sheets or XForms to measure: as arguments)
- `expressions`: expressions beside lxml and elementpath
- `running`: compiling forms, and one step in them
- `pdf`: `python -m benchmarks.pdf`, a logbook as a file
"""
