package suggest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vegalite"
)

// Choice is a chart that somebody puts together of columns.
type Choice struct {
	X, Y, Color string // names of columns; Y and Color may be "", which is rows and none
	// Figure is how rows that share a place are put together: one of Figures;
	// "" is what fits.
	Figure string
}

// Figures are the figures that can be chosen, in the order in which they are
// offered.
var Figures = []string{"rows", "sum", "mean", "median", "min", "max", "distinct"}

// Choose returns the chart of a choice.
func Choose(ctx context.Context, f frame.Frame, facts []Facts, choice Choice, o Options) (Suggestion, error) {
	c := composer{drafter{newColumns(f, facts, o)}}
	p, err := c.read(choice)
	if err != nil {
		return Suggestion{}, err
	}
	s, err := c.chosen(ctx, p)
	s.New = true
	for _, i := range []int{p.x, p.y, p.color} {
		if i >= 0 {
			s.Columns = append(s.Columns, c.name(i))
		}
	}
	return s, err
}

// composer makes charts of choices.
type composer struct{ drafter }

// choice is a Choice by the places of its columns, -1 = none.
type choice struct {
	x, y, color int
	figure      string
}

// read finds the columns of a choice. What is a group stands along x, what is
// measured along y.
func (c composer) read(given Choice) (p choice, err error) {
	if p.x, err = c.place("x", given.X); err != nil {
		return p, err
	}
	if p.y, err = c.place("y", given.Y); err != nil {
		return p, err
	}
	if p.color, err = c.place("colour", given.Color); err != nil {
		return p, err
	}
	p.figure = given.Figure
	switch {
	case p.x < 0 && p.y < 0:
		return p, fmt.Errorf("choose a column for x")
	case p.figure != "" && !slices.Contains(Figures, p.figure):
		return p, fmt.Errorf("the figure is one of %s, not %q", strings.Join(Figures, ", "), p.figure)
	case p.x < 0:
		p.x, p.y = p.y, -1
	case p.y >= 0 && c.axis(p.y) < c.axis(p.x):
		p.x, p.y = p.y, p.x
	}
	if p.figure == "rows" && p.y >= 0 && c.axis(p.y) == number && c.axis(p.x) != number {
		p.y = -1
	}
	if p.figure != "" && p.figure != "rows" && p.figure != "distinct" && (p.y < 0 || c.axis(p.y) != number) {
		return p, fmt.Errorf("the %s needs a column of numbers for y", words[p.figure])
	}
	return p, nil
}

func (c composer) place(what, name string) (int, error) {
	if name == "" {
		return -1, nil
	}
	var names []string
	for i := range c.facts {
		if c.name(i) == name {
			return i, nil
		}
		names = append(names, c.name(i))
	}
	if near := dashboard.Near(name, names); near != "" {
		return -1, fmt.Errorf("%s: there is no column %q: did you mean %s?", what, name, near)
	}
	return -1, fmt.Errorf("%s: there is no column %q", what, name)
}

// What a column is along an axis, in the order in which it claims x.
const (
	moment = iota // a time or a year
	group
	number
)

func (c composer) axis(i int) int {
	switch f := &c.facts[i]; {
	case c.roles[i] == Time || c.roles[i] == Year || f.Type == frame.Date || f.Type == frame.Datetime:
		return moment
	case f.Type.Numeric() && c.roles[i] != Category && c.roles[i] != ID:
		return number
	}
	return group
}

func (c composer) chosen(ctx context.Context, p choice) (Suggestion, error) {
	if p.y < 0 {
		switch {
		case c.axis(p.x) == moment:
			return c.overBy(ctx, p, "rows")
		case c.axis(p.x) == group:
			return c.barsBy(ctx, p, "rows")
		}
		return c.histogramBy(ctx, p)
	}
	switch x, y := c.axis(p.x), c.axis(p.y); {
	case y != number && p.figure != "distinct":
		return c.heatBy(ctx, p)
	case x == moment:
		return c.measureOver(ctx, p)
	case x == group:
		return c.barsBy(ctx, p, c.figureFor(p))
	case p.figure != "" && p.figure != "rows":
		return c.figureByBin(p)
	}
	return c.points(p.x, p.y, p.color)
}

// figureFor is the figure of a choice, or what fits its measure.
func (c composer) figureFor(p choice) string {
	if p.figure != "" {
		return p.figure
	}
	return c.figure(p.y)
}

// measureOver is a line as the rows have it where each time comes once, else a
// figure.
func (c composer) measureOver(ctx context.Context, p choice) (Suggestion, error) {
	once := c.facts[p.x].different()
	if !once && p.color >= 0 {
		var err error
		if once, err = c.pairsOnce(ctx, p.x, p.color); err != nil {
			return Suggestion{}, err
		}
	}
	switch {
	case !once || p.figure != "":
		return c.overBy(ctx, p, c.figureFor(p))
	case p.color >= 0:
		return c.lineBy(ctx, p.x, p.color, p.y)
	}
	return c.line(p.x, []int{p.y})
}

// overBy is a figure over a time that comes many times, by colour.
func (c composer) overBy(ctx context.Context, p choice, figure string) (Suggestion, error) {
	x, word, err := c.grouped(ctx, p.x)
	if err != nil {
		return Suggestion{}, err
	}
	mark := "line"
	if figure == "rows" {
		mark = "bar"
	}
	title, transform, e, err := c.colored(ctx, p, c.figureOf(p.y, figure)+" by "+word, object{
		{Name: "x", Value: x}, {Name: "y", Value: c.aggregate(p.y, figure)},
	})
	if err != nil {
		return Suggestion{}, err
	}
	return c.panel(title, transform, mark, e)
}

// colored adds the colour of a choice to a chart; of many colours the largest
// stay.
func (c composer) colored(ctx context.Context, p choice, title string, e object) (string, []any, object, error) {
	if p.color < 0 {
		return title, nil, e, nil
	}
	title += " and " + c.name(p.color)
	if c.axis(p.color) != group {
		return title, nil, e.Set("color", c.field(p.color, vegalite.TypeOf(c.facts[p.color].Type))), nil
	}
	transform, n, err := c.keepLargest(ctx, p.color, p.y, mostLines)
	if transform != nil {
		title = fmt.Sprintf("%s, %d of %d", title, n, c.facts[p.color].Distinct)
	}
	return title, transform, e.Set("color", c.colorOf(p.color)), err
}

// keepLargest keeps the rows of the largest values of a category, where it has
// more than so many.
func (c composer) keepLargest(ctx context.Context, g, m, most int) (transform []any, n int, err error) {
	if c.facts[g].Distinct <= most {
		return nil, 0, nil
	}
	if m >= 0 && c.axis(m) != number {
		m = -1
	}
	names, err := c.largest(ctx, g, m, most)
	return []any{object{{Name: "filter", Value: object{
		{Name: "field", Value: vegalite.Field(c.name(g))}, {Name: "oneOf", Value: names},
	}}}}, len(names), err
}

// barsBy are bars by a category and colour.
func (c composer) barsBy(ctx context.Context, p choice, figure string) (Suggestion, error) {
	if p.color < 0 || p.color == p.x {
		if p.figure == "" || figure == "rows" || !c.facts[p.x].once() {
			return c.bars(p.x, p.y, figure)
		}
	}
	transform, _, err := c.keepLargest(ctx, p.x, p.y, topBars)
	if err != nil {
		return Suggestion{}, err
	}
	title := top(c.figureOf(p.y, figure)+" by "+c.name(p.x), topBars, c.facts[p.x].Distinct)
	e := object{{Name: "y", Value: c.nominal(p.x).Set("sort", "-x")}, {Name: "x", Value: c.aggregate(p.y, figure)}}
	if p.color >= 0 && p.color != p.x && figure != "rows" && figure != "sum" { // what cannot be piled stands side by side
		e = e.Set("yOffset", c.field(p.color, "nominal"))
	}
	title, more, e, err := c.colored(ctx, choice{p.x, p.y, p.color, figure}, title, e)
	if err != nil {
		return Suggestion{}, err
	}
	return c.panel(title, append(transform, more...), "bar", e)
}

// histogramBy counts the rows by a measure and colour.
func (c composer) histogramBy(ctx context.Context, p choice) (Suggestion, error) {
	title, transform, e, err := c.colored(ctx, p, "rows by "+c.name(p.x), object{
		{Name: "x", Value: c.binned(p.x, 40)}, {Name: "y", Value: c.aggregate(-1, "rows")},
	})
	if err != nil {
		return Suggestion{}, err
	}
	return c.panel(title, transform, "bar", e)
}

// heatBy counts the rows of pairs of groups or times.
func (c composer) heatBy(ctx context.Context, p choice) (Suggestion, error) {
	const most = 30
	var transform []any
	title, e := "rows by ", object{}
	for k, i := range []int{p.x, p.y} {
		ch, word := c.nominal(i), c.name(i)
		if c.axis(i) == moment {
			var err error
			if ch, word, err = c.grouped(ctx, i); err != nil {
				return Suggestion{}, err
			}
		} else if more, n, err := c.keepLargest(ctx, i, -1, most); err != nil {
			return Suggestion{}, err
		} else if more != nil {
			transform, word = append(transform, more...), fmt.Sprintf("%s, %d of %d", word, n, c.facts[i].Distinct)
		}
		if k > 0 {
			title += ", "
		}
		title, e = title+word, e.Set([]string{"x", "y"}[k], ch)
	}
	return c.panel(title, transform, "rect", e.Set("color", c.aggregate(-1, "rows")))
}

// figureByBin is a figure of a measure by another one, in steps.
func (c composer) figureByBin(p choice) (Suggestion, error) {
	return c.panel(c.figureOf(p.y, p.figure)+" by "+c.name(p.x), nil, "bar", object{
		{Name: "x", Value: c.binned(p.x, 40)}, {Name: "y", Value: c.aggregate(p.y, p.figure)},
	})
}
