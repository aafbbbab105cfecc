package plotting

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/chart"
)

// about says what the page shows.
const about = "A random walk, drawn while it is made: 100 steps of 5 values, one step each 50 ms."

// panel draws facts and controls at the right of a wide window.
func (p *Page) panel(r chart.Rect) {
	t := p.env.Theme
	for y := range p.h {
		p.grid.Text(r.X-2, y, "│", t.Faint, 0)
	}
	y := r.Y
	for _, line := range wrap(about, r.W) {
		p.grid.Text(r.X, y, line, t.Muted, 0)
		y++
	}
	y = p.facts(r, y+1, "Walk", p.walkFacts())
	if p.read >= 0 {
		y = p.facts(r, y+1, "Cursor", p.cursorFacts())
	}
	p.histogram(r, p.stack(r, y+1)+2)
}

type fact struct{ name, value string }

func (p *Page) walkFacts() []fact {
	s := p.run.series
	low, high := extremes(s)
	lo, hi := p.view.of(s.Len())
	return []fact{
		{"step", fmt.Sprintf("%d of %d", p.run.walk.Steps(), data.WalkSteps)},
		{"points", fmt.Sprint(s.Len())},
		{"newest", chart.Number(s.At(s.Len()-1), decimals)},
		{"least", fmt.Sprintf("%s at %d", chart.Number(s.At(low), decimals), low)},
		{"greatest", fmt.Sprintf("%s at %d", chart.Number(s.At(high), decimals), high)},
		{"in view", fmt.Sprintf("%.0f to %.0f", lo, hi)},
		{"made from seed", fmt.Sprint(p.run.seed)},
	}
}

func (p *Page) cursorFacts() []fact {
	out := make([]fact, 0, 4)
	for _, s := range p.reading() {
		i := strings.LastIndexByte(s, ' ')
		out = append(out, fact{s[:i], s[i+1:]})
	}
	return out
}

// facts writes a heading and a name and a value a row, and gives the next
// row.
func (p *Page) facts(r chart.Rect, y int, heading string, facts []fact) int {
	t := p.env.Theme
	p.grid.Text(r.X, y, heading, t.Accent, canvas.Bold)
	for _, f := range facts {
		y++
		p.grid.Text(r.X, y, f.name, t.Muted, 0)
		p.grid.Text(r.X+r.W-canvas.Width(f.value), y, f.value, t.Text, 0)
	}
	return y + 1
}

// stack draws the controls below each other, while there is room, and gives
// the last row.
func (p *Page) stack(r chart.Rect, y int) int {
	if p.mode == typing {
		p.grid.Text(r.X, y, "enter starts, esc goes back", p.env.Theme.Muted, 0)
		p.prompt(r.X, y+1, r.W)
		return y + 1
	}
	x := r.X
	for _, c := range p.offered() {
		n := p.controlWidth(c)
		if x > r.X && x+n > r.X+r.W {
			x, y = r.X, y+2
		}
		if y >= r.Y+r.H {
			return y
		}
		p.control(x, y, c)
		x += n + 1
	}
	return y
}

// wrap breaks text between words into lines of at most w cells.
func wrap(text string, w int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case canvas.Width(line)+1+canvas.Width(word) <= w:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}
