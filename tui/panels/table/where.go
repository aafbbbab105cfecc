package table

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/sheet"
	"github.com/authtabs/tabgate/tui/widget"
)

// maxWhere is the longest line of conditions, in characters.
const maxWhere = 500

// whereLine asks which rows to keep. The rows left are counted while it is
// typed, what is wrong is said below it.
type whereLine struct {
	field widget.Field
	fresh bool // the text stands for what is typed first
	k     keyMap

	where  query.Where // what the text means
	bad    error
	count  int // rows left; -1 = not known yet
	counts tasks

	found []query.Completion // what tab completes the text to
	at    int                // which of them it was completed to; -1 = none
	waits bool               // for the values of a column to be counted
}

// openWhere asks for conditions, with one that the cursor's cell fulfils, or
// does not.
func openWhere(p *Panel, op query.Op) tea.Cmd {
	c := p.column()
	if c == nil {
		return nil
	}
	k := newKeyMap()
	k.take.SetHelp("enter", "keep these")
	w := &whereLine{field: widget.Field{Limit: maxWhere}, fresh: true, k: k, count: -1, at: -1}
	w.counts.ctx = p.env.Ctx
	if c.at >= 0 {
		w.field.Insert([]rune(cellCondition(p, c, op).String()))
	}
	p.over = w
	return w.read(p)
}

// cellCondition is what the cursor's cell fulfils, or does not.
func cellCondition(p *Panel, c *column, op query.Op) query.Where {
	place := p.sheet.Place(p.sheet.Row)
	b, err := frame.Rows(p.env.Ctx, p.shown.rows.f, []int{c.at}, place, 1)
	if err != nil || b.Len == 0 || b.Columns[0].IsNull(0) {
		if op == query.Ne {
			return query.Where{{Field: c.name, Op: query.IsFilled}}
		}
		return query.Where{{Field: c.name, Op: query.IsNull}}
	}
	return query.Where{{Field: c.name, Op: op, Values: []string{b.Columns[0].String(0)}}}
}

func (*whereLine) wheel(int) {}

func (w *whereLine) keys() []key.Binding {
	return []key.Binding{w.k.take, bind("tab", "complete", "tab"), w.k.back, widget.Erase, widget.Move}
}

func (w *whereLine) key(p *Panel, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, w.k.back):
		w.counts.end()
		p.over = nil
	case key.Matches(msg, w.k.take):
		return w.take(p)
	case msg.String() == "tab":
		return w.complete(p, 1)
	case msg.String() == "shift+tab":
		return w.complete(p, -1)
	default:
		return w.typed(p, msg)
	}
	return nil
}

// typed takes a key that edits the text. The text that it began with is
// replaced by what is typed.
func (w *whereLine) typed(p *Panel, msg tea.KeyMsg) tea.Cmd {
	if w.fresh && (msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace) && !msg.Alt {
		w.field.Clear()
	}
	before := w.field.String()
	if w.field.Key(msg); w.fresh || w.field.String() != before {
		w.fresh, w.at, w.found = false, -1, nil
		return w.read(p)
	}
	return nil
}

// read finds out what the text means, and how many rows it leaves.
func (w *whereLine) read(p *Panel) tea.Cmd {
	w.counts.end()
	w.where, w.bad, w.count = nil, nil, -1
	text := strings.TrimSpace(w.field.String())
	if text == "" {
		w.count = p.sheet.Size().Rows
		return nil
	}
	current := -1
	if c := p.column(); c != nil {
		current = c.at
	}
	f := p.shown.base
	if w.where, w.bad = query.Parse(text, f.Columns(), current); w.bad != nil {
		return nil
	}
	all := append(slices.Clone(p.history.now().where), w.where...)
	do := func(ctx context.Context, tell func(float64)) (func() tea.Cmd, error) {
		rows, err := query.Select(ctx, f, all, tell)
		return func() tea.Cmd {
			w.count = len(rows)
			return nil
		}, err
	}
	if small(f) {
		apply, err := do(p.env.Ctx, func(float64) {})
		if err != nil {
			w.bad = err
			return nil
		}
		return apply()
	}
	return w.counts.start("counting", nil, do)
}

// take keeps the rows.
func (w *whereLine) take(p *Panel) tea.Cmd {
	if w.bad != nil {
		return nil
	}
	w.counts.end()
	p.over = nil
	if len(w.where) == 0 {
		return nil
	}
	s := p.history.now()
	s.where = append(slices.Clone(s.where), w.where...)
	return p.step(s, "filtering")
}

func (w *whereLine) draw(p *Panel, d *pen) {
	y, bg := max(d.H-2, 0), d.t.Surface
	d.Rect(0, y, d.W, 2, bg)
	muted, text := cell.Readable(d.t.Muted, bg, 4.5), cell.Readable(d.t.Text, bg, 4.5)
	left := w.left(p)
	x := 1 + d.Text(1, y, "where ", muted, 0)
	room := max(d.W-x-cell.Width(left)-3, 4)
	if w.fresh {
		text = cell.Readable(d.t.Accent, bg, 4.5)
	}
	w.field.Draw(d.Grid, x, y, room, text, cell.Bold)
	d.Text(d.W-1-cell.Width(left), y, left, muted, 0)
	if y+1 >= d.H {
		return
	}
	if w.bad != nil {
		w.drawBad(d, x, y, room)
		return
	}
	w.drawFound(p, d, y+1)
}

// drawBad says what is wrong, and underlines where.
func (w *whereLine) drawBad(d *pen, x, y, room int) {
	bg := d.t.Surface
	bad := cell.Readable(d.t.Bad, bg, 4.5)
	d.Text(1, y+1, cell.Cut(clean(w.bad.Error()), d.W-2), bad, 0)
	var at *query.SyntaxError
	if text := []rune(w.field.String()); errors.As(w.bad, &at) && at.At <= len(text) && cell.Width(string(text)) < room {
		from := x + cell.Width(string(text[:at.At]))
		for i := from; i < max(x+cell.Width(string(text)), from+1); i++ {
			if c := d.At(i, y); c != nil {
				c.FG, c.Attr = cell.FromRGB(bad), c.Attr|cell.Underline
			}
		}
	}
}

// left says how many rows are left.
func (w *whereLine) left(p *Panel) string {
	total := sheet.Thousands(p.shown.base.Len())
	switch {
	case w.bad != nil:
		return ""
	case w.count < 0:
		return "… of " + total
	}
	text := sheet.Thousands(w.count) + " of " + total
	if p.width >= 60 {
		text += " " + plural(p.shown.base.Len(), "row", "rows")
	}
	return text
}

// drawFound draws what the text can be completed to, or what can be written.
func (w *whereLine) drawFound(p *Panel, d *pen, y int) {
	bg := d.t.Surface
	muted := cell.Readable(d.t.Muted, bg, 4.5)
	if len(w.found) == 0 {
		d.Text(1, y, cell.Cut("= != < <= > >= ~ !~ in a, b  1..5  empty filled  and", d.W-2), muted, 0)
		return
	}
	x, from := 1, max(w.at, 0)
	for room := d.W - 2; from > 0; from-- { // as many before it as fit
		if room -= cell.Width(labelOf(w.found[from])) + 2; room < cell.Width(labelOf(w.found[from-1]))+2 {
			break
		}
	}
	for i := from; i < len(w.found); i++ {
		text := " " + labelOf(w.found[i]) + " "
		if x+cell.Width(text) > d.W-1 {
			break
		}
		fg, attr := muted, cell.Attr(0)
		if i == w.at {
			fg, attr = cell.Readable(d.t.Accent, bg, 4.5), cell.Bold|cell.Underline
		}
		d.Text(x, y, text, fg, attr)
		d.hit(x, y, cell.Width(text), func() tea.Cmd { return w.choose(p, i) })
		x += cell.Width(text)
	}
}
