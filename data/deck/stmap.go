package deck

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// The names of columns with places, in Streamlit's order.
var (
	latNames = []string{"lat", "latitude", "LAT", "LATITUDE"}
	lonNames = []string{"lon", "longitude", "LON", "LONGITUDE"}
)

// spans are the degrees that the zooms from 0 on show.
var spans = []float64{360, 180, 90, 45, 22.5, 11.25, 5.625, 2.813, 1.406, 0.703, 0.352, 0.176, 0.088, 0.044, 0.022, 0.011, 0.005, 0.003, 0.001, 0.0005, 0.00025}

// usualZoom is the zoom of places that no span fits.
const usualZoom = 12

// Points are the columns of a map in st.map's short form. A place without a
// number is NaN.
type Points struct {
	Lat, Lon []float64
	Size     []float64 // metres; nil = Radius for all
	Color    []RGBA    // nil = Fill for all
	Radius   float64   // 0 = 100
	Fill     *RGBA     // nil = Streamlit's red
	Zoom     *float64  // nil = fitted
}

// Map is the scene of st.map: one layer of circles of at least 3 pixels.
func Map(p Points) *Scene {
	l := &Layer{
		ID: "ScatterplotLayer", Type: "ScatterplotLayer", Visible: true, Opacity: 1, Filled: true, Items: len(p.Lat), Skipped: map[string]int{},
		Radius: Size{Units: "meters", Scale: 1, Min: 3, Max: infinity}, Line: Size{Units: "meters", Scale: 1, Max: infinity},
	}
	s := &Scene{Layers: []*Layer{l}, Fitted: p.Zoom == nil}
	fill, radius := RGBA{200, 30, 0, 160}, 100.0
	if p.Fill != nil {
		fill = *p.Fill
	}
	if p.Radius > 0 {
		radius = p.Radius
	}
	var all box
	for i := range p.Lat {
		at, fault := place([]any{p.Lon[i], p.Lat[i]})
		if fault != "" {
			l.Skipped[fault]++
			continue
		}
		if at == (Place{}) {
			l.AtZero++
		}
		c := Circle{Item: Item{Row: i}, At: at, Radius: radius, Fill: fill, Line: RGBA{0, 0, 0, 255}, LineWidth: 1}
		if p.Size != nil {
			c.Radius = value(p.Size[i], 1)
		}
		if p.Color != nil {
			c.Fill = p.Color[i]
		}
		l.Circles = append(l.Circles, c)
		all.add(at)
		s.Fit([]Place{at})
	}
	s.View = all.mapView(p.Zoom)
	return s
}

// mapView is the view of st.map: the middle of the box in degrees, and the zoom
// of the larger of its spans.
func (b box) mapView(zoom *float64) View {
	if !b.any {
		return View{Zoom: 1}
	}
	v := View{Latitude: (b.lo.Lat + b.hi.Lat) / 2, Longitude: (b.lo.Lon + b.hi.Lon) / 2, Zoom: usualZoom}
	span := max(b.hi.Lon-b.lo.Lon, b.hi.Lat-b.lo.Lat)
	for i := range len(spans) - 1 {
		if spans[i+1] < span && span <= spans[i] {
			v.Zoom = float64(i)
		}
	}
	if zoom != nil {
		v.Zoom = *zoom
	}
	return v
}

// short reads st.map's short form.
func (r *reader) short(top *js.Object) (*Scene, error) {
	rows, err := r.rows(top.Get("data"))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return &Scene{View: View{Zoom: 1}}, nil
	}
	lat, err := column(rows, top.Get("latitude"), latNames, "latitude")
	if err != nil {
		return nil, err
	}
	lon, err := column(rows, top.Get("longitude"), lonNames, "longitude")
	if err != nil {
		return nil, err
	}
	var p Points
	for _, row := range rows {
		p.Lat, p.Lon = append(p.Lat, coordinate(field(row, lat))), append(p.Lon, coordinate(field(row, lon)))
	}
	if z, ok := top.Get("zoom").(float64); ok {
		p.Zoom = &z
	}
	if err := p.sizes(rows, top.Get("size")); err != nil {
		return nil, err
	}
	if err := p.colors(rows, top.Get("color")); err != nil {
		return nil, err
	}
	return Map(p), nil
}

func field(row any, name string) any {
	o, _ := row.(*js.Object)
	return o.GetOr(name)
}

// column finds the column of a coordinate.
func column(rows []any, given any, usual []string, what string) (string, error) {
	names := usual
	if s, ok := given.(string); ok {
		names = append([]string{s}, usual...)
	}
	for _, name := range names {
		if known(rows, name) {
			return name, nil
		}
	}
	return "", fmt.Errorf("map data must contain a %s column named: %s", what, strings.Join(usual, ", "))
}

// known reports whether a row has a field.
func known(rows []any, name string) bool {
	for _, row := range rows {
		if o, ok := row.(*js.Object); ok && has(o, name) {
			return true
		}
	}
	return false
}

func (p *Points) sizes(rows []any, size any) error {
	switch v := size.(type) {
	case float64:
		p.Size = make([]float64, len(rows))
		for i := range rows {
			p.Size[i] = v
		}
	case string:
		if !known(rows, v) {
			return fmt.Errorf("size names no column: %.60q", v)
		}
		for _, row := range rows {
			p.Size = append(p.Size, value(field(row, v), nan))
		}
	case nil:
	default:
		if v != js.Undefined {
			return errors.New("size is a column or a number")
		}
	}
	return nil
}

func (p *Points) colors(rows []any, c any) error {
	if name, ok := c.(string); ok && known(rows, name) {
		for i, row := range rows {
			one, ok := Color(field(row, name))
			if !ok {
				return fmt.Errorf("row %d: %.60q is no colour", i+1, js.String(field(row, name)))
			}
			p.Color = append(p.Color, one)
		}
		return nil
	}
	if c == nil || c == js.Undefined {
		return nil
	}
	one, ok := Color(c)
	if !ok {
		return fmt.Errorf("color is neither a column nor a colour: %.60q", js.String(c))
	}
	p.Fill = &one
	return nil
}

// Color reads a colour of st.map: "#rgb", "#rgba", "#rrggbb", "#rrggbbaa", or a
// list of 3 or 4 parts, each a whole number up to 255 or a fraction.
func Color(v any) (c RGBA, ok bool) {
	switch v := v.(type) {
	case string:
		return hexColor(v)
	case []any:
		if len(v) < 3 || len(v) > 4 {
			return c, false
		}
		c[3] = 255
		for i, part := range v {
			f, ok := part.(float64)
			if !ok || !finite(f) {
				return c, false
			}
			if f != math.Trunc(f) {
				f = math.Trunc(f * 255)
			}
			c[i] = uint8(min(max(f, 0), 255))
		}
		return c, true
	}
	return c, false
}

func hexColor(s string) (c RGBA, ok bool) {
	digits, ok := strings.CutPrefix(s, "#")
	if !ok {
		return c, false
	}
	if len(digits) == 3 || len(digits) == 4 {
		var b strings.Builder
		for i := range len(digits) {
			b.WriteByte(digits[i])
			b.WriteByte(digits[i])
		}
		digits = b.String()
	}
	if len(digits) != 6 && len(digits) != 8 {
		return c, false
	}
	c[3] = 255
	for i := 0; i < len(digits); i += 2 {
		part, err := strconv.ParseUint(digits[i:i+2], 16, 8)
		if err != nil {
			return c, false
		}
		c[i/2] = uint8(part)
	}
	return c, true
}
