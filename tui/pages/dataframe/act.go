package dataframe

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
)

// clean makes text from a file fit for one line.
func clean(s string) string { return session.Clean(s, 200) }

func (f *frame) key(msg tea.KeyMsg) tea.Cmd {
	switch f.mode {
	case choosing:
		return f.chooseKey(msg)
	case searching:
		return f.searchKey(msg)
	}
	k := f.keys
	if key.Matches(msg, k.reload) {
		return f.reload()
	}
	if !f.load.have {
		return nil
	}
	if f.moveKey(msg) {
		return nil
	}
	switch {
	case key.Matches(msg, k.choose):
		f.openPicks()
	case key.Matches(msg, k.pop):
		if f.sheet == nil && f.picks.pop() {
			f.refill()
		}
	case key.Matches(msg, k.clear):
		f.clearPicks()
	case key.Matches(msg, k.mark) && f.sheet != nil:
		return f.sheet.toggle(f.load.seq, f.grid.row, f.grid.col)
	case key.Matches(msg, k.full):
		f.pane = (f.pane + 1) % 3
	case key.Matches(msg, k.palette):
		f.safe = !f.safe
	case key.Matches(msg, k.escape):
		f.dropSearch()
	}
	return f.tableKey(msg)
}

// tableKey does what acts on the table, if there is one to act on. What shows
// in the table alone does nothing while the chart has all the room.
func (f *frame) tableKey(msg tea.KeyMsg) tea.Cmd {
	k := f.keys
	switch {
	case f.body().len() == 0:
		return nil
	case key.Matches(msg, k.copyAll):
		return f.copyTable()
	case key.Matches(msg, k.save):
		return f.export()
	case !f.tableShown():
		return nil
	case key.Matches(msg, k.sort):
		return f.sortBy(f.grid.col)
	case key.Matches(msg, k.search):
		f.openSearch()
	case key.Matches(msg, k.next):
		return f.step(1)
	case key.Matches(msg, k.prev):
		return f.step(-1)
	case key.Matches(msg, k.stats) && f.sheet != nil:
		return f.sheet.summary(f.load.seq, f.grid.col)
	case key.Matches(msg, k.wider):
		f.widen(widthStep)
	case key.Matches(msg, k.narrower):
		f.widen(-widthStep)
	case key.Matches(msg, k.fit):
		f.fitWidths()
	case key.Matches(msg, k.copyCell):
		return f.copySelection()
	}
	return nil
}

// moveKey moves the cursor.
func (f *frame) moveKey(msg tea.KeyMsg) bool {
	k, g, b := f.keys, &f.grid, f.body()
	last := len(b.columns()) - 1
	step := max(g.page-1, 1)
	switch {
	case key.Matches(msg, k.up):
		g.move(-1, 0, b, false)
	case key.Matches(msg, k.down):
		g.move(1, 0, b, false)
	case key.Matches(msg, k.left):
		g.move(0, -1, b, false)
	case key.Matches(msg, k.right):
		g.move(0, 1, b, false)
	case key.Matches(msg, k.pageUp):
		g.move(-step, 0, b, false)
	case key.Matches(msg, k.pageDown):
		g.move(step, 0, b, false)
	case key.Matches(msg, k.top):
		g.moveTo(0, g.col, b, false)
	case key.Matches(msg, k.bottom):
		g.moveTo(b.len()-1, g.col, b, false)
	case key.Matches(msg, k.home):
		g.moveTo(g.row, 0, b, false)
		g.left = 1
	case key.Matches(msg, k.end):
		g.moveTo(g.row, last, b, false)
	case key.Matches(msg, k.extendUp):
		g.move(-1, 0, b, true)
	case key.Matches(msg, k.extendDown):
		g.move(1, 0, b, true)
	case key.Matches(msg, k.extendL):
		g.move(0, -1, b, true)
	case key.Matches(msg, k.extendR):
		g.move(0, 1, b, true)
	default:
		return false
	}
	return true
}

// sortBy goes on to the next of the three orders of a column.
func (f *frame) sortBy(col int) tea.Cmd {
	g := &f.grid
	by := ascending
	if g.sortCol == col {
		by = g.sortBy.next()
	}
	if f.sheet != nil {
		if !f.sheet.progress.Done {
			return page.Send(page.Notice{Text: "Sorting can start when all rows are read."})
		}
		return f.sheet.sort(f.load.seq, col, by)
	}
	g.sortCol, g.sortBy = col, by
	f.mem.sort(col, by)
	f.refind()
	return nil
}

// refill takes the chosen regions into the table, in the order that is set.
func (f *frame) refill() {
	f.show = f.mem.fill(f.table, f.picks.chosen, f.show)
	f.mem.sort(f.grid.sortCol, f.grid.sortBy)
	f.grid.left = max(f.grid.left, 1)
	f.grid.clamp(&f.mem)
	f.refind()
}
