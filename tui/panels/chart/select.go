package chart

import (
	"slices"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/vegaview"
)

// selecting is what a reader has selected in a chart that has selections.
type selecting struct {
	now   map[string]vega.Selection
	begun place // one end of an interval that is being selected with keys
}

func (s *selecting) set(name string, to vega.Selection) {
	next := map[string]vega.Selection{name: to} // what is computed keeps the old one
	for k, v := range s.now {
		if k != name {
			next[k] = v
		}
	}
	s.now = next
}

// any reports whether anything is selected.
func (s *selecting) any() bool {
	for _, v := range s.now {
		if len(v.Ranges) > 0 || len(v.Points) > 0 {
			return true
		}
	}
	return false
}

// clear selects nothing, in what the reader has selected from.
func (s *selecting) clear() {
	for name := range s.now {
		s.set(name, vega.Selection{})
	}
}

// showing returns the channel of a plot that shows a field.
func showing(c *vega.Cell, p vega.Projection) *vega.Shown {
	for _, m := range c.Marks {
		if m.Reading == nil {
			continue
		}
		if s := m.Reading.Find(p.Channel); s != nil && s.Field == p.Field && s.Scale != nil {
			return s
		}
	}
	return nil
}

// brush returns the interval that is selected by dragging in a plot.
func brush(s *vega.Scene, plot int) (vega.Param, bool) {
	for _, p := range s.Params {
		if p.Select != "interval" || p.Bind == "scales" {
			continue
		}
		for _, q := range p.Channels {
			if showing(s.Cells[plot], q) != nil {
				return p, true
			}
		}
	}
	return vega.Param{}, false
}

// drag selects what lies between two pixels of a plot.
func (s *selecting) drag(p vega.Param, c *vega.Cell, a, b place) {
	ranges := map[string][]any{}
	for _, q := range p.Channels {
		shown := showing(c, q)
		if shown == nil {
			continue
		}
		from, to := a.x, b.x
		if q.Channel == "y" {
			from, to = a.y, b.y
		}
		if list := between(shown.Scale, min(from, to), max(from, to)); list != nil {
			ranges[q.Channel] = list
		}
	}
	s.set(p.Name, vega.Selection{Ranges: ranges})
}

// between returns the ends of an interval of a scale that measures, or the
// values in it of one that counts off.
func between(s *vega.Scale, from, to float64) (list []any) {
	if s.Continuous() {
		return []any{s.Invert(from), s.Invert(to)}
	}
	for _, v := range s.Domain {
		if at := s.Map(v); at+s.Bandwidth >= from && at <= to {
			list = append(list, v)
		}
	}
	return list
}

// mark selects the mark that is read, for the first selection of points; add
// keeps those that are selected already. It reports whether there is one.
func (s *selecting) mark(scene *vega.Scene, r reading, add bool) bool {
	if len(r.parts) == 0 {
		return false
	}
	q := r.parts[min(r.pick, len(r.parts)-1)]
	for _, p := range scene.Params {
		if !clicked(p) {
			continue
		}
		if point := pointOf(p, q); len(point) > 0 {
			s.toggle(p.Name, point, add)
			return true
		}
	}
	return false
}

// clicked reports whether a selection takes the points that are clicked.
func clicked(p vega.Param) bool { return p.Select == "point" && p.Bind == "" && !p.Hover }

// pointOf is what a mark has in the fields of a selection: in all of its own,
// where the selection names none.
func pointOf(p vega.Param, q part) map[string]any {
	fields := slices.Clone(p.Fields)
	for _, c := range p.Channels {
		fields = append(fields, c.Field)
	}
	point := map[string]any{}
	for _, c := range q.mark.Reading.Channels {
		if c.Field == "" || c.Op != "" || c.Binned || len(fields) > 0 && !slices.Contains(fields, c.Field) {
			continue
		}
		point[c.Field] = c.Value(q.row)
	}
	if len(fields) > 0 && len(point) < len(fields) {
		return nil // another view's
	}
	return point
}

// toggle selects a point, or no longer.
func (s *selecting) toggle(name string, point map[string]any, add bool) {
	old := s.now[name].Points
	at := slices.IndexFunc(old, func(o map[string]any) bool { return samePoint(o, point) })
	var points []map[string]any
	if add {
		points = slices.Clone(old)
	}
	switch {
	case at >= 0 && add:
		points = slices.Delete(points, at, at+1)
	case at < 0 || len(old) > 1:
		points = append(points, point)
	}
	s.set(name, vega.Selection{Points: points})
}

func samePoint(a, b map[string]any) bool {
	for k, v := range a {
		if js.String(b[k]) != js.String(v) {
			return false
		}
	}
	return len(a) == len(b)
}

// legend selects a value of a legend, where the specification binds a selection
// to it. It reports whether it does.
func (s *selecting) legend(scene *vega.Scene, legend, index int) bool {
	l := scene.Legends[legend]
	if l.Field == "" || index >= len(l.Values) {
		return false
	}
	for _, p := range scene.Params {
		bound := slices.Contains(p.Fields, l.Field)
		for _, c := range p.Channels {
			bound = bound || c.Field == l.Field
		}
		if p.Select == "point" && p.Bind == "legend" && bound {
			s.toggle(p.Name, map[string]any{l.Field: l.Values[index]}, true)
			return true
		}
	}
	return false
}

// boxes returns the selected intervals of a plot, in its pixels.
func (s *selecting) boxes(scene *vega.Scene, plot int) (all [][2]vegaview.Window) {
	c := scene.Cells[plot]
	for _, p := range scene.Params {
		ranges := s.now[p.Name].Ranges
		if len(ranges) == 0 || p.Bind == "scales" {
			continue
		}
		box, mine := [2]vegaview.Window{{To: c.Width}, {To: c.Height}}, true
		for _, q := range p.Channels {
			shown, list := showing(c, q), ranges[q.Channel]
			if shown == nil || len(list) == 0 {
				mine = mine && len(list) == 0
				continue
			}
			a, b := shown.Scale.Map(list[0]), shown.Scale.Map(list[len(list)-1])+shown.Scale.Bandwidth
			k := 0
			if q.Channel == "y" {
				k = 1
			}
			box[k] = vegaview.Window{From: min(a, b), To: max(a, b)}
		}
		if mine {
			all = append(all, box)
		}
	}
	return all
}

// selects reports whether a scene has a selection of a kind that a reader makes
// in its plots.
func selects(s *vega.Scene, kind string) bool {
	if s == nil {
		return false
	}
	for _, p := range s.Params {
		if p.Select == kind && p.Bind == "" && !p.Hover {
			return true
		}
	}
	return false
}

// edge puts one end of an interval at the cursor; the other is where it was put
// before.
func (p *Panel) edge() {
	if !p.cursor.on || p.scene == nil {
		return
	}
	param, ok := brush(p.scene, p.cursor.plot)
	if !ok {
		return
	}
	from := p.chosen.begun
	if !from.on || from.plot != p.cursor.plot {
		p.chosen.begun = p.cursor
		return
	}
	p.chosen.begun = place{}
	p.chosen.drag(param, p.scene.Cells[p.cursor.plot], from, p.cursor)
	p.anew()
}
