package table

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
)

// complete goes on to what the text can be completed to: names of columns,
// operators, values with their counts.
func (w *whereLine) complete(p *Panel, by int) tea.Cmd {
	if w.fresh {
		w.fresh = false
		w.field.Clear()
	}
	if len(w.found) > 0 {
		return w.choose(p, (w.at+by+len(w.found))%len(w.found))
	}
	return w.look(p)
}

// look finds what the text can be completed to, and takes the first of it. The
// values of a column are counted first, where they are not known.
func (w *whereLine) look(p *Panel) tea.Cmd {
	before, after := w.field.Around(1 << 20)
	unknown := -1
	w.found = query.Complete(before+after, len(before), p.shown.base.Columns(), func(at int) []query.ValueCount {
		if known := p.study.column(at); known != nil {
			return known.Top
		}
		unknown = at
		return nil
	})
	if w.waits = unknown >= 0 && p.data.Complete && (p.study.tasks.busy() || !p.study.asked[unknown]); w.waits && len(w.found) == 0 {
		if cmd := p.study.want([]int{unknown}); cmd != nil {
			return cmd
		}
		return w.lookAgain(p)
	}
	if len(w.found) == 0 {
		return nil
	}
	return w.choose(p, 0)
}

// lookAgain looks again once values that were unknown are counted.
func (w *whereLine) lookAgain(p *Panel) tea.Cmd {
	if !w.waits || p.study.tasks.busy() {
		return nil
	}
	w.waits = false
	return w.look(p)
}

// choose completes the text.
func (w *whereLine) choose(p *Panel, i int) tea.Cmd {
	found := w.found
	c := found[i]
	w.field.Clear()
	w.field.Insert([]rune(c.Text))
	for range []rune(c.Text[min(c.Cursor, len(c.Text)):]) {
		w.field.Key(page.Key("left"))
	}
	cmd := w.read(p)
	w.found, w.at = found, i
	return cmd
}

// labelOf is a completion as it is shown.
func labelOf(c query.Completion) string {
	if c.Rows > 0 {
		return clean(c.Label) + " " + sheet.Thousands(c.Rows)
	}
	return clean(c.Label)
}
