package deck

import "github.com/authtabs/tabgate/data/vega/js"

// both returns accessors of a fill and a line that an older property of both,
// getColor, may give.
func (b *builder) both() (fill, line expr) {
	var old any
	if v, ok := b.get("getColor"); ok {
		old = v
	}
	return b.accessor("getFillColor", old), b.accessor("getLineColor", old)
}

func (b *builder) circles(at [][]Place) {
	b.l.Stroked, b.l.Filled = b.truth("stroked", false), b.truth("filled", true)
	b.l.Radius, b.l.Line = b.size("radius", "meters"), b.size("lineWidth", "meters")
	radius, width := b.accessor("getRadius", 1.0), b.accessor("getLineWidth", 1.0)
	fill, line := b.both()
	b.l.Circles = make([]Circle, len(at))
	for i, p := range at {
		row := b.row(i)
		b.l.Circles[i] = Circle{
			b.item(i), p[0], value(radius.call(row), 1), color(fill.call(row)), color(line.call(row)), value(width.call(row), 1),
		}
	}
}

// standing are the properties that labels and icons share.
func (b *builder) standing(size float64) (sizes, colors, angles expr) {
	b.l.Text = b.size("size", "pixels")
	return b.accessor("getSize", size), b.accessor("getColor", nil), b.accessor("getAngle", 0.0)
}

func (b *builder) labels(at [][]Place) {
	sizes, colors, angles := b.standing(32)
	text, offset := b.accessor("getText", "@@=text"), b.accessor("getPixelOffset", []any{0.0, 0.0})
	anchor, baseline := b.accessor("getTextAnchor", "middle"), b.accessor("getAlignmentBaseline", "center")
	for i, p := range at {
		row := b.row(i)
		l := Label{
			Item: b.item(i), At: p[0], Size: value(sizes.call(row), 1), Color: color(colors.call(row)), Angle: value(angles.call(row), 0),
			Anchor: js.String(anchor.call(row)), Baseline: js.String(baseline.call(row)),
		}
		if v := text.call(row); v != nil && v != js.Undefined {
			l.Text = js.String(v)
		}
		if o, ok := offset.call(row).([]any); ok && len(o) >= 2 {
			l.Offset = [2]float64{value(o[0], 0), value(o[1], 0)}
		}
		b.l.Labels = append(b.l.Labels, l)
	}
}

func (b *builder) icons(at [][]Place) {
	sizes, colors, angles := b.standing(1)
	icon := b.accessor("getIcon", "@@=icon")
	for i, p := range at {
		row := b.row(i)
		b.l.Icons = append(b.l.Icons, Icon{b.item(i), p[0], iconName(icon.call(row)), value(sizes.call(row), 1), color(colors.call(row)), value(angles.call(row), 0)})
	}
}

// iconName is the name of an icon: its own, its id or its address.
func iconName(v any) string {
	if o, ok := v.(*js.Object); ok {
		for _, key := range []string{"id", "url"} {
			if s, ok := o.Get(key).(string); ok {
				return s
			}
		}
		return ""
	}
	s, _ := v.(string)
	return s
}

func (b *builder) arcs(at [][]Place) {
	b.l.Width, b.l.GreatCircle = b.size("width", "pixels"), b.truth("greatCircle", b.kind == "GreatCircleLayer")
	high := 1.0
	if b.kind == "GreatCircleLayer" {
		high = 0
	}
	from, to := b.accessor("getSourceColor", nil), b.accessor("getTargetColor", nil)
	width, height, tilt := b.accessor("getWidth", 1.0), b.accessor("getHeight", high), b.accessor("getTilt", 0.0)
	for i, p := range at {
		row := b.row(i)
		b.l.Arcs = append(b.l.Arcs, Arc{
			b.item(i), p[0], p[1], color(from.call(row)), color(to.call(row)),
			value(width.call(row), 1), value(height.call(row), high), value(tilt.call(row), 0),
		})
	}
}

func (b *builder) lines(at [][]Place) {
	b.l.Width = b.size("width", "pixels")
	colors, width := b.accessor("getColor", nil), b.accessor("getWidth", 1.0)
	for i, p := range at {
		row := b.row(i)
		b.l.Lines = append(b.l.Lines, Line{b.item(i), p[0], p[1], color(colors.call(row)), value(width.call(row), 1)})
	}
}

func (b *builder) paths(at [][]Place) {
	b.l.Width = b.size("width", "meters")
	colors, width := b.accessor("getColor", nil), b.accessor("getWidth", 1.0)
	for i, p := range at {
		row := b.row(i)
		b.l.Paths = append(b.l.Paths, Path{Item: b.item(i), Points: p, Color: color(colors.call(row)), Width: value(width.call(row), 1)})
	}
}

func (b *builder) trips(at [][]Place) {
	b.paths(at)
	b.l.Trips = &Trips{b.number("currentTime", 0), b.number("trailLength", 120), b.truth("fadeTrail", true)}
	times := b.accessor("getTimestamps", "@@=timestamps")
	for i := range b.l.Paths {
		list, _ := times.call(b.row(i)).([]any)
		for _, v := range list {
			b.l.Paths[i].Times = append(b.l.Paths[i].Times, value(v, 0))
		}
	}
}

func (b *builder) columns(at [][]Place) {
	b.l.Stroked, b.l.Filled = b.truth("stroked", false), b.truth("filled", true)
	b.l.Column = ColumnShape{
		b.number("radius", 1000), b.word("radiusUnits", "meters"), b.number("coverage", 1), int(min(max(b.number("diskResolution", 20), 3), 360)), b.number("angle", 0),
	}
	height, scale := b.accessor("getElevation", 1000.0), b.number("elevationScale", 1)
	fill, line := b.both()
	for i, p := range at {
		row := b.row(i)
		c := Column{Item: b.item(i), At: p[0], Fill: color(fill.call(row)), Line: color(line.call(row))}
		if b.l.Extruded {
			c.Elevation = value(height.call(row), 0) * scale
		}
		b.l.Columns = append(b.l.Columns, c)
	}
}

// area are the accessors that polygons of all layers have.
type area struct {
	fill, line, width, height expr
	scale                     float64
}

func (b *builder) area() area {
	b.l.Filled = b.truth("filled", true)
	b.l.Stroked = b.kind != "SolidPolygonLayer" && b.truth("stroked", true) && !b.l.Extruded
	b.l.Line = b.size("lineWidth", "meters")
	return area{b.accessor("getFillColor", nil), b.accessor("getLineColor", nil), b.accessor("getLineWidth", 1.0), b.accessor("getElevation", 1000.0), b.number("elevationScale", 1)}
}

// polygon makes an area of rings.
func (b *builder) polygon(a area, it Item, row any, rings [][]Place) Polygon {
	p := Polygon{
		Item: it, Rings: rings, Fill: color(a.fill.call(row)), Line: color(a.line.call(row)), LineWidth: value(a.width.call(row), 1),
		Outlined: b.l.Stroked || b.l.Extruded && b.truth("wireframe", false),
	}
	if b.l.Extruded {
		p.Elevation = value(a.height.call(row), 0) * a.scale
	}
	return p
}

func (b *builder) polygons(at [][]Place) {
	a, get, width := b.area(), b.accessor("getPolygon", "@@=polygon"), b.width()
	for i := range at {
		shape, _ := rings(get.call(b.row(i)), width)
		b.l.Polygons = append(b.l.Polygons, b.polygon(a, b.item(i), b.row(i), shape))
	}
}
