"""The names in an XForm: its namespaces, and how its attributes point at texts."""

import re
from collections.abc import Mapping

from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
XF = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"
ODK = "{http://www.opendatakit.org/xforms}"
ITEXT = re.compile(r"""\s*jr:itext\(\s*(?:'([^']*)'|"([^"]*)")\s*\)\s*""")
ITEXT_OF_ITEM = re.compile(r"\s*jr:itext\(\s*([\w.-]+)\s*\)\s*")


def attributes(element: etree._Element) -> dict[str, str]:
    """The attributes by name, those in a namespace as `{namespace}name`."""
    return {str(name): str(value) for name, value in element.attrib.items()}


def local_name(element: etree._Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def holds(attribute: str) -> bool:
    """Whether an attribute says yes, as forms write it: `true()`, `true`, `yes`.

    >>> holds("true()"), holds("Yes"), holds("")
    (True, True, False)
    """
    return attribute.strip().lower() in ("true()", "true", "yes", "1")


def itext_id(text: str) -> str | None:
    """The id of the text that `jr:itext('…')` points at; None where it points at none."""
    found = ITEXT.fullmatch(text)
    return (found[1] or found[2] or "") if found else None


def without_namespaced(found: Mapping[str, str]) -> dict[str, str]:
    """Plain attributes only."""
    return {name: value for name, value in found.items() if not name.startswith("{")}
