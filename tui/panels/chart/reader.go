package chart

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/authtabs/tabgate/data/vega"
)

// axis is the direction in which a plot is read.
type axis int

const (
	alongX   axis = iota // what stands at one x is read together
	alongY               // likewise at one y
	anywhere             // each mark for itself
)

// reader finds the marks of a scene at a place.
type reader struct{ plots []plotReader }

// plotReader finds the marks of one cell of the scene.
type plotReader struct {
	along  axis
	tracks []track
	exact  bool // marks stand so close that only those at one pixel belong together
	yearly bool // all of them stand at the beginning of a year
}

// track is marks of one series, in the order in which the cursor passes them.
type track struct {
	mark *vega.Mark
	path *vega.Path // nil: items of the mark
	name string     // of the series, "" if it has none
	pos  []float64  // along the axis that is read, ascending
	idx  []int      // the point or item at each position
}

func newReader(s *vega.Scene) reader {
	var r reader
	for _, c := range s.Cells {
		r.plots = append(r.plots, newPlotReader(c))
	}
	return r
}

func newPlotReader(c *vega.Cell) plotReader {
	p := plotReader{along: direction(c)}
	n := 0
	for _, m := range c.Marks {
		if m.Reading == nil || len(m.Reading.Channels) == 0 {
			continue
		}
		for i := range m.Paths {
			t := track{mark: m, path: &m.Paths[i], name: seriesName(m, pathRow(&m.Paths[i], 0))}
			t.fill(p.along, len(m.Paths[i].Points))
			p.tracks = append(p.tracks, t)
			n += len(t.pos)
		}
		tracks := itemTracks(m, p.along)
		for _, t := range tracks {
			n += len(t.pos)
		}
		p.tracks = append(p.tracks, tracks...)
	}
	p.exact = float64(n) > 2*max(c.Width, c.Height)
	p.yearly = yearly(c, p.along)
	return p
}

// mostYears is how many values are looked at to tell years from days.
const mostYears = 20_000

// yearly reports whether everything along an axis of a cell stands at the
// beginning of a year: it is read as years then.
func yearly(c *vega.Cell, along axis) bool {
	name, n := "x", 0
	if along == alongY {
		name = "y"
	}
	for _, m := range c.Marks {
		if m.Reading == nil || along == anywhere {
			continue
		}
		s := m.Reading.Find(name)
		if s == nil || s.Op != "" || m.Reading.Rows > mostYears {
			return false
		}
		for row := range m.Reading.Rows {
			t, ok := s.Time(s.Value(row))
			if !ok || t.YearDay() != 1 || t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 || t.Nanosecond() != 0 {
				return false
			}
			n++
		}
	}
	return n > 1
}

// direction decides how a cell is read: by the marks that measure, if it has
// any.
func direction(c *vega.Cell) axis {
	for _, m := range c.Marks {
		r := m.Reading
		if r == nil {
			continue
		}
		switch r.Kind {
		case "bar", "line", "area", "trail":
			if r.Vertical {
				return alongX
			}
			return alongY
		}
	}
	for _, m := range c.Marks {
		r := m.Reading
		if r == nil || r.Kind != "point" && r.Kind != "circle" && r.Kind != "square" && r.Kind != "rule" && r.Kind != "tick" {
			continue
		}
		x, y := r.Find("x"), r.Find("y")
		switch {
		case x == nil || y == nil:
		case x.Type != "quantitative" && y.Type == "quantitative":
			return alongX
		case x.Type == "quantitative" && y.Type != "quantitative":
			return alongY
		}
	}
	return anywhere
}

// names reports whether a value of a field names a series.
func (r *reader) names(field, value string) bool {
	for i := range r.plots {
		for _, t := range r.plots[i].tracks {
			if s := series(t.mark); s != nil && s.Field == field && t.name == value {
				return true
			}
		}
	}
	return false
}

// seriesChannels are those that split marks into series.
var seriesChannels = []string{"color", "fill", "stroke", "shape", "strokeDash", "detail"}

// series returns the channel that names the series of a mark.
func series(m *vega.Mark) *vega.Shown {
	for _, name := range seriesChannels {
		if s := m.Reading.Find(name); s != nil && s.Op == "" && s.Type != "quantitative" {
			return s
		}
	}
	return nil
}

func seriesName(m *vega.Mark, row int) string {
	if s := series(m); s != nil && row >= 0 && row < m.Reading.Rows {
		return s.Text(row)
	}
	return ""
}

func pathRow(p *vega.Path, i int) int {
	if i < len(p.Rows) {
		return p.Rows[i]
	}
	return -1
}

// itemTracks puts the items of a mark into tracks, one for each series.
func itemTracks(m *vega.Mark, along axis) []track {
	var all []track
	place := map[string]int{}
	by := series(m)
	for i := range m.Items {
		name := ""
		if row := m.Items[i].Row; by != nil && row < m.Reading.Rows {
			name = by.Text(row)
		}
		k, ok := place[name]
		if !ok {
			k = len(all)
			place[name] = k
			all = append(all, track{mark: m, name: name})
		}
		all[k].add(along, i)
	}
	for k := range all {
		all[k].sort()
	}
	return all
}

func (t *track) fill(along axis, n int) {
	t.pos, t.idx = make([]float64, 0, n), make([]int, 0, n)
	for i := range n {
		t.add(along, i)
	}
	t.sort()
}

func (t *track) add(along axis, i int) {
	x, y := t.at(i)
	if x != x || y != y {
		return
	}
	pos := x
	if along == alongY {
		pos = y
	}
	if t.path == nil && along != anywhere {
		pos = t.category(along, i, pos)
	}
	t.pos, t.idx = append(t.pos, pos), append(t.idx, i)
}

// category is the middle of the band of an item: bars beside each other in one
// band are read together.
func (t *track) category(along axis, i int, pos float64) float64 {
	name := "x"
	if along == alongY {
		name = "y"
	}
	s := t.mark.Reading.Find(name)
	if s == nil || s.Scale == nil || s.Scale.Bandwidth == 0 || t.row(i) >= t.mark.Reading.Rows {
		return pos
	}
	if at := s.Scale.Map(s.Value(t.row(i))); at == at {
		return at + s.Scale.Bandwidth/2
	}
	return pos
}

func (t *track) sort() {
	if sort.Float64sAreSorted(t.pos) {
		return
	}
	order := make([]int, len(t.pos))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(t.pos[a], t.pos[b]) })
	pos, idx := make([]float64, len(order)), make([]int, len(order))
	for i, k := range order {
		pos[i], idx[i] = t.pos[k], t.idx[k]
	}
	t.pos, t.idx = pos, idx
}

// row is the row of the mark's data that a point or an item shows.
func (t *track) row(i int) int {
	if t.path != nil {
		return pathRow(t.path, i)
	}
	return t.mark.Items[i].Row
}

// at is where a point or an item is read, in pixels: a bar at its end.
func (t *track) at(i int) (x, y float64) {
	if t.path != nil {
		return t.path.Points[i].X, t.path.Points[i].Y
	}
	it := &t.mark.Items[i]
	switch t.mark.Type {
	case "rect":
		switch {
		case t.mark.Reading.Kind == "bar" && t.mark.Reading.Vertical:
			return (it.X + it.X2) / 2, it.Y
		case t.mark.Reading.Kind == "bar":
			return it.X2, (it.Y + it.Y2) / 2
		}
		return (it.X + it.X2) / 2, (it.Y + it.Y2) / 2
	case "rule":
		return (it.X + it.X2) / 2, (it.Y + it.Y2) / 2
	case "arc":
		a, r := (it.StartAngle+it.EndAngle)/2, (it.Inner+it.Outer)/2
		return it.X + r*math.Sin(a), it.Y - r*math.Cos(a)
	}
	return it.X, it.Y
}

// near returns the place in the track of what is nearest to a position, -1 if
// the track is empty.
func (t *track) near(pos float64) int {
	if len(t.pos) == 0 {
		return -1
	}
	i := sort.SearchFloat64s(t.pos, pos)
	if i == len(t.pos) || i > 0 && pos-t.pos[i-1] <= t.pos[i]-pos {
		i--
	}
	return i
}

// of returns the position of a value of a channel among the marks of the track,
// NaN if none has it.
func (t *track) of(s *vega.Shown, value float64) float64 {
	for k, i := range t.idx {
		if row := t.row(i); row >= 0 && row < t.mark.Reading.Rows && s.Number(row) == value {
			return t.pos[k]
		}
	}
	return math.NaN()
}

// nearest returns what is nearest to a pixel among marks that are read each
// for itself. Rows are twice as high as columns are wide.
func (p *plotReader) nearest(x, y float64) (k, i int, ok bool) {
	best := math.Inf(1)
	for n := range p.tracks {
		t := &p.tracks[n]
		from := sort.SearchFloat64s(t.pos, x)
		try := func(at int) bool {
			if dx := t.pos[at] - x; dx*dx > best {
				return false
			}
			px, py := t.at(t.idx[at])
			if d := (px-x)*(px-x) + (py-y)*(py-y); d < best {
				best, k, i, ok = d, n, at, true
			}
			return true
		}
		for at := from; at < len(t.pos) && try(at); at++ {
		}
		for at := from - 1; at >= 0 && try(at); at-- {
		}
	}
	return k, i, ok
}

// stop returns the position nearest to pos at which anything is read.
func (p *plotReader) stop(pos float64) (float64, bool) {
	best, found := 0.0, false
	for n := range p.tracks {
		if i := p.tracks[n].near(pos); i >= 0 {
			if at := p.tracks[n].pos[i]; !found || math.Abs(at-pos) < math.Abs(best-pos) {
				best, found = at, true
			}
		}
	}
	return best, found
}

// next returns the next position beyond pos by more than least, forward or
// back.
func (p *plotReader) next(pos, least float64, forward bool) (float64, bool) {
	best, found := 0.0, false
	for n := range p.tracks {
		t := &p.tracks[n]
		i := sort.Search(len(t.pos), func(i int) bool { return t.pos[i] > pos+least })
		if !forward {
			i = sort.Search(len(t.pos), func(i int) bool { return t.pos[i] >= pos-least }) - 1
		}
		if i < 0 || i >= len(t.pos) {
			continue
		}
		if at := t.pos[i]; !found || forward == (at < best) {
			best, found = at, true
		}
	}
	return best, found
}

// ends returns the first and the last position.
func (p *plotReader) ends() (first, last float64, ok bool) {
	first, last = math.Inf(1), math.Inf(-1)
	for n := range p.tracks {
		if pos := p.tracks[n].pos; len(pos) > 0 {
			first, last, ok = min(first, pos[0]), max(last, pos[len(pos)-1]), true
		}
	}
	return first, last, ok
}
