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
	column, profile, turn                 key.Binding
	where, whereNot, clear, kind          key.Binding
	values, keep, figure, across, add     key.Binding
	chart                                 key.Binding
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
		column: bind("i", "column", "i"), profile: bind("I", "profile", "I"), turn: bind("T", "turn", "T"),
		values: bind("v", "values", "v", "F"), keep: bind("enter", "keep these rows", "enter"),
		figure: bind("a", "figure", "a"), across: bind("b", "across", "b"),
		chart: bind("m", "chart", "m"),
		add:   bind("+", "add these columns", "+"),
		kind:  bind("t", "type", "t"),
		where: bind("w", "where", "w"), whereNot: bind("W", "where not", "W"), clear: bind("x", "clear filters", "x"),
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
	case p.grid().Typing():
		s.FindDone.SetHelp("enter", "find all")
		return []key.Binding{s.FindDone, s.FindStop, widget.Erase, widget.Move}
	case p.grid().Carded():
		return []key.Binding{s.Escape, s.Up, s.Down, s.PageUp, s.PageDown, s.Top, s.Bottom, s.Copy, s.Card, s.CopyAll}
	}
	if p.sub != nil {
		return p.sub.keys(p)
	}
	var out []key.Binding
	add := func(when bool, keys ...key.Binding) {
		for _, b := range keys {
			b.SetEnabled(when)
			out = append(out, b)
		}
	}
	figures := p.shown.rows != nil
	s.Card.SetHelp("enter", "row")
	if p.env.Panel.Open != nil {
		s.Card.SetHelp("enter", "go there")
	}
	some := figures && p.shown.rows.Size().Rows > 0
	cell := some && p.column() != nil && p.column().at >= 0
	busy := p.work.running()
	if busy != nil {
		k.stop.SetHelp("esc", "stop "+busy.what)
	}
	add(busy != nil, k.stop)
	add(some && p.sheet.Found(), s.Next, s.Prev)
	add(cell && p.data.Complete, k.values)
	add(figures && len(p.shown.base.Columns()) > 0, k.where)
	add(cell, k.sort)
	add(some, s.Card, s.Search)
	add(cell || figures && !some, k.column)
	add(figures, k.save, k.columns)
	add(p.history.at > 0, k.undo)
	add(p.history.at < len(p.history.list)-1, k.redo)
	add(some, s.Copy, k.copyTable, k.goTo, k.mark)
	add(figures && len(p.history.now().where) > 0, k.clear)
	add(cell, k.sortAlso)
	add(some, k.whereNot)
	add(figures, k.profile, k.turn)
	add(figures && p.data.Complete, k.kind)
	add(figures, k.hide, k.freeze, k.moveL, k.moveR, s.Wider)
	add(figures && len(p.sheet.Widths) > 0, s.Fit)
	add(some, s.Up, s.Down, s.Left, s.Right, s.PageUp, s.PageDown, s.Top, s.Bottom, s.Home, s.End, s.ExtendUp)
	add(some, s.More()...)
	add(some && (p.sheet.Found() || p.sheet.Selecting) && busy == nil, s.Escape)
	return out
}
