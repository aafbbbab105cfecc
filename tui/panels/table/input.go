package table

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
)

// act does what the sheet wants done.
func (p *body) act(in sheet.Intent) tea.Cmd {
	switch {
	case in.Sort:
		return p.sortBy(false)
	case in.Mark:
		p.mark()
	case in.Find != "":
		return p.find(in.Find, false)
	case in.What != "":
		return page.Send(page.Copy{Text: in.Copy, What: in.What})
	case in.Notice != "":
		return page.Send(page.Notice{Text: in.Notice})
	case in.Err != nil:
		return p.fail(in.Err)
	}
	return in.Cmd
}

// key does what a key does.
func (p *Panel) key(msg tea.KeyMsg) tea.Cmd {
	k := p.keys
	switch {
	case p.over != nil:
		return p.over.key(p, msg)
	case p.work.running() != nil && key.Matches(msg, k.stop):
		p.work.halt()
		return nil
	case p.shown.rows == nil:
		return nil
	case p.sub != nil:
		return subKey(p, msg)
	case p.sheet.Typing(), p.sheet.Carded():
		before := p.sheet.Typed()
		in, _ := p.sheet.Key(msg)
		if text := p.sheet.Typed(); text != before && text != "" && p.sheet.Typing() && few(p.shown.rows.f) {
			p.sheet.FromBegin()
			return p.find(text, false)
		}
		p.inFull = p.inFull && p.sheet.Carded()
		return p.act(in)
	}
	if cmd, ok := p.stepKey(msg); ok {
		return cmd
	}
	switch {
	case p.env.Panel.Open != nil && msg.String() == "enter":
		return followRow(p)
	case key.Matches(msg, k.save):
		return openExport(p)
	case key.Matches(msg, k.copyTable):
		openCopy(p)
	case key.Matches(msg, k.columns):
		p.over = newColumnList(p)
		return tea.Batch(p.joins.ask(), p.joins.offer(p))
	case key.Matches(msg, k.goTo):
		p.over = newGoTo()
	case key.Matches(msg, k.turn):
		return turn(p)
	case key.Matches(msg, k.values):
		return openValues(p)
	case key.Matches(msg, k.kind):
		return openType(p)
	case key.Matches(msg, k.mark):
		p.mark()
	case key.Matches(msg, k.column):
		return openColumn(p)
	case key.Matches(msg, k.profile):
		toggleProfile(p)
	default:
		in, _ := p.sheet.Key(msg)
		return p.act(in)
	}
	return nil
}

// stepKey does what a key does that makes a step, and reports whether it is
// one.
func (p *Panel) stepKey(msg tea.KeyMsg) (tea.Cmd, bool) {
	k := p.keys
	switch {
	case key.Matches(msg, k.sort):
		return p.sortBy(false), true
	case key.Matches(msg, k.sortAlso):
		return p.sortBy(true), true
	case key.Matches(msg, k.where):
		return openWhere(p, query.Eq), true
	case key.Matches(msg, k.whereNot):
		return openWhere(p, query.Ne), true
	case key.Matches(msg, k.clear):
		return p.keepAll(), true
	case key.Matches(msg, k.undo):
		return p.travel(-1, "undoing"), true
	case key.Matches(msg, k.redo):
		return p.travel(1, "redoing"), true
	case key.Matches(msg, k.hide):
		return p.hide(), true
	case key.Matches(msg, k.freeze):
		return p.freeze(), true
	case key.Matches(msg, k.moveL):
		return p.moveColumn(-1), true
	case key.Matches(msg, k.moveR):
		return p.moveColumn(1), true
	}
	return nil, false
}

// step makes other steps hold.
func (p *body) step(s steps, what string) tea.Cmd {
	p.history.do(s)
	return p.arrange(what)
}

// travel undoes, or does again.
func (p *body) travel(by int, what string) tea.Cmd {
	if !p.history.move(by) {
		return page.Send(page.Notice{Text: map[int]string{-1: "There is nothing to undo.", 1: "There is nothing to do again."}[by]})
	}
	return p.arrange(what)
}

// column is that of the cursor, nil where there is none.
func (p *body) column() *column {
	if r := p.shown.rows; r != nil && p.sheet.Col < len(r.cols) {
		return &r.cols[p.sheet.Col]
	}
	return nil
}

// passTrend goes on where the cursor came upon the sparklines, which hold no
// values: to the other side of them.
func (p *body) passTrend(from int) {
	if c := p.column(); c == nil || c.at >= 0 || p.sheet.Selecting || p.sheet.Col == from {
		return
	}
	to := p.sheet.Col + 1
	if p.sheet.Col < from {
		to = p.sheet.Col - 1
	}
	p.sheet.MoveTo(p.sheet.Row, to)
}

// sortBy goes on to the next order of the cursor's column.
func (p *body) sortBy(also bool) tea.Cmd {
	c := p.column()
	switch {
	case c == nil || c.at < 0:
		return nil
	case !p.data.Complete:
		return page.Send(page.Notice{Text: "Sorting can start when all rows are read."})
	}
	return p.step(p.history.now().sortedBy(c.name, also), "sorting")
}

// keepAll takes all conditions away.
func (p *body) keepAll() tea.Cmd {
	s := p.history.now()
	if len(s.where) == 0 {
		return nil
	}
	s.where = nil
	return p.step(s, "filtering")
}

// hide takes the cursor's column out of view.
func (p *body) hide() tea.Cmd {
	c := p.column()
	if c == nil || len(p.shown.rows.cols) < 2 {
		return page.Send(page.Notice{Text: "The last column stays."})
	}
	s := p.history.now()
	s.hidden = append(slices.Clone(s.hidden), c.name)
	if p.sheet.Col < s.frozen {
		s.frozen = max(s.frozen-1, 1)
	}
	return p.step(s, "hiding")
}

// freeze keeps the columns up to the cursor's in view, or the first alone.
func (p *body) freeze() tea.Cmd {
	s := p.history.now()
	if to := p.sheet.Col + 1; s.frozen != to {
		s.frozen = to
	} else {
		s.frozen = 1
	}
	return p.step(s, "freezing")
}

// moveColumn moves the cursor's column past its neighbour.
func (p *body) moveColumn(by int) tea.Cmd {
	c, cols := p.column(), p.shown.rows.cols
	to := p.sheet.Col + by
	if c == nil || to < 0 || to >= len(cols) {
		return nil
	}
	s := p.history.now()
	order := p.allColumns()
	i, k := slices.Index(order, c.name), slices.Index(order, cols[to].name)
	order[i], order[k] = order[k], order[i]
	s.order = order
	return p.step(s, "moving")
}

// allColumns are the names of all columns in their order, with those that are
// hidden.
func (p *body) allColumns() []string {
	a := p.shown
	a.steps.hidden = nil
	var out []string
	for _, c := range p.columns(a) {
		out = append(out, c.name)
	}
	return out
}

// mark marks the cursor's row, or takes its mark away.
func (p *body) mark() {
	if p.sheet.Size().Rows == 0 {
		return
	}
	place := p.place(p.sheet.Row)
	if p.marks == nil {
		p.marks = map[uint32]bool{}
	}
	if p.marks[place] {
		delete(p.marks, place)
	} else {
		p.marks[place] = true
	}
}

// place is where a row of the table stands in what the page gave.
func (p *body) place(row int) uint32 {
	at, f := uint32(p.sheet.Place(row)), p.shown.rows.f
	if below, rows, ok := query.Places(f); ok && int(at) < len(rows) {
		at, f = rows[at], below
	}
	if f == p.shown.base && f != p.shown.given { // types stand between
		if _, rows, ok := query.Places(p.shown.given); ok && int(at) < len(rows) {
			at = rows[at]
		}
	}
	return at
}

// toggleProfile shows or hides what columns are like: in the heading, and in a
// list beside the table or, where there is no room, in its place.
func toggleProfile(p *Panel) {
	switch {
	case p.width >= listFrom || !p.profiled:
		p.profiled = !p.profiled
	default:
		p.over = &listOver{k: p.keys, own: p.env.Own}
	}
}
