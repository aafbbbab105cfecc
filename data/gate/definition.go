package gate

import (
	"errors"
	"fmt"
	"slices"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
)

// definition makes what is told of a page's panels: its sources are the frames
// of the plans, texts and specifications of files stand in it, and conditions
// without an input are left out, for the frames fulfil them.
func definition(c *dashboard.Content, load loadFile) (rows []byte, p *planner, err error) {
	p = plansOf(c)
	if c.Rows == nil {
		return nil, p, nil
	}
	out := make([]dashboard.Row, len(c.Rows))
	for r, row := range c.Rows {
		out[r] = dashboard.Row{Height: row.Height, Panels: make([]dashboard.Panel, len(row.Panels))}
		for i := range row.Panels {
			if out[r].Panels[i], err = p.panel(&row.Panels[i], load); err != nil {
				return nil, nil, fmt.Errorf("%s:%d:%d %w", row.Panels[i].At.File, row.Panels[i].At.Line, row.Panels[i].At.Col, err)
			}
		}
	}
	rows, ok := dashboard.RowsJSON(out)
	switch {
	case !ok:
		return nil, nil, errors.New("the page cannot be written as JSON")
	case tooLong(rows):
		return nil, nil, errors.New("the page's own texts and data are too long to be sent at once: make sources of the data")
	}
	return rows, p, nil
}

// panel is a panel as it is told.
func (p *planner) panel(panel *dashboard.Panel, load loadFile) (out dashboard.Panel, err error) {
	fixed := constant(panel.Where)
	rename := func(source string) string {
		if source == "" {
			return ""
		}
		return p.of(source, fixed).name
	}
	name := func(source string, texts []string, all bool) {
		n := p.of(source, fixed).names
		n.texts, n.all = append(n.texts, texts...), n.all || all
	}
	out = *panel
	out.Where = p.where(panel)
	switch s := panel.Spec.(type) {
	case *dashboard.Markdown:
		out.Spec, err = markdown(s, load)
	case *dashboard.Metric:
		c := *s
		c.Source = rename(s.Source)
		out.Spec = &c
	case *dashboard.Table:
		c := *s
		c.Source = rename(s.Source)
		out.Spec = &c
	case *dashboard.Chart:
		c := *s
		c.Source = rename(s.Source)
		out.Spec = &c
	case *dashboard.Map:
		c := *s
		c.Source, c.Ground = rename(s.Source), "" // the ground is a file or an address: the reader's own is shown
		out.Spec = &c
	case *dashboard.VegaLite:
		out.Spec, err = vegaLite(load, s, rename, name)
	case *dashboard.Pydeck:
		out.Spec, err = pydeck(load, s, rename, name)
	}
	return out, err
}

// where is what of a panel's conditions is left to the reader's side: those of
// inputs. An input filters the frames that bear its source's name by itself;
// for other frames of that source it is said.
func (p *planner) where(panel *dashboard.Panel) (out query.Where) {
	for _, c := range panel.Where {
		if c.Input != "" {
			out = append(out, c)
		}
	}
	for _, source := range panel.Sources() {
		if p.of(source, constant(panel.Where)).name == source {
			continue
		}
		for _, in := range p.content.Inputs {
			if in.Source == source && !slices.Contains(panel.Ignore, in.Name) {
				out = append(out, query.Condition{Field: fieldOf(in), Op: operator(in.Kind), Input: in.Name})
			}
		}
	}
	return out
}

// operator is how an input of a kind filters by itself.
func operator(kind string) query.Op {
	switch kind {
	case "multiselect":
		return query.In
	case "text":
		return query.Contains
	case "range":
		return query.Between
	}
	return query.Eq
}

func markdown(s *dashboard.Markdown, load loadFile) (*dashboard.Markdown, error) {
	if s.Path == "" {
		return s, nil
	}
	text, err := load(s.Path, maxText)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Path, err)
	}
	return &dashboard.Markdown{Text: string(text)}, nil
}
