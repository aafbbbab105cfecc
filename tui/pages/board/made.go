package board

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/suggest"
	"github.com/authtabs/tabgate/tui/page"
)

// made is what a page has that says its sources alone: for each a table, and
// below it the charts that fit.
type made struct{ parts []*fitting }

// fitting is the charts that fit a source, and those of them that are shown.
type fitting struct {
	source string
	row    int // where they stand
	charts []suggest.Suggestion
	found  int   // how many of them were suggested; the others were chosen
	shown  []int // as they stand
	moved  bool  // a reader chose among them
	asked  string
	stop   context.CancelFunc
}

// Rows of a page that is made: the table has three fifths.
const (
	tableWeight = 3
	chartWeight = 2
)

// newMade gives a page without rows its tables.
func newMade(b *Board, sources []dashboard.Source) *made {
	m := &made{}
	for i, src := range sources {
		p := dashboard.Panel{Kind: "table", Width: 1, Spec: &dashboard.Table{Source: src.Name}}
		if len(sources) > 1 {
			p.Title = src.Name
		}
		b.slots, b.heights = append(b.slots, newSlotWith(b, 2*i, p, b.opts.Begin)), append(b.heights, tableWeight, chartWeight)
		m.parts = append(m.parts, &fitting{source: src.Name, row: 2*i + 1})
	}
	if b.opts.Own {
		b.foot = 1
	}
	return m
}

// current is the part of the page that the focused panel belongs to, nil where
// the page is not made.
func (m *made) current(b *Board) *fitting {
	if m == nil {
		return nil
	}
	if s := b.focused(); s != nil {
		for _, p := range m.parts {
			if s.uses(p.source) {
				return p
			}
		}
	}
	return m.parts[0]
}

// suggest asks for each source which charts fit.
func (m *made) suggest(b *Board) tea.Cmd {
	if m == nil {
		return nil
	}
	var cmds []tea.Cmd
	for _, p := range m.parts {
		cmds = append(cmds, p.suggest(b))
	}
	return tea.Batch(cmds...)
}

// place puts as many charts on the page as its width has room for.
func (m *made) place(b *Board) tea.Cmd {
	if m == nil {
		return nil
	}
	focused := b.focused()
	old := b.slots
	b.slots = nil
	var cmds []tea.Cmd
	for _, p := range m.parts {
		b.slots = append(b.slots, old[slices.IndexFunc(old, func(s *slot) bool { return s.row == p.row-1 })])
		cmds = append(cmds, p.place(b, old))
	}
	b.focus = max(slices.Index(b.slots, focused), 0)
	b.refocus()
	b.relayout()
	return tea.Batch(append(cmds, b.refeed())...)
}

// isChart reports whether the panel is one of the charts that fit a source.
func (s *slot) isChart() bool { return s.board.made != nil && s.row%2 == 1 }

// columnsNamed are columns by their names; nil = all.
func columnsNamed(names []string) (out []dashboard.TableColumn) {
	for _, name := range names {
		out = append(out, dashboard.TableColumn{Name: name})
	}
	return out
}

// room is how many charts stand beside each other.
func room(w int) int {
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
	part    *fitting
	asked   string
	charts  []suggest.Suggestion
	err     error
}

func (m suggested) of() *figures { return m.figures }

// suggest asks which charts fit, once the figures are complete and where their
// columns are others than before. What a reader made of them counts.
func (p *fitting) suggest(b *Board) tea.Cmd {
	f := baseOf(b, p.source)
	if f == nil || !b.data.feeds[p.source].last.Complete {
		return nil
	}
	asked := columnsText(f)
	if asked == p.asked {
		return nil
	}
	if p.stop != nil {
		p.stop()
	}
	var ctx context.Context
	ctx, p.stop = context.WithCancel(b.env.Ctx)
	p.asked = asked
	figures, source := b.data, p.source
	return func() tea.Msg {
		facts, err := suggest.Count(ctx, f)
		if err != nil {
			return suggested{figures, p, asked, nil, err}
		}
		charts, err := suggest.Charts(ctx, f, facts, suggest.Options{Source: source})
		return suggested{figures, p, asked, charts, err}
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
	p := s.part
	if b.made == nil || !slices.Contains(b.made.parts, p) || p.asked != s.asked {
		return nil
	}
	p.stop()
	p.stop = nil
	if s.err != nil {
		return page.Send(page.Failed{Err: s.err})
	}
	p.renew(s.charts, b.opts.Chart)
	return b.made.place(b)
}

// renew takes the charts that fit now. What a reader chose stays, as far as it is
// among them.
func (p *fitting) renew(charts []suggest.Suggestion, first int) {
	old, shown := p.charts, p.shown
	chosen := old[p.found:]
	p.found = len(charts)
	p.charts = slices.Concat(charts, chosen)
	p.shown = nil
	if p.moved {
		for _, at := range shown {
			if i := slices.IndexFunc(p.charts, func(c suggest.Suggestion) bool { return sameChart(c, old[at]) }); i >= 0 && !slices.Contains(p.shown, i) {
				p.shown = append(p.shown, i)
			}
		}
	}
	if first = min(max(first-1, 0), max(len(charts)-1, 0)); len(p.shown) == 0 && len(charts) > 0 {
		p.shown = append(p.shown, first)
	}
	for i, c := range charts {
		if !slices.Contains(p.shown, i) && c.New && len(p.shown) < mostShown {
			p.shown = append(p.shown, i)
		}
	}
}

// mostShown is how many charts stand beside each other at most.
const mostShown = 3

func sameChart(a, b suggest.Suggestion) bool {
	return a.Title == b.Title && a.Panel.Kind == b.Panel.Kind && reflect.DeepEqual(a.Panel.Spec, b.Panel.Spec)
}

// place puts as many of the charts on the page as its width has room for.
func (p *fitting) place(b *Board, old []*slot) tea.Cmd {
	var cmds []tea.Cmd
	for i, at := range p.seen(b) {
		c := p.charts[at]
		s := p.existing(old, c)
		if s == nil {
			panel := c.Panel
			panel.Title = c.Title
			s = newSlot(b, p.row, panel)
			cmds = append(cmds, s.init(), s.update(page.Shown{}))
		}
		s.hint = ""
		if i == 0 && len(p.charts) > 1 && !b.env.Bare {
			s.hint = fmt.Sprintf("m next chart %d/%d", at+1, len(p.charts))
		}
		b.slots = append(b.slots, s)
	}
	return tea.Batch(cmds...)
}

// seen are the charts that there is room for.
func (p *fitting) seen(b *Board) []int { return p.shown[:min(len(p.shown), room(b.w))] }

// existing is the slot that shows a chart already.
func (p *fitting) existing(old []*slot, c suggest.Suggestion) *slot {
	for _, s := range old {
		if s.row == p.row && sameChart(suggest.Suggestion{Title: s.panel.Title, Panel: s.panel}, c) {
			return s
		}
	}
	return nil
}

// current is which of the shown charts the keys for charts are about: the
// focused one, or the first.
func (p *fitting) current(b *Board) int {
	at := 0
	for _, s := range b.slots {
		if s.row == p.row {
			if s == b.focused() {
				return at
			}
			at++
		}
	}
	return 0
}

// next shows the next chart that fits in the place of the focused one, or of
// the first.
func (p *fitting) next(b *Board) tea.Cmd {
	if p == nil || len(p.charts) < 2 {
		return nil
	}
	at, seen := p.current(b), p.seen(b)
	for step := 1; step <= len(p.charts); step++ {
		if i := (p.shown[at] + step) % len(p.charts); !slices.Contains(seen, i) {
			p.shown[at], p.moved = i, true
			break
		}
	}
	return b.made.place(b)
}
