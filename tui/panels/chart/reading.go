package chart

import (
	"math"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
)

// reading is what is read out at a place.
type reading struct {
	plot  int    // the cell of the scene
	title string // of the axis that is read, "" if each mark is read for itself
	head  string // the value on it
	main  *vega.Shown
	value any // of main
	x, y  float64
	parts []part
	pick  int // the part that is meant
}

// part is one mark at the place.
type part struct {
	name, value string
	color       string // as the scene has it
	x, y        float64
	mark        *vega.Mark
	row         int
	path        *vega.Path // nil: an item of the mark
	at          int        // the point of the path, or the item
}

// tolerance is how far apart, in pixels, what is read together may be.
func (p *plotReader) tolerance() float64 {
	if p.exact {
		return 1e-6
	}
	return 0.6
}

// read returns what stands nearest to a pixel of a plot. It is not ok where
// there is nothing to read.
func (r *reader) read(plot int, x, y float64) (reading, bool) {
	if plot < 0 || plot >= len(r.plots) {
		return reading{}, false
	}
	p := &r.plots[plot]
	out := reading{plot: plot, x: x, y: y}
	if p.along == anywhere {
		k, i, ok := p.nearest(x, y)
		if !ok {
			return out, false
		}
		t := &p.tracks[k]
		out.x, out.y = t.at(t.idx[i])
		out.parts = t.alone(t.idx[i])
		return out, true
	}
	want := x
	if p.along == alongY {
		want = y
	}
	at, ok := p.stop(want)
	if !ok {
		return out, false
	}
	for k := range p.tracks {
		out.take(p, &p.tracks[k], at)
	}
	out.unify()
	out.choose(p.along, x, y)
	if p.along == alongX {
		out.x = at
	} else {
		out.y = at
	}
	return out, len(out.parts) > 0
}

// take adds what a track has at a position.
func (r *reading) take(p *plotReader, t *track, at float64) {
	tol := p.tolerance()
	main, measure := "x", "y"
	if p.along == alongY {
		main, measure = "y", "x"
	}
	s := t.mark.Reading.Find(main)
	for i := sort.SearchFloat64s(t.pos, at-tol); i < len(t.pos) && t.pos[i] <= at+tol && len(r.parts) < 200; i++ {
		row := t.row(t.idx[i])
		if row < 0 || row >= t.mark.Reading.Rows {
			continue
		}
		if s != nil && r.main == nil {
			r.main, r.value, r.title, r.head = s, s.Value(row), s.Title, s.Text(row)
			if year, ok := s.Time(r.value); ok && p.yearly {
				r.head = year.Format("2006")
			}
		}
		x, y := t.at(t.idx[i])
		q := part{name: t.name, color: t.color(t.idx[i]), x: x, y: y, mark: t.mark, row: row, path: t.path, at: t.idx[i]}
		q.value = t.measured(measure, main, row)
		if q.name == "" {
			if m := t.mark.Reading.Find(measure); m != nil {
				q.name = m.Title
			}
		}
		r.parts = append(r.parts, q)
	}
}

// measured is the figure of a mark: its length, or from where to where it
// reaches; of a mark that has none, all that it shows.
func (t *track) measured(measure, main string, row int) string {
	r := t.mark.Reading
	m, m2 := r.Find(measure), r.Find(measure+"2")
	switch {
	case m != nil && m2 != nil && m2.Text(row) != m.Text(row):
		return m.Text(row) + " – " + m2.Text(row)
	case m != nil:
		return m.Text(row)
	}
	var all []string
	for _, s := range r.Channels {
		if text := s.Text(row); s.Channel != main && s != series(t.mark) && text != "" {
			all = append(all, s.Title+" "+text)
		}
	}
	return strings.Join(all, ", ")
}

// alone is all that one mark shows.
func (t *track) alone(i int) []part {
	row := t.row(i)
	if row < 0 || row >= t.mark.Reading.Rows {
		return nil
	}
	x, y := t.at(i)
	var parts []part
	seen := map[string]bool{}
	for _, s := range t.mark.Reading.Channels {
		text := s.Text(row)
		if key := s.Title + "\x00" + text; text == "" || seen[key] {
			continue
		} else {
			seen[key] = true
		}
		q := part{name: s.Title, value: text, x: x, y: y, mark: t.mark, row: row, path: t.path, at: i}
		if slices.Contains(seriesChannels[:3], s.Channel) {
			q.color = t.color(i)
		}
		parts = append(parts, q)
	}
	return parts
}

func (t *track) color(i int) string {
	style := &vega.Style{}
	if t.path != nil {
		style = &t.path.Style
	} else {
		style = &t.mark.Items[i].Style
	}
	if style.Fill != "" {
		return style.Fill
	}
	return style.Stroke
}

// unify leaves out what is said twice: a line and the points on it.
func (r *reading) unify() {
	seen := map[string]bool{}
	kept := r.parts[:0]
	for _, q := range r.parts {
		if key := q.name + "\x00" + q.value; q.value != "" && !seen[key] {
			seen[key] = true
			kept = append(kept, q)
		}
	}
	r.parts = kept
}

// choose picks the part that is nearest to a place.
func (r *reading) choose(along axis, x, y float64) {
	best := math.Inf(1)
	for i, q := range r.parts {
		d := math.Abs(q.y - y)
		if along == alongY {
			d = math.Abs(q.x - x)
		}
		if d < best {
			best, r.pick = d, i
		}
	}
}

// cellText is a value as the cells of a table are written, by which panels
// tell each other where the cursor is.
func cellText(s *vega.Shown, v any) string {
	if t, ok := s.Time(v); ok {
		switch {
		case t.Nanosecond() != 0:
			return t.Format("2006-01-02T15:04:05.999")
		case t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0:
			return t.Format("2006-01-02T15:04:05")
		}
		return t.Format("2006-01-02")
	}
	return js.String(v)
}

// moments are the ways in which tables write dates.
var moments = []string{"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01", "2006"}

func parseMoment(text string, zone *time.Location) (time.Time, bool) {
	for _, layout := range moments {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
