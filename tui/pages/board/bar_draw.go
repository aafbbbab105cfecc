package board

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
)

// chip is an input as the line above the rows shows it.
type chip struct {
	input   int // -1 = what is left out
	rect    cell.Rect
	label   string
	value   string
	changed bool
}

// chipEdges are the columns of a chip beside its words.
const chipEdges = 2

// chips lays the inputs out in lines.
func (b *bar) chips() (out []chip, lines int) {
	if len(b.inputs) == 0 || b.h < 3 {
		return nil, 0
	}
	most := max(min(b.h/6, 4), 1)
	x, y := pad(b.w), 0
	for i, in := range b.inputs {
		c := b.chip(i, in)
		if x > pad(b.w) && x+c.rect.W > b.w-pad(b.w) {
			if y+1 >= most {
				return leaveOut(out, len(b.inputs)-i, b.w), y + 1
			}
			x, y = pad(b.w), y+1
		}
		c.rect.X, c.rect.Y = x, y
		c.rect.W = min(c.rect.W, b.w-x)
		out = append(out, c)
		x += c.rect.W + 1
	}
	return out, y + 1
}

// leaveOut says at the end of the last line how many inputs have no room.
func leaveOut(chips []chip, n, w int) []chip {
	for {
		c := chip{input: -1, label: fmt.Sprintf("+%d", n)}
		c.rect.W, c.rect.H = cell.Width(c.label)+chipEdges, 1
		last := &chips[len(chips)-1]
		c.rect.X, c.rect.Y = last.rect.X+last.rect.W+1, last.rect.Y
		first := len(chips) == 1 || chips[len(chips)-2].rect.Y < last.rect.Y
		switch {
		case c.rect.X+c.rect.W <= w:
		case first: // A line has one at least.
			last.rect.W = max(w-c.rect.W-1-last.rect.X, 1)
			c.rect.X = w - c.rect.W
		default:
			chips, n = chips[:len(chips)-1], n+1
			continue
		}
		return append(chips, c)
	}
}

func (b *bar) chip(i int, in *input) chip {
	c := chip{input: i, label: session.Clean(in.Label, 40), changed: b.changed(in)}
	chosen, known := b.chosen(in)
	switch {
	case !known:
		c.value = "…"
	case in.Kind == "toggle":
		c.value = box.Sign(b.env.Theme, "○ off", "off")
		if len(chosen.Values) > 0 && chosen.Values[0] == "true" {
			c.value = box.Sign(b.env.Theme, "● on", "on")
		}
	default:
		c.value = in.words(chosen, max(b.w/3, 16))
	}
	c.rect = cell.Rect{W: cell.Width(c.label) + 1 + cell.Width(c.value) + chipEdges, H: 1}
	if c.changed && !b.env.Bare {
		c.rect.W += 2
	}
	return c
}

// words says what is chosen in an input, in about w columns.
func (in *input) words(c Choice, w int) string {
	switch {
	case c.All && in.known:
		return "all " + counted(len(in.options)+in.more)
	case c.All:
		return "all"
	case in.Kind == "range" && len(c.Values) == 0:
		return strings.TrimSuffix(in.least+" … "+in.most, " … ")
	case in.Kind == "range":
		return strings.ReplaceAll(session.Clean(rangeText(c.Values), w), "..", " … ")
	case len(c.Values) == 0 && in.Required != "":
		return "none"
	case len(c.Values) == 0:
		return "any"
	}
	shown := ""
	for i, v := range c.Values {
		next := shown
		if i > 0 {
			next += ", "
		}
		next += session.Clean(v, 40)
		if i > 0 && cell.Width(next) > w {
			return shown + fmt.Sprintf(" +%d", len(c.Values)-i)
		}
		shown = next
	}
	return cell.Cut(shown, w+8)
}

// draw draws the line of inputs.
func (b *bar) draw(g *cell.Grid) {
	t := b.env.Theme
	chips, _ := b.chips()
	for _, c := range chips {
		bg, fg := t.Surface, t.Text
		if c.changed {
			bg = t.Selection
			fg = cell.Readable(t.Text, bg, 4.5)
		}
		g.Rect(c.rect.X, c.rect.Y, c.rect.W, 1, bg)
		at := g.Sub(c.rect.X, c.rect.Y, c.rect.W, 1)
		x := 1 + at.Text(1, 0, c.label, cell.Readable(t.Muted, bg, 4.5), 0) + 1
		attr := cell.Attr(0)
		if c.changed {
			attr = cell.Bold
		}
		x += at.Text(x, 0, c.value, fg, attr)
		if c.changed && !b.env.Bare {
			at.Text(x+1, 0, box.Sign(b.env.Theme, "×", "x"), cell.Readable(t.Accent, bg, 4.5), 0)
		}
	}
}

// click opens the input that was clicked, or brings it back to its default. It
// reports whether something else is chosen then.
func (b *bar) click(x, y int) (changed bool) {
	chips, _ := b.chips()
	for _, c := range chips {
		switch {
		case !c.rect.Has(x, y):
		case c.input < 0:
			b.openMenu(b.last)
		case c.changed && x >= c.rect.X+c.rect.W-3:
			b.shared.reset(b.inputs[c.input].key)
			return true
		case b.inputs[c.input].Kind == "toggle":
			return b.toggle(b.inputs[c.input])
		default:
			b.openMenu(c.input)
		}
	}
	return false
}

func (b *bar) toggle(in *input) (changed bool) {
	c, _ := b.chosen(in)
	next := Choice{Values: []string{"true"}}
	if len(c.Values) > 0 && c.Values[0] == "true" {
		next = Choice{}
	}
	return b.choose(in, next)
}

// resetAll brings every input back to its default.
func (b *bar) resetAll() {
	for _, in := range b.inputs {
		b.shared.reset(in.key)
	}
}
