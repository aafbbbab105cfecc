package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
)

// plan is a frame of a page: rows of a source that fulfil the constant
// conditions of the panels that show it, and the columns that these name.
type plan struct {
	name   string
	source dashboard.Source
	where  query.Where // without inputs
	names  *naming
	inputs []string // that the source's query names
}

// planner finds the frames of a page.
type planner struct {
	content *dashboard.Content
	plans   []*plan
	asides  []*plan // of sources that give values to choose from, and are not shown
	byKey   map[string]*plan
}

// plansOf are the frames of a page: one for each source and constant where. A
// page without rows shows all of its sources.
func plansOf(c *dashboard.Content) *planner {
	p := &planner{content: c, byKey: map[string]*plan{}}
	if c.Rows == nil {
		for _, s := range c.Sources {
			p.of(s.Name, nil).names.all = true
		}
	}
	for r := range c.Rows {
		for i := range c.Rows[r].Panels {
			panel := &c.Rows[r].Panels[i]
			for _, source := range panel.Sources() {
				p.of(source, constant(panel.Where)).names.panel(panel)
				p.conditions(panel, source)
			}
		}
	}
	p.implied()
	return p
}

// of is the frame of a source and a constant where, made if it is new. It is nil
// for what is no source, which the folder's reader has refused.
func (p *planner) of(source string, where query.Where) *plan {
	key := source + "\x00" + conditionsText(where)
	if f := p.byKey[key]; f != nil {
		return f
	}
	f := &plan{name: p.nameFor(source), where: where, names: newNaming()}
	if i := p.source(source); i >= 0 {
		f.source = p.content.Sources[i]
		f.inputs = dashboard.QueryInputs(f.source.Query)
	}
	p.byKey[key] = f
	p.plans = append(p.plans, f)
	return f
}

// source is the place of a source of the page, -1 if there is none.
func (p *planner) source(name string) int {
	return slices.IndexFunc(p.content.Sources, func(s dashboard.Source) bool { return s.Name == name && name != "" })
}

// nameFor is a name for a new frame of a source: the source's own for the first.
func (p *planner) nameFor(source string) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(p.plans, func(f *plan) bool { return f.name == name })
	}
	if !taken(source) {
		return source
	}
	for n := 2; ; n++ {
		name := fmt.Sprintf("%.*s %d", 56, source, n)
		if !taken(name) && !slices.ContainsFunc(p.content.Sources, func(s dashboard.Source) bool { return s.Name == name }) {
			return name
		}
	}
}

// constant is the part of a where that no input has a say in.
func constant(w query.Where) (out query.Where) {
	for _, c := range w {
		if c.Input == "" {
			out = append(out, c)
		}
	}
	return out
}

// conditionsText writes conditions so that those that differ are written
// differently, whatever their order.
func conditionsText(w query.Where) string {
	var texts []string
	for _, c := range w {
		texts = append(texts, fmt.Sprintf("%q %s %q", c.Field, c.Op, c.Values))
	}
	slices.Sort(texts)
	return strings.Join(texts, "\n")
}

// conditions adds the columns that inputs filter a panel by.
func (p *planner) conditions(panel *dashboard.Panel, source string) {
	f := p.of(source, constant(panel.Where))
	for _, c := range panel.Where {
		if c.Input != "" {
			f.names.add(c.Field)
		}
	}
	for _, in := range p.content.Inputs {
		if in.Source == source && !slices.Contains(panel.Ignore, in.Name) {
			f.names.add(fieldOf(in))
		}
	}
}

// implied adds the columns of inputs to the frames by whose rows their values
// are found.
func (p *planner) implied() {
	for _, in := range p.content.Inputs {
		if f := p.first(in.Source); f != nil {
			f.names.add(fieldOf(in))
		} else if i := p.source(in.Source); i >= 0 {
			s := p.content.Sources[i]
			p.asides = append(p.asides, &plan{name: s.Name, source: s, names: newNaming(), inputs: dashboard.QueryInputs(s.Query)})
		}
	}
}

// first is the first frame of a source, nil if none is shown.
func (p *planner) first(source string) *plan {
	i := slices.IndexFunc(p.plans, func(f *plan) bool { return f.source.Name == source && source != "" })
	if i < 0 {
		return nil
	}
	return p.plans[i]
}

// fieldOf is the column of an input.
func fieldOf(in dashboard.Input) string {
	if in.Field == "" {
		return in.Name
	}
	return in.Field
}
