package suggest

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/vegalite"
)

type object = vegalite.Object

// drafter writes the specifications of charts.
type drafter struct{ *columns }

// schema names the language of a specification.
const schema = "https://vega.github.io/schema/vega-lite/v6.json"

// topBars is how many bars stand beside each other at most.
const topBars = 12

// panel is a suggestion of a specification.
func (c *drafter) panel(title string, transform []any, mark any, encoding object) (Suggestion, error) {
	o := object{{Name: "$schema", Value: schema}}
	if c.o.Source != "" {
		o = o.Set("data", object{{Name: "name", Value: c.o.Source}})
	}
	if len(transform) > 0 {
		o = o.Set("transform", transform)
	}
	text, err := o.Set("mark", mark).Set("encoding", encoding).Text()
	return Suggestion{Title: title, Panel: dashboard.Panel{
		Kind: "vega_lite", Title: title, Width: 1,
		Spec: &dashboard.VegaLite{Text: text, Source: c.o.Source},
	}}, err
}

func (c *drafter) name(i int) string { return c.facts[i].Name }

// field is a channel of a column.
func (c *drafter) field(i int, kind string) object {
	return object{{Name: "field", Value: vegalite.Field(c.name(i))}, {Name: "type", Value: kind}}
}

// nominal is a channel of a category; it has no title on an axis.
func (c *drafter) nominal(i int) object { return c.field(i, "nominal").Set("title", nil) }

// colorOf is the channel color of a category.
func (c *drafter) colorOf(i int) object { return c.field(i, "nominal") }

// quantity is the channel of a measure as it is.
func (c *drafter) quantity(i int) object { return c.field(i, "quantitative").Set("title", c.named(i)) }

// named is a measure's name with its unit.
func (c *drafter) named(i int) string {
	f := &c.facts[i]
	if f.Unit == "" || strings.Contains(f.Name, f.Unit) {
		return f.Name
	}
	return f.Name + " in " + f.Unit
}

// figureOf is what a figure of a measure is called: "mean of wind".
func (c *drafter) figureOf(m int, figure string) string {
	if figure == "rows" {
		return "rows"
	}
	return words[figure] + " of " + c.named(m)
}

// words are the figures, as readers call them.
var words = map[string]string{
	"rows": "rows", "sum": "sum", "mean": "mean", "median": "median", "min": "least", "max": "greatest", "distinct": "different values",
}

// aggregate is the channel of a figure.
func (c *drafter) aggregate(m int, figure string) object {
	if figure == "rows" {
		return object{{Name: "aggregate", Value: "count"}, {Name: "type", Value: "quantitative"}, {Name: "title", Value: "rows"}}
	}
	return append(object{{Name: "aggregate", Value: figure}}, c.field(m, "quantitative")...).Set("title", c.figureOf(m, figure))
}

// timeAxis is a channel of a date or a year, as it is.
func (c *drafter) timeAxis(t int) object {
	if c.roles[t] == Year {
		return c.field(t, "quantitative").Set("title", nil).
			Set("scale", object{{Name: "zero", Value: false}, {Name: "nice", Value: false}}).
			Set("axis", object{{Name: "format", Value: "d"}})
	}
	return c.field(t, "temporal").Set("title", nil).Set("scale", object{{Name: "type", Value: "utc"}})
}

// fresh is a name for a column that a specification makes.
func (c *drafter) fresh(name string) string {
	for {
		taken := false
		for i := range c.facts {
			taken = taken || c.name(i) == name
		}
		if !taken {
			return name
		}
		name += "_"
	}
}

// by appends a category to a title.
func (c *drafter) by(title string, color int) string {
	if color < 0 {
		return title
	}
	return title + " by " + c.name(color)
}

// top is the end of a title whose chart leaves something out.
func top(title string, n, of int) string {
	if of <= n {
		return title
	}
	return fmt.Sprintf("%s, top %d of %d", title, n, of)
}
