package deck

import "github.com/authtabs/tabgate/data/deck/h3"

// named returns the cell of H3 that a value names.
func named(v any) (h3.Cell, bool) {
	s, ok := v.(string)
	if !ok {
		return 0, false
	}
	return h3.Parse(s)
}

// ring is a cell's outline. Longitudes go on over 180° rather than around the
// world.
func ring(c h3.Cell) []Place {
	points := c.Boundary()
	out := make([]Place, len(points))
	middle := c.Center()
	for i, p := range points {
		out[i] = Place{Lon: p.Lon, Lat: p.Lat}
		switch {
		case p.Lon-middle.Lon > 180:
			out[i].Lon -= 360
		case p.Lon-middle.Lon < -180:
			out[i].Lon += 360
		}
	}
	return out
}

func (b *builder) cell() func(row any) ([]Place, string) {
	get := b.accessor("getHexagon", "@@=hexagon")
	return func(row any) ([]Place, string) {
		c, ok := named(get.call(row))
		if !ok {
			return nil, noPosition
		}
		at := c.Center()
		return []Place{{Lon: at.Lon, Lat: at.Lat}}, ""
	}
}

func (b *builder) cells(at [][]Place) {
	a, get := b.area(), b.accessor("getHexagon", "@@=hexagon")
	b.l.Coverage = b.number("coverage", 1)
	for i := range at {
		v := get.call(b.row(i))
		c, _ := named(v)
		p := b.polygon(a, b.item(i), b.row(i), [][]Place{drawnRing(c, at[i][0], b.l.Coverage)})
		p.At = at[i][0]
		p.ID, _ = v.(string)
		b.l.Polygons = append(b.l.Polygons, p)
	}
}

// drawnRing is as much of a cell's outline as is drawn of it.
func drawnRing(c h3.Cell, middle Place, coverage float64) []Place {
	out := ring(c)
	for i, p := range out {
		out[i] = Place{Lon: middle.Lon + (p.Lon-middle.Lon)*coverage, Lat: middle.Lat + (p.Lat-middle.Lat)*coverage}
	}
	return out
}

// cellFact is a cell of H3 with its whole outline, as h3 gives it.
func (l *Layer) cellFact(p *Polygon) *fact {
	c, _ := named(p.ID)
	var outline [][]float64
	for _, at := range c.Boundary() {
		outline = append(outline, []float64{at.Lon, at.Lat})
	}
	f := (&fact{}).set("hexagon", p.ID).set("position", lngLat(p.At)).set("ring", outline).set("elevation_m", p.Elevation)
	return f.set("fill", when(l.Filled, p.Fill)).set("line", when(l.Stroked, p.Line)).hover(p.Item)
}
