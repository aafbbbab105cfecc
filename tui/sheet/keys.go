package sheet

import "github.com/charmbracelet/bubbles/key"

// Keys are the keys of a table.
type Keys struct {
	Up, Down, Left, Right                    key.Binding
	PageUp, PageDown, Top, Bottom, Home, End key.Binding
	ExtendUp, extendDown, extendL, extendR   key.Binding
	Sort, Search, Next, Prev, Sum            key.Binding
	Copy, CopyAll                            key.Binding
	Wider, narrower, Fit, Escape, Card       key.Binding

	FindDone, FindStop key.Binding // while a search is typed
}

func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

// NewKeys returns the keys of a table.
func NewKeys() Keys {
	return Keys{
		Up: bind("↑", "row up", "up", "k"), Down: bind("↓", "row down", "down", "j"),
		Left: bind("←/→", "column", "left", "h"), Right: bind("→", "column right", "right"),
		PageUp: bind("pgup", "page up", "pgup", "ctrl+b"), PageDown: bind("pgdn", "page down", "pgdown", "ctrl+f"),
		Top: bind("g", "first row", "g", "ctrl+home"), Bottom: bind("G", "last row", "G", "ctrl+end"),
		Home: bind("home", "first column", "home", "^"), End: bind("end", "last column", "end", "$"),
		ExtendUp: bind("shift+arrows", "select a range", "shift+up"), extendDown: bind("", "", "shift+down"),
		extendL: bind("", "", "shift+left"), extendR: bind("", "", "shift+right"),
		Sort: bind("s", "sort by this column", "s"), Search: bind("/", "search", "/"),
		Next: bind("n", "next match", "n"), Prev: bind("N", "previous match", "N"),
		Sum:  bind("i", "sum this column up", "i"),
		Copy: bind("y", "copy the selection", "y"), CopyAll: bind("Y", "copy the table", "Y"),
		Wider: bind("< >", "column narrower, wider", ">", "."), narrower: bind("", "", "<", ","),
		Card:   bind("enter", "read the row as a whole", "enter"),
		Fit:    bind("=", "widths that fit", "="),
		Escape: bind("esc", "drop search and selection", "esc"),

		FindDone: bind("enter", "keep the matches", "enter"), FindStop: bind("esc", "drop the search", "esc"),
	}
}
