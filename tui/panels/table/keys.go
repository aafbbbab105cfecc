package table

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/tui/widget"
)

// keyMap are the keys of the table beside those of the sheet.
type keyMap struct {
	sort, sortAlso, undo, redo            key.Binding
	columns, hide, freeze, moveL, moveR   key.Binding
	copyTable, save, mark, goTo, stop     key.Binding
	column, profile                       key.Binding
	up, down, take, back, toggle, letters key.Binding // of menus and lists
}

func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

func newKeyMap() keyMap {
	return keyMap{
		sort: bind("s", "sort", "s"), sortAlso: bind("S", "sort also", "S"),
		undo: bind("u", "undo", "u"), redo: bind("U", "redo", "U"),
		columns: bind("o", "columns", "o"), hide: bind("d", "hide", "d"), freeze: bind("z", "freeze", "z"),
		moveL: bind("{/}", "move", "{"), moveR: bind("", "", "}"),
		copyTable: bind("Y", "copy table", "Y"), save: bind("e", "export", "e"),
		column: bind("i", "column", "i"), profile: bind("I", "profile", "I"),
		mark: bind("space", "mark", " "), goTo: bind("#", "go to", "#"), stop: bind("esc", "stop", "esc"),

		up: bind("↑/↓", "move", "up", "ctrl+p"), down: bind("", "", "down", "ctrl+n"),
		take: bind("enter", "take", "enter"), back: bind("esc", "back", "esc"),
		toggle: bind("space", "show, hide", " "), letters: bind("a-z", "choose"),
	}
}

// Keys gives the keys that act now, the most useful first.
func (p *Panel) Keys() []key.Binding {
	k, s := p.keys, p.sheet.Keys
	switch {
	case p.over != nil:
		return p.over.keys()
	case p.sheet.Typing():
		s.FindDone.SetHelp("enter", "find all")
		return []key.Binding{s.FindDone, s.FindStop, widget.Erase, widget.Move}
	case p.sheet.Carded():
		return []key.Binding{s.Escape, s.Up, s.Down, s.PageUp, s.PageDown, s.Top, s.Bottom, s.Copy}
	}
	var out []key.Binding
	add := func(when bool, keys ...key.Binding) {
		for _, b := range keys {
			b.SetEnabled(when)
			out = append(out, b)
		}
	}
	figures := p.shown.rows != nil
	some := figures && p.shown.rows.Size().Rows > 0
	k.stop.SetHelp("esc", "stop "+p.tasks.what)
	add(p.tasks.busy(), k.stop)
	add(some && p.sheet.Found(), s.Next, s.Prev)
	add(some, k.sort, s.Card, s.Search)
	add(figures, k.column, k.save, k.columns)
	add(p.history.at > 0, k.undo)
	add(p.history.at < len(p.history.list)-1, k.redo)
	add(some, s.Copy, k.copyTable, k.goTo, k.mark)
	add(some, k.sortAlso)
	add(figures, k.profile)
	add(figures, k.hide, k.freeze, k.moveL, k.moveR, s.Wider)
	add(figures && len(p.sheet.Widths) > 0, s.Fit)
	add(some, s.Up, s.Down, s.Left, s.Right, s.PageUp, s.PageDown, s.Top, s.Bottom, s.Home, s.End, s.ExtendUp)
	add(some && (p.sheet.Found() || p.sheet.Selecting) && !p.tasks.busy(), s.Escape)
	return out
}
