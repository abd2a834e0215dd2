"""The providers' own specifications and samples, where they lie beside the repository."""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2].parent / "shared" / "contracts"

SCALARS = {"Integer": int, "String": str, "Boolean": bool, "Float": int | float}


def load(name: str) -> Any:
    """The file as JSON; the test is skipped where the folder is absent."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"no providers' contracts beside the repository ({name})")
    return json.loads(path.read_text(encoding="utf-8"))


def telegram_faults(spec: Any, method: str, params: dict[str, object]) -> list[str]:
    """What the Bot API's specification has against a call; empty: nothing."""
    return _field_faults(spec, spec["methods"][method].get("fields", []), params, method)


def _field_faults(spec: Any, fields: list[Any], given: dict[str, object], where: str) -> list[str]:
    known = {field["name"]: field for field in fields}
    faults = [f"{where}: {name} is unknown" for name in given if name not in known]
    faults += [
        f"{where}: {name} is missing" for name in known if known[name]["required"] and name not in given
    ]
    for name in given.keys() & known.keys():
        of_type = [_type_faults(spec, kind, given[name], f"{where}.{name}") for kind in known[name]["types"]]
        if all(of_type):
            faults += of_type[0]
    return faults


def _type_faults(spec: Any, kind: str, value: object, where: str) -> list[str]:
    if kind in SCALARS:
        right = isinstance(value, SCALARS[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if right else [f"{where} is not {kind}"]
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where} is not an array"]
        inner = kind.removeprefix("Array of ")
        return [fault for item in value for fault in _type_faults(spec, inner, item, f"{where}[]")]
    of_kind = spec["types"][kind]
    if subtypes := of_kind.get("subtypes"):
        found = [_type_faults(spec, each, value, where) for each in subtypes]
        return [] if any(not faults for faults in found) else min(found, key=len)
    if not isinstance(value, dict):
        return [f"{where} is not {kind}"]
    return _field_faults(spec, of_kind.get("fields", []), value, where)


def telegram_update_faults(spec: Any, update: dict[str, object]) -> list[str]:
    """What the Bot API's specification has against an update; empty: nothing."""
    return _type_faults(spec, "Update", update, "Update")
