package board

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

type binding = key.Binding

func bind(shown, does string, keys ...string) binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

// keyMap is the keys of the page itself.
type keyMap struct {
	inputs, reset, full, panels, up, down, left, right, next, stop, pageUp, pageDown, again, chart, choose, line binding
}

func newKeyMap() keyMap {
	return keyMap{
		inputs:   bind("c", "inputs", "c"),
		reset:    bind("x", "inputs back", "x"),
		full:     bind("f", "full screen", "f"),
		panels:   bind("ctrl+w", "panels", "ctrl+w"),
		up:       bind("↑", "panel above", "up"),
		down:     bind("↓", "panel below", "down"),
		left:     bind("←", "panel at the left", "left"),
		right:    bind("→", "panel at the right", "right"),
		next:     bind("w", "next panel", "w", "ctrl+w"),
		stop:     bind("esc", "back", "esc"),
		pageUp:   bind("alt+↑", "scroll the page", "alt+up"),
		pageDown: bind("alt+↓", "scroll the page", "alt+down"),
		choose:   bind("M", "choose a chart", "M"),
		chart:    bind("m", "chart", "m"),
		again:    bind("r", "read again", "r"),
		line:     bind("e", "command line", "e"),
	}
}

// key does what a key says. A panel that lists a key among those that act now
// gets it before the page does, so that a menu of the panel may use any letter.
func (b *Board) key(msg tea.KeyMsg) tea.Cmd {
	k, s := b.keys(), b.focused()
	switch {
	case b.chooser != nil:
		return chooserKey(b, msg)
	case b.offer != nil:
		return b.offerKey(msg)
	case b.bar.open():
		return b.choseIf(b.bar.menuKey(msg))
	case s == nil:
	case s.shows() == "" && s.impl.Capturing():
		return s.update(msg)
	case b.chord:
		return b.chordKey(k, msg)
	case b.exporting:
		return b.exportKey(msg)
	case key.Matches(msg, k.panels):
		b.chord = true
		return nil
	case s.shows() == "" && key.Matches(msg, s.impl.Keys()...):
		return s.update(msg)
	}
	switch {
	case key.Matches(msg, k.stop) && b.over != nil:
		return b.closeOver()
	case key.Matches(msg, k.stop) && !b.full && b.cameFrom() != "":
		return b.goBack()
	case key.Matches(msg, k.inputs):
		b.bar.openMenu(b.bar.last)
	case key.Matches(msg, k.reset):
		b.bar.resetAll()
		return b.chose()
	case key.Matches(msg, k.full), key.Matches(msg, k.stop) && b.full:
		b.setFull(!b.full)
	case key.Matches(msg, k.pageUp):
		b.scrollBy(-3)
	case key.Matches(msg, k.pageDown):
		b.scrollBy(3)
	case key.Matches(msg, k.again):
		return b.again()
	case key.Matches(msg, k.chart):
		return b.made.current(b).next(b)
	case key.Matches(msg, k.choose):
		openChooser(b)
	case key.Matches(msg, k.line):
		b.exporting = true
	case s != nil && s.shows() == "":
		return s.update(msg)
	}
	return nil
}

// keys is the keys as they act now.
func (b *Board) keys() keyMap {
	k := newKeyMap()
	many := len(b.slots) > 1 && b.over == nil
	k.inputs.SetEnabled(len(b.bar.inputs) > 0)
	k.reset.SetEnabled(b.bar.anyChanged())
	k.full.SetEnabled(many)
	k.panels.SetEnabled(many && !b.chord)
	if b.full {
		k.full.SetHelp("f", "all panels")
	}
	scrolls := !b.full && b.laid.lines > b.rows()
	k.pageUp.SetEnabled(scrolls)
	k.pageDown.SetEnabled(scrolls)
	fits := b.made.current(b)
	k.chart.SetEnabled(fits != nil && len(fits.charts) > 1 && b.over == nil)
	k.choose.SetEnabled(fits != nil && len(fits.charts) > 0 && b.over == nil)
	k.line.SetEnabled(b.opts.Line != nil)
	k.again.SetEnabled(len(b.data.names) > 0)
	k.stop.SetEnabled(b.over != nil || b.full || b.cameFrom() != "")
	if from := b.cameFrom(); from != "" && b.over == nil && !b.full {
		k.stop.SetHelp("esc", "back to "+b.titleOf(from))
	}
	return k
}

// chordKey takes the key after ctrl+w. One that says nothing about panels does
// what it does.
func (b *Board) chordKey(k keyMap, msg tea.KeyMsg) tea.Cmd {
	b.chord = false
	switch {
	case key.Matches(msg, k.up):
		b.moveFocus(0, -1)
	case key.Matches(msg, k.down):
		b.moveFocus(0, 1)
	case key.Matches(msg, k.left):
		b.moveFocus(-1, 0)
	case key.Matches(msg, k.right):
		b.moveFocus(1, 0)
	case key.Matches(msg, k.next):
		b.focusOn((b.focus+1)%len(b.slots), true)
	case msg.Type == tea.KeyEsc:
	default:
		return b.key(msg)
	}
	return nil
}

// lineKeys are the keys of the export of a page whose focused panel has none.
func lineKeys() []binding {
	return []binding{bind("l", "command line of the page", "l"), bind("esc", "back", "esc", "e")}
}

// exportKey takes the key after e.
func (b *Board) exportKey(msg tea.KeyMsg) tea.Cmd {
	b.exporting = false
	if key.Matches(msg, lineKeys()[0]) {
		return pageLine(b)
	}
	return nil
}

// Keys are those of the focused panel and those of the page.
func (b *Board) Keys() []binding {
	if b.chooser != nil {
		return b.chooser.keys()
	}
	if b.offer != nil {
		return b.offer.keys()
	}
	if b.bar.open() {
		return b.bar.menu.keys()
	}
	k, s := b.keys(), b.focused()
	if b.exporting {
		return lineKeys()
	}
	if b.chord {
		move := bind("arrow", "go to a panel", "up", "down", "left", "right")
		k.stop.SetEnabled(true)
		return []binding{move, k.next, k.stop}
	}
	var own []binding
	if s != nil && s.shows() == "" {
		own = s.impl.Keys()
		if b.over != nil { // It has all of the page.
			own = slices.DeleteFunc(slices.Clone(own), func(o binding) bool { return shares(o, k.full) })
		}
		if s.impl.Capturing() {
			return own
		}
	}
	k.pageDown.SetHelp("alt+↑/↓", k.pageDown.Help().Desc)
	shown := []binding{k.stop, k.chart, k.inputs, k.panels, k.full, k.choose, k.reset, k.pageDown, k.again, k.line}
	shown = slices.DeleteFunc(shown, func(p binding) bool {
		return slices.ContainsFunc(own, func(o binding) bool { return o.Enabled() && shares(o, p) })
	})
	first := leading(own, 3)
	if k.inputs.Enabled() {
		first = leading(own, 2)
	}
	return slices.Concat(own[:first], shown, own[first:])
}

// leading is how many bindings stand before those of the page, so that n of them
// act.
func leading(own []binding, n int) int {
	acts := 0
	for i, b := range own {
		if b.Enabled() && b.Help().Key != "" {
			acts++
		}
		if acts == n {
			return i + 1
		}
	}
	return len(own)
}

// shares reports whether two bindings have a key in common.
func shares(a, b binding) bool {
	return slices.ContainsFunc(a.Keys(), func(name string) bool { return slices.Contains(b.Keys(), name) })
}

// KeysShown lists the keys on buttons that were drawn.
func (b *Board) KeysShown() []string {
	s, ok := b.focusedImpl().(interface{ KeysShown() []string })
	if !ok || b.bar.open() {
		return nil
	}
	return s.KeysShown()
}

func (b *Board) focusedImpl() panels.Panel {
	if s := b.focused(); s != nil && s.shows() == "" {
		return s.impl
	}
	return nil
}

// again reads every source anew, and says so: they may be as they were.
func (b *Board) again() tea.Cmd {
	for _, name := range b.data.names {
		if f := b.data.feeds[name]; f.feed != nil {
			f.feed.Refresh()
		}
	}
	return page.Send(page.Notice{Text: "The figures are read again."})
}
