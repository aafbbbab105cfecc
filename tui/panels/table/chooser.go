package table

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/widget"
)

// chooser asks for a column: typing narrows the list.
type chooser struct {
	title   string
	field   widget.Field
	all     []frame.Column
	found   []int // places in all; -1 = none of them
	none    func() tea.Cmd
	take    func(name string) tea.Cmd
	at, top int
	k       keyMap
}

// chooseColumn asks for one of the columns that fit. If it is the only one, it
// is taken at once.
func chooseColumn(p *Panel, title string, fits func(frame.Column) bool, take func(string) tea.Cmd) tea.Cmd {
	c := &chooser{title: title, take: take, k: p.keys, field: widget.Field{Limit: 64}}
	for _, col := range p.shown.base.Columns() {
		if fits(col) {
			c.all = append(c.all, col)
		}
	}
	c.narrow()
	p.over = c
	return nil
}

func (c *chooser) keys() []key.Binding {
	return []key.Binding{c.k.take, c.k.up, c.k.back, widget.Erase}
}

func (c *chooser) wheel(by int) { c.at = min(max(c.at+by, 0), max(len(c.found)-1, 0)) }

// narrow keeps what fits what was typed.
func (c *chooser) narrow() {
	c.found, c.at = c.found[:0], 0
	text := strings.ToLower(c.field.String())
	if c.none != nil && text == "" {
		c.found = append(c.found, -1)
	}
	var loose []int
	for i, col := range c.all {
		switch name := strings.ToLower(col.Name); {
		case strings.Contains(name, text):
			c.found = append(c.found, i)
		case spelled(name, text):
			loose = append(loose, i)
		}
	}
	c.found = append(c.found, loose...)
}

func (c *chooser) key(p *Panel, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, c.k.back):
		p.over = nil
	case key.Matches(msg, c.k.up):
		c.wheel(-1)
	case key.Matches(msg, c.k.down):
		c.wheel(1)
	case key.Matches(msg, c.k.take):
		return c.choose(p, c.at)
	default:
		c.field.Key(msg)
		c.narrow()
	}
	return nil
}

func (c *chooser) choose(p *Panel, i int) tea.Cmd {
	if i >= len(c.found) {
		return nil
	}
	p.over = nil
	if c.found[i] < 0 {
		return c.none()
	}
	return c.take(c.all[c.found[i]].Name)
}

func (c *chooser) draw(p *Panel, d *pen) {
	w, h := min(44, d.W), min(len(c.found)+3, d.H)
	if h = max(h, min(4, d.H)); h > 18 {
		h = 18
	}
	in := d.box(cell.Rect{X: max((d.W-w)/2, 0), Y: max((d.H-h)/2, 0), W: w, H: h}, c.title)
	if in.H < 2 {
		return
	}
	x := in.X + 1 + d.Text(in.X+1, in.Y, "/ ", cell.Readable(d.t.Muted, d.t.Overlay, 4.5), 0)
	c.field.Draw(d.Grid, x, in.Y, max(in.W-4, 1), cell.Readable(d.t.Text, d.t.Overlay, 4.5), cell.Bold)
	c.top = max(min(c.top, c.at), c.at-in.H+2, 0)
	for i := range min(in.H-1, len(c.found)-c.top) {
		c.line(p, d, in, c.top+i, in.Y+1+i)
	}
	if len(c.found) == 0 {
		d.Text(in.X+2, in.Y+1, cell.Cut("no such column", in.W-3), cell.Readable(d.t.Muted, d.t.Overlay, 4.5), 0)
	}
}

func (c *chooser) line(p *Panel, d *pen, in cell.Rect, i, y int) {
	bg, lead := d.t.Overlay, " "
	if i == c.at {
		bg, lead = d.t.Selection, ">"
		d.Rect(in.X, y, in.W, 1, bg)
	}
	d.Text(in.X, y, lead, cell.Readable(d.t.Accent, bg, 3), cell.Bold)
	text, kind := "nothing", ""
	if at := c.found[i]; at >= 0 {
		text, kind = clean(c.all[at].Name), letter(c.all[at].Type)
	}
	d.Text(in.X+2, y, cell.Cut(text, in.W-5), cell.Readable(d.t.Text, bg, 4.5), 0)
	d.Text(in.X+in.W-2, y, kind, cell.Readable(d.t.Muted, bg, 4.5), 0)
	d.hit(in.X, y, in.W, func() tea.Cmd { return c.choose(p, i) })
}
