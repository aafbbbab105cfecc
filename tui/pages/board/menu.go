package board

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/widget"
)

// menu is the input that is open: a field, and below it what can be chosen.
type menu struct {
	bar   *bar
	in    *input
	field widget.Field
	found []entry
	at    int
	top   int
	bad   error // why what was typed is no range
	rect  cell.Rect
	list  cell.Rect
}

// entry is a line of the list: an option, or all or none of them.
type entry struct {
	kind  entryKind
	value string
	rows  int
	hits  []int // bytes of value that were typed
}

type entryKind int

const (
	isOption entryKind = iota
	isAll
	isAny
)

func (b *bar) openMenu(i int) {
	if i >= len(b.inputs) {
		return
	}
	m := &menu{bar: b, in: b.inputs[i]}
	b.menu, b.last = m, i
	c, _ := b.chosen(m.in)
	switch m.in.Kind {
	case "text":
		m.field.Insert([]rune(strings.Join(c.Values, "")))
	case "range":
		m.field.Insert([]rune(rangeText(c.Values)))
	}
	m.filter()
	m.toChosen(c)
}

// toChosen puts the cursor of a list of which one is chosen on that.
func (m *menu) toChosen(c Choice) {
	if m.in.Kind == "multiselect" || len(c.Values) != 1 {
		return
	}
	for i, e := range m.found {
		if e.kind == isOption && e.value == c.Values[0] {
			m.at = i
		}
	}
}

// typed reports whether the field holds the value itself, and is no query.
func (m *menu) typed() bool { return m.in.Kind == "text" || m.in.Kind == "range" }

// filter finds the options that fit what was typed.
func (m *menu) filter() {
	m.found = nil
	if m.typed() {
		return
	}
	query := strings.TrimSpace(m.field.String())
	names := m.options()
	if query == "" {
		switch {
		case m.in.Kind == "multiselect":
			m.found = append(m.found, entry{kind: isAll})
		case m.in.Kind == "selectbox" && m.in.Required == "":
			m.found = append(m.found, entry{kind: isAny})
		}
		for _, o := range names {
			m.found = append(m.found, entry{value: o.value, rows: o.rows})
		}
	} else {
		for _, hit := range fuzzy.FindFrom(query, optionList(names)) {
			m.found = append(m.found, entry{value: hit.Str, rows: names[hit.Index].rows, hits: hit.MatchedIndexes})
		}
		slices.SortStableFunc(m.found, func(a, b entry) int { return begins(b.value, query) - begins(a.value, query) })
	}
	m.at = max(min(m.at, len(m.found)-1), 0)
}

func (m *menu) options() []option {
	if m.in.Kind == "toggle" {
		return []option{{value: "true"}, {value: "false"}}
	}
	return m.in.options
}

type optionList []option

func (l optionList) String(i int) string { return l[i].value }
func (l optionList) Len() int            { return len(l) }

func begins(s, prefix string) int {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return 1
	}
	return 0
}

var menuKeys = struct{ take, done, next, prev, all, none, up, down, pageUp, pageDown, back binding }{
	take: bind("enter", "take", "enter"), done: bind("esc", "done", "esc"),
	next: bind("tab", "next input", "tab"), prev: bind("", "", "shift+tab"),
	all: bind("ctrl+a", "all", "ctrl+a"), none: bind("ctrl+x", "none", "ctrl+x"),
	up: bind("↑/↓", "move", "up", "ctrl+p"), down: bind("", "", "down", "ctrl+n"),
	pageUp: bind("", "", "pgup"), pageDown: bind("", "", "pgdown"),
	back: bind("backspace", "remove the last", "backspace", "ctrl+h"),
}

func (m *menu) keys() []binding {
	k := menuKeys
	k.next.SetEnabled(len(m.bar.inputs) > 1)
	if m.typed() {
		return []binding{k.take, k.done, widget.Erase, widget.Move, k.next}
	}
	out := []binding{k.take, k.up, k.done}
	if m.in.Kind == "multiselect" {
		out = append(out, k.all, k.none)
	}
	out = append(out, k.next)
	switch {
	case !m.field.Empty():
		out = append(out, widget.Erase, widget.Move)
	case m.in.Kind == "multiselect":
		out = append(out, k.back)
	}
	return out
}

// menuKey does what a key does in the open input, and reports whether something
// else is chosen then.
func (b *bar) menuKey(msg tea.KeyMsg) (changed bool) {
	k, m := menuKeys, b.menu
	n := len(b.inputs)
	switch {
	case key.Matches(msg, k.done):
		b.menu = nil
	case key.Matches(msg, k.next):
		b.openMenu((b.last + 1) % n)
	case key.Matches(msg, k.prev):
		b.openMenu((b.last + n - 1) % n)
	case key.Matches(msg, k.take) && m.typed():
		if m.bad == nil {
			b.menu = nil
		}
	case key.Matches(msg, k.take):
		return b.take(m.at)
	case m.typed():
		return b.typeValue(msg)
	case key.Matches(msg, k.up):
		m.move(-1)
	case key.Matches(msg, k.down):
		m.move(1)
	case key.Matches(msg, k.pageUp):
		m.move(-8)
	case key.Matches(msg, k.pageDown):
		m.move(8)
	case m.in.Kind == "multiselect" && key.Matches(msg, k.all):
		return b.choose(m.in, Choice{All: true})
	case m.in.Kind == "multiselect" && key.Matches(msg, k.none):
		return b.choose(m.in, Choice{})
	case m.in.Kind == "multiselect" && m.field.Empty() && key.Matches(msg, k.back):
		return b.removeLast(m.in)
	default:
		if was := m.field.String(); m.field.Key(msg) && m.field.String() != was {
			m.at, m.top = 0, 0
			m.filter()
		}
	}
	return false
}

func (m *menu) move(by int) { m.at = max(min(m.at+by, len(m.found)-1), 0) }

// typeValue takes a key of a text or a range, and acts on what it says then.
func (b *bar) typeValue(msg tea.KeyMsg) (changed bool) {
	m := b.menu
	was := m.field.String()
	if !m.field.Key(msg) || m.field.String() == was {
		return false
	}
	text := strings.TrimSpace(m.field.String())
	c := Choice{Values: []string{text}}
	if text == "" {
		c = Choice{}
	} else if m.in.Kind == "range" {
		if c, m.bad = parseRange([]string{text}); m.bad != nil {
			return false
		}
	}
	m.bad = nil
	return b.choose(m.in, c)
}

// choose chooses something in an input.
func (b *bar) choose(in *input, c Choice) (changed bool) {
	b.shared.set(in.key, c)
	return true
}

func (b *bar) removeLast(in *input) (changed bool) {
	c, _ := b.chosen(in)
	if len(c.Values) == 0 {
		return false
	}
	return b.choose(in, Choice{Values: slices.Clone(c.Values[:len(c.Values)-1])})
}

// take takes a line of the list. One of several is taken in or out; where one
// alone can be chosen, the list closes.
func (b *bar) take(i int) (changed bool) {
	m := b.menu
	if i < 0 || i >= len(m.found) {
		return false
	}
	e := m.found[i]
	if m.in.Kind != "multiselect" {
		b.menu = nil
		if e.kind == isAny || m.in.Kind == "toggle" && e.value == "false" {
			return b.choose(m.in, Choice{})
		}
		return b.choose(m.in, Choice{Values: []string{e.value}})
	}
	c, _ := b.chosen(m.in)
	if e.kind == isAll {
		return b.choose(m.in, Choice{All: !c.All})
	}
	if !m.field.Empty() {
		m.field.Clear()
		m.filter()
		m.at = slices.IndexFunc(m.found, func(f entry) bool { return f.kind == isOption && f.value == e.value })
	}
	return b.choose(m.in, m.toggled(c, e.value))
}

// toggled is a choice with one value more or less.
func (m *menu) toggled(c Choice, value string) Choice {
	if c.All {
		c = Choice{}
		for _, o := range m.in.options {
			c.Values = append(c.Values, o.value)
		}
	}
	if at := slices.Index(c.Values, value); at >= 0 {
		return Choice{Values: slices.Delete(slices.Clone(c.Values), at, at+1)}
	}
	return Choice{Values: append(slices.Clone(c.Values), value)}
}

// menuMouse takes a line by a click, and closes the input by one beside it.
func (b *bar) menuMouse(msg tea.MouseMsg) (changed bool) {
	m := b.menu
	at := m.top + msg.Y - m.list.Y
	inside := m.list.Has(msg.X, msg.Y) && at < len(m.found)
	switch {
	case msg.Button == tea.MouseButtonWheelUp:
		m.move(-3)
	case msg.Button == tea.MouseButtonWheelDown:
		m.move(3)
	case msg.Action == tea.MouseActionMotion && inside:
		m.at = at
	case msg.Action != tea.MouseActionPress || msg.Button != tea.MouseButtonLeft:
	case inside:
		return b.take(at)
	case !m.rect.Has(msg.X, msg.Y):
		b.menu = nil
		return b.click(msg.X, msg.Y)
	}
	return false
}

// title says what the input is, and how much of it is chosen or fits.
func (m *menu) title() string {
	name := session.Clean(m.in.Label, 40)
	if m.typed() || m.in.Kind == "toggle" {
		return name
	}
	all := len(m.in.options)
	c, _ := m.bar.chosen(m.in)
	switch {
	case !m.in.known:
		return name + ": reading what there is"
	case !m.field.Empty():
		return fmt.Sprintf("%s: %s of %s fit", name, counted(len(m.found)), counted(all))
	case m.in.Kind != "multiselect":
		return name + ": one of " + counted(all)
	case c.All:
		return fmt.Sprintf("%s: all %s chosen", name, counted(all))
	}
	return fmt.Sprintf("%s: %s of %s chosen", name, counted(len(c.Values)), counted(all))
}

// prompt names what can be typed.
func (m *menu) prompt() string {
	switch m.in.Kind {
	case "text":
		return "type what " + session.Clean(m.in.Field, 40) + " contains"
	case "range":
		return "from..to, or last 30d"
	}
	return "type to find in " + session.Clean(m.in.Label, 40)
}

// below is what the last line of the menu says.
func (m *menu) below() string {
	switch {
	case m.bad != nil:
		return m.bad.Error()
	case m.in.Kind == "range" && m.in.least != "":
		return "there is " + session.Clean(m.in.least, 40) + " … " + session.Clean(m.in.most, 40)
	case m.in.more > 0:
		return fmt.Sprintf("the %s most frequent, and %s others", counted(len(m.in.options)), counted(m.in.more))
	}
	return ""
}
