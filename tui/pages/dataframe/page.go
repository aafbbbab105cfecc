package dataframe

import (
	"context"
	"errors"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
	"github.com/authtabs/tabgate/tui/widget"
)

var _ page.Hoverer = (*Page)(nil)

// New makes the page.
func New(env page.Env, src Source, o Options) page.Page { return newPage(env, src, o) }

// Init asks for the figures.
func (f *Page) Init() tea.Cmd { return f.reload() }

// Capturing reports whether text is typed.
func (f *Page) Capturing() bool { return f.choosing || f.table.Typing() }

// Hovering says that the page shows what is under the mouse: it wants all
// motion.
func (f *Page) Hovering() bool { return f.load.have }

// SetSize takes the room that the page has.
func (f *Page) SetSize(width, height int) {
	if f.width != width || f.height != height {
		f.width, f.height = max(width, 0), max(height, 0)
		f.drawn, f.laid = false, false
	}
}

// Update takes a message.
func (f *Page) Update(msg tea.Msg) tea.Cmd {
	cmd, changed := f.update(msg)
	if !changed {
		return nil
	}
	f.drawn, f.laid = false, false
	if f.load.have && !f.table.Size().Whole {
		f.layOut() // It decides which rows are seen.
		cmd = tea.Batch(cmd, f.act(f.table.Need()))
	}
	return cmd
}

func (f *Page) update(msg tea.Msg) (cmd tea.Cmd, changed bool) {
	switch msg := msg.(type) {
	case loaded:
		return f.loaded(msg), true
	case answer:
		return msg.take(f), true
	case sheet.Answer:
		return f.act(f.table.Take(msg)), true
	case saved:
		return msg.tell(), true
	case page.Rethemed:
		return nil, true
	case page.Hidden, page.Left:
		return nil, f.leave()
	case tea.KeyMsg:
		f.leave()
		return f.key(msg), true
	case tea.MouseMsg:
		if msg.Action == tea.MouseActionMotion && msg.Button == tea.MouseButtonNone {
			return nil, f.hovered(msg)
		}
		if msg.Action != tea.MouseActionPress && !f.drags && !f.table.Held() {
			return nil, false
		}
		return f.mouse(msg), true
	}
	return nil, false
}

// take puts a column into the chart.
func (m profiled) take(f *Page) tea.Cmd {
	switch {
	case m.of != f.file || errors.Is(m.err, context.Canceled):
	case m.err != nil:
		return complain(m.err)
	default:
		f.file.mark(m.mark)
	}
	return nil
}

// Draw draws the page.
func (f *Page) Draw(g *cell.Grid) bool {
	if !g.Redraw(f, !f.drawn) {
		return false
	}
	f.draw(g)
	f.drawn = true
	return true
}

// KeysShown lists the keys on the buttons that were drawn.
func (f *Page) KeysShown() []string { return append(f.pen.keys, f.table.Tools...) }

// Keys gives the keys of what is typed, and after them those of the page, which
// act while nothing is.
func (f *Page) Keys() []key.Binding {
	k, t := f.keys, f.table.Keys
	var out []key.Binding
	switch {
	case f.choosing && f.regions.field.Empty():
		out = []key.Binding{k.pick, k.optionUp, k.done, k.pop, k.pickClear}
	case f.choosing:
		out = []key.Binding{k.pick, k.optionUp, k.done, widget.Erase, widget.Move, k.pickClear}
	case f.table.Typing():
		if !f.table.Size().Whole {
			t.FindDone.SetHelp("enter", "find all")
		}
		out = []key.Binding{t.FindDone, t.FindStop, widget.Erase, widget.Move}
	case f.table.Carded():
		out = []key.Binding{t.Escape, t.Up, t.Down, t.PageUp, t.PageDown, t.Top, t.Bottom, t.Copy}
	}
	return append(out, f.browsingKeys()...)
}

// browsingKeys are those that move and act on the table or the chart, as far
// as they are in view.
func (f *Page) browsingKeys() []key.Binding {
	k, t := f.keys, f.table.Keys
	file, table, busy := f.file != nil, f.tableShown(), f.table.Busy()
	browsing := !f.Capturing() && !f.table.Carded()
	figures := browsing && f.load.have && (file || len(f.regions.picked) > 0)
	var out []key.Binding
	add := func(when bool, keys ...key.Binding) {
		for _, b := range keys {
			b.SetEnabled(when)
			out = append(out, b)
		}
	}
	if busy != "" {
		t.Escape.SetHelp("esc", "stop "+busy)
	}
	if file {
		add(figures, k.mark)
	} else {
		add(browsing && f.load.have, k.choose)
	}
	add(figures && table && f.table.Found(), t.Next, t.Prev)
	add(figures && table, t.Search, t.Card)
	if file {
		add(figures, k.about)
	}
	add(figures, k.full, t.Left, t.Right)
	add(figures && table, t.Sort)
	add(figures, k.save)
	add(figures && table, t.Copy)
	add(figures, t.CopyAll)
	add(figures && table, t.Up, t.Down, t.PageUp, t.PageDown, t.Top, t.Bottom)
	add(figures, t.Home, t.End)
	add(figures && table, t.ExtendUp, t.Wider)
	add(figures && table && len(f.table.Widths) > 0, t.Fit)
	if !file {
		add(figures, k.pop)
	}
	add(figures && (!file || len(f.file.marked) > 0), k.clear)
	add(figures && f.fig.charts() && manyColours(f.env.Theme), k.palette)
	add(!f.Capturing(), k.reload)
	add(busy != "" || figures && (f.table.Found() || f.table.Selecting), t.Escape)
	return out
}
