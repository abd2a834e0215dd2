"""How fast forms run: `python -m benchmarks.forms`.

- `timing`: medians of interleaved rounds
- `expressions`: expressions beside lxml and elementpath
- `running`: compiling forms, and one step in them (more sheets or XForms to measure: as arguments)
- `forms`: the command; each part prints its own lines
"""
