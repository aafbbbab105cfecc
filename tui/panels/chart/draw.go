package chart

import (
	"fmt"
	"math"
	"strings"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/vegaview"
)

// linesOfReading is how many lines below the picture are for words.
func linesOfReading(room size) int {
	switch {
	case room.h < 6:
		return 0
	case room.h < 24:
		return 1
	}
	return 2
}

// Draw draws the panel into g.
func (p *Panel) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, !p.drawn) {
		return false
	}
	p.drawn = true
	t := p.env.Theme
	g.Fill(t.Background)
	if text, excused := p.spec.excuse(); excused {
		p.say(g, text, t.Muted)
		return true
	}
	if p.scene == nil {
		switch {
		case p.work.err != nil:
			p.say(g, p.work.err.Error(), t.Bad)
		case p.work.slow:
			p.say(g, "drawing…", t.Muted)
		}
		return true
	}
	lines := linesOfReading(p.room)
	p.view.Off = p.choices.off
	p.picture(g.W, g.H-lines, t)
	g.Blit(&p.cached, 0, 0)
	p.tint(g)
	r, ok := p.reading()
	if ok {
		p.mark(g, r)
	}
	if lines == 0 && (ok || p.menu != closed) && g.H > 1 {
		g.Rect(0, g.H-1, g.W, 1, t.Background)
		lines = 1
	}
	p.words(g, r, ok, lines)
	if p.menu == seriesMenu {
		top := g.Sub(0, 0, g.W, g.H-lines)
		p.choices.draw(&top, t, p.options())
	}
	return true
}

// say writes a sentence in the middle of nothing.
func (p *Panel) say(g *cell.Grid, text string, c cell.RGB) {
	lines := page.Wrap(text, g.W-2)
	for i, line := range lines[:min(len(lines), g.H)] {
		g.Text(1, i, line, c, 0)
	}
}

// picture draws the scene, unless it is drawn already.
func (p *shown) picture(w, h int, t *theme.Theme) {
	if p.kept && p.cached.W == w && p.cached.H == h {
		return
	}
	p.cached.Resize(w, h)
	p.pic = p.drawer.Draw(&p.cached, vegaview.NewLook(t), p.view)
	p.kept = true
}

// mark shows where a reading stands: a line through the plot, and the marks.
func (p *Panel) mark(g *cell.Grid, r reading) {
	t, ascii := p.env.Theme, p.env.Theme.Glyphs == theme.ASCII
	for _, plot := range p.pic.Plots {
		at, ok := p.beside(r, plot.Cell)
		if !ok {
			continue
		}
		col, row := plot.Place(at.x, at.y)
		x, y := within(plot, col, row)
		switch p.reader.plots[r.plot].along {
		case alongX:
			for y := plot.Y; y < plot.Y+plot.H && plot.Has(x, plot.Y); y++ {
				rule(g, x, y, pick(ascii, '|', '│'), t.Muted)
			}
		case alongY:
			for x := plot.X; x < plot.X+plot.W && plot.Has(plot.X, y); x++ {
				rule(g, x, y, pick(ascii, '-', '─'), t.Muted)
			}
		}
		if plot.Cell != r.plot {
			continue
		}
		for i, q := range r.parts {
			if q.mark.Type == "rect" && p.reader.plots[r.plot].along != anywhere {
				continue // a bar shows itself
			}
			col, row := plot.Place(q.x, q.y)
			x, y := within(plot, col, row)
			if c := g.At(x, y); c != nil && plot.Has(x, y) {
				attr := cell.Attr(0)
				if i == r.pick {
					attr = cell.Bold
				}
				c.BG = canvas.Most(c)
				c.Put(pick(ascii, 'o', '●'), cell.Readable(p.color(q), c.BG.RGB(), 2), attr)
			}
		}
	}
}

// beside is where a reading stands in another plot that shows the same field on
// the same axis.
func (p *Panel) beside(r reading, plot int) (place, bool) {
	out := place{x: r.x, y: r.y}
	if plot == r.plot {
		return out, true
	}
	if r.main == nil || p.reader.plots[plot].along != p.reader.plots[r.plot].along {
		return out, false
	}
	s := showing(p.scene.Cells[plot], vega.Projection{Channel: r.main.Channel, Field: r.main.Field})
	if s == nil {
		return out, false
	}
	at := s.Scale.Map(r.value) + s.Scale.Bandwidth/2
	if r.main.Channel == "y" {
		out.y = at
	} else {
		out.x = at
	}
	return out, at == at
}

// tint lays a colour behind the selected intervals.
func (p *Panel) tint(g *cell.Grid) {
	back := cell.FromRGB(p.env.Theme.Background)
	for _, plot := range p.pic.Plots {
		for _, box := range p.chosen.boxes(p.scene, plot.Cell) {
			x0, y0 := plot.Place(box[0].From, box[1].From)
			x1, y1 := plot.Place(box[0].To, box[1].To)
			for y := max(plot.Y, int(y0)); y <= min(plot.Y+plot.H-1, int(y1)); y++ {
				for x := max(plot.X, int(x0)); x <= min(plot.X+plot.W-1, int(x1)); x++ {
					if c := g.At(x, y); c != nil && c.BG == back {
						c.BG = cell.FromRGB(p.env.Theme.Selection)
					}
				}
			}
		}
	}
}

// within is the cell of a place. What stands on the right or lower edge of a plot
// is in its last cells; what is beyond is outside.
func within(plot vegaview.Plot, col, row float64) (x, y int) {
	x, y = int(math.Floor(col)), int(math.Floor(row))
	if end := plot.X + plot.W; x >= end && col < float64(end)+0.6 {
		x = end - 1
	}
	if end := plot.Y + plot.H; y >= end && row < float64(end)+0.6 {
		y = end - 1
	}
	return x, y
}

// rule puts a line's character where nothing else stands.
func rule(g *cell.Grid, x, y int, r rune, fg cell.RGB) {
	if c := g.At(x, y); c != nil && (c.Blank() || vegaview.IsGrid(c.Rune())) {
		c.Put(r, cell.Readable(fg, c.BG.RGB(), 2), 0)
	}
}

func pick(ascii bool, a, b rune) rune {
	if ascii {
		return a
	}
	return b
}

func (p *Panel) color(q part) cell.RGB {
	if c, ok := vega.ParseColor(q.color); ok {
		return cell.Readable(c, p.env.Theme.Background, 3)
	}
	return p.env.Theme.Text
}

// words writes the lines below the picture.
func (p *Panel) words(g *cell.Grid, r reading, reads bool, lines int) {
	t := p.env.Theme
	if lines == 0 {
		return
	}
	y := g.H - lines
	switch {
	case p.menu == formats:
		text := "export: c CSV · j JSON · v SVG · a ANSI"
		if p.env.Linked {
			text += " · l command line"
		}
		g.Text(0, y, cell.Cut(text+" · esc back", g.W), t.Text, 0)
	case p.menu == seriesMenu:
		if o := p.choices.line(p.options()); o != nil && o.input != nil {
			g.Text(0, y, cell.Cut(inputHint(o.input, p.choices.typing.on), g.W), t.Text, 0)
			return
		}
		g.Text(0, y, cell.Cut("space show or hide · n this one alone · a all · esc back", g.W), t.Text, 0)
	case p.work.err != nil:
		g.Text(0, y, cell.Cut(p.work.err.Error(), g.W), t.Bad, 0)
	case p.work.slow:
		g.Text(0, y, "drawing…", t.Muted, 0)
	case reads:
		p.readOut(g, r, y, lines)
	default:
		notes := p.choices.words(p.scene)
		for _, note := range append(p.gathered.notes(), p.crowded(), repeated(p.scene), p.spec.note()) {
			if note != "" {
				notes = append(notes, oneLine(note))
			}
		}
		g.Text(0, y, cell.Cut(strings.Join(notes, " · "), g.W), t.Muted, 0)
	}
}

// readOut writes a reading: the value on the axis, then each part with its
// colour, as many as there is room for, the one that is meant always.
func (p *Panel) readOut(g *cell.Grid, r reading, y, lines int) {
	t, ascii := p.env.Theme, p.env.Theme.Glyphs == theme.ASCII
	x, end := 0, g.W
	if r.head != "" {
		x += g.Text(0, y, cell.Cut(oneLine(r.head), end), t.Text, cell.Bold) + 2
	}
	left := y + lines - 1
	for n, i := range r.order(x, end*lines) {
		q := r.parts[i]
		text := oneLine(q.name + " " + q.value)
		w := cell.Width(text)
		if q.color != "" {
			w += 2
		}
		more := fmt.Sprintf("+%d", len(r.parts)-n)
		reserve := 0
		if n < len(r.parts)-1 && y == left {
			reserve = len(more) + 1
		}
		if x+w > end-reserve && x > 0 && n > 0 {
			if y == left {
				g.Text(x, y, cell.Cut(more, end-x), t.Muted, 0)
				return
			}
			x, y = 0, y+1
		}
		if q.color != "" {
			sign := pick(ascii, 'o', '●')
			flat := q.mark.Type == "rect" || q.mark.Type == "area" || q.mark.Type == "arc"
			if r, ok := p.pic.Sign(q.color, flat); ok {
				sign = r
			}
			g.Put(x, y, sign, p.color(q), 0)
			x += 2
		}
		attr := cell.Attr(0)
		if i == r.pick && len(r.parts) > 1 && r.main != nil {
			attr = cell.Bold
		}
		x += g.Text(x, y, cell.Cut(text, end-x), t.Text, attr) + 2
	}
}

// repeated says that there are more series than colours.
func repeated(s *vega.Scene) string {
	for _, l := range s.Legends {
		if l.Scale == nil || !l.Scale.Discrete() || len(l.Colors) == 0 {
			continue
		}
		colors := map[string]bool{}
		for _, v := range l.Scale.Domain {
			colors[l.Scale.Text(v)] = true
		}
		if n := len(l.Scale.Domain); n > len(colors) {
			return fmt.Sprintf("%s series share %d colours", thousands(n), len(colors))
		}
	}
	return ""
}

// order is the order in which parts are read out: the one that is meant first
// if not all have room.
func (r *reading) order(used, room int) []int {
	for _, q := range r.parts {
		used += cell.Width(q.name+q.value) + 5
	}
	out := make([]int, 0, len(r.parts))
	first := r.main != nil && r.pick < len(r.parts) && used > room
	if first {
		out = append(out, r.pick)
	}
	for i := range r.parts {
		if !first || i != r.pick {
			out = append(out, i)
		}
	}
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
