package vega

import (
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

// drawing makes the items and paths of a unit's mark.
type drawing struct{ placing }

// draw makes the mark of the unit.
func (u drawing) draw() *Mark {
	switch u.kind {
	case "bar", "rect", "tick":
		return u.rects()
	case "line", "area", "trail":
		return u.paths()
	case "rule":
		return u.rules()
	case "text":
		return u.textMark()
	case "arc":
		return u.arcs()
	}
	return u.symbols()
}

// symbols makes points, circles and squares.
func (u drawing) symbols() *Mark {
	m := &Mark{Type: "symbol"}
	x, y := u.middle("x"), u.middle("y")
	size := u.numberOf("size", 30)
	paint, shape, angle := u.painter(), u.shapeOf(), u.numberOf("angle", 0)
	item := func(i int) Item {
		return Item{X: x(i), Y: y(i), Size: size(i), Shape: shape(i), Angle: angle(i), Style: paint(i), Row: i}
	}
	if !(u.c.opts.Dots > 0) || u.main.n <= fewPoints {
		for i := range u.main.n {
			m.Items = append(m.Items, item(i))
		}
		return m
	}
	m.Items = u.seenSymbols(x, y, item)
	return m
}

// place is where a symbol is seen, and what is seen of it.
type place struct {
	x, y         int32
	size, angle  float64
	shape        string
	fill, stroke string
	opacity      float64
}

// seenSymbols leaves out the symbols that others like them hide: of those in one
// dot, the last.
func (u drawing) seenSymbols(x, y placer, item func(int) Item) []Item {
	dots := u.c.opts.Dots
	var items []Item
	if u.alike() {
		seen := map[[2]int32]bool{}
		for i := u.main.n - 1; i >= 0; i-- {
			at := [2]int32{dotOf(x(i) * dots), dotOf(y(i) * dots)}
			if !seen[at] {
				seen[at] = true
				items = append(items, item(i))
			}
		}
		slices.Reverse(items)
		return items
	}
	seen := map[place]bool{}
	for i := u.main.n - 1; i >= 0; i-- {
		it := item(i)
		p := place{
			dotOf(it.X * dots), dotOf(it.Y * dots), it.Size, it.Angle, it.Shape,
			it.Style.Fill, it.Style.Stroke, it.Style.Opacity * it.Style.FillOpacity * it.Style.StrokeOpacity,
		}
		if !seen[p] {
			seen[p] = true
			items = append(items, it)
		}
	}
	slices.Reverse(items)
	return items
}

// dotOf is the dot that a place lies in; those of no place have one of their
// own.
func dotOf(f float64) int32 {
	if f != f || math.Abs(f) > 1<<30 {
		return math.MinInt32
	}
	return int32(math.Floor(f))
}

// alike reports whether all symbols of a mark look the same.
func (u drawing) alike() bool {
	for _, name := range []string{"color", "fill", "stroke", "size", "shape", "angle", "opacity", "fillOpacity", "strokeOpacity", "strokeWidth", "strokeDash"} {
		if u.channels[name] != nil {
			return false
		}
	}
	return true
}

func (u drawing) shapeOf() func(i int) string {
	fixed := "circle"
	if u.kind == "square" {
		fixed = "square"
	}
	if v, ok := u.ownProp("shape").(string); ok && u.kind == "point" {
		fixed = v
	}
	ch := u.channels["shape"]
	if ch == nil || u.kind != "point" {
		return func(int) string { return fixed }
	}
	read := u.readFor(ch)
	choose := u.choose(ch, func(i int) (any, bool) {
		if ch.scale == nil {
			return js.String(read(i)), true
		}
		return ch.scale.Text(read(i)), true
	})
	return func(i int) string {
		if v, ok := choose(i); ok {
			return js.String(v)
		}
		return fixed
	}
}

// rules makes lines from one place to another.
func (u drawing) rules() *Mark {
	m := &Mark{Type: "rule"}
	x, x2 := u.ruleSide("x")
	y, y2 := u.ruleSide("y")
	paint := u.painter()
	size := u.numberOf("size", u.propOr("strokeWidth", 1))
	for i := range u.main.n {
		style := paint(i)
		if u.channels["size"] != nil {
			style.StrokeWidth = size(i)
		}
		m.Items = append(m.Items, Item{X: x(i), Y: y(i), X2: x2(i), Y2: y2(i), Style: style, Row: i})
	}
	return m
}

func (u drawing) ruleSide(name string) (from, to placer) {
	ch := u.channels[name]
	side := u.in.width
	if name == "y" {
		side = u.in.height
	}
	along := u.measureName() == name
	switch {
	case u.has(name + "2"):
		return u.span(name)
	case ch == nil:
		if v, ok := u.pixelProp(name); ok {
			w := v
			if v2, ok := u.pixelProp(name + "2"); ok {
				w = v2
			} else if along {
				w = map[string]float64{"x": 0, "y": side}[name]
			}
			return func(int) float64 { return v }, func(int) float64 { return w }
		}
		if along {
			return func(int) float64 { return 0 }, func(int) float64 { return side }
		}
		v := side / 2
		return func(int) float64 { return v }, func(int) float64 { return v }
	case along && ch.scaled() && ch.scale != nil && !ch.scale.discrete() && u.ruleHasBoth():
		return u.span(name)
	}
	p := u.middle(name)
	return p, p
}

// ruleHasBoth reports whether both x and y have a field, so that a rule
// measures from zero.
func (u drawing) ruleHasBoth() bool {
	return u.channels["x"].scaled() && u.channels["y"].scaled()
}
