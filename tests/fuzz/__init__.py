"""Fuzzing guided by coverage: `make fuzz`, or `python -m tests.fuzz TARGET SECONDS` (needs atheris).

Each target has `SEEDS`, what it begins with, and `check`, which takes any bytes and raises what nobody
expects:

- `expressions`: text, compiled and evaluated in a small instance
- `sheets`: a table in .md or .csv, checked, compiled and walked
- `answers`: whatever a person says, taps or sends, in a form and in a whole conversation; `choices` takes the
  bytes for what to do next
- `xforms`: damaged XForms; `damage` does that to their XML, since bytes changed anywhere are seldom XML
"""
