package dataframe

import "github.com/charmbracelet/bubbles/key"

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
		pop:    bind("backspace", "remove the last country", "backspace"),
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
		findDone:  bind("enter", "go on", "enter"), findStop: bind("esc", "stop", "esc"),
		optionUp: bind("↑/↓", "move", "up", "ctrl+p"), optionDown: bind("", "", "down", "ctrl+n"),
		optionPgUp: bind("", "", "pgup"), optionPgDown: bind("", "", "pgdown"),
	}
}

// list gives what acts now, most useful first.
func (k keyMap) list(f *frame) []key.Binding {
	switch {
	case f.mode == choosing:
		pop := k.pop
		return []key.Binding{k.pick, k.optionUp, k.done, pop, k.pickClear}
	case f.mode == searching:
		return []key.Binding{k.findDone, k.findStop}
	case !f.load.have:
		return []key.Binding{k.reload}
	case f.sheet != nil && f.sheet.busy != "":
		k.escape.SetHelp("esc", "stop "+f.sheet.busy)
		all := k.browse(k.escape, k.mark, k.search, k.stats)
		return all[:len(all)-1] // It ends with the same key.
	case f.sheet != nil:
		return k.browse(k.mark, k.search, k.stats)
	case len(f.picks.chosen) == 0:
		return []key.Binding{k.choose, k.reload}
	}
	return k.browse(k.choose, k.search)
}

func (k keyMap) browse(first ...key.Binding) []key.Binding {
	return append(first, k.full, k.left, k.sort, k.save, k.copyCell, k.copyAll, k.next, k.prev,
		k.up, k.down, k.pageUp, k.pageDown, k.home, k.end, k.top, k.bottom, k.extendUp,
		k.wider, k.fit, k.pop, k.clear, k.palette, k.reload, k.escape)
}
