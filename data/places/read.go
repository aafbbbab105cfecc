// Package places reads a file of places: its columns tell whether they are points,
// stops with figures, or lines from one place to another. Rows without a place are
// left out and counted.
package places

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// Kind says what the rows of a file are.
type Kind int

// The kinds. Points have nothing but a place, stops have exits, and lines a second
// place.
const (
	Points Kind = iota
	Stops
	Lines
)

// Point is a place in WGS84 degrees, longitude first.
type Point struct{ Lon, Lat float64 }

// File is a file of places that was read. Its frame has the columns lon and lat;
// stops have name, code, entries and exits as well, and lines lon2, lat2, inbound
// and outbound.
type File struct {
	Kind  Kind
	Frame frame.Frame
	Notes []string // how the file was read
	Told  string   // what was left out, "" = nothing
	// Box is the south-western and the north-eastern corner of what its places lie
	// in, but for those at exactly 0,0; nil = there are none.
	Box []Point
	// Shapes are the geometries of GeoJSON that are no points: lines, areas, and
	// groups of them.
	Shapes []json.RawMessage
}

// Read reads a file of places.
func Read(ctx context.Context, path string, o textfile.Options) (*File, error) {
	f, err := textfile.Read(ctx, path, o)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := &File{Notes: slices.Clone(f.Notes)}
	if err := out.take(ctx, f); err != nil {
		return nil, &textfile.Error{Path: path, Err: err}
	}
	if out.Told != "" {
		out.Notes = append(out.Notes, "places: "+out.Told)
	}
	return out, nil
}

// take reads the places of a frame. It fails when there is none.
func (f *File) take(ctx context.Context, from frame.Frame) error {
	r := &placeReader{names: placeNames(from.Columns())}
	r.two = r.has("lon2") && r.has("lat2")
	switch {
	case r.two:
		f.Kind = Lines
	case r.has("exits"):
		f.Kind = Stops
	}
	rows := newRows(f.Kind)
	err := r.read(ctx, from, func() { rows.add(r) })
	f.Told, f.Box, f.Shapes = r.told(from.Len()), r.box, r.drawn
	if err == nil && r.shown+len(r.drawn) == 0 {
		err = fmt.Errorf("none of its rows has a place that can be shown (%s)", f.Told)
	}
	f.Frame = rows.frame(from.Origin())
	return err
}

// rows are the columns of the places, as they are made.
type rows struct {
	columns []frame.Column
	vectors []frame.Vector
}

// fields are the columns of a kind behind the place.
var fields = map[Kind][]string{Stops: {"name", "code", "entries", "exits"}, Lines: {"lon2", "lat2", "inbound", "outbound"}}

func newRows(k Kind) *rows {
	r := &rows{}
	for _, name := range append([]string{"lon", "lat"}, fields[k]...) {
		typ := frame.Number
		switch name {
		case "name", "code":
			typ = frame.Text
		case "entries", "exits", "inbound", "outbound":
			typ = frame.Integer
		}
		var v frame.Vector
		v.Reset(typ)
		r.columns, r.vectors = append(r.columns, frame.Column{Name: name}), append(r.vectors, v)
	}
	return r
}

// add adds the row that a reader is at.
func (r *rows) add(from *placeReader) {
	for i := range r.vectors {
		v := &r.vectors[i]
		switch name := r.columns[i].Name; name {
		case "lon":
			v.AppendFloat(from.at.Lon)
		case "lat":
			v.AppendFloat(from.at.Lat)
		case "lon2":
			v.AppendFloat(from.to.Lon)
		case "lat2":
			v.AppendFloat(from.to.Lat)
		case "name", "code":
			v.AppendString(from.text(name))
		default:
			v.AppendInt(int64(from.count(name)))
		}
	}
}

func (r *rows) frame(o frame.Origin) frame.Frame { return frame.New(o, r.columns, r.vectors) }

// coordinates are the names that columns with them have, without the marks of
// those of a second place. Their order is that in which they are looked for.
var coordinates = map[string][]string{"lat": {"lat", "latitude"}, "lon": {"lon", "lng", "longitude", "long"}}

// placeNames finds the columns that matter by their names, in any case: first
// by a whole name, then by its last word.
func placeNames(cols []frame.Column) map[string]int {
	out := map[string]int{}
	find := func(as string, fits func(name string) bool) {
		if _, ok := out[as]; ok {
			return
		}
		if i := slices.IndexFunc(cols, func(c frame.Column) bool { return fits(strings.ToLower(strings.TrimSpace(c.Name))) }); i >= 0 {
			out[as] = i
		}
	}
	for as, names := range coordinates {
		for _, n := range names {
			find(as, func(name string) bool { return name == n })
			find(as+"2", func(name string) bool { return name == n+"2" })
		}
		for _, n := range names {
			find(as, func(name string) bool {
				words := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == ' ' || r == '.' || r == '-' })
				return len(words) > 1 && words[len(words)-1] == n
			})
		}
	}
	for _, n := range []string{"name", "code", "entries", "exits", "inbound", "outbound", "geometry"} {
		find(n, func(name string) bool { return name == n })
	}
	return out
}

// placeReader reads the rows of a frame that have a place.
type placeReader struct {
	names map[string]int // of columns of the frame
	b     *frame.Batch
	row   int
	two   bool  // rows have two places
	at    Point // of the row
	to    Point // its second one
	box   []Point

	shown, none, beyond, swapped, zero, odd int

	shapes [4]int            // that are no place and cannot be drawn, as in shapeWords
	drawn  []json.RawMessage // those that can
}

func (r *placeReader) has(name string) bool { _, ok := r.names[name]; return ok }

var errNoPlaces = errors.New("it has no places: name two columns lat and lon (or latitude, lng, long, longitude), or give GeoJSON")

// read calls take with each row that has a place.
func (r *placeReader) read(ctx context.Context, f frame.Frame, take func()) error {
	shapes := !(r.has("lat") && r.has("lon"))
	if shapes && !r.has("geometry") {
		return errNoPlaces
	}
	var columns []int
	for name, c := range r.names {
		r.names[name] = len(columns)
		columns = append(columns, c)
	}
	return f.Scan(ctx, columns, 0, f.Len(), func(b *frame.Batch) error {
		for r.b, r.row = b, 0; r.row < b.Len; r.row++ {
			if r.places(shapes) {
				r.shown++
				r.widen(r.at)
				take()
			}
		}
		return nil
	})
}

// widen makes the box hold a place.
func (r *placeReader) widen(p Point) {
	if p == (Point{}) {
		return
	}
	if r.box == nil {
		r.box = []Point{p, p}
	}
	lo, hi := &r.box[0], &r.box[1]
	*lo, *hi = Point{min(lo.Lon, p.Lon), min(lo.Lat, p.Lat)}, Point{max(hi.Lon, p.Lon), max(hi.Lat, p.Lat)}
}

// places reads the places of the row, and reports whether it can be shown.
func (r *placeReader) places(shapes bool) (ok bool) {
	if shapes {
		text := r.text("geometry")
		lon, lat, kind := pointOf(text)
		if i := slices.IndexFunc(shapeWords, func(s shapeWord) bool { return slices.Contains(s.kinds, kind) }); i >= 0 {
			r.shape(i, text)
			return false
		}
		r.at, ok = r.place(lon, lat, kind == "Point")
		return ok
	}
	if r.at, ok = r.pair("lon", "lat"); ok && r.two {
		r.to, ok = r.pair("lon2", "lat2")
	}
	return ok
}

// shape keeps a geometry that is no point, or counts it where it cannot be drawn.
func (r *placeReader) shape(word int, text string) {
	corners, ok := cornersOf(json.RawMessage(text), 0)
	if !ok || len(corners) == 0 {
		r.shapes[word]++
		return
	}
	for _, at := range corners {
		r.widen(at)
	}
	r.drawn = append(r.drawn, json.RawMessage(text))
}

// cornersOf are all positions of a geometry. It is not ok where one is none, or
// is not on the map.
func cornersOf(geometry json.RawMessage, depth int) (all []Point, ok bool) {
	var g struct {
		Coordinates any
		Geometries  []json.RawMessage
	}
	if depth > mostDeep || json.Unmarshal(geometry, &g) != nil {
		return nil, false
	}
	for _, one := range g.Geometries {
		more, ok := cornersOf(one, depth+1)
		if !ok {
			return nil, false
		}
		all = append(all, more...)
	}
	ok = g.Coordinates == nil || positions(g.Coordinates, 0, &all)
	return all, ok
}

// mostDeep is how far geometries and their coordinates may be nested.
const mostDeep = 20

// positions adds the positions of coordinates, however these are nested.
func positions(v any, depth int, all *[]Point) bool {
	list, ok := v.([]any)
	if !ok || depth > mostDeep {
		return false
	}
	if len(list) >= 2 {
		lon, a := list[0].(float64)
		lat, b := list[1].(float64)
		if a && b {
			*all = append(*all, Point{lon, lat})
			return math.Abs(lat) <= maxLatitude && math.Abs(lon) <= 360
		}
	}
	for _, one := range list {
		if !positions(one, depth+1, all) {
			return false
		}
	}
	return true
}

func (r *placeReader) pair(x, y string) (Point, bool) {
	lon, a := r.number(x)
	lat, b := r.number(y)
	return r.place(lon, lat, a && b)
}

// place is a place that was found, where it is on the map.
func (r *placeReader) place(lon, lat float64, found bool) (Point, bool) {
	switch {
	case !found:
		r.none++
		return Point{}, false
	case math.Abs(lat) > 90 && math.Abs(lat) <= 360 && math.Abs(lon) <= 90:
		r.swapped++
		fallthrough
	case math.Abs(lat) > maxLatitude, math.Abs(lon) > 360:
		r.beyond++
		return Point{}, false
	case lon == 0 && lat == 0:
		r.zero++
	case lon > 180:
		lon -= 360
	case lon < -180:
		lon += 360
	}
	return Point{lon, lat}, true
}

// shapeWord is what people call the shapes of GeoJSON that are no place.
type shapeWord struct {
	kinds     []string
	one, many string
}

var shapeWords = []shapeWord{
	{[]string{"LineString", "MultiLineString"}, "line", "lines"},
	{[]string{"Polygon", "MultiPolygon"}, "area", "areas"},
	{[]string{"MultiPoint"}, "group of points", "groups of points"},
	{[]string{"GeometryCollection"}, "collection of shapes", "collections of shapes"},
}

// pointOf reads the geometry of a feature: its kind, and where it is if it is a
// point. A point without coordinates is of no kind.
func pointOf(geometry string) (lon, lat float64, kind string) {
	var g struct {
		Type        string
		Coordinates json.RawMessage
	}
	var at []float64
	switch {
	case json.Unmarshal([]byte(geometry), &g) != nil:
		return 0, 0, ""
	case g.Type != "Point":
		return 0, 0, g.Type
	case json.Unmarshal(g.Coordinates, &at) != nil || len(at) < 2:
		return 0, 0, ""
	}
	return at[0], at[1], "Point"
}

// maxLatitude is where the map's square ends, north and south.
const maxLatitude = 85.06

// told says what was left out, "" for nothing.
func (r *placeReader) told(rows int) string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+what)
		}
	}
	if others := r.others(); others != "" {
		parts = append(parts, others+" left out")
	}
	add(r.none, "without a place skipped")
	add(r.beyond, "outside the map skipped")
	add(r.zero, "at 0,0")
	add(r.odd, "with a count that is none, taken for 0")
	if r.swapped*2 > rows {
		parts = append(parts, "latitude and longitude look swapped")
	}
	if len(parts) == 0 {
		return ""
	}
	return strconv.Itoa(rows) + " rows: " + strings.Join(parts, ", ")
}

// others says which shapes there are that are no place, "" for none.
func (r *placeReader) others() string {
	var parts []string
	for i, n := range r.shapes {
		switch s := shapeWords[i]; n {
		case 0:
		case 1:
			parts = append(parts, "1 "+s.one)
		default:
			parts = append(parts, strconv.Itoa(n)+" "+s.many)
		}
	}
	if last := len(parts) - 1; last > 0 {
		return strings.Join(parts[:last], ", ") + " and " + parts[last]
	}
	return strings.Join(parts, "")
}

func (r *placeReader) text(name string) string {
	i, ok := r.names[name]
	if !ok {
		return ""
	}
	return r.b.Columns[i].String(r.row)
}

// number is a cell as a finite number, also one that stands in a column of
// text.
func (r *placeReader) number(name string) (float64, bool) {
	i, ok := r.names[name]
	if !ok {
		return 0, false
	}
	v, ok := r.b.Columns[i].Float(r.row)
	if !ok {
		var err error
		v, err = strconv.ParseFloat(strings.TrimSpace(r.b.Columns[i].String(r.row)), 64)
		ok = err == nil
	}
	return v, ok && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// count is a cell as a count, 0 where it is none.
func (r *placeReader) count(name string) int {
	v, ok := r.number(name)
	if !ok || v < 0 || v > math.MaxInt32 {
		if r.text(name) != "" {
			r.odd++
		}
		return 0
	}
	return int(v)
}
