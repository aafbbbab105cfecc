package board

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/suggest"
	"github.com/authtabs/tabgate/tui/page"
)

// made is what a page has that says its sources alone: a table for each, and
// the charts that fit the first.
type made struct {
	source string
	charts []suggest.Suggestion
	shown  []int // of the charts, as they stand
	asked  string
	stop   context.CancelFunc
}

// Rows of a page that is made: the table has three fifths.
const (
	tableWeight = 3
	chartWeight = 2
	chartsRow   = 1 << 20 // below all tables
)

// newMade gives a page without rows its tables.
func newMade(b *Board, sources []dashboard.Source) *made {
	m := &made{source: sources[0].Name}
	for i, src := range sources {
		p := dashboard.Panel{Kind: "table", Width: 1, Spec: &dashboard.Table{Source: src.Name}}
		if len(sources) > 1 {
			p.Title = src.Name
		}
		b.slots, b.heights = append(b.slots, newSlotWith(b, i, p, b.opts.Begin)), append(b.heights, tableWeight)
	}
	if b.opts.Own {
		b.foot = 1
	}
	return m
}

// columnsNamed are columns by their names; nil = all.
func columnsNamed(names []string) (out []dashboard.TableColumn) {
	for _, name := range names {
		out = append(out, dashboard.TableColumn{Name: name})
	}
	return out
}

// room is how many charts stand beside each other.
func (m *made) room(w int) int {
	switch {
	case w >= 150:
		return 3
	case w >= 120:
		return 2
	}
	return 1
}

// suggested is which charts fit.
type suggested struct {
	figures *figures
	made    *made
	asked   string
	charts  []suggest.Suggestion
	err     error
}

func (m suggested) of() *figures { return m.figures }

// suggest asks which charts fit, once the figures are complete and where their
// columns are others than before.
func (m *made) suggest(b *Board) tea.Cmd {
	if m == nil {
		return nil
	}
	snap := b.data.feeds[m.source].last
	if snap.Frame == nil || !snap.Complete {
		return nil
	}
	asked := columnsText(snap.Frame)
	if asked == m.asked {
		return nil
	}
	if m.stop != nil {
		m.stop()
	}
	var ctx context.Context
	ctx, m.stop = context.WithCancel(b.env.Ctx)
	m.asked = asked
	figures, source := b.data, m.source
	return func() tea.Msg {
		facts, err := suggest.Count(ctx, snap.Frame)
		if err != nil {
			return suggested{figures, m, asked, nil, err}
		}
		charts, err := suggest.Charts(ctx, snap.Frame, facts, suggest.Options{Source: source})
		return suggested{figures, m, asked, charts, err}
	}
}

// columnsText tells columns from others, and whether there are rows.
func columnsText(f frame.Frame) string {
	out := fmt.Sprint(f.Len() > 0)
	for _, c := range f.Columns() {
		out += "\x00" + c.Name + "\x01" + c.Type.String()
	}
	return out
}

func (s suggested) take(b *Board) tea.Cmd {
	m := s.made
	if b.made != m || m.asked != s.asked {
		return nil
	}
	m.stop()
	m.stop = nil
	if s.err != nil {
		return page.Send(page.Failed{Err: s.err})
	}
	m.charts = s.charts
	m.shown = nil
	first := min(max(b.opts.Chart-1, 0), max(len(m.charts)-1, 0))
	if len(m.charts) > 0 {
		m.shown = append(m.shown, first)
	}
	for i, c := range m.charts {
		if i != first && c.New && len(m.shown) < 3 {
			m.shown = append(m.shown, i)
		}
	}
	return m.place(b)
}

// place puts as many of the charts on the page as its width has room for.
func (m *made) place(b *Board) tea.Cmd {
	if m == nil || m.charts == nil {
		return nil
	}
	focused := b.focused()
	var tables, old []*slot
	for _, s := range b.slots {
		if s.row == chartsRow {
			old = append(old, s)
		} else {
			tables = append(tables, s)
		}
	}
	var cmds []tea.Cmd
	b.slots = tables
	for i, at := range m.shown[:min(len(m.shown), m.room(b.w))] {
		c := m.charts[at]
		s := m.existing(old, c)
		if s == nil {
			p := c.Panel
			p.Title = c.Title
			s = newSlot(b, chartsRow, p)
			cmds = append(cmds, s.init(), s.update(page.Shown{}))
		}
		s.hint = ""
		if i == 0 && len(m.charts) > 1 && !b.env.Bare {
			s.hint = fmt.Sprintf("m next chart %d/%d", at+1, len(m.charts))
		}
		b.slots = append(b.slots, s)
	}
	b.focus = 0
	for i, s := range b.slots {
		if s == focused {
			b.focus = i
		}
	}
	b.refocus()
	b.relayout()
	return tea.Batch(append(cmds, b.refeed())...)
}

// existing is the slot that shows a chart already.
func (m *made) existing(old []*slot, c suggest.Suggestion) *slot {
	for _, s := range old {
		if s.panel.Title == c.Title && s.panel.Kind == c.Panel.Kind {
			return s
		}
	}
	return nil
}

// current is which of the shown charts the keys for charts are about: the
// focused one, or the first.
func (m *made) current(b *Board) int {
	at := 0
	if s := b.focused(); s != nil && s.row == chartsRow {
		at = b.focus - (len(b.slots) - min(len(m.shown), m.room(b.w)))
	}
	return max(min(at, len(m.shown)-1), 0)
}

// next shows the next chart that fits in the place of the focused one, or of
// the first.
func (m *made) next(b *Board) tea.Cmd {
	if len(m.charts) < 2 {
		return nil
	}
	at := m.current(b)
	used := map[int]bool{}
	for _, i := range m.shown[:min(len(m.shown), m.room(b.w))] {
		used[i] = true
	}
	for step := 1; step <= len(m.charts); step++ {
		if i := (m.shown[at] + step) % len(m.charts); !used[i] {
			m.shown[at] = i
			break
		}
	}
	return m.place(b)
}
