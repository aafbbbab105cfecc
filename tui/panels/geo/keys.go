package geo

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/widget"
)

// How far keys go.
const (
	zoomStep = 0.5
	tiltStep = 5
	turnStep = 15
)

// keyMap is every key of a map. The arrows move the map; with shift, or as
// w a s d, they move a cursor that reads the map without a mouse.
type keyMap struct {
	up, down, left, right         key.Binding
	cUp, cDown, cLeft, cRight     key.Binding
	zoomIn, zoomOut, center, rows key.Binding
	tiltUp, tiltDown, turnL, turn key.Binding
	reset, find, palette          key.Binding
	next, previous                key.Binding
	options, export, full, escape key.Binding

	formats      [4]key.Binding // while their menu is open
	link         key.Binding    // of that menu
	linked       bool           // there is a command line for the page
	menu, finder listKeys
}

// listKeys are the keys of a list: the menus, and what a search finds.
type listKeys struct{ pick, stop, next, prev key.Binding }

// formats are what an export can be.
var formats = [...]string{"csv", "svg", "ansi", "json"}

func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

func newKeyMap() keyMap {
	return keyMap{
		up: bind("arrows", "move", "up"), down: bind("", "", "down"),
		left: bind("", "", "left"), right: bind("", "", "right"),
		cUp: bind("w a s d", "cursor", "w", "shift+up"), cDown: bind("", "", "s", "shift+down"),
		cLeft: bind("", "", "a", "shift+left"), cRight: bind("", "", "d", "shift+right"),
		zoomIn: bind("+/-", "zoom", "+", "="), zoomOut: bind("", "", "-", "_"),
		center: bind("enter", "centre", "enter"), rows: bind("enter", "its rows", "enter"),
		tiltUp: bind("[/]", "tilt", "]"), tiltDown: bind("", "", "["),
		turnL: bind("</>", "turn", "<", ","), turn: bind("", "", ">", "."),
		reset: bind("0", "first view", "0"), find: bind("/", "find", "/"), palette: bind("p", "colours", "p"),
		next: bind("n/N", "next place", "n"), previous: bind("", "", "N"),
		options: bind("o", "layers", "o"), export: bind("e", "export", "e"), full: bind("f", "full screen", "f"),
		escape: bind("esc", "back", "esc"),

		formats: [4]key.Binding{bind("c", "CSV", "c"), bind("v", "SVG", "v"), bind("a", "ANSI", "a"), bind("j", "JSON", "j")},
		link:    bind("l", "command line", "l"),
		menu: listKeys{
			pick: bind("space", "choose", " ", "enter"), stop: bind("esc", "back", "esc", "o"),
			next: bind("↑/↓", "move", "down"), prev: bind("", "", "up"),
		},
		finder: listKeys{
			pick: bind("enter", "fly there", "enter"), stop: bind("esc", "back", "esc"),
			next: bind("↑/↓", "move", "down", "ctrl+n"), prev: bind("", "", "up", "ctrl+p"),
		},
	}
}

// situation is what decides which keys act.
type situation struct {
	menu                                                 menuKind
	finding, ready, seen, layers, names, places, colours bool
	moved, cursor, rows, leaves                          bool
	figs                                                 *figures
}

// list returns the keys of an open list, and after them those of the map, which
// act while none is open.
func (k *keyMap) list(s situation) (keys []key.Binding) {
	if s.menu != closed {
		for _, c := range k.choices(s.menu, s.figs) {
			keys = append(keys, c.key)
		}
	}
	listed := func(l listKeys) { keys = append(keys, l.next, l.prev, l.pick, l.stop) }
	switch {
	case s.menu != closed:
		listed(k.menu)
	case s.finding:
		listed(k.finder)
		keys = append(keys, widget.Erase, widget.Move)
	}
	browsing := s.menu == closed && !s.finding
	add := func(act bool, bindings ...key.Binding) {
		for _, b := range bindings {
			b.SetEnabled(act && browsing)
			keys = append(keys, b)
		}
	}
	add(s.ready && s.layers, k.options)
	add(s.ready && s.names, k.find)
	add(s.seen, k.zoomIn, k.zoomOut)
	add(s.seen && s.places, k.next, k.previous)
	add(s.seen, k.up, k.down, k.left, k.right)
	add(s.ready && s.rows, k.rows)
	add(s.ready && s.cursor && !s.rows, k.center)
	add(s.ready && s.leaves, k.escape)
	add(s.ready && s.moved, k.reset)
	add(s.ready, k.export)
	add(true, k.full)
	add(s.seen, k.tiltUp, k.tiltDown, k.turnL, k.turn, k.cUp, k.cDown, k.cLeft, k.cRight)
	add(s.seen && s.colours, k.palette)
	return keys
}

// intent is what a key means.
type intent struct {
	act    action
	layer  int     // toggleLayer: of the switches
	dx, dy int     // shift: eighths of the map; steer: cells; choose: dx places
	by     float64 // zoom: levels; tilt and turn: degrees
	format string  // export
}

type action int

const (
	none action = iota
	toggleLayer
	find
	recolour
	options
	chooseFormat
	export
	commandLine
	full
	back
	steer
	shift
	zoom
	enter
	tilt
	turn
	reset
	choose
)

// intent returns what a key means while no list is open.
func (k *keyMap) intent(msg tea.KeyMsg) intent {
	cells := 1
	if len(msg.String()) > 1 { // with shift
		cells = 5
	}
	for _, m := range []struct {
		key  key.Binding
		does intent
	}{
		{k.find, intent{act: find}}, {k.palette, intent{act: recolour}},
		{k.options, intent{act: options}}, {k.export, intent{act: chooseFormat}}, {k.full, intent{act: full}},
		{k.escape, intent{act: back}}, {k.center, intent{act: enter}}, {k.reset, intent{act: reset}},
		{k.next, intent{act: choose, dx: 1}}, {k.previous, intent{act: choose, dx: -1}},
		{k.cUp, intent{act: steer, dy: -cells}}, {k.cDown, intent{act: steer, dy: cells}},
		{k.cLeft, intent{act: steer, dx: -cells}}, {k.cRight, intent{act: steer, dx: cells}},
		{k.up, intent{act: shift, dy: -1}}, {k.down, intent{act: shift, dy: 1}},
		{k.left, intent{act: shift, dx: -1}}, {k.right, intent{act: shift, dx: 1}},
		{k.zoomIn, intent{act: zoom, by: zoomStep}}, {k.zoomOut, intent{act: zoom, by: -zoomStep}},
		{k.tiltUp, intent{act: tilt, by: tiltStep}}, {k.tiltDown, intent{act: tilt, by: -tiltStep}},
		{k.turnL, intent{act: turn, by: -turnStep}}, {k.turn, intent{act: turn, by: turnStep}},
	} {
		if key.Matches(msg, m.key) {
			return m.does
		}
	}
	return intent{}
}
