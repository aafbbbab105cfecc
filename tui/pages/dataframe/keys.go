package dataframe

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/tui/widget"
)

// keyMap is every key of the page. The arrows move one cursor, which is a
// column of the table and an x of the chart at once.
type keyMap struct {
	choose, pop, clear, mark                 key.Binding
	up, down, left, right                    key.Binding
	pageUp, pageDown, top, bottom, home, end key.Binding
	extendUp, extendDown, extendL, extendR   key.Binding
	sort, search, next, prev, stats          key.Binding
	copyCell, copyAll, save, full, palette   key.Binding
	wider, narrower, fit                     key.Binding
	reload, escape                           key.Binding

	pick, done, pickClear    key.Binding // while the dropdown is open
	findDone, findStop       key.Binding // while a search is typed
	optionUp, optionDown     key.Binding
	optionPgUp, optionPgDown key.Binding
}

func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

func newKeyMap() keyMap {
	return keyMap{
		choose: bind("c", "choose countries", "c"),
		pop:    bind("backspace", "remove the last country", "backspace", "ctrl+h"),
		clear:  bind("x", "clear all", "x"),
		mark:   bind("space", "put into the chart", " "),
		up:     bind("↑", "row up", "up", "k"), down: bind("↓", "row down", "down", "j"),
		left: bind("←/→", "column", "left", "h"), right: bind("→", "column right", "right"),
		pageUp: bind("pgup", "page up", "pgup", "ctrl+b"), pageDown: bind("pgdn", "page down", "pgdown", "ctrl+f"),
		top: bind("g", "first row", "g", "ctrl+home"), bottom: bind("G", "last row", "G", "ctrl+end"),
		home: bind("home", "first column", "home", "^"), end: bind("end", "last column", "end", "$"),
		extendUp: bind("shift+arrows", "select a range", "shift+up"), extendDown: bind("", "", "shift+down"),
		extendL: bind("", "", "shift+left"), extendR: bind("", "", "shift+right"),
		sort: bind("s", "sort by this column", "s"), search: bind("/", "search", "/"),
		next: bind("n", "next match", "n"), prev: bind("N", "previous match", "N"),
		stats:    bind("i", "sum this column up", "i"),
		copyCell: bind("y", "copy the selection", "y"), copyAll: bind("Y", "copy the table", "Y"),
		save: bind("e", "export CSV", "e"), full: bind("f", "table, chart or both", "f"),
		wider: bind("< >", "column narrower, wider", ">", "."), narrower: bind("", "", "<", ","),
		fit:     bind("=", "widths that fit", "="),
		palette: bind("p", "other colours", "p"), reload: bind("r", "load again", "r"),
		escape: bind("esc", "drop search and selection", "esc"),

		pick: bind("enter", "take", "enter"), done: bind("esc", "done", "esc"),
		pickClear: bind("ctrl+x", "clear all", "ctrl+x"),
		findDone:  bind("enter", "keep the matches", "enter"), findStop: bind("esc", "drop the search", "esc"),
		optionUp: bind("↑/↓", "move", "up", "ctrl+p"), optionDown: bind("", "", "down", "ctrl+n"),
		optionPgUp: bind("", "", "pgup"), optionPgDown: bind("", "", "pgdown"),
	}
}

// list gives what acts now, most useful first.
func (k keyMap) list(f *frame) []key.Binding {
	switch {
	case f.mode == choosing:
		if f.picks.field.Empty() {
			return []key.Binding{k.pick, k.optionUp, k.done, k.pop, k.pickClear}
		}
		return []key.Binding{k.pick, k.optionUp, k.done, widget.Erase, widget.Move, k.pickClear}
	case f.mode == searching:
		if f.sheet != nil {
			k.findDone.SetHelp("enter", "search all rows")
		}
		return []key.Binding{k.findDone, k.findStop, widget.Erase, widget.Move}
	case !f.load.have:
		return []key.Binding{k.reload}
	case f.sheet == nil && len(f.picks.chosen) == 0:
		return []key.Binding{k.choose, k.reload}
	}
	return k.browse(f)
}

// browse gives the keys that move and act on the table or the chart, as far as
// they are in view.
func (k keyMap) browse(f *frame) []key.Binding {
	var out []key.Binding
	add := func(when bool, keys ...key.Binding) {
		if when {
			out = append(out, keys...)
		}
	}
	sheet, table := f.sheet != nil, f.tableShown()
	busy := sheet && f.sheet.busy != ""
	if busy {
		k.escape.SetHelp("esc", "stop "+f.sheet.busy)
	}
	add(busy, k.escape)
	add(!sheet, k.choose)
	add(sheet, k.mark)
	add(table && f.find.done, k.next, k.prev)
	add(table, k.search)
	add(table && sheet, k.stats)
	add(true, k.full, k.left)
	add(table, k.sort)
	add(true, k.save)
	add(table, k.copyCell)
	add(true, k.copyAll, k.up, k.down, k.pageUp, k.pageDown, k.home, k.end, k.top, k.bottom)
	add(table, k.extendUp, k.wider)
	add(table && len(f.grid.set) > 0, k.fit)
	add(!sheet, k.pop)
	add(!sheet || len(f.sheet.marked) > 0, k.clear)
	add(f.charts() && f.manyColours(), k.palette)
	add(true, k.reload)
	add(!busy && (f.find.done || f.grid.selecting), k.escape)
	return out
}
