package board

import (
	"errors"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/suggest"
	"github.com/authtabs/tabgate/data/vegalite"
)

// channel is a column in a specification.
func (c *chooser) channel(name string) vegalite.Object {
	o := vegalite.Object{{Name: "field", Value: vegalite.Field(name)}}
	switch t := c.typeOf(name); {
	case t == frame.Date || t == frame.Datetime:
		return o.Set("type", "temporal").Set("scale", vegalite.Object{{Name: "type", Value: "utc"}})
	case t.Numeric():
		return o.Set("type", "quantitative").Set("scale", vegalite.Object{{Name: "zero", Value: false}})
	}
	return o.Set("type", "nominal")
}

// measure is what is drawn up: the rows, a column, or a figure of it.
func (c *chooser) measure() (up vegalite.Object, title string) {
	y, figure := c.chosen(lineY), c.chosen(lineFigure)
	switch {
	case y == rowsName:
		return vegalite.Object{{Name: "aggregate", Value: "count"}, {Name: "title", Value: rowsName}}, rowsName
	case figure == noColumn:
		return c.channel(y), y
	}
	return vegalite.Object{{Name: "aggregate", Value: figure}, {Name: "field", Value: vegalite.Field(y)}, {Name: "type", Value: "quantitative"}}, figure + " of " + y
}

// drawing is a mark with what it stands for, and what the chart is called.
type drawing struct {
	mark     string
	encoding vegalite.Object
	title    string
}

// drawing is what was chosen.
func (c *chooser) drawing() (drawing, error) {
	mark := c.chosen(lineMark)
	if mark == markCells {
		return c.cells()
	}
	x, color := c.chosen(lineX), c.chosen(lineColor)
	across := c.channel(x)
	up, title := c.measure()
	rows, kind := c.chosen(lineY) == rowsName, across.Get("type")
	if mark == markFits {
		mark = markOf(kind, rows)
	}
	if kind == "quantitative" && (rows || mark == "bar") {
		across = across.Set("bin", vegalite.Object{{Name: "maxbins", Value: 40}})
	}
	d := drawing{mark, vegalite.Object{{Name: "x", Value: across}, {Name: "y", Value: up}}, title + " by " + x}
	if kind == "nominal" && mark != "line" && mark != "area" { // Names are read along the lines.
		d.encoding = vegalite.Object{{Name: "y", Value: across.Set("sort", "-x")}, {Name: "x", Value: up}}
	}
	if color != noColumn {
		d.encoding = d.encoding.Set("color", c.channel(color))
		d.title += ", " + color
	}
	return d, nil
}

// markOf is the mark that fits what stands across.
func markOf(kind any, rows bool) string {
	switch {
	case kind == "temporal" && !rows:
		return "line"
	case kind == "quantitative" && !rows:
		return "point"
	}
	return "bar"
}

// cells is a heat map: of x and the column of the colour, or of two measures.
func (c *chooser) cells() (drawing, error) {
	x, y, color := c.chosen(lineX), c.chosen(lineY), c.chosen(lineColor)
	count := vegalite.Object{{Name: "aggregate", Value: "count"}, {Name: "title", Value: rowsName}}
	switch {
	case color == noColumn && y == rowsName:
		return drawing{}, errors.New("cells need a second column: choose y or a colour")
	case color == noColumn:
		return drawing{"rect", vegalite.Object{{Name: "x", Value: c.binned(x)}, {Name: "y", Value: c.binned(y)}, {Name: "color", Value: count}}, "rows by " + x + " and " + y}, nil
	case y != rowsName && c.chosen(lineFigure) == noColumn:
		return drawing{}, errors.New("cells put rows together: choose a figure of " + y)
	}
	up, title := c.measure()
	return drawing{"rect", vegalite.Object{{Name: "x", Value: c.binned(x)}, {Name: "y", Value: c.binned(color)}, {Name: "color", Value: up}}, title + " by " + x + " and " + color}, nil
}

// binned is a column as an axis of cells.
func (c *chooser) binned(name string) vegalite.Object {
	o := c.channel(name)
	if o.Get("type") != "nominal" {
		return o.Set("bin", vegalite.Object{{Name: "maxbins", Value: 30}})
	}
	return o
}

// suggestion is the chart that was chosen.
func (c *chooser) suggestion() (suggest.Suggestion, error) {
	d, err := c.drawing()
	if err != nil {
		return suggest.Suggestion{}, err
	}
	columns := []string{c.chosen(lineX)}
	for _, line := range []int{lineY, lineColor} {
		if name := c.chosen(line); name != rowsName && name != noColumn {
			columns = append(columns, name)
		}
	}
	text, err := vegalite.Object{
		{Name: "$schema", Value: "https://vega.github.io/schema/vega-lite/v6.json"},
		{Name: "data", Value: vegalite.Object{{Name: "name", Value: c.source}}},
		{Name: "mark", Value: d.mark}, {Name: "encoding", Value: d.encoding},
	}.Text()
	return suggest.Suggestion{Title: d.title, Columns: columns, Panel: dashboard.Panel{
		Kind: "vega_lite", Title: d.title, Width: 1, Spec: &dashboard.VegaLite{Text: text, Source: c.source},
	}}, err
}
