package vegaview

import (
	"math"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

const (
	// gridShare is how much of the text's colour a line of the grid has.
	gridShare = 0.16
	// leastAlpha is how strongly what is nearly invisible is painted at least.
	leastAlpha = 0.15
)

// layers are what a plot is painted on, the lowest first: surfaces of any
// shape, bars and cells, lines and points. They are kept from frame to frame.
type layers struct {
	raster  canvas.Raster
	samples samples
	lanes   lanes
	dots    canvas.Dots
	signs   []sign
}

// sign is a character in the place of dots.
type sign struct {
	x, y  int
	r     rune
	color cell.RGB
}

// painter draws the marks of one plot.
type painter struct {
	*view
	*layers
	c     *vega.Cell
	p     rect
	m     *vega.Mark
	l     lens // of the mark
	texts []label
	z     uint8
}

// label is a text in the plot.
type label struct {
	x, y  int
	text  string
	color cell.RGB
}

// marks draws the grid and the marks of a plot.
func (v *view) marks(c *vega.Cell, place int, p rect, every int) {
	k := &painter{view: v, layers: &v.scratch, c: c, p: p}
	mode := v.look.Mode
	sx, sy := mode.Samples(p.w * p.h)
	k.raster.Resize(p.w, p.h, sx, sy)
	k.raster.Clear(v.look.Background)
	k.lanes.resize(p.w, p.h)
	k.samples.resize(p.w, p.h)
	k.dots.ASCII = v.look.ASCII
	k.dots.Resize(p.w, p.h)
	k.signs = k.signs[:0]
	l := v.lens(c, p, scaleOf(c, "x"), scaleOf(c, "y"))
	v.pic.Plots = append(v.pic.Plots, Plot{Rect: cell.Rect{X: p.x, Y: p.y, W: p.w, H: p.h}, Cell: place, lens: l})
	for _, m := range c.Marks {
		if k.z < 255 {
			k.z++
		}
		k.mark(m)
	}
	k.raster.Encode(v.g, p.x, p.y, mode)
	k.grid(every)
	if v.look.Mono {
		k.shade()
	}
	k.samples.draw(k)
	k.lanes.draw(k)
	k.dots.Draw(v.g, p.x, p.y, func(c *cell.Cell, _ uint8) { k.over(c) })
	k.write()
}

// over makes a cell one whose character may be replaced: what it shows most
// stays behind.
func (k *painter) over(c *cell.Cell) {
	if k.look.Mono {
		c.BG = cell.FromRGB(k.look.Background)
		return
	}
	c.BG = canvas.Most(c)
}

// shade makes surfaces characters, where there are no colours.
func (k *painter) shade() {
	back := cell.FromRGB(k.look.Background)
	for y := range k.p.h {
		for x := range k.p.w {
			c := k.g.At(k.p.x+x, k.p.y+y)
			if c == nil {
				continue
			}
			if most := canvas.Most(c); most != back && (c.Blank() || !IsGrid(c.Rune())) {
				*c = cell.New(k.inks.surface(most.RGB()), most.RGB(), k.look.Background, 0)
			} else if most == back && !c.Blank() && !IsGrid(c.Rune()) {
				*c = cell.New(' ', k.look.Background, k.look.Background, 0)
			}
		}
	}
}

// grid draws the lines of the ticks where nothing is painted.
func (k *painter) grid(every int) {
	color := cell.Mix(k.look.Background, k.look.Text, gridShare)
	back := cell.FromRGB(k.look.Background)
	across, down, both := '─', '│', '┼'
	switch {
	case k.look.ASCII:
		across, down, both = '.', '.', '.'
	case k.look.Mono:
		across, down, both = '┈', '┊', '┼'
	}
	put := func(x, y int, r rune) {
		c := k.g.At(k.p.x+x, k.p.y+y)
		if c == nil || c.BG != back || !c.Blank() && !IsGrid(c.Rune()) || k.look.ASCII && (x%4 != 0 || y%2 != 0) {
			return
		}
		if !c.Blank() && c.Rune() != r {
			r = both
		}
		c.Put(r, color, 0)
	}
	guides := k.guides(k.c, k.c.Axes)
	level := false
	for i := range guides {
		g := &guides[i]
		if !g.Grid || g.Channel != "y" {
			continue
		}
		level = true
		_, rows := standing(g, k.p, k.lens(k.c, k.p, g.Scale, g.Scale), every)
		for _, y := range rows {
			for x := range k.p.w {
				put(x, y, across)
			}
		}
	}
	for i := range guides {
		g := &guides[i]
		if !g.Grid || g.Channel != "x" || level && k.look.Mono {
			continue
		}
		for _, x := range k.columns(g, k.p, k.lens(k.c, k.p, g.Scale, g.Scale)) {
			for y := range k.p.h {
				put(x, y, down)
			}
		}
	}
}

// IsGrid reports whether a character is one of the lines of the grid.
func IsGrid(r rune) bool {
	switch r {
	case '─', '│', '┼', '┈', '┊', '.':
		return true
	}
	return false
}

func (k *painter) mark(m *vega.Mark) {
	var x, y *vega.Scale
	if m.Reading != nil {
		if s := m.Reading.Find("x"); s != nil {
			x = s.Scale
		}
		if s := m.Reading.Find("y"); s != nil {
			y = s.Scale
		}
	}
	k.m, k.l = m, k.lens(k.c, k.p, x, y)
	switch m.Type {
	case "rect":
		k.rects()
	case "arc":
		for i := range m.Items {
			k.arc(&m.Items[i])
		}
	case "symbol":
		k.symbols()
	case "rule":
		for i := range m.Items {
			it := &m.Items[i]
			if c, ok := k.pen(it.Style.Stroke, it.Style.Opacity*it.Style.StrokeOpacity); ok {
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

// at is a place on the raster.
func (k *painter) at(x, y float64) canvas.Vec {
	col, row := k.l.cell(x, y)
	return canvas.Vec{X: col * float64(k.raster.SX), Y: row * float64(k.raster.SY)}
}

// dot is a place among the dots: what lies on the right or lower edge is
// inside.
func (k *painter) dot(x, y float64) canvas.Vec {
	col, row := k.l.cell(x, y)
	return canvas.Vec{X: inside(col*2, float64(k.p.w*2)), Y: inside(row*4, float64(k.p.h*4))}
}

func inside(v, end float64) float64 {
	if v >= end && v < end+0.6 {
		return end - 0.01
	}
	return v
}

// paint is the colour and the opacity of a surface; ok is false where nothing
// is painted.
func (k *painter) paint(text string, opacity float64) (cell.RGB, float64, bool) {
	c, ok := vega.ParseColor(text)
	if !ok || !(opacity > 0) {
		return cell.RGB{}, 0, false
	}
	if k.look.Mono { // what is mixed could not be told from the legend
		opacity = 1
	}
	return k.visible(c), max(leastAlpha, min(1, opacity)), true
}

// pen is the colour of a line or a point, fainter where it is translucent.
func (k *painter) pen(text string, opacity float64) (cell.RGB, bool) {
	c, ok := vega.ParseColor(text)
	if !ok || !(opacity > 0) {
		return cell.RGB{}, false
	}
	c = k.stroke(c)
	if opacity < 0.6 {
		c = cell.Mix(k.look.Background, c, max(0.3, opacity+0.2))
	}
	return c, true
}

// crowded reports whether a mark has so many items that each gets one dot.
func (k *painter) crowded() bool { return len(k.m.Items) > k.p.w*k.p.h/3 }

func (k *painter) symbols() {
	crowded := k.crowded()
	for i := range k.m.Items {
		k.symbol(&k.m.Items[i], crowded)
	}
}

func (k *painter) symbol(it *vega.Item, crowded bool) {
	if it.X != it.X || it.Y != it.Y {
		return
	}
	color, opacity := it.Style.Fill, it.Style.Opacity*it.Style.FillOpacity
	if color == "" {
		color, opacity = it.Style.Stroke, it.Style.Opacity*it.Style.StrokeOpacity
	}
	c, ok := k.pen(color, opacity)
	if !ok {
		return
	}
	at := k.dot(it.X, it.Y)
	radius := math.Sqrt(max(0, it.Size)/math.Pi) * min(k.l.sx*2, k.l.sy*4)
	if k.letter(color, at, c) || it.Size == 0 {
		return
	}
	switch {
	case radius < 1.6 && (crowded || radius < 0.45):
		k.dots.Set(int(math.Floor(at.X)), int(math.Floor(at.Y)), c, k.z)
	case radius < 1.6:
		k.blot(at, c)
	case it.Style.Fill == "":
		k.line(ring(at, radius), c, nil)
	default:
		k.dots.Stroke([]canvas.Vec{at, at}, 2*radius, c, k.z)
	}
}

// blot is a point of two by two dots, inside the plot.
func (k *painter) blot(at canvas.Vec, c cell.RGB) {
	x := max(0, min(int(math.Floor(at.X-0.5)), k.p.w*2-2))
	y := max(0, min(int(math.Floor(at.Y-0.5)), k.p.h*4-2))
	if at.X < -1 || at.Y < -1 || at.X > float64(k.p.w*2+1) || at.Y > float64(k.p.h*4+1) {
		return
	}
	for d := range 4 {
		k.dots.Set(x+d&1, y+d>>1, c, k.z)
	}
}

// letter puts the letter of a colour at a place of the dots, where colours are
// not seen.
func (k *painter) letter(color string, at canvas.Vec, c cell.RGB) bool {
	base, ok := vega.ParseColor(color)
	if !k.inks.named() || !ok {
		return false
	}
	k.signs = append(k.signs, sign{int(math.Floor(at.X / 2)), int(math.Floor(at.Y / 4)), k.inks.letter(k.visible(base)), c})
	return true
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
	c, ok := k.pen(it.Style.Fill, it.Style.Opacity*it.Style.FillOpacity)
	if !ok || it.X != it.X || it.Y != it.Y || it.Text == "" {
		return
	}
	text := oneLine(it.Text)
	w := cell.Width(text)
	col, row := k.l.cell(it.X+it.Dx, it.Y+it.Dy)
	if col < -1 || row < -1 || col > float64(k.p.w)+1 || row > float64(k.p.h)+1 || w > k.p.w {
		return
	}
	x, y := int(math.Floor(col+slack)), int(math.Floor(row+slack))
	switch it.Align {
	case "left":
	case "right":
		x -= w
	default:
		x -= w / 2
	}
	x, y = max(0, min(x, k.p.w-w)), max(0, min(y, k.p.h-1))
	k.texts = append(k.texts, label{x, y, text, c})
}

// write puts signs and texts on top of all, readable on what is behind them. A
// text that would cover another one is left out.
func (k *painter) write() {
	put := func(x, y int, text string, color cell.RGB) {
		if c := k.g.At(k.p.x+x, k.p.y+y); c != nil {
			w := cell.Width(text)
			for i := range w {
				if c := k.g.At(k.p.x+x+i, k.p.y+y); c != nil {
					k.over(c)
				}
			}
			k.g.Text(k.p.x+x, k.p.y+y, text, cell.Readable(color, c.BG.RGB(), 3), 0)
		}
	}
	for _, s := range k.signs {
		if s.x >= 0 && s.y >= 0 && s.x < k.p.w && s.y < k.p.h {
			put(s.x, s.y, string(s.r), s.color)
		}
	}
	taken := map[[2]int]bool{}
	for _, t := range k.texts {
		w, free := cell.Width(t.text), true
		for i := -1; i <= w; i++ {
			free = free && !taken[[2]int{t.x + i, t.y}]
		}
		if !free {
			continue
		}
		for i := range w {
			taken[[2]int{t.x + i, t.y}] = true
		}
		put(t.x, t.y, t.text, t.color)
	}
}

func (k *painter) arc(it *vega.Item) {
	c, alpha, ok := k.paint(it.Style.Fill, it.Style.Opacity*it.Style.FillOpacity)
	if !ok || !(it.Outer > 0) || it.EndAngle == it.StartAngle {
		return
	}
	n := max(2, int(math.Ceil(math.Abs(it.EndAngle-it.StartAngle)/(2*math.Pi)*90)))
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
