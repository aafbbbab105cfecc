package deck

import (
	"encoding/json"
	"math"
)

// fact is one object of the facts, in order.
type fact struct {
	names  []string
	values map[string]any
}

func (f *fact) set(name string, v any) *fact {
	if f.values == nil {
		f.values = map[string]any{}
	}
	f.names, f.values[name] = append(f.names, name), v
	return f
}

// MarshalJSON implements json.Marshaler.
func (f *fact) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, name := range f.names {
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		v, err := json.Marshal(f.values[name])
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, key...), ':'), v...)
	}
	return append(out, '}'), nil
}

// Facts returns the scene in the form in which it can be compared with what
// deck.gl computes, as JSON: places in degrees, sizes in metres and in pixels of
// the first view on a page of 704 x 500, colours before opacity.
func (s *Scene) Facts() ([]byte, error) {
	view := (&fact{}).set("latitude", s.View.Latitude).set("longitude", s.View.Longitude).set("zoom", s.View.Zoom).set("pitch", s.View.Pitch).set("bearing", s.View.Bearing)
	layers := make([]*fact, len(s.Layers))
	for i, l := range s.Layers {
		layers[i] = l.facts(s.View)
	}
	top := (&fact{}).set("view", view).set("layers", layers)
	if len(s.Notes) > 0 {
		top.set("notes", s.Notes)
	}
	return json.Marshal(top)
}

func (l *Layer) facts(v View) *fact {
	f := (&fact{}).set("id", l.ID).set("type", l.Type).set("visible", l.Visible)
	if l.Refused != "" {
		return f.set("refused", l.Refused)
	}
	if f.set("items", l.Items).set("skipped", l.Skipped); l.AtZero > 0 {
		f.set("at_zero", l.AtZero)
	}
	f.set("opacity", l.Opacity).set("pickable", l.Pickable)
	if len(l.Notes) > 0 {
		f.set("notes", l.Notes)
	}
	drawn := l.Items
	for _, n := range l.Skipped {
		drawn -= n
	}
	if drawn > 0 {
		l.shapes(f, v)
	}
	return f
}

// shapes adds what a layer's type has.
func (l *Layer) shapes(f *fact, v View) {
	switch l.Type {
	case "ScatterplotLayer":
		f.set("circles", each(l.Circles, func(c *Circle) *fact { return l.circle(c, v) }))
	case "TextLayer":
		f.set("labels", each(l.Labels, func(c *Label) *fact { return l.label(c, v) }))
	case "IconLayer":
		f.set("icons", each(l.Icons, func(c *Icon) *fact { return l.icon(c, v) }))
	case "ArcLayer", "GreatCircleLayer":
		f.set("great_circle", l.GreatCircle).set("arcs", each(l.Arcs, func(c *Arc) *fact { return l.arc(c, v) }))
	case "LineLayer":
		f.set("lines", each(l.Lines, func(c *Line) *fact {
			return (&fact{}).set("source", lngLat(c.Source)).set("target", lngLat(c.Target)).set("color", c.Color.list()).set("width_px", px(l.Width, c.Width, c.Source, v)).hover(c.Item)
		}))
	case "PathLayer", "TripsLayer":
		if l.Trips != nil {
			f.set("current_time", l.Trips.Time).set("trail_length", l.Trips.Trail).set("fade_trail", l.Trips.Fade)
		}
		f.set("paths", each(l.Paths, func(c *Path) *fact { return l.pathFact(c, v) }))
	case "ColumnLayer":
		f.set("radius", l.Column.Radius).set("radius_units", l.Column.Units).set("coverage", l.Column.Coverage).set("sides", l.Column.Sides).set("extruded", l.Extruded)
		f.set("columns", each(l.Columns, func(c *Column) *fact {
			return (&fact{}).set("position", lngLat(c.At)).set("elevation_m", c.Elevation).set("fill", when(l.Filled, c.Fill)).set("line", when(l.Stroked && !l.Extruded, c.Line)).hover(c.Item)
		}))
	case "PolygonLayer", "SolidPolygonLayer":
		f.set("extruded", l.Extruded).set("polygons", each(l.Polygons, func(c *Polygon) *fact { return l.polygonFact(c, v) }))
	case "H3HexagonLayer":
		f.set("extruded", l.Extruded).set("coverage", l.Coverage).set("cells", each(l.Polygons, l.cellFact))
	case "GeoJsonLayer":
		f.set("extruded", l.Extruded).set("polygons", each(l.Polygons, func(c *Polygon) *fact { return l.polygonFact(c, v) }))
		f.set("lines", each(l.Paths, func(c *Path) *fact { return l.pathFact(c, v) }))
		f.set("points", each(l.Circles, func(c *Circle) *fact { return l.circle(c, v).set("feature", c.Row) }))
	case "HexagonLayer", "GridLayer":
		l.binFacts(f)
	case "ScreenGridLayer":
		l.screenFacts(f, v)
	case "HeatmapLayer":
		l.heatFacts(f, v)
	}
}

func each[T any](items []T, of func(*T) *fact) []*fact {
	out := make([]*fact, len(items))
	for i := range items {
		out[i] = of(&items[i])
	}
	return out
}

func (f *fact) hover(it Item) *fact {
	if it.Hover != "" {
		f.set("hover", it.Hover)
	}
	return f
}

// list is a colour as numbers: a list of bytes would be written as base64.
func (c RGBA) list() []int { return []int{int(c[0]), int(c[1]), int(c[2]), int(c[3])} }

func when(drawn bool, c RGBA) any {
	if drawn {
		return c.list()
	}
	return nil
}

func lngLat(p Place) []float64 {
	if p.Z != 0 {
		return []float64{p.Lon, p.Lat, p.Z}
	}
	return []float64{p.Lon, p.Lat}
}

func lngLats(list []Place) [][]float64 {
	out := make([][]float64, len(list))
	for i, p := range list {
		out[i] = lngLat(p)
	}
	return out
}

func px(s Size, value float64, at Place, v View) any { return number(s.Pixels(value, at, v)) }

// number is a number that JSON has.
func number(f float64) any {
	if !finite(f) {
		return nil
	}
	return f
}

func (l *Layer) circle(c *Circle, v View) *fact {
	f := (&fact{}).set("position", lngLat(c.At))
	if m, ok := l.Radius.Meters(c.Radius); ok {
		f.set("radius_m", m)
	} else {
		f.set("radius_m", nil)
	}
	f.set("radius_px", px(l.Radius, c.Radius, c.At, v)).set("fill", when(l.Filled, c.Fill)).set("line", when(l.Stroked, c.Line))
	if l.Stroked {
		f.set("line_px", px(l.Line, c.LineWidth, c.At, v))
	}
	return f.hover(c.Item)
}

func (l *Layer) label(c *Label, v View) *fact {
	return (&fact{}).set("position", lngLat(c.At)).set("text", c.Text).set("size_px", px(l.Text, c.Size, c.At, v)).set("color", c.Color.list()).
		set("anchor", c.Anchor).set("baseline", c.Baseline).set("angle", c.Angle).set("offset_px", c.Offset).hover(c.Item)
}

func (l *Layer) icon(c *Icon, v View) *fact {
	f := (&fact{}).set("position", lngLat(c.At)).set("icon", nil)
	if c.Name != "" {
		f.values["icon"] = c.Name
	}
	return f.set("size_px", px(l.Text, c.Size, c.At, v)).set("color", c.Color.list()).set("angle", c.Angle).hover(c.Item)
}

func (l *Layer) arc(c *Arc, v View) *fact {
	f := (&fact{}).set("source", lngLat(c.Source)).set("target", lngLat(c.Target)).set("source_color", c.SourceColor.list()).set("target_color", c.TargetColor.list()).
		set("width_px", px(l.Width, c.Width, c.Source, v)).set("height", c.Height).set("tilt", c.Tilt)
	if !l.GreatCircle && c.Source.Z == 0 && c.Target.Z == 0 {
		ax, ay := mercator(c.Source.Lon, c.Source.Lat)
		bx, by := mercator(c.Target.Lon, c.Target.Lat)
		f.set("apex_px", math.Hypot(ax-bx, ay-by)/2*c.Height*math.Exp2(v.Zoom))
	}
	return f.hover(c.Item)
}

func (l *Layer) pathFact(c *Path, v View) *fact {
	f := &fact{}
	if c.Feature {
		f.set("feature", c.Row)
	}
	f.set("path", lngLats(c.Points)).set("color", c.Color.list())
	if m, ok := l.Width.Meters(c.Width); ok {
		f.set("width_m", m)
	} else {
		f.set("width_m", nil)
	}
	f.set("width_px", px(l.Width, c.Width, c.Points[0], v))
	if l.Trips != nil {
		f.set("timestamps", c.Times)
	}
	return f.hover(c.Item)
}

func (l *Layer) polygonFact(c *Polygon, v View) *fact {
	f := &fact{}
	if c.Feature {
		f.set("feature", c.Row)
	}
	rings := make([][][]float64, len(c.Rings))
	for i, r := range c.Rings {
		rings[i] = lngLats(r)
	}
	f.set("rings", rings).set("fill", when(l.Filled, c.Fill)).set("elevation_m", c.Elevation).set("line", when(c.Outlined, c.Line))
	if c.Outlined && !l.Extruded {
		f.set("line_px", px(l.Line, c.LineWidth, c.Rings[0][0], v))
	}
	return f.hover(c.Item)
}

func (l *Layer) binFacts(f *fact) {
	b := l.Bins
	if b.Hexagons {
		f.set("radius_m", b.Size)
	} else {
		f.set("cell_m", b.Size)
	}
	f.set("coverage", b.Coverage).set("extruded", l.Extruded).set("color_domain", []any{number(b.ColorDomain[0]), number(b.ColorDomain[1])}).
		set("elevation_domain", []any{number(b.ElevationDomain[0]), number(b.ElevationDomain[1])}).set("hidden", b.Hidden)
	f.set("bins", each(b.Bins, func(c *Bin) *fact {
		one := (&fact{}).set("position", lngLat(c.At)).set("count", c.Count).set("color_value", c.ColorValue).set("elevation_value", c.ElevationValue)
		if c.Class >= 0 {
			one.set("class", c.Class)
		}
		return one.set("color", c.Color).set("elevation_m", c.Elevation).hover(c.Item)
	}))
}

func (l *Layer) screenFacts(f *fact, v View) {
	cells, domain := l.Screen.Cells(v, PageWidth, PageHeight)
	f.set("view_px", []int{PageWidth, PageHeight}).set("cell_px", l.Screen.Cell).set("margin_px", l.Screen.Margin).set("color_domain", []any{number(domain[0]), number(domain[1])})
	f.set("cells", each(cells, func(c *ScreenCell) *fact {
		one := (&fact{}).set("col", c.Col).set("row", c.Row).set("value", c.Value).set("count", c.Count).set("color", c.Color)
		if l.Pickable {
			one.hover(Item{Hover: l.tip.fill(c.row())})
		}
		return one
	}))
}

func (l *Layer) heatFacts(f *fact, v View) {
	h := l.Heat
	total, density, kind := 0.0, h.Densities(v.Zoom), "SUM"
	if h.Mean {
		kind = "MEAN"
	}
	colors := make([][]int, len(h.Range))
	for i, c := range h.Range {
		colors[i] = c.list()
	}
	points := make([]*fact, len(h.Points))
	for i, p := range h.Points {
		total += p.Weight
		points[i] = (&fact{}).set("position", []float64{p.At.Lon, p.At.Lat}).set("weight", p.Weight).set("density", density[i])
	}
	var domain any
	if h.Domain != nil {
		domain = h.Domain
	}
	f.set("radius_px", h.RadiusPx).set("intensity", h.Intensity).set("threshold", h.Threshold).set("aggregation", kind).set("color_domain", domain).
		set("color_range", colors).set("weight_total", total).set("points", points)
}
