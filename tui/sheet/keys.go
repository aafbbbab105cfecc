package sheet

import "github.com/charmbracelet/bubbles/key"

// Keys are the keys of a table.
type Keys struct {
	Up, Down, Left, Right                    key.Binding
	PageUp, PageDown, Top, Bottom, Home, End key.Binding
	ExtendUp, extendDown, extendL, extendR   key.Binding
	Sort, Search, Next, Prev                 key.Binding
	Copy, CopyAll                            key.Binding
	Wider, narrower, Fit, Escape, Card       key.Binding

	FindDone, FindStop key.Binding // while a search is typed
}

// More are the keys that act beside those that a page lists: the other ways of
// what they do.
func (k Keys) More() []key.Binding {
	return []key.Binding{k.Down, k.Right, k.extendDown, k.extendL, k.extendR, k.narrower}
}

func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

// NewKeys returns the keys of a table.
func NewKeys() Keys {
	return Keys{
		Up: bind("↑/↓", "row", "up", "k"), Down: bind("", "", "down", "j"),
		Left: bind("←/→", "column", "left", "h"), Right: bind("", "", "right"),
		PageUp: bind("pgup/pgdn", "page", "pgup", "ctrl+b"), PageDown: bind("", "", "pgdown", "ctrl+f"),
		Top: bind("g", "first row", "g", "ctrl+home"), Bottom: bind("G", "last row", "G", "ctrl+end"),
		Home: bind("home", "first column", "home", "^"), End: bind("end", "last column", "end", "$"),
		ExtendUp: bind("shift+arrows", "select", "shift+up"), extendDown: bind("", "", "shift+down"),
		extendL: bind("", "", "shift+left"), extendR: bind("", "", "shift+right"),
		Sort: bind("s", "sort", "s"), Search: bind("/", "find", "/"),
		Next: bind("n", "next", "n"), Prev: bind("N", "before", "N"),
		Copy: bind("y", "copy", "y"), CopyAll: bind("Y", "copy table", "Y"),
		Card:  bind("enter", "whole row", "enter", "K"),
		Wider: bind("</>", "column width", ">", "."), narrower: bind("", "", "<", ","),
		Fit:    bind("=", "fit widths", "="),
		Escape: bind("esc", "back", "esc"),

		FindDone: bind("enter", "find", "enter"), FindStop: bind("esc", "back", "esc"),
	}
}
