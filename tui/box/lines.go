package box

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

// Span is words of one color.
type Span struct {
	Text  string
	Color theme.RGB
	Attr  cell.Attr
}

// Line is one line of spans.
type Line struct {
	Spans   []Span
	Mark    Span     // stands two cells to the left
	Key     string   // the key that a click on the line means; "" for none
	Link    string   // the address that the line leads to; "" for none
	Cursor  int      // the span that the terminal's cursor stands before; 0 for none
	buttons []string // a key for every two spans, which are its name and its words
}

// Zones are where a click means a key, as Bubble Tea names it; see page.Key.
type Zones = widget.Zones[string]

// Lines gathers lines, top to bottom, before it is known how many will fit.
type Lines []Line

// Add adds a line and returns it, for its Mark, Key or Link.
func (l *Lines) Add(spans ...Span) *Line {
	*l = append(*l, Line{Spans: spans})
	return &(*l)[len(*l)-1]
}

// Gap adds an empty line.
func (l *Lines) Gap() { l.Add() }

// Wrap adds text, cleaned and broken into lines of at most w cells.
func (l *Lines) Wrap(text string, w int, color theme.RGB, attr cell.Attr) {
	for _, line := range page.Wrap(text, w) {
		l.Add(Span{line, color, attr})
	}
}

// Buttons adds the keys that act, to be clicked, as many on a line of w cells as
// fit.
func (l *Lines) Buttons(t *theme.Theme, w int, keys []key.Binding) {
	used := 0
	for _, k := range keys {
		if !k.Enabled() {
			continue
		}
		h := k.Help()
		need := cell.Width(h.Key) + 1 + cell.Width(h.Desc) + 3
		if used == 0 || used+need > w+1 {
			l.Add()
			used = 0
		}
		used += need
		line := &(*l)[len(*l)-1]
		line.buttons = append(line.buttons, First(k))
		line.Spans = append(line.Spans, Span{" " + h.Key, t.Accent, cell.Bold}, Span{" " + h.Desc + " ", t.Text, 0})
	}
}

// First returns the first key of a binding, which is what a click on its hint
// means.
func First(k key.Binding) string {
	if len(k.Keys()) == 0 {
		return ""
	}
	return k.Keys()[0]
}

// placed is a span where it is drawn.
type placed struct {
	Span
	x, w   int
	button string
}

// place lays a line out from x, so that it ends two cells before w.
func (l *Line) place(x, w int) (out []placed, end int) {
	for i, s := range l.Spans {
		s.Text = cell.Cut(s.Text, w-2-x)
		p := placed{Span: s, x: x, w: cell.Width(s.Text)}
		if i/2 < len(l.buttons) {
			p.button = l.buttons[i/2]
			x += i % 2 // A gap after each button.
		}
		out = append(out, p)
		x += p.w
	}
	return out, x
}

// drawn returns the lines that fit from row y of h above the last one.
func (l Lines) drawn(h, y int) Lines { return l[:max(min(len(l), h-1-y), 0)] }

// Draw draws the lines on g from x, y, as many as fit above its last row.
func (l Lines) Draw(t *theme.Theme, g *cell.Grid, x, y int) {
	for i := range l.drawn(g.H, y) {
		line, row := &l[i], y+i
		g.Text(x-2, row, line.Mark.Text, line.Mark.Color, line.Mark.Attr)
		spans, end := line.place(x, g.W)
		if line.Cursor > 0 {
			g.SetCursor(spans[line.Cursor].x, row, true)
		}
		for _, p := range spans {
			if p.button != "" {
				g.Rect(p.x, row, p.w, 1, t.Selection)
			}
			g.Text(p.x, row, p.Text, p.Color, p.Attr)
		}
		if line.Link != "" {
			g.Link(x, row, end-x, line.Link)
		}
	}
}

// Zones returns what can be clicked of lines that are drawn from x, y of a grid
// of w by h cells.
func (l Lines) Zones(w, h, x, y int) (zones Zones) {
	for i := range l.drawn(h, y) {
		spans, end := l[i].place(x, w)
		for _, p := range spans {
			if p.button != "" {
				zones.Add(cell.Rect{X: p.x, Y: y + i, W: p.w, H: 1}, p.button)
			}
		}
		if l[i].Key != "" {
			zones.Add(cell.Rect{X: x, Y: y + i, W: end - x, H: 1}, l[i].Key)
		}
	}
	return zones
}

// Sign returns a character, or its stand-in where only ASCII can be shown.
func Sign(t *theme.Theme, utf, ascii string) string {
	if t.Glyphs == theme.ASCII {
		return ascii
	}
	return utf
}
