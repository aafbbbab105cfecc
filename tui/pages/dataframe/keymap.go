package dataframe

import "github.com/charmbracelet/bubbles/key"

// keyMap are the keys of the page beside those of its table, whose cursor is a
// column of the table and an x of the chart at once.
type keyMap struct {
	choose, pop, clear, mark    key.Binding
	about                       key.Binding
	save, full, palette, reload key.Binding

	pick, done, pickClear    key.Binding // while the dropdown is open
	optionUp, optionDown     key.Binding
	optionPgUp, optionPgDown key.Binding
}

func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

func newKeyMap() keyMap {
	return keyMap{
		choose: bind("c", "countries", "c"),
		pop:    bind("backspace", "remove last", "backspace", "ctrl+h"),
		clear:  bind("x", "clear", "x"),
		mark:   bind("space", "chart it", " "),
		about:  bind("i", "sum, notes", "i"),
		save:   bind("e", "export", "e"), full: bind("f", "full screen", "f"),
		palette: bind("p", "colours", "p"), reload: bind("r", "load again", "r"),

		pick: bind("enter", "take", "enter"), done: bind("esc", "back", "esc"),
		pickClear: bind("ctrl+x", "clear", "ctrl+x"),
		optionUp:  bind("↑/↓", "move", "up", "ctrl+p"), optionDown: bind("", "", "down", "ctrl+n"),
		optionPgUp: bind("", "", "pgup"), optionPgDown: bind("", "", "pgdown"),
	}
}
