"""Comparison with the engines that define the standard, with cases recorded from them.

- `report`: what every check gives, and how it is counted and shown
- `trees`: the instance of a case as our tree
- `xpath`: expressions, beside ODK Web Forms, Enketo and JavaRosa
- `answers`: what people type, beside what a reader of their language says it means
- `final_values`: what a walk through a form ends with
- `walks`: whole forms, beside JavaRosa
- `__main__`: the command; a check is a function from a path to its results
"""
