"""The logbook as a PDF: what a person may show of their working life, on one or two A4 pages.

- `make`: one person's career to the bytes of a file
- `sheet`: what the pages say, in one language
- `plain`: words of people made fit for a page
- `typeset`: the sheet through typst
- `code`: a link as a QR code
"""
