"""How fast forms run: `python -m benchmarks.forms`.

- `timing`: medians of interleaved rounds
- `expressions`: expressions beside lxml and elementpath
- `forms`: the command; each part prints its own lines
"""
