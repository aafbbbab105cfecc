// Package table is the panel of rows: it shows a frame of any size and answers
// to keys and the mouse. A reader sorts, finds, copies, exports, hides, moves
// and freezes columns; each change is a step that can be undone.
//
// tui/sheet draws cells and has the cursor; rows give it those of a frame;
// steps say which, and in which order; arrange makes it so, off the loop where
// that takes time.
package table

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/sheet"
)

// body is what the table shows, and what can be done with it.
type body struct {
	env  panels.Env
	spec spec

	data    panels.Table
	have    bool // data was given
	history history
	shown   arranged
	memory
	shownAt int // the place in the history of the steps that are shown
	sheet   *sheet.Sheet
	work    works
	study   study
	// profiled says that heading and list tell what columns are like.
	profiled bool
	marks    map[uint32]bool // rows of what the page gave
	joins    joins
	goTo     string        // the source whose columns the cursor goes to when they are there
	shape    panels.Shaped // what the page was told last
	more     int           // rows that came since the last one was in view
}

// Panel is the panel.
type Panel struct {
	body
	keys  keyMap
	over  overlay // what is above the table and gets the keys; nil = nothing
	sub   sub     // what is in the place of the rows; nil = they are shown
	focus bool

	list   profileList
	link   link
	inFull bool // the card is that of a column
	begun  bool // with the values that it was to begin with
	placed bool // the cursor was placed, or moved by somebody
	// touched says that somebody pressed a key or the mouse in it.
	touched bool

	width, height int
	changed       bool // since it was drawn
	laid          bool // it was laid out since it changed
	pen           pen
}

var (
	_ panels.Panel  = (*Panel)(nil)
	_ panels.Titler = (*Panel)(nil)
	_ page.Exporter = (*Panel)(nil)
	_ page.Noter    = (*Panel)(nil)
	_ page.Lister   = (*Panel)(nil)
)

// New makes the panel of a *dashboard.Table.
func New(env panels.Env) panels.Panel {
	p := &Panel{body: body{env: env}, keys: newKeyMap(), changed: true}
	if t, ok := env.Panel.Spec.(*dashboard.Table); ok {
		p.spec = spec{*t}
	}
	p.history.list = []steps{begin(p.spec.Table, env.Begin)}
	p.link.tasks.ctx = env.Ctx
	p.work.begin(env.Ctx)
	p.joins.tasks.ctx = env.Ctx
	p.study.tasks.ctx, p.profiled = env.Ctx, env.Own
	p.sheet = sheet.New(env.Ctx, &rows{f: nothing, all: true})
	p.sheet.FindNames()
	return p
}

// DrawsTitle says that the panel has a title of its own.
func (p *Panel) DrawsTitle() {}

// Init does nothing: figures are given.
func (p *Panel) Init() tea.Cmd { return nil }

// Focus tells whether keys go to the panel.
func (p *Panel) Focus(on bool) { p.changed, p.focus = p.changed || p.focus != on, on }

// Capturing reports whether text is typed, or a menu is open whose letters are
// not for anybody else.
func (p *Panel) Capturing() bool { return p.grid().Typing() || p.over != nil }

// SetSize takes the room that the panel has.
func (p *Panel) SetSize(width, height int) {
	if p.width != width || p.height != height {
		p.width, p.height = max(width, 0), max(height, 0)
		p.changed, p.laid = true, false
	}
}

// Update takes a message.
func (p *Panel) Update(msg tea.Msg) tea.Cmd {
	rows := p.shown.rows
	cmd, changed := p.update(msg)
	switch msg := msg.(type) {
	case tea.KeyMsg:
		p.touched = true
	case tea.MouseMsg:
		p.touched = p.touched || msg.Action == tea.MouseActionPress
	case page.Resized:
		changed = true
	}
	if !changed {
		return nil
	}
	if p.sub != nil && p.shown.rows != rows {
		cmd = tea.Batch(cmd, p.sub.renew(p))
	}
	p.changed, p.laid = true, false
	if p.shown.rows != nil {
		p.layOut() // It decides which rows are seen.
		if p.sub != nil {
			cmd = tea.Batch(cmd, p.act(p.sub.table().Need()))
		}
		cmd = tea.Batch(cmd, p.need(), p.study.want(p.studied()), tellCursor(p))
		placeCursor(p)
	}
	switch msg.(type) {
	case panels.Data, page.Resized, finished:
		turnFew(p)
	}
	return cmd
}

func (p *Panel) update(msg tea.Msg) (cmd tea.Cmd, changed bool) {
	switch msg := msg.(type) {
	case panels.Data:
		return tea.Batch(p.given(msg), beginValues(p)), true
	case sheet.Answer:
		cmd := p.act(p.sheet.Take(msg))
		if p.sub != nil {
			cmd = tea.Batch(cmd, p.act(p.sub.table().Take(msg)))
		}
		return cmd, true
	case finished:
		w, typing := p.over.(*whereLine)
		counted := typing && w.counts.take(msg)
		followed := p.link.tasks.take(msg)
		if !followed && !counted && !p.work.take(msg) && !p.study.tasks.take(msg) && !p.joins.tasks.take(msg) {
			return nil, false
		}
		if followed && msg.err != nil {
			return nil, false // whose cursor it is says what is wrong with its figures
		}
		if counted && msg.err != nil {
			w.bad = msg.err
			return nil, true
		}
		if msg.err != nil {
			p.history.at = p.shownAt
			return p.fail(msg.err), true
		}
		cmd := tea.Batch(msg.apply(), beginValues(p))
		placeCursor(p)
		if typing {
			cmd = tea.Batch(cmd, w.lookAgain(p))
		}
		return cmd, true
	case toColumn:
		return msg.take(p), true
	case rowAsked:
		return p.act(p.sheet.OpenRow()), true
	case panels.Detail:
		if v, ok := p.sub.(*values); ok {
			return v.picked(p, msg.Where), true
		}
		return nil, false
	case panels.Beside:
		return p.joins.take(p, msg), true
	case panels.Cursor:
		return follow(p, msg), true
	case progressed:
		return tea.Batch(p.work.told(msg), p.study.tasks.told(msg)), true
	case studyAgain:
		if msg.of == &p.study {
			p.study.again()
		}
		return nil, true
	case page.Rethemed:
		clear(p.study.drawn)
		return nil, true
	case tea.KeyMsg:
		p.placed = true
		col := p.sheet.Col
		cmd := p.key(msg)
		p.passTrend(col)
		return cmd, true
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil, false
}

// given takes the figures.
func (p *Panel) given(d panels.Data) tea.Cmd {
	t, ok := d.Sources[p.spec.Source]
	if !ok {
		return nil
	}
	told := p.readAnew(t)
	t.Rows = inUnits(t.Rows, p.spec.Table)
	p.data, p.have = t, true
	if p.base() == nil {
		p.shown = arranged{}
		return nil
	}
	if p.shown.rows == nil {
		resume(&p.body)
	}
	return tea.Batch(told, p.arrange(asData))
}

// readAnew tells that a file was replaced while it was shown.
func (p *Panel) readAnew(t panels.Table) tea.Cmd {
	if !t.Replaced || t.Seq == p.data.Seq || p.shown.rows == nil {
		return nil
	}
	return page.Send(page.Notice{Text: p.name() + " was read anew: it is another file now, or was cut."})
}

// fail shows an error in the footer.
func (p *body) fail(err error) tea.Cmd { return page.Send(page.Failed{Err: err}) }

// Draw draws the panel.
func (p *Panel) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, p.changed) {
		return false
	}
	p.draw(g)
	p.changed = false
	return true
}

// layOut finds out where things are, as the state says now.
func (p *Panel) layOut() {
	if !p.laid {
		p.draw(&cell.Grid{W: p.width, H: p.height})
	}
}
