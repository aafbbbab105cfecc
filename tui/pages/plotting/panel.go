package plotting

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
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
	y = p.facts(r, y+1, "Walk", p.walkFacts()) + 1
	p.below(r, y)
}

// below draws the controls from row y on, the bars, and what the cursor reads.
// That comes last, and in the place of the bars where both have no room: the
// controls must not move under the pointer that reads. Only a low window has
// it above them.
func (p *Page) below(r chart.Rect, y int) {
	var cursor []fact
	if p.read >= 0 {
		cursor = p.cursorFacts()
	}
	const barRows, factRows = bins + 1, 5
	end := y + p.stackRows(r.W) + 1
	switch bottom := r.Y + r.H; {
	case cursor == nil:
		p.histogram(r, p.stack(r, y)+2)
	case end+barRows+1+factRows <= bottom:
		p.stack(r, y)
		p.histogram(r, end)
		p.facts(r, end+barRows+1, "Cursor", cursor)
	case end+factRows <= bottom:
		p.stack(r, y)
		p.facts(r, end, "Cursor", cursor)
	default:
		p.stack(r, p.facts(r, y, "Cursor", cursor)+1)
	}
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
	p.grid.Text(r.X, y, heading, t.Accent, cell.Bold)
	for _, f := range facts {
		y++
		p.grid.Text(r.X, y, f.name, t.Muted, 0)
		p.grid.Text(r.X+r.W-cell.Width(f.value), y, f.value, t.Text, 0)
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
	rows := p.rows(r.W)
	for i, row := range rows {
		if y+2*i >= r.Y+r.H {
			break
		}
		x := r.X
		for _, c := range row {
			p.control(x, y+2*i, c)
			x += p.controlWidth(c) + 1
		}
	}
	return y + 2*(len(rows)-1)
}

// stackRows is how many rows stack takes where it has room.
func (p *Page) stackRows(w int) int {
	if p.mode == typing {
		return 2
	}
	return 2*len(p.rows(w)) - 1
}

// rows breaks the controls into rows of at most w cells.
func (p *Page) rows(w int) (rows [][]control) {
	x := 0
	for _, c := range p.offered() {
		n := p.controlWidth(c)
		if x == 0 || x+n > w {
			rows, x = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], c)
		x += n + 1
	}
	return rows
}

// wrap breaks text between words into lines of at most w cells.
func wrap(text string, w int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case cell.Width(line)+1+cell.Width(word) <= w:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}
