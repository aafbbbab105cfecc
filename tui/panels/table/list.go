package table

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/source"
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

	offers  []source.Offer // columns of other sources that can be added
	offered []source.Offer // those that fit what was typed, below the columns
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
	l.k.add.SetEnabled(len(l.offered) > 0)
	return []key.Binding{l.k.toggle, l.k.take, l.k.add, l.k.up, l.k.back, widget.Erase}
}

func (l *columnList) wheel(by int) {
	l.at = min(max(l.at+by, 0), max(len(l.found)+len(l.offered)-1, 0))
}

// offer shows what can be added.
func (l *columnList) offer(p *Panel) {
	at := l.at
	l.offers = p.joins.offers
	l.narrow()
	l.at = at
	l.wheel(0)
}

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
	l.offered = nil
	for _, o := range l.offers {
		if strings.Contains(strings.ToLower(o.String()), query) {
			l.offered = append(l.offered, o)
		}
	}
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
	case key.Matches(msg, l.k.add) && len(l.offered) > 0:
		return l.add(p, max(l.at-len(l.found), 0))
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

// add takes an offer.
func (l *columnList) add(p *Panel, i int) tea.Cmd {
	p.over = nil
	return takeOffer(&p.body, l.offered[i])
}

// take goes to a column, which is shown if it was hidden, or takes an offer.
func (l *columnList) take(p *Panel, i int) tea.Cmd {
	if at := i - len(l.found); at >= 0 && at < len(l.offered) {
		return l.add(p, at)
	}
	p.over = nil
	if i >= len(l.found) {
		return nil
	}
	return toColumn{p, l.all[l.found[i]].name}.take(p)
}

func (l *columnList) draw(p *Panel, d *pen) {
	w := min(46, d.W)
	for _, o := range l.offered {
		w = min(max(w, cell.Width(o.String())+8), d.W)
	}
	h := min(len(l.all)+len(l.offers)+3, d.H)
	in := d.box(cell.Rect{X: max(d.W-w, 0), Y: 0, W: w, H: h}, counted(len(l.all), "column", "columns"))
	if in.H < 2 {
		return
	}
	x := in.X + 1 + d.Text(in.X+1, in.Y, "/ ", cell.Readable(d.t.Muted, d.t.Overlay, 4.5), 0)
	l.field.Draw(d.Grid, x, in.Y, max(in.W-4, 1), cell.Readable(d.t.Text, d.t.Overlay, 4.5), cell.Bold)
	l.rows = in.H - 1
	l.top = max(min(l.top, l.at), l.at-l.rows+1, 0)
	all := len(l.found) + len(l.offered)
	for i := l.top; i < min(l.top+l.rows, all); i++ {
		if y := in.Y + 1 + i - l.top; i < len(l.found) {
			l.line(p, d, in, i, y)
		} else {
			l.offerLine(p, d, in, i, y)
		}
	}
	if all == 0 {
		d.Text(in.X+2, in.Y+1, cell.Cut("no such column", in.W-3), cell.Readable(d.t.Muted, d.t.Overlay, 4.5), 0)
	}
}

// offerLine is a line of what can be added.
func (l *columnList) offerLine(p *Panel, d *pen, in cell.Rect, i, y int) {
	bg, lead := d.t.Overlay, " "
	if i == l.at {
		bg, lead = d.t.Selection, ">"
		d.Rect(in.X, y, in.W, 1, bg)
	}
	d.Text(in.X, y, lead, cell.Readable(d.t.Accent, bg, 3), cell.Bold)
	text, found := clean(l.offered[i-len(l.found)].String()), ""
	if at := strings.LastIndex(text, ": "); at >= 0 && cell.Width(text) > in.W-3 { // How many are found is never cut.
		text, found = text[:at], text[at:]
	}
	fg := cell.Readable(d.t.Accent, bg, 4.5)
	x := in.X + 2 + d.Text(in.X+2, y, cell.Cut(text, in.W-3-cell.Width(found)), fg, 0)
	d.Text(x, y, found, fg, 0)
	d.hit(in.X, y, in.W, func() tea.Cmd { return l.take(p, i) })
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
