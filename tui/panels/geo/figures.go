package geo

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
)

// maxClasses is how many values of a column get a colour of their own; the
// others share one.
const maxClasses = 10

// figures are the places of a frame, ready to draw.
type figures struct {
	scene    *mapview.Scene
	rows     frame.Frame
	lat, lon int     // columns of rows
	classes  []class // of the colour's column; nil where it holds colours
	title    string  // of the classes

	hidden   []bool // layers, by their place in the scene
	switches switches
	index    index
	legends  map[int]binLegend // of the layers with bins
	binned   bool              // there are such layers
	notes    []string
}

// column finds a column that the page names, or says what there is.
func column(f frame.Frame, key, name string) (int, error) {
	if i := frame.Find(f, name); i >= 0 {
		return i, nil
	}
	var names []string
	for _, c := range f.Columns() {
		names = append(names, c.Name)
	}
	if near := dashboard.Near(name, names); near != "" {
		return 0, fmt.Errorf("%s: there is no field %s: did you mean %s?", key, name, near)
	}
	return 0, fmt.Errorf("%s: there is no field %s; there are %s", key, name, strings.Join(names[:min(len(names), 12)], ", "))
}

// coordinates are the names that columns of coordinates have.
var coordinates = [2][]string{{"lat", "latitude"}, {"lon", "lng", "longitude", "long"}}

// coordinate finds the column of a coordinate by its name, in any case: a whole
// name first, then its last word.
func coordinate(f frame.Frame, which int) int {
	find := func(fits func(name, word string) bool) int {
		for _, word := range coordinates[which] {
			if i := slices.IndexFunc(f.Columns(), func(c frame.Column) bool { return fits(strings.ToLower(strings.TrimSpace(c.Name)), word) }); i >= 0 {
				return i
			}
		}
		return -1
	}
	if i := find(func(name, word string) bool { return name == word }); i >= 0 {
		return i
	}
	return find(func(name, word string) bool {
		words := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("_ .-", r) })
		return len(words) > 1 && words[len(words)-1] == word
	})
}

// reading is what is read of a frame to make points of it.
type reading struct {
	points  deck.Points
	columns []int
	size    int // place in columns, -1 = none
	color   int
	name    int
	values  []string // of the colour's column
	names   []string // of the first column of texts
}

// read makes the scene of a frame. Colours are those of a theme's series.
func read(ctx context.Context, f frame.Frame, spec *dashboard.Map, series []cell.RGB, rest cell.RGB) (*figures, error) {
	out := &figures{rows: f}
	var err error
	if out.lat, out.lon, err = located(f, spec); err != nil {
		return nil, err
	}
	r := &reading{columns: []int{out.lat, out.lon}, size: -1, color: -1, name: -1}
	if err := r.options(f, spec); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(f.Columns(), func(c frame.Column) bool { return c.Type == frame.Text }); i >= 0 {
		r.name, r.columns = len(r.columns), append(r.columns, i)
	}
	if err := f.Scan(ctx, r.columns, 0, f.Len(), r.take); err != nil {
		return nil, err
	}
	if r.color >= 0 && !r.colored() {
		out.title = session.Clean(f.Columns()[r.columns[r.color]].Name, 60)
		out.classes = r.classify(series, rest)
	}
	scene := deck.Map(r.points)
	if out.scene, err = mapview.NewScene(scene); err != nil {
		return nil, err
	}
	out.index = r.index(scene.Layers[0], spec.Size)
	if l := scene.Layers[0]; len(l.Circles) == 0 && f.Len() > 0 {
		return nil, fmt.Errorf("none of its %d rows has a place that can be shown (%s)", f.Len(), scene.Told())
	}
	return out, nil
}

// located finds the columns of the places.
func located(f frame.Frame, spec *dashboard.Map) (lat, lon int, err error) {
	lat, lon = coordinate(f, 0), coordinate(f, 1)
	if spec.Latitude != "" {
		if lat, err = column(f, "latitude", spec.Latitude); err != nil {
			return 0, 0, err
		}
	}
	if spec.Longitude != "" {
		if lon, err = column(f, "longitude", spec.Longitude); err != nil {
			return 0, 0, err
		}
	}
	if lat < 0 || lon < 0 {
		return 0, 0, errors.New("map data must contain a column named lat or latitude and one named lon, lng, long or longitude: name them with latitude and longitude")
	}
	return lat, lon, nil
}

// options reads what the page says of size, colour and zoom.
func (r *reading) options(f frame.Frame, spec *dashboard.Map) error {
	if spec.Zoomed {
		r.points.Zoom = &spec.Zoom
	}
	if spec.Size != "" {
		if v, err := strconv.ParseFloat(spec.Size, 64); err == nil {
			if !(v > 0) {
				return fmt.Errorf("size: %s is no radius in metres", spec.Size)
			}
			r.points.Radius = v
		} else {
			i, err := column(f, "size", spec.Size)
			if err != nil {
				return err
			}
			r.size, r.columns = len(r.columns), append(r.columns, i)
		}
	}
	if spec.Color == "" {
		return nil
	}
	if i := frame.Find(f, spec.Color); i >= 0 {
		r.color, r.columns = len(r.columns), append(r.columns, i)
		return nil
	}
	c, ok := deck.Color(spec.Color)
	if !ok {
		_, err := column(f, "color", spec.Color)
		return err
	}
	r.points.Fill = &c
	return nil
}

// take reads some rows.
func (r *reading) take(b *frame.Batch) error {
	for i := range b.Len {
		r.points.Lat = append(r.points.Lat, number(&b.Columns[0], i))
		r.points.Lon = append(r.points.Lon, number(&b.Columns[1], i))
		if r.size >= 0 {
			r.points.Size = append(r.points.Size, number(&b.Columns[r.size], i))
		}
		if r.color >= 0 {
			r.values = append(r.values, b.Columns[r.color].String(i))
		}
		if r.name >= 0 {
			r.names = append(r.names, b.Columns[r.name].String(i))
		}
	}
	return nil
}

// index is the names of the places, with the figures that their sizes follow
// from.
func (r *reading) index(l *deck.Layer, size string) (x index) {
	x.places = map[deck.Place]int{}
	for i := range l.Circles {
		c := &l.Circles[i]
		if r.name < 0 || len(x.list) >= maxNamed {
			break
		}
		n := named{name: session.Clean(r.names[c.Row], 60), at: c.At, picks: []mapview.Pick{{OK: true, Kind: mapview.Disc, Index: i}}}
		if n.name == "" {
			continue
		}
		if r.size >= 0 {
			x.field, n.figure, n.hasFigure = size, c.Radius, true
		}
		x.places[c.At] = len(x.list)
		x.list = append(x.list, n)
	}
	x.sort()
	return x
}

// number is a cell as a number; text is read as one, as maps do.
func number(v *frame.Vector, i int) float64 {
	if f, ok := v.Float(i); ok {
		return f
	}
	if v.IsNull(i) || v.Type.Temporal() {
		return math.NaN()
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(v.String(i)), 64)
	if err != nil {
		return math.NaN()
	}
	return f
}

// colored reports whether the values of the colour's column are colours, and
// takes them.
func (r *reading) colored() bool {
	colors := make([]deck.RGBA, len(r.values))
	for i, v := range r.values {
		c, ok := deck.Color(v)
		if !ok {
			return false
		}
		colors[i] = c
	}
	r.points.Color = colors
	return len(colors) > 0
}

// classify gives each value of the colour's column a colour: the most frequent
// ones their own, in the order in which they are met, the others one.
func (r *reading) classify(series []cell.RGB, rest cell.RGB) (classes []class) {
	counts := map[string]int{}
	var names []string
	for _, v := range r.values {
		if counts[v]++; counts[v] == 1 {
			names = append(names, v)
		}
	}
	own := slices.Clone(names)
	slices.SortStableFunc(own, func(a, b string) int { return counts[b] - counts[a] })
	own = own[:min(len(own), maxClasses, len(series))]
	colors := map[string]cell.RGB{}
	for _, name := range names {
		if slices.Contains(own, name) {
			colors[name] = series[len(classes)]
			shown := name
			if shown == "" {
				shown = "no value"
			}
			classes = append(classes, class{session.Clean(shown, 40), series[len(classes)], counts[name], -1})
		}
	}
	if others := len(names) - len(own); others > 0 {
		all := class{fmt.Sprintf("%d others", others), rest, 0, -1}
		for _, name := range names {
			if _, has := colors[name]; !has {
				all.count += counts[name]
			}
		}
		classes = append(classes, all)
	}
	r.points.Color = make([]deck.RGBA, len(r.values))
	for i, v := range r.values {
		c, has := colors[v]
		if !has {
			c = rest
		}
		r.points.Color[i] = deck.RGBA{c[0], c[1], c[2], 220}
	}
	return classes
}
