package deck

import (
	"fmt"
	"math"
	"path"
	"regexp"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// builder makes the items of one layer.
type builder struct {
	*props
	l     *Layer
	tip   *tooltip
	rows  []any // all of them
	index []int // of those that can be placed
	seen  []Place
}

// kinds are the layers that are drawn: for each the function that places its
// rows, and the one that makes its items.
var kinds = map[string]struct {
	places func(*builder) func(row any) ([]Place, string)
	build  func(*builder, [][]Place)
}{
	"ScatterplotLayer":  {(*builder).position, (*builder).circles},
	"TextLayer":         {(*builder).position, (*builder).labels},
	"IconLayer":         {(*builder).position, (*builder).icons},
	"ArcLayer":          {(*builder).ends, (*builder).arcs},
	"GreatCircleLayer":  {(*builder).ends, (*builder).arcs},
	"LineLayer":         {(*builder).ends, (*builder).lines},
	"PathLayer":         {(*builder).path, (*builder).paths},
	"TripsLayer":        {(*builder).path, (*builder).trips},
	"ColumnLayer":       {(*builder).position, (*builder).columns},
	"PolygonLayer":      {(*builder).outline, (*builder).polygons},
	"SolidPolygonLayer": {(*builder).outline, (*builder).polygons},
	"H3HexagonLayer":    {(*builder).cell, (*builder).cells},
	"GeoJsonLayer":      {(*builder).geometry, (*builder).features},
	"HexagonLayer":      {(*builder).position, (*builder).hexagons},
	"GridLayer":         {(*builder).position, (*builder).squares},
	"ScreenGridLayer":   {(*builder).position, (*builder).screenGrid},
	"HeatmapLayer":      {(*builder).position, (*builder).heat},
}

// layer reads one layer. What it cannot draw is refused, and the map goes on.
func (r *reader) layer(o *js.Object, tip *tooltip) *Layer {
	kind, _ := o.Get("@@type").(string)
	l := &Layer{ID: kind, Type: kind, Visible: true, Opacity: 1, Skipped: map[string]int{}, tip: tip}
	if id, ok := o.Get("id").(string); ok {
		l.ID = id
	}
	if v, ok := o.Get("visible").(bool); ok {
		l.Visible = v
	}
	k, known := kinds[kind]
	if !known {
		l.Refused = fmt.Sprintf("%.60s is not supported", kind)
		return l
	}
	rows, err := r.rows(o.Get("data"))
	if err != nil {
		l.Refused = err.Error()
		return l
	}
	b := &builder{props: &props{o: o, kind: kind}, l: l, tip: tip, rows: rows}
	if len(rows) > 0 {
		b.first, _ = rows[0].(*js.Object)
	}
	b.common()
	callNames(b)
	lists := b.place(k.places(b))
	if b.bad == nil {
		k.build(b, lists)
	}
	if b.bad != nil {
		*l = Layer{ID: l.ID, Type: kind, Visible: l.Visible, Refused: b.bad.Error()}
		return l
	}
	r.scene.Fit(b.seen)
	return l
}

// plainField is an accessor that takes a field as it is.
var plainField = regexp.MustCompile(`^@@=([\pL_$][\pL\pN_$]*)$`)

// callNames finds out what the data and the figures of a layer are called.
func callNames(b *builder) {
	b.l.Fields = map[string]string{}
	if name, ok := b.o.Get("data").(string); ok && path.Ext(name) == "" {
		b.l.Source = name
	}
	for property, v := range b.o.Values {
		text, _ := v.(string)
		if m := plainField.FindStringSubmatch(text); m != nil && strings.HasPrefix(property, "get") {
			b.l.Fields[property] = m[1]
		}
	}
}

// common reads what all layers have.
func (b *builder) common() {
	b.l.Opacity = b.number("opacity", 1)
	b.l.Pickable = b.truth("pickable", false)
	b.l.Extruded = b.truth("extruded", b.kind == "ColumnLayer" || b.kind == "H3HexagonLayer")
	if _, ok := b.get("extensions"); ok {
		b.l.Notes = append(b.l.Notes, "extensions are ignored")
	}
	switch v := b.word("coordinateSystem", ""); v {
	case "", "@@#COORDINATE_SYSTEM.LNGLAT", "@@#COORDINATE_SYSTEM.DEFAULT":
	default:
		b.fail("coordinateSystem", "%.60q is not supported", v)
	}
	for name := range b.o.Values {
		if text, ok := b.o.Values[name].(string); ok && len(text) > 3 && text[:3] == "@@#" && name != "coordinateSystem" {
			b.fail(name, "%.60q is not supported", text)
		}
	}
}

// place finds the places of each row and leaves out the rows without any.
func (b *builder) place(of func(row any) ([]Place, string)) (lists [][]Place) {
	b.l.Items = len(b.rows)
	for i, row := range b.rows {
		at, fault := of(row)
		if fault != "" {
			b.l.Skipped[fault]++
			continue
		}
		b.index = append(b.index, i)
		lists = append(lists, at)
		b.seen = append(b.seen, at...)
		for _, p := range at {
			if p.Lon == 0 && p.Lat == 0 {
				b.l.AtZero++
				break
			}
		}
	}
	return lists
}

// item is what the i-th placed row has in common with others.
func (b *builder) item(i int) Item {
	it := Item{Row: b.index[i]}
	if b.l.Pickable {
		it.Hover = b.tip.fill(b.rows[it.Row])
	}
	return it
}

// row is the i-th placed row.
func (b *builder) row(i int) any { return b.rows[b.index[i]] }

func (b *builder) position() func(row any) ([]Place, string) {
	get := b.accessor("getPosition", "@@=position")
	return func(row any) ([]Place, string) {
		at, fault := place(get.call(row))
		return []Place{at}, fault
	}
}

func (b *builder) ends() func(row any) ([]Place, string) {
	from, to := b.accessor("getSourcePosition", "@@=sourcePosition"), b.accessor("getTargetPosition", "@@=targetPosition")
	return func(row any) ([]Place, string) {
		return places([]any{from.call(row), to.call(row)}, 2)
	}
}

// width is how many numbers make a place in a flat list.
func (b *builder) width() int {
	if b.word("positionFormat", "XYZ") == "XY" {
		return 2
	}
	return 3
}

func (b *builder) path() func(row any) ([]Place, string) {
	get, width := b.accessor("getPath", "@@=path"), b.width()
	return func(row any) ([]Place, string) { return places(flat(get.call(row), width), 2) }
}

// outline finds the places of all rings of a polygon.
func (b *builder) outline() func(row any) ([]Place, string) {
	get, width := b.accessor("getPolygon", "@@=polygon"), b.width()
	return func(row any) ([]Place, string) {
		list, fault := rings(get.call(row), width)
		var all []Place
		for _, ring := range list {
			all = append(all, ring...)
		}
		return all, fault
	}
}

// rings reads a polygon: one ring, flat or not, or several of them.
func rings(v any, width int) (out [][]Place, fault string) {
	list, ok := flat(v, width).([]any)
	if !ok || len(list) == 0 {
		return nil, noPosition
	}
	first, ok := list[0].([]any)
	if !ok {
		return nil, noPosition
	}
	if len(first) == 0 {
		return nil, noPosition
	}
	if _, nested := first[0].([]any); !nested {
		list = []any{list}
	}
	for _, l := range list {
		ring, fault := places(l, 3)
		if fault != "" {
			return nil, fault
		}
		out = append(out, open(ring))
	}
	return out, ""
}

// open is a ring without its first place again at the end.
func open(ring []Place) []Place {
	if n := len(ring); n > 1 && ring[0].Lon == ring[n-1].Lon && ring[0].Lat == ring[n-1].Lat {
		return ring[:n-1]
	}
	return ring
}

// Told tells what was left out of all layers, one line; "" = nothing.
func (s *Scene) Told() string {
	counts, zero := map[string]int{}, 0
	seen := map[string]bool{} // sources whose rows are counted
	for _, l := range s.Layers {
		if l.Source != "" && seen[l.Source] {
			continue
		}
		seen[l.Source] = true
		for why, n := range l.Skipped {
			counts[why] += n
		}
		zero += l.AtZero
	}
	text := ""
	for _, k := range []struct{ why, words string }{{noPosition, "without a place"}, {outOfRange, "outside the world"}, {tooShort, "too short"}} {
		if n := counts[k.why]; n > 0 {
			text += fmt.Sprintf("%s%d %s left out", comma(text), n, k.words)
		}
	}
	if zero > 0 {
		text += fmt.Sprintf("%s%d at 0,0", comma(text), zero)
	}
	return text
}

func comma(text string) string {
	if text == "" {
		return ""
	}
	return ", "
}

// finite reports whether a number is neither NaN nor infinite.
func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
