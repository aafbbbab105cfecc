package board

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// detail shows the rows behind a mark, or first offers the panel's link.
func (b *Board) detail(from *slot, msg panels.Detail) tea.Cmd {
	if from == b.over { // a mark of a chart over the page: its figures are of the panel below
		return tea.Batch(b.closeOver(), from.from.update(msg))
	}
	if from.panel.Open != nil {
		values := map[string]string{}
		for _, c := range msg.Where {
			if c.Op == query.Eq && len(c.Values) == 1 {
				values[c.Field] = c.Values[0]
			}
		}
		if b.links.open(b.env.Theme, from.panel.Open, values) {
			b.offer.other = "the rows"
			b.offer.rows = func() tea.Cmd { return b.openOver(from, msg) }
			return nil
		}
	}
	return b.openOver(from, msg)
}

// openOver shows rows in a table over the page.
func (b *Board) openOver(from *slot, msg panels.Detail) tea.Cmd {
	spec := &dashboard.Table{Source: msg.Source}
	title := msg.Title
	if title == "" {
		title = from.title()
	}
	// The columns that are not named are hidden: the reader can show them.
	s := newSlotWith(b, 0, dashboard.Panel{Kind: "table", Title: title, Width: 1, Spec: spec}, panels.Steps{Columns: from.panel.Detail})
	s.from, s.filter = from, msg.Where
	return tea.Batch(b.cover(s), b.refeed())
}

// openChart shows a chart of figures that a panel counted, over the page.
func (b *Board) openChart(from *slot, msg panels.Chart) tea.Cmd {
	s := newSlot(b, 0, dashboard.Panel{Kind: "vega_lite", Title: msg.Title, Width: 1, Spec: &dashboard.VegaLite{Text: msg.Spec, Source: msg.Source}})
	s.from, s.names = from, nil
	table := panels.Table{Snapshot: source.Snapshot{Seq: 1, Frame: msg.Rows, Complete: true}, Rows: msg.Rows}
	return tea.Batch(b.cover(s), s.update(panels.Data{Sources: map[string]panels.Table{msg.Source: table}}))
}

// cover shows a panel over the page.
func (b *Board) cover(s *slot) tea.Cmd {
	if old := b.focused(); old != nil {
		old.impl.Focus(false)
	}
	b.over = s
	s.impl.Focus(true)
	b.relayout()
	return tea.Batch(s.init(), b.tellSizes(), s.update(page.Shown{}))
}

// closeOver goes back to the page.
func (b *Board) closeOver() tea.Cmd {
	b.over = nil
	if s := b.focused(); s != nil {
		s.impl.Focus(true)
	}
	b.relayout()
	return b.refeed()
}

// named is the message that something of the page was chosen by its name.
type named struct {
	board *Board
	do    func() tea.Cmd
}

var _ page.Lister = (*Board)(nil)

// Named are the inputs and panels, and what the focused panel has.
func (b *Board) Named() (out []page.Named) {
	add := func(name, kind string, do func() tea.Cmd) {
		if name != "" {
			out = append(out, page.Named{Name: name, Kind: kind, Msg: named{b, do}})
		}
	}
	for i, in := range b.bar.inputs {
		add(in.Label, "input", func() tea.Cmd { b.bar.openMenu(i); return nil })
	}
	for i, s := range b.slots {
		if b.over == nil && len(b.slots) > 1 {
			add(s.panel.Title, "panel", func() tea.Cmd { b.focusOn(i, true); return nil })
		}
	}
	if l, ok := b.focusedImpl().(page.Lister); ok {
		s := b.focused()
		for _, n := range l.Named() {
			out = append(out, page.Named{Name: n.Name, Kind: n.Kind, Msg: routed{s, n.Msg}})
		}
	}
	return out
}
