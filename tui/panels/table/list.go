package table

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/widget"
)

// columnList is the list of all columns: typing narrows it, a key shows or
// hides, another goes there.
type columnList struct {
	field   widget.Field
	all     []column // with those that are hidden
	found   []int    // places in all
	at, top int
	rows    int // lines that fitted at the last drawing
	k       keyMap
}

func newColumnList(p *Panel) *columnList {
	a := p.shown
	a.steps.hidden = nil
	k := newKeyMap()
	k.take.SetHelp("enter", "go there")
	l := &columnList{field: widget.Field{Limit: 64}, all: p.columns(a), k: k}
	l.narrow()
	if c := p.column(); c != nil {
		l.at = max(indexOf(l.all, c.name), 0)
	}
	return l
}

func (l *columnList) keys() []key.Binding {
	return []key.Binding{l.k.toggle, l.k.take, l.k.up, l.k.back, widget.Erase}
}

func (l *columnList) wheel(by int) { l.at = min(max(l.at+by, 0), max(len(l.found)-1, 0)) }

// narrow keeps the columns that fit what was typed: those that hold it before
// those that have its letters in that order.
func (l *columnList) narrow() {
	l.found, l.at = l.found[:0], 0
	query := strings.ToLower(l.field.String())
	var loose []int
	for i, c := range l.all {
		switch name := strings.ToLower(c.title); {
		case strings.Contains(name, query):
			l.found = append(l.found, i)
		case spelled(name, query):
			loose = append(loose, i)
		}
	}
	l.found = append(l.found, loose...)
}

// spelled reports whether a text has the letters of another, in their order.
func spelled(text, letters string) bool {
	for _, r := range letters {
		i := strings.IndexRune(text, r)
		if i < 0 {
			return false
		}
		text = text[i+len(string(r)):]
	}
	return true
}

func (l *columnList) key(p *Panel, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, l.k.back):
		p.over = nil
	case key.Matches(msg, l.k.up):
		l.wheel(-1)
	case key.Matches(msg, l.k.down):
		l.wheel(1)
	case msg.String() == "pgup":
		l.wheel(-max(l.rows-1, 1))
	case msg.String() == "pgdown":
		l.wheel(max(l.rows-1, 1))
	case key.Matches(msg, l.k.toggle):
		return l.toggle(p, l.at)
	case key.Matches(msg, l.k.take):
		return l.take(p, l.at)
	default:
		l.field.Key(msg)
		l.narrow()
	}
	return nil
}

// toggle shows or hides a column.
func (l *columnList) toggle(p *Panel, i int) tea.Cmd {
	if i >= len(l.found) {
		return nil
	}
	s, name := p.history.now(), l.all[l.found[i]].name
	if at := slices.Index(s.hidden, name); at >= 0 {
		s.hidden = slices.Delete(slices.Clone(s.hidden), at, at+1)
	} else if len(s.hidden) < len(l.all)-1 {
		s.hidden = append(slices.Clone(s.hidden), name)
	} else {
		return nil
	}
	return p.step(s, "showing")
}

// take goes to a column, which is shown if it was hidden.
func (l *columnList) take(p *Panel, i int) tea.Cmd {
	p.over = nil
	if i >= len(l.found) {
		return nil
	}
	return toColumn{p, l.all[l.found[i]].name}.take(p)
}

func (l *columnList) draw(p *Panel, d *pen) {
	w, h := min(46, d.W), min(len(l.all)+3, d.H)
	in := d.box(cell.Rect{X: max(d.W-w, 0), Y: 0, W: w, H: h}, counted(len(l.all), "column", "columns"))
	if in.H < 2 {
		return
	}
	x := in.X + 1 + d.Text(in.X+1, in.Y, "/ ", cell.Readable(d.t.Muted, d.t.Overlay, 4.5), 0)
	l.field.Draw(d.Grid, x, in.Y, max(in.W-4, 1), cell.Readable(d.t.Text, d.t.Overlay, 4.5), cell.Bold)
	l.rows = in.H - 1
	l.top = max(min(l.top, l.at), l.at-l.rows+1, 0)
	for i := range min(l.rows, len(l.found)-l.top) {
		l.line(p, d, in, l.top+i, in.Y+1+i)
	}
	if len(l.found) == 0 {
		d.Text(in.X+2, in.Y+1, cell.Cut("no such column", in.W-3), cell.Readable(d.t.Muted, d.t.Overlay, 4.5), 0)
	}
}

func (l *columnList) line(p *Panel, d *pen, in cell.Rect, i, y int) {
	c, bg := &l.all[l.found[i]], d.t.Overlay
	lead := " "
	if i == l.at {
		bg, lead = d.t.Selection, ">"
		d.Rect(in.X, y, in.W, 1, bg)
	}
	d.Text(in.X, y, lead, cell.Readable(d.t.Accent, bg, 3), cell.Bold)
	box, fg := "[x] ", d.t.Text
	if slices.Contains(p.history.now().hidden, c.name) {
		box, fg = "[ ] ", d.t.Muted
	}
	d.Text(in.X+2, y, box, cell.Readable(d.t.Accent, bg, 4.5), 0)
	d.Text(in.X+6, y, cell.Cut(c.title, in.W-9), cell.Readable(fg, bg, 4.5), 0)
	d.Text(in.X+in.W-2, y, letter(c.kind), cell.Readable(d.t.Muted, bg, 4.5), 0)
	d.hit(in.X, y, in.W, func() tea.Cmd { l.at = i; return l.take(p, i) })
	d.hit(in.X+2, y, 3, func() tea.Cmd { l.at = i; return l.toggle(p, i) })
}
