package dataframe

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/widget"
)

func (f *frame) openSearch() {
	f.mode = searching
	f.find = find{field: widget.Field{Limit: maxQuery}, begin: place{f.grid.row, f.grid.col}}
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
		if f.sheet != nil && !f.find.field.Empty() {
			return f.sheet.search(f.load.seq, f.find.query())
		}
		return nil
	}
	query := f.find.query()
	if f.find.field.Key(msg); f.find.query() != query && f.sheet == nil {
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

// dropSearch forgets the search and the selection, and stops what takes long.
func (f *frame) dropSearch() {
	f.find = find{}
	f.grid.selecting = false
	if f.sheet != nil {
		f.sheet.halt()
	}
}

// refind searches again in what has changed.
func (f *frame) refind() {
	if f.find.done && f.sheet == nil {
		at := f.find.at
		f.find.in(&f.mem)
		f.find.at = min(at, max(len(f.find.cells)-1, 0))
	}
}
