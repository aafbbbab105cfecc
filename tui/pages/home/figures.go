package home

import (
	"cmp"
	"math"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/canvas"
)

// Figures is what the sketches are drawn from: nothing that a lock guards.
type Figures struct {
	City  data.City
	Table data.Table
}

// Bundled gives the figures that are part of the program, which anyone may
// see: a sketch asks no page and no network.
func Bundled() (Figures, error) {
	city, err := data.BundledCity()
	if err != nil {
		return Figures{}, err
	}
	table, err := data.BundledAgriculture()
	return Figures{city, table}, err
}

// sketchRadius is the radius of the sketch's hexagons in metres: the page's
// own would be smaller than a character.
const sketchRadius = 300

// figures is what the sketches show, made ready to draw.
type figures struct {
	day  int // the walk's seed; see dayOf
	walk []float64
	// The lowest and the highest value of the whole walk.
	low, high float64

	racks   int
	riders  int
	land    [][]canvas.Vec // in degrees of longitude, y to the south
	columns []column
	arcs    []arc

	areas [][]float64
	names []string
	years string
}

type column struct {
	at    canvas.Vec
	class int
	tall  float64 // of the tallest, 0 to 1
}

type arc struct{ from, to canvas.Vec }

// pictured brings the figures.
type pictured struct {
	figures *figures
}

// picture makes figures ready to draw, off the loop. Without figures the cards
// say what there is in words alone.
func picture(get func() (Figures, error), day int) tea.Cmd {
	if get == nil {
		get = Bundled
	}
	return func() tea.Msg {
		f, err := get()
		if err != nil {
			return nil
		}
		return pictured{newFigures(f, day)}
	}
}

// dayOf is a day in one number: 20261123.
func dayOf(now time.Time) int { return now.Year()*10000 + int(now.Month())*100 + now.Day() }

func newFigures(f Figures, day int) *figures {
	out := &figures{day: day, racks: len(f.City.Racks)}
	out.walkOf(uint64(day))
	for _, ring := range f.City.Land {
		out.land = append(out.land, flat(ring...))
	}
	racks := make([]deck.Place, len(f.City.Racks))
	for i, p := range f.City.Racks {
		racks[i] = deck.Place{Lon: p.Lon, Lat: p.Lat}
	}
	for _, h := range inRows(deck.Hexagons(racks, sketchRadius).Bins) {
		out.columns = append(out.columns, column{flat(data.Point{Lon: h.At.Lon, Lat: h.At.Lat})[0], h.Class, h.Elevation / 1000})
	}
	for _, s := range f.City.Segments {
		ends := flat(s.From, s.To)
		out.arcs = append(out.arcs, arc{ends[0], ends[1]})
		out.riders += s.Outbound
	}
	for _, name := range f.Table.Defaults() {
		region, _ := f.Table.Find(name)
		values := make([]float64, len(f.Table.Columns))
		for i := range values {
			values[i] = f.Table.Value(region, i)
		}
		out.areas, out.names = append(out.areas, values), append(out.names, name)
	}
	if n := len(f.Table.Columns); n > 0 {
		out.years = f.Table.Columns[0] + " to " + f.Table.Columns[n-1]
	}
	return out
}

// inRows puts hexagons in the rows of their lattice: south to north, then west to
// east.
func inRows(bins []deck.Bin) []deck.Bin {
	slices.SortFunc(bins, func(a, b deck.Bin) int {
		return cmp.Or(cmp.Compare(a.At.Lat, b.At.Lat), cmp.Compare(a.At.Lon, b.At.Lon))
	})
	return bins
}

// walkOf keeps the last value of each step of a seed's walk: more points would
// run together at this size.
func (f *figures) walkOf(seed uint64) {
	w := data.NewWalk(seed)
	f.walk, f.low, f.high = []float64{w.Start()}, w.Start(), w.Start()
	for rows := w.Step(); rows != nil; rows = w.Step() {
		f.walk = append(f.walk, rows[len(rows)-1])
		f.low, f.high = min(f.low, slices.Min(rows)), max(f.high, slices.Max(rows))
	}
}

// flat projects places: x is the longitude, y as long a step to the south.
func flat(points ...data.Point) []canvas.Vec {
	out := make([]canvas.Vec, len(points))
	for i, p := range points {
		out[i] = canvas.Vec{X: p.Lon, Y: -math.Log(math.Tan(math.Pi/4+p.Lat*math.Pi/360)) * 180 / math.Pi}
	}
	return out
}

// span is the range of values, with zero in it.
func span(rows ...[]float64) (lo, hi float64) {
	for _, row := range rows {
		for _, v := range row {
			if !math.IsNaN(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	return lo, max(hi, lo+1e-9)
}
