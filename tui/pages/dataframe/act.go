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

// tableKey does what acts on the table, if there is one to act on.
func (f *frame) tableKey(msg tea.KeyMsg) tea.Cmd {
	if f.body().len() == 0 {
		return nil
	}
	k := f.keys
	switch {
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
	case key.Matches(msg, k.copyCell):
		return f.copySelection()
	case key.Matches(msg, k.copyAll):
		return f.copyTable()
	case key.Matches(msg, k.save):
		return f.export()
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

func (f *frame) openPicks() {
	if f.sheet == nil && f.load.have {
		f.mode = choosing
		f.picks.query, f.picks.at, f.picks.top = "", 0, 0
		f.picks.filter()
	}
}

func (f *frame) clearPicks() {
	if f.sheet != nil {
		f.sheet.marked = nil
		return
	}
	f.picks.clear()
	f.refill()
}

func (f *frame) chooseKey(msg tea.KeyMsg) tea.Cmd {
	k, p := f.keys, &f.picks
	switch {
	case key.Matches(msg, k.done):
		f.mode = browsing
	case key.Matches(msg, k.pick):
		if p.take(p.at) {
			f.refill()
		}
	case key.Matches(msg, k.pop):
		if p.rubbed() {
			f.refill()
		}
	case key.Matches(msg, k.pickClear):
		f.clearPicks()
	case key.Matches(msg, k.optionUp):
		p.move(-1)
	case key.Matches(msg, k.optionDown):
		p.move(1)
	case key.Matches(msg, k.optionPgUp):
		p.move(-8)
	case key.Matches(msg, k.optionPgDown):
		p.move(8)
	case msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace:
		p.typed(string(msg.Runes))
	}
	return nil
}

func (f *frame) openSearch() {
	f.mode = searching
	f.find = find{begin: place{f.grid.row, f.grid.col}}
}

func (f *frame) searchKey(msg tea.KeyMsg) tea.Cmd {
	k := f.keys
	switch {
	case key.Matches(msg, k.findStop):
		f.mode = browsing
		f.dropSearch()
		return nil
	case key.Matches(msg, k.findDone):
		f.mode = browsing
		if f.sheet != nil && f.find.query != "" {
			return f.sheet.search(f.load.seq, f.find.query)
		}
		return nil
	case key.Matches(msg, k.pop):
		f.find.query = dropRune(f.find.query)
	case msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace:
		f.find.query = appendText(f.find.query, string(msg.Runes))
	default:
		return nil
	}
	if f.sheet == nil {
		f.find.in(f.body())
		f.jump(f.find.from(f.find.begin))
	}
	return nil
}

func (f *frame) jump(p place, ok bool) {
	if ok {
		f.grid.moveTo(p.row, p.col, f.body(), false)
	}
}

// step goes to another match.
func (f *frame) step(by int) tea.Cmd {
	if f.sheet != nil {
		return f.stepRows(by)
	}
	f.jump(f.find.step(by))
	return nil
}

func (f *frame) dropSearch() {
	f.find = find{}
	f.grid.selecting = false
	if f.sheet != nil && f.sheet.busy == "searching" {
		f.sheet.stop()
		f.sheet.seq++
		f.sheet.busy = ""
	}
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
	f.mem.fill(f.table, f.picks.chosen, f.show)
	f.mem.sort(f.grid.sortCol, f.grid.sortBy)
	f.grid.left = max(f.grid.left, 1)
	f.grid.clamp(&f.mem)
	f.refind()
}

// refind searches again in what has changed.
func (f *frame) refind() {
	if f.find.done && f.sheet == nil {
		at := f.find.at
		f.find.in(&f.mem)
		f.find.at = min(at, max(len(f.find.cells)-1, 0))
	}
}
