"""Comparison with the engines that define the standard: `python -m tests.oracle CHECK PATH [-v] [--out FILE]`.

- `report`: what every check gives, and how it is counted and shown
- `xpath`: expressions, beside ODK Web Forms, Enketo and JavaRosa
- `__main__`: the command; a check is a function from a path to its results
"""
