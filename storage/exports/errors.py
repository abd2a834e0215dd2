"""What can go wrong with an export."""

from storage.errors import OutOfPerimeter, StorageError


class UnknownForm(OutOfPerimeter):
    """No published version of this form."""


class FormNotLoaded(StorageError):
    """There are answers to a version that the program has not read yet: read the forms again."""


class ExportTooLarge(StorageError):
    """More rows or columns than a sheet of XLSX can hold: CSV has no such limit."""
