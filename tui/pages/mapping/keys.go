package mapping

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
	"github.com/authtabs/tabgate/tui/widget"
)

// keyMap is every key of the page. The arrows move the map; with shift, or
// as w a s d, they move a cursor that reads the map without a mouse.
type keyMap struct {
	up, down, left, right         key.Binding
	cUp, cDown, cLeft, cRight     key.Binding
	zoomIn, zoomOut, center       key.Binding
	tiltUp, tiltDown, turnL, turn key.Binding
	reset, find, palette          key.Binding
	options, export, full, reload key.Binding
	escape                        key.Binding

	layers, formats [4]key.Binding // while one of the menus is open
	menu, finder    listKeys
}

// listKeys are the keys of a list: the menus, and what a search finds.
type listKeys struct{ pick, stop, next, prev key.Binding }

// layerNames are the names of the layers, which are the original's.
var layerNames = [4]string{"Bike Rentals", "Bart Stop Exits", "Bart Stop Names", "Outbound Flow"}

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
		center: bind("enter", "centre", "enter"),
		tiltUp: bind("[/]", "tilt", "]"), tiltDown: bind("", "", "["),
		turnL: bind("</>", "turn", "<", ","), turn: bind("", "", ">", "."),
		reset: bind("0", "first view", "0"), find: bind("/", "find", "/"), palette: bind("p", "colours", "p"),
		options: bind("o", "layers", "o"), export: bind("e", "export", "e"), full: bind("f", "full screen", "f"),
		reload: bind("r", "load again", "r"), escape: bind("esc", "back", "esc"),

		layers: [4]key.Binding{
			bind("b", layerNames[mapview.Bikes], "b"), bind("e", layerNames[mapview.Exits], "e"),
			bind("n", layerNames[mapview.Names], "n"), bind("f", layerNames[mapview.Flows], "f"),
		},
		formats: [4]key.Binding{bind("c", "CSV", "c"), bind("v", "SVG", "v"), bind("a", "ANSI", "a"), bind("j", "JSON", "j")},
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

// menuKind says which menu is open.
type menuKind int

const (
	closed menuKind = iota
	layersMenu
	formatsMenu
)

// choice is a line of a menu.
type choice struct {
	key  key.Binding
	does intent
}

// choices are what a menu offers.
func (k *keyMap) choices(m menuKind) (out []choice) {
	switch m {
	case layersMenu:
		for i, b := range k.layers {
			out = append(out, choice{b, intent{act: toggle, layer: i}})
		}
	case formatsMenu:
		for i, b := range k.formats {
			out = append(out, choice{b, intent{act: export, format: formats[i]}})
		}
	}
	return out
}

// situation is what decides which keys act.
type situation struct {
	finding, ready, colours, moved, cursor, leaves bool
	menu                                           menuKind
}

// list returns the keys of an open list, and after them those of the page,
// which act while none is open.
func (k *keyMap) list(s situation) (keys []key.Binding) {
	for _, c := range k.choices(s.menu) {
		keys = append(keys, c.key)
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
	add(s.ready, k.options, k.find, k.zoomIn, k.zoomOut, k.up, k.down, k.left, k.right, k.export, k.full)
	add(s.ready && s.cursor, k.center)
	add(s.ready && s.leaves, k.escape)
	add(s.ready && s.moved, k.reset)
	add(s.ready, k.tiltUp, k.tiltDown, k.turnL, k.turn, k.cUp, k.cDown, k.cLeft, k.cRight)
	add(s.ready && s.colours, k.palette)
	add(true, k.reload)
	return keys
}

// intent is what a key means.
type intent struct {
	act    action
	layer  int     // toggle
	dx, dy int     // shift: eighths of the map; steer: cells
	by     float64 // zoom: levels; tilt and turn: degrees
	format string  // export
}

type action int

const (
	none action = iota
	reload
	toggle
	find
	recolour
	options
	chooseFormat
	export
	full
	back
	steer
	shift
	zoom
	center
	tilt
	turn
	reset
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
		{k.reload, intent{act: reload}}, {k.find, intent{act: find}}, {k.palette, intent{act: recolour}},
		{k.options, intent{act: options}}, {k.export, intent{act: chooseFormat}}, {k.full, intent{act: full}},
		{k.escape, intent{act: back}}, {k.center, intent{act: center}}, {k.reset, intent{act: reset}},
		{k.cUp, intent{act: steer, dy: -cells}}, {k.cDown, intent{act: steer, dy: cells}},
		{k.cLeft, intent{act: steer, dx: -cells}}, {k.cRight, intent{act: steer, dx: cells}},
		{k.up, intent{act: shift, dy: -1}}, {k.down, intent{act: shift, dy: 1}},
		{k.left, intent{act: shift, dx: -1}}, {k.right, intent{act: shift, dx: 1}},
		{k.zoomIn, intent{act: zoom, by: 0.5}}, {k.zoomOut, intent{act: zoom, by: -0.5}},
		{k.tiltUp, intent{act: tilt, by: 5}}, {k.tiltDown, intent{act: tilt, by: -5}},
		{k.turnL, intent{act: turn, by: -15}}, {k.turn, intent{act: turn, by: 15}},
	} {
		if key.Matches(msg, m.key) {
			return m.does
		}
	}
	return intent{}
}
