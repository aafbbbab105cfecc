package board

import (
	"slices"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
)

// Sizes of the open input.
const (
	menuWidth   = 48
	menuOptions = 12
)

// draw draws the open input below its chip.
func (m *menu) draw(g *cell.Grid) {
	b, t := m.bar, m.bar.env.Theme
	chips, y := b.chips()
	x := pad(b.w)
	for _, c := range chips {
		if c.input == b.last {
			x, y = c.rect.X, c.rect.Y+1
		}
	}
	w := min(menuWidth, g.W)
	x = max(min(x, g.W-w), 0)
	below := m.below()
	need := 3 + min(menuOptions, len(m.found))
	if below != "" {
		need++
	}
	h := min(need, g.H)
	y = max(min(y, g.H-h), 0)
	m.rect = cell.Rect{X: x, Y: y, W: w, H: h}
	at := g.Sub(x, y, w, h)
	at.Fill(t.Overlay)
	at.Box(0, 0, w, h, t.Accent)
	at.Text(2, 0, cell.Cut(" "+m.title()+" ", w-4), t.Accent, cell.Bold)
	m.drawField(&at)
	rows := h - 3
	if below != "" {
		rows--
		fg := t.Muted
		if m.bad != nil {
			fg = t.Bad
		}
		at.Text(2, h-2, cell.Cut(below, w-4), fg, 0)
	}
	rows = max(min(rows, len(m.found)), 0)
	m.top = max(min(m.top, m.at), m.at-rows+1, 0)
	m.list = cell.Rect{X: x + 1, Y: y + 2, W: w - 2, H: rows}
	chosen, _ := b.chosen(m.in)
	for i := range rows {
		if m.top+i < len(m.found) {
			m.drawEntry(&at, 2+i, m.found[m.top+i], m.top+i == m.at, chosen)
		}
	}
}

func (m *menu) drawField(g *cell.Grid) {
	t := m.bar.env.Theme
	if m.in.Kind == "toggle" {
		g.Text(2, 1, cell.Cut("keep rows where "+session.Clean(m.in.Field, 40)+" is true", g.W-4), t.Muted, 0)
		return
	}
	at := 2 + g.Text(2, 1, box.Sign(t, "▸ ", "> "), t.Text, 0)
	m.field.Draw(g, at, 1, g.W-5, t.Text, 0)
	if m.field.Empty() {
		g.Text(at+1, 1, cell.Cut(m.prompt(), g.W-at-3), t.Muted, 0)
	}
}

// drawEntry draws a line of the list.
func (m *menu) drawEntry(g *cell.Grid, y int, e entry, here bool, c Choice) {
	t := m.bar.env.Theme
	bg := t.Overlay
	if here {
		bg = t.Selection
		g.Rect(1, y, g.W-2, 1, bg)
		g.Text(1, y, box.Sign(t, "▸", ">"), t.Accent, cell.Bold)
	}
	text, on := session.Clean(e.value, 100), slices.Contains(c.Values, e.value)
	switch {
	case e.kind == isAll:
		text, on = "all "+counted(len(m.in.options)), c.All
	case e.kind == isAny:
		text, on = "any", len(c.Values) == 0
	case m.in.Kind == "toggle" && e.value == "true":
		text = "on"
	case m.in.Kind == "toggle":
		text, on = "off", len(c.Values) == 0
	case c.All:
		on = true
	}
	x := 3 + g.Text(3, y, m.mark(on)+" ", cell.Readable(t.Accent, bg, 4.5), 0)
	count := ""
	if e.rows > 0 {
		count = counted(e.rows)
		g.Text(g.W-2-len(count), y, count, cell.Readable(t.Muted, bg, 4.5), 0)
	}
	m.drawHits(g, x, y, g.W-4-len(count), text, e.hits, bg)
}

// mark is the sign of what is chosen, and of what is not.
func (m *menu) mark(on bool) string {
	several := m.in.Kind == "multiselect"
	switch {
	case several && on:
		return "[x]"
	case several:
		return "[ ]"
	case on:
		return "(" + box.Sign(m.bar.env.Theme, "●", "*") + ")"
	}
	return "( )"
}

// drawHits writes text up to a column, what was typed of it underlined.
func (m *menu) drawHits(g *cell.Grid, x, y, end int, text string, hits []int, bg cell.RGB) {
	t := m.bar.env.Theme
	for at := 0; at < len(text); {
		c, width := cell.First(text[at:])
		if x+width > end {
			return
		}
		fg, attr := cell.Readable(t.Text, bg, 4.5), cell.Attr(0)
		if slices.ContainsFunc(hits, func(h int) bool { return h >= at && h < at+len(c) }) {
			fg, attr = cell.Readable(t.Accent, bg, 4.5), cell.Bold|cell.Underline
		}
		x += g.Text(x, y, c, fg, attr)
		at += len(c)
	}
}
