"""Any update of the shape that Telegram's specification gives it, and the same with something amiss in it."""

from typing import Any

from hypothesis import strategies as st

DEEPEST = 4  # objects within objects; deeper ones are left empty where that is allowed
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "Integer": st.integers(-(2**63), 2**63),
    "String": st.text(max_size=12),
    "Boolean": st.booleans(),
    "Float": st.floats(),
}
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=8), inner, max_size=2),
    max_leaves=4,
)
CHAT_TYPES = st.sampled_from(["private", "group", "supergroup", "channel", "sender", "new"])


@st.composite
def of_type(draw: st.DrawFn, spec: Any, kind: str, depth: int = 0) -> Any:
    """A value of one of the specification's types; now and then something else stands in its place."""
    if draw(st.integers(0, 40)) == 0:
        return draw(JUNK)
    if kind in SCALARS:
        return draw(SCALARS[kind])
    if kind.startswith("Array of "):
        size = draw(st.integers(0, 2)) if depth < DEEPEST else 0
        return [draw(of_type(spec, kind.removeprefix("Array of "), depth + 1)) for _ in range(size)]
    if subtypes := spec["types"][kind].get("subtypes"):
        return draw(of_type(spec, draw(st.sampled_from(subtypes)), depth + 1))
    return draw(of_object(spec, kind, depth))


@st.composite
def of_object(draw: st.DrawFn, spec: Any, kind: str, depth: int = 0) -> dict[str, Any]:
    """An object with what it must have, and some of what it may."""
    made: dict[str, Any] = {}
    for field in spec["types"][kind].get("fields", []):
        wanted = depth < DEEPEST and draw(st.integers(0, 7 if kind == "Message" else 2)) == 0
        if field["required"] or wanted:
            made[field["name"]] = draw(of_type(spec, field["types"][0], depth + 1))
    if kind == "Chat":
        made["type"] = draw(CHAT_TYPES)
    return made


def updates(spec: Any) -> st.SearchStrategy[dict[str, Any]]:
    """An update with one of its kinds of content."""
    kinds = [field for field in spec["types"]["Update"]["fields"] if field["name"] != "update_id"]

    @st.composite
    def update(draw: st.DrawFn) -> dict[str, Any]:
        kind = draw(st.sampled_from(kinds))
        return {"update_id": draw(st.integers(0, 2**31)), kind["name"]: draw(of_type(spec, kind["types"][0]))}

    return update()
