"""Writes streamlit.json: what Streamlit makes of its four chart calls.

Made once, with Streamlit 1.67.0, Altair 6.3.0 and pandas 3:

    pip install streamlit altair && python make.py > streamlit.json
"""

import datetime
import json

import pandas as pd
from streamlit.elements.lib.built_in_chart_utils import ChartType, generate_chart

DAY = {"type": "date", "values": ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"]}
N = {"type": "integer", "values": [1, 2, 3, 4]}
A = {"type": "integer", "values": [10, 30, 20, 40]}
B = {"type": "number", "values": [1.5, 2.5, 0.5, 4.5]}
C = {"type": "text", "values": ["u", "v", "u", "w"]}
COLORS = {"type": "text", "values": ["#ff0000", "#00ff00", "#ff0000", "#00ff00"]}
FLAG = {"type": "boolean", "values": [True, False, True, True]}

CASES = [
    ("a line over days", "line_chart", {"day": DAY, "a": A}, {"x": "day", "y": ["a"]}),
    ("lines of two columns", "line_chart", {"day": DAY, "a": A, "b": B}, {"x": "day", "y": ["a", "b"]}),
    ("lines of whole numbers", "line_chart", {"day": DAY, "a": A, "n": N}, {"x": "day", "y": ["n", "a"]}),
    ("lines of all columns", "line_chart", {"day": DAY, "a": A, "b": B}, {"x": "day"}),
    ("a line over the rows", "line_chart", {"a": A}, {}),
    ("lines by a column", "line_chart", {"day": DAY, "a": A, "c": C}, {"x": "day", "y": ["a"], "color": ["c"]}),
    ("a line of one colour", "line_chart", {"n": N, "b": B}, {"x": "n", "y": ["b"], "color": ["#ffaa00"]}),
    ("lines of two colours", "line_chart", {"n": N, "a": A, "b": B}, {"x": "n", "y": ["a", "b"], "color": ["#ffaa00", "#00aaff"]}),
    ("a line with labels", "line_chart", {"n": N, "b": B}, {"x": "n", "y": ["b"], "x_label": "Step", "y_label": "Height"}),
    ("an area", "area_chart", {"day": DAY, "a": A}, {"x": "day", "y": ["a"]}),
    ("areas by a column", "area_chart", {"day": DAY, "a": A, "c": C}, {"x": "day", "y": ["a"], "color": ["c"]}),
    ("areas that are shares", "area_chart", {"day": DAY, "a": A, "c": C}, {"x": "day", "y": ["a"], "color": ["c"], "stack": "normalize"}),
    ("areas about a middle", "area_chart", {"day": DAY, "a": A, "b": B}, {"x": "day", "y": ["a", "b"], "stack": "center"}),
    ("areas over each other", "area_chart", {"day": DAY, "a": A, "b": B}, {"x": "day", "y": ["a", "b"], "stack": "layered"}),
    ("areas that are stacked", "area_chart", {"day": DAY, "a": A, "b": B}, {"x": "day", "y": ["a", "b"], "stack": "true"}),
    ("bars", "bar_chart", {"c": C, "a": A}, {"x": "c", "y": ["a"]}),
    ("bars over whole numbers", "bar_chart", {"n": N, "b": B}, {"x": "n", "y": ["b"]}),
    ("bars over days", "bar_chart", {"day": DAY, "b": B}, {"x": "day", "y": ["b"]}),
    ("bars that lie", "bar_chart", {"c": C, "a": A}, {"x": "c", "y": ["a"], "horizontal": True}),
    ("bars that lie, over days", "bar_chart", {"day": DAY, "b": B}, {"x": "day", "y": ["b"], "horizontal": True}),
    ("bars that lie, with labels", "bar_chart", {"c": C, "a": A}, {"x": "c", "y": ["a"], "horizontal": True, "x_label": "Kind", "y_label": "Count"}),
    ("bars side by side", "bar_chart", {"n": N, "a": A, "c": C}, {"x": "n", "y": ["a"], "color": ["c"], "stack": "false"}),
    ("bars above each other, lying", "bar_chart", {"n": N, "a": A, "c": C}, {"x": "n", "y": ["a"], "color": ["c"], "stack": "false", "horizontal": True}),
    ("bars of two columns", "bar_chart", {"n": N, "a": A, "b": B}, {"x": "n", "y": ["a", "b"]}),
    ("bars of two columns, layered", "bar_chart", {"n": N, "a": A, "b": B}, {"x": "n", "y": ["a", "b"], "stack": "layered"}),
    ("bars in the order of the data", "bar_chart", {"c": C, "a": A}, {"x": "c", "y": ["a"], "sort": "false"}),
    ("bars by another column", "bar_chart", {"c": C, "a": A, "b": B}, {"x": "c", "y": ["a"], "sort": "b"}),
    ("bars by another column, downward", "bar_chart", {"c": C, "a": A, "b": B}, {"x": "c", "y": ["a"], "sort": "-b"}),
    ("bars with colours in the data", "bar_chart", {"c": C, "a": A, "k": COLORS}, {"x": "c", "y": ["a"], "color": ["k"]}),
    ("points", "scatter_chart", {"n": N, "b": B}, {"x": "n", "y": ["b"]}),
    ("points of a size", "scatter_chart", {"n": N, "b": B}, {"x": "n", "y": ["b"], "size": "40"}),
    ("points of sizes", "scatter_chart", {"n": N, "b": B, "a": A}, {"x": "n", "y": ["b"], "size": "a"}),
    ("points by a flag", "scatter_chart", {"n": N, "b": B, "f": FLAG}, {"x": "n", "y": ["b"], "color": ["f"]}),
    ("points by a number", "scatter_chart", {"n": N, "b": B, "a": A}, {"x": "n", "y": ["b"], "color": ["a"]}),
    ("points over names", "scatter_chart", {"c": C, "b": B}, {"x": "c", "y": ["b"]}),
    ("points of two columns", "scatter_chart", {"day": DAY, "a": A, "b": B}, {"x": "day", "y": ["a", "b"]}),
    ("names with dots", "line_chart", {"n.1": N, "b[0]": B}, {"x": "n.1", "y": ["b[0]"]}),
]

TYPES = {
    "line_chart": ChartType.LINE,
    "area_chart": ChartType.AREA,
    "bar_chart": ChartType.VERTICAL_BAR,
    "scatter_chart": ChartType.SCATTER,
}


def column(c):
    if c["type"] == "date":
        return [datetime.date.fromisoformat(v) for v in c["values"]]
    return c["values"]


def specification(kind, columns, p):
    chart = TYPES[kind]
    if p.get("horizontal"):
        chart = ChartType.HORIZONTAL_BAR
    more = {}
    if kind in ("area_chart", "bar_chart"):
        more["stack"] = {"true": True, "false": False}.get(p.get("stack"), p.get("stack"))
    if kind == "bar_chart":
        more["sort_from_user"] = {None: True, "false": False}.get(p.get("sort"), p.get("sort"))
    if kind == "scatter_chart" and "size" in p:
        more["size_from_user"] = float(p["size"]) if p["size"].isdigit() else p["size"]
    y, color = p.get("y"), p.get("color")
    return generate_chart(
        chart,
        pd.DataFrame({name: column(c) for name, c in columns.items()}),
        x_from_user=p.get("x"),
        y_from_user=y[0] if y and len(y) == 1 else y,
        x_axis_label=p.get("x_label"),
        y_axis_label=p.get("y_label"),
        color_from_user=color[0] if color and len(color) == 1 else color,
        **more,
    ).to_dict()


def seen(spec):
    """The part of a specification that is seen while nothing is selected."""
    view = spec["layer"][0] if "layer" in spec else spec
    encoding = {k: v for k, v in view["encoding"].items() if k != "tooltip" and v}
    return {"mark": view["mark"], "encoding": encoding}


print("[")
for i, (name, kind, columns, params) in enumerate(CASES):
    case = {
        "name": name,
        "kind": kind,
        "columns": [dict(name=n, **c) for n, c in columns.items()],
        "params": params,
        "spec": seen(specification(kind, columns, params)),
    }
    print(json.dumps(case) + ("," if i + 1 < len(CASES) else ""))
print("]")
