package dataframe

import (
	"strconv"

	"github.com/authtabs/tabgate/tui/cell"
)

const chooseLabel, clearLabel = " c choose ", " x clear "

// chipEdges are the columns that a chip takes beside its label: a blank at the
// left, and at the right what takes it away.
const chipEdges = 4

// drawChips draws the chosen countries with what adds and removes them, and
// gives the row below.
func drawChips(p *pen, chosen []string, remove func(string)) (next int) {
	m := p.margin()
	x := m
	if p.W >= marginWidth {
		x += p.Text(x, 0, "Countries ", p.t.Muted, 0)
	}
	left, y, lines := x, 0, 1+min(p.H/14, 3)
	tail := len(chooseLabel) // room for the buttons
	if p.W >= marginWidth {
		tail += len(clearLabel) + 1
	}
	for i, name := range chosen {
		label := cell.Cut(clean(name), min(30, max(p.W-left-m-4, 1)))
		w := cell.Width(label) + chipEdges
		room := p.W - m
		if y == lines-1 {
			room -= tail
		}
		if x > left && x+w > room {
			if y+1 >= lines || y+1 >= p.H {
				x += p.Text(x, y, "+"+strconv.Itoa(len(chosen)-i)+" ", p.t.Muted, 0)
				break
			}
			x, y = left, y+1
		}
		p.chip(x, y, w, label)
		p.hit(x, y, w, action{change: func() { remove(name) }})
		x += w + 1
	}
	if x+tail > p.W-m && y+1 < min(lines, p.H) && x > left {
		x, y = left, y+1
	}
	p.chipButtons(x, y, len(chosen) > 0)
	return y + 1
}

func (p *pen) chip(x, y, w int, label string) {
	bg := p.t.Selection
	fg := cell.Readable(p.t.Text, bg, 4.5)
	p.Rect(x, y, min(w, p.W-x), 1, bg)
	p.Text(x+1, y, label, fg, 0)
	if !p.bare {
		p.Put(x+w-2, y, '×', fg, 0)
	}
}

func (p *pen) chipButtons(x, y int, some bool) {
	if p.choosing { // The dropdown says what acts in it.
		return
	}
	x += p.button(x, y, chooseLabel, action{key: "c"}) + 1
	if some && p.W-x >= len(clearLabel) {
		p.button(x, y, clearLabel, action{key: "x"})
	}
}
