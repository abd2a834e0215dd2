"""When Python looks for garbage: not while the program starts, and afterwards not in what the start has made.

Modules, tables, forms and catalogues are there to stay, hundreds of thousands of objects. To look through
them again and again is a sixth of the start, and later a pause in the middle of a batch.
"""

import gc


def hold_off() -> None:
    """The program starts; `settle` ends it."""
    gc.disable()


def settle() -> None:
    """The program has started: what there is now is never looked through again."""
    gc.freeze()
    gc.enable()
