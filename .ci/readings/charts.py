"""Writes the charts that Altair and Streamlit make of a few figures.

  python charts.py DIR

A file for each: what Chart.save writes, and what st.line_chart and its kin send
to the browser. Without Streamlit only Altair's are written.
"""
import json
import sys
from pathlib import Path

import altair as alt
import pandas as pd

FIGURES = pd.DataFrame(
    {
        "day": pd.date_range("2024-01-01", periods=8, freq="W"),
        "city": ["Lyon", "Porto"] * 4,
        "rain": [3.5, 9.0, 1.25, None, 7.0, 0.0, 4.5, 8.0],
        "wind [km/h]": [12, 30, 8, 21, 17, 5, 26, 14],
        "size": pd.Categorical(["s", "m", "l", "m"] * 2, ["s", "m", "l"], ordered=True),
        "dry": [False, False, True, False, False, True, False, False],
    }
)


def charts():
    """The charts by their names."""
    base = alt.Chart(FIGURES)
    brush = alt.selection_interval(encodings=["x"], name="brush")
    pick = alt.selection_point(fields=["city"], bind="legend", name="pick")
    yield "bars", base.mark_bar().encode(x="city", y="mean(rain)", color="city")
    yield "lines", base.mark_line(point=True).encode(x="day", y=alt.Y("rain").title("Rain, mm"), color="city:N").interactive()
    yield "points", base.mark_point().encode(x=r"wind \[km/h\]:Q", y="rain", size="size", shape="dry").add_params(pick)
    yield "categories", base.mark_bar().encode(x="size", y="count()", color=alt.Color("dry").scale(scheme="set2"))
    yield "histogram", base.mark_bar().encode(alt.X("rain").bin(maxbins=4), y="count()")
    yield "heat", base.mark_rect().encode(x="yearmonth(day):O", y="city", color="sum(rain)")
    yield "layers", base.mark_bar().encode(x="city", y="sum(rain)") + base.mark_rule(color="red").encode(y="mean(rain)")
    yield "beside", base.mark_tick().encode(x="rain", y="city") | base.mark_boxplot().encode(x="city", y="rain")
    yield "facets", base.mark_point().encode(x="day", y="rain").properties(width=120, height=80).facet("city", columns=1)
    yield "repeats", base.mark_line().encode(x="day", y=alt.Y(alt.repeat("row"), type="quantitative")).repeat(row=["rain"])
    yield "brushed", (
        base.mark_area().encode(x="day", y="rain").add_params(brush)
        & base.mark_bar().encode(x="city", y="sum(rain)").transform_filter(brush)
    )
    yield "transforms", (
        base.transform_calculate(wet="datum.rain > 4 ? 'wet' : 'dry'")
        .transform_aggregate(n="count()", groupby=["wet", "city"])
        .mark_arc(innerRadius=30)
        .encode(theta="n:Q", color="wet:N")
    )
    yield "configured", (
        base.mark_circle().encode(x="rain", y="city").configure_axis(grid=False).configure_view(stroke=None).properties(title="Rain")
    )


def streamlit():
    """What Streamlit's own charts are, as far as its version tells."""
    try:
        from streamlit.elements.lib import built_in_chart_utils as built
    except ImportError:
        return
    wide = FIGURES[["rain", "wind [km/h]"]].set_index(FIGURES["day"])
    for name in ("LINE", "AREA", "VERTICAL_BAR", "SCATTER"):
        kind = getattr(built.ChartType, name)
        made = built.generate_chart(chart_type=kind, data=wide)
        yield "streamlit_" + name.lower(), made[0] if isinstance(made, tuple) else made


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, chart in charts():
        chart.save(folder / f"{name}.json")
    for name, chart in streamlit():
        text = json.dumps(chart.to_dict(), indent=1)
        (folder / f"{name}.json").write_text(text)


main(Path(sys.argv[1]))
