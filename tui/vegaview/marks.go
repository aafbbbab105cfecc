package vegaview

import (
	"math"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// painter draws the marks of one plot: surfaces on a raster, lines and points
// as dots, words last.
type painter struct {
	*view
	c      *vega.Cell
	p      rect
	raster canvas.Raster
	dots   canvas.Dots
	back   canvas.Dots // the grid, which is seen where nothing else is
	sx, sy float64     // samples a pixel
	ox, oy float64     // samples of the origin
	dx, dy float64     // dots a pixel
	texts  []func()
	z      uint8
}

// marks draws the grid and the marks of a plot.
func (v *view) marks(c *vega.Cell, place int, p rect) {
	k := &painter{view: v, c: c, p: p}
	sx, sy := v.look.Mode.Samples(p.w * p.h)
	k.raster.Resize(p.w, p.h, sx, sy)
	k.raster.Clear(v.look.Background)
	for _, d := range []*canvas.Dots{&k.dots, &k.back} {
		d.ASCII = v.look.ASCII
		d.Resize(p.w, p.h)
	}
	k.sx, k.sy = float64(p.w*sx)/c.Width, float64(p.h*sy)/c.Height
	k.dx, k.dy = float64(p.w*2)/c.Width, float64(p.h*4)/c.Height
	if round(c) { // a circle stays one
		k.sx, k.sy, k.dx, k.dy = k.even(sx, sy)
	}
	plot := Plot{Rect: cell.Rect{X: p.x, Y: p.y, W: p.w, H: p.h}, Cell: place, sx: k.sx / float64(sx), sy: k.sy / float64(sy)}
	plot.x0, plot.y0 = -k.ox/k.sx, -k.oy/k.sy
	v.pic.Plots = append(v.pic.Plots, plot)
	k.grid()
	for _, m := range c.Marks {
		if k.z < 255 {
			k.z++
		}
		k.mark(m)
	}
	k.raster.Encode(v.g, p.x, p.y, v.look.Mode)
	k.fill()
	behind := cell.NewGrid(p.w, p.h)
	behind.Fill(v.look.Background)
	k.back.Draw(behind, 0, 0, nil)
	for y := range p.h {
		for x := range p.w {
			c := v.g.At(p.x+x, p.y+y)
			if _, any := k.back.Has(x, y); any && c != nil && c.Blank() && c.BG.RGB() == v.look.Background {
				*c = *behind.At(x, y)
			}
		}
	}
	k.dots.Draw(v.g, p.x, p.y, nil)
	for _, write := range k.texts {
		write()
	}
}

// fill makes the blanks of surfaces characters, so that they are seen where
// there are no colours, and can be copied.
func (k *painter) fill() {
	for y := range k.p.h {
		for x := range k.p.w {
			c := k.g.At(k.p.x+x, k.p.y+y)
			if c == nil || !c.Blank() {
				continue
			}
			if bg := c.BG.RGB(); bg != k.look.Background {
				*c = cell.New(k.shade(bg), bg, k.look.Background, 0)
			}
		}
	}
}

// round reports whether a cell has arcs.
func round(c *vega.Cell) bool {
	for _, m := range c.Marks {
		if m.Type == "arc" && len(m.Items) > 0 {
			return true
		}
	}
	return false
}

// even returns scales that are the same along both axes, as far as cells of
// one by two allow, with the plot in the middle.
func (k *painter) even(sx, sy int) (ax, ay, dx, dy float64) {
	// One column is half as wide as a row is high.
	perCol := min(float64(k.p.w)/k.c.Width, 2*float64(k.p.h)/k.c.Height)
	ax, ay = perCol*float64(sx), perCol/2*float64(sy)
	k.ox = (float64(k.p.w*sx) - ax*k.c.Width) / 2
	k.oy = (float64(k.p.h*sy) - ay*k.c.Height) / 2
	return ax, ay, perCol * 2, perCol / 2 * 4
}

// at is a place on the raster, dot one among the dots.
func (k *painter) at(x, y float64) canvas.Vec {
	return canvas.Vec{X: x*k.sx + k.ox, Y: y*k.sy + k.oy}
}

func (k *painter) dot(x, y float64) canvas.Vec {
	return canvas.Vec{X: min(x*k.dx, float64(k.dots.W*2)-0.01), Y: min(y*k.dy, float64(k.dots.H*4)-0.01)}
}

// grid draws the lines of the axes' ticks.
func (k *painter) grid() {
	for _, a := range k.c.Axes {
		if !a.Grid {
			continue
		}
		for _, t := range a.Ticks {
			at := a.Scale.Map(t)
			if at != at {
				continue
			}
			if a.Channel == "x" {
				k.dotted(k.dot(at, 0), k.dot(at, k.c.Height), 8)
			} else {
				k.dotted(k.dot(0, at), k.dot(k.c.Width, at), 8)
			}
		}
	}
}

// dotted draws a faint line of single dots.
func (k *painter) dotted(a, b canvas.Vec, every int) {
	k.back.LineWhere(a, b, k.look.Faint, 0, func(x, y int) bool { return (x+y)%every == 0 })
}

func (k *painter) mark(m *vega.Mark) {
	switch m.Type {
	case "rect":
		for i := range m.Items {
			k.rect(&m.Items[i])
		}
	case "arc":
		for i := range m.Items {
			k.arc(&m.Items[i])
		}
	case "symbol":
		for i := range m.Items {
			k.symbol(&m.Items[i])
		}
	case "rule":
		for i := range m.Items {
			it := &m.Items[i]
			if c, _, ok := k.paint(it.Style.Stroke, it.Style.Opacity*it.Style.StrokeOpacity); ok {
				k.line([]canvas.Vec{k.dot(it.X, it.Y), k.dot(it.X2, it.Y2)}, c, it.Style.Dash)
			}
		}
	case "text":
		for i := range m.Items {
			k.text(&m.Items[i])
		}
	case "area":
		for i := range m.Paths {
			k.area(&m.Paths[i])
		}
	default:
		for i := range m.Paths {
			k.path(&m.Paths[i], m.Type == "trail")
		}
	}
}

// paint is the colour and the opacity of a style; ok is false where nothing
// is painted.
func (k *painter) paint(text string, opacity float64) (cell.RGB, float64, bool) {
	c, ok := vega.ParseColor(text)
	if !ok || opacity <= 0 || opacity != opacity {
		return cell.RGB{}, 0, false
	}
	return k.visible(c), min(1, opacity), true
}

func (k *painter) rect(it *vega.Item) {
	if it.X != it.X || it.Y != it.Y || it.X2 != it.X2 || it.Y2 != it.Y2 {
		return
	}
	x1, x2, y1, y2 := it.X, it.X2, it.Y, it.Y2
	// What is there is seen: at least a dot wide and high.
	if w := 1 / k.dx; x2-x1 < w {
		x1, x2 = (x1+x2-w)/2, (x1+x2+w)/2
	}
	if h := 0.5 / k.dy; y2-y1 < h && y2 > y1 {
		y1, y2 = (y1+y2-h)/2, (y1+y2+h)/2
	}
	corners := []canvas.Vec{k.at(x1, y1), k.at(x2, y1), k.at(x2, y2), k.at(x1, y2)}
	if c, alpha, ok := k.paint(it.Style.Fill, it.Style.Opacity*it.Style.FillOpacity); ok {
		k.raster.Convex(corners, c, alpha)
		return
	}
	if c, _, ok := k.paint(it.Style.Stroke, it.Style.Opacity*it.Style.StrokeOpacity); ok {
		k.line([]canvas.Vec{k.dot(x1, y1), k.dot(x2, y1), k.dot(x2, y2), k.dot(x1, y2), k.dot(x1, y1)}, c, nil)
	}
}

func (k *painter) symbol(it *vega.Item) {
	if it.X != it.X || it.Y != it.Y {
		return
	}
	color, opacity := it.Style.Fill, it.Style.Opacity*it.Style.FillOpacity
	if color == "" {
		color, opacity = it.Style.Stroke, it.Style.Opacity*it.Style.StrokeOpacity
	}
	c, _, ok := k.paint(color, opacity)
	if !ok {
		return
	}
	radius := math.Sqrt(max(0, it.Size)/math.Pi) * min(k.dx, k.dy)
	at := k.dot(it.X, it.Y)
	if radius < 1.6 {
		k.dots.Set(int(at.X), int(at.Y), c, k.z)
		return
	}
	if it.Style.Fill == "" {
		k.line(ring(at, radius), c, nil)
		return
	}
	k.dots.Stroke([]canvas.Vec{at, at}, 2*radius, c, k.z)
}

// ring is a circle of dots.
func ring(at canvas.Vec, radius float64) (path []canvas.Vec) {
	const n = 16
	for i := range n + 1 {
		a := 2 * math.Pi * float64(i) / n
		path = append(path, canvas.Vec{X: at.X + radius*math.Cos(a), Y: at.Y + radius*math.Sin(a)})
	}
	return path
}

// line draws along dots; dashes are in pixels and become on and off.
func (k *painter) line(path []canvas.Vec, c cell.RGB, dash []float64) {
	for i := 1; i < len(path); i++ {
		if path[i].X != path[i].X || path[i-1].X != path[i-1].X {
			continue
		}
		if len(dash) >= 2 && dash[1] > 0 {
			on, off := max(1, int(dash[0]/2)), max(1, int(dash[1]/2))
			k.dots.LineWhere(path[i-1], path[i], c, k.z, func(x, y int) bool { return (x+y)%(on+off) < on })
			continue
		}
		k.dots.Line(path[i-1], path[i], c, k.z)
	}
}

func (k *painter) text(it *vega.Item) {
	c, _, ok := k.paint(it.Style.Fill, it.Style.Opacity*it.Style.FillOpacity)
	if !ok || it.X != it.X || it.Y != it.Y || it.Text == "" {
		return
	}
	text := oneLine(it.Text)
	w := cell.Width(text)
	x := int(math.Floor(((it.X+it.Dx)*k.sx + k.ox) / float64(k.raster.SX)))
	y := int(math.Floor(((it.Y+it.Dy)*k.sy + k.oy) / float64(k.raster.SY)))
	switch it.Align {
	case "left":
	case "right":
		x -= w
	default:
		x -= w / 2
	}
	x, y = max(0, min(x, k.p.w-w)), max(0, min(y, k.p.h-1))
	if w > k.p.w {
		return
	}
	k.texts = append(k.texts, func() { k.g.Text(k.p.x+x, k.p.y+y, text, c, 0) })
}

func (k *painter) arc(it *vega.Item) {
	c, alpha, ok := k.paint(it.Style.Fill, it.Style.Opacity*it.Style.FillOpacity)
	if !ok || !(it.Outer > 0) || it.EndAngle == it.StartAngle {
		return
	}
	n := max(2, int(math.Ceil((it.EndAngle-it.StartAngle)/(2*math.Pi)*90)))
	point := func(radius float64, i int) canvas.Vec {
		a := it.StartAngle + (it.EndAngle-it.StartAngle)*float64(i)/float64(n)
		return k.at(it.X+radius*math.Sin(a), it.Y-radius*math.Cos(a))
	}
	var ring []canvas.Vec
	for i := range n + 1 {
		ring = append(ring, point(it.Outer, i))
	}
	for i := n; i >= 0; i-- {
		ring = append(ring, point(it.Inner, i))
	}
	k.raster.Polygon([][]canvas.Vec{ring}, c, alpha)
}
