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
	layers                        [4]key.Binding
	saveCSV, saveJSON, reload     key.Binding
	escape                        key.Binding

	finder finderKeys
}

// finderKeys are the keys while a name is typed.
type finderKeys struct{ pick, stop, next, prev key.Binding }

func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

func newKeyMap() keyMap {
	return keyMap{
		up: bind("arrows", "move the map", "up"), down: bind("", "", "down"),
		left: bind("", "", "left"), right: bind("", "", "right"),
		cUp: bind("w a s d", "move the cursor", "w", "shift+up"), cDown: bind("", "", "s", "shift+down"),
		cLeft: bind("", "", "a", "shift+left"), cRight: bind("", "", "d", "shift+right"),
		zoomIn: bind("+", "zoom in", "+", "="), zoomOut: bind("-", "zoom out", "-", "_"),
		center: bind("enter", "centre on the cursor", "enter"),
		tiltUp: bind("]", "tilt more", "]"), tiltDown: bind("[", "tilt less", "["),
		turnL: bind("<", "turn left", "<", ","), turn: bind(">", "turn right", ">", "."),
		reset: bind("0", "first view", "0"), find: bind("/", "find a stop", "/"),
		palette: bind("p", "other colours", "p"),
		layers: [4]key.Binding{
			bind("b", layerNames[mapview.Bikes], "b"), bind("e", layerNames[mapview.Exits], "e"),
			bind("n", layerNames[mapview.Names], "n"), bind("f", layerNames[mapview.Flows], "f"),
		},
		saveCSV: bind("x", "export CSV", "x"), saveJSON: bind("X", "export JSON", "X"),
		reload: bind("r", "load again", "r"), escape: bind("esc", "let go", "esc"),

		finder: finderKeys{
			pick: bind("enter", "fly there", "enter"), stop: bind("esc", "back", "esc"),
			next: bind("↓", "next", "down", "ctrl+n"), prev: bind("↑", "previous", "up", "ctrl+p"),
		},
	}
}

// situation is what decides which keys act.
type situation struct {
	finding, ready, colours, moved, cursor, picked bool
}

// list returns the keys that act now, most useful first.
func (k keyMap) list(s situation) []key.Binding {
	if f := k.finder; s.finding {
		return []key.Binding{f.pick, f.stop, f.next, f.prev, widget.Erase, widget.Move}
	}
	if !s.ready {
		return []key.Binding{k.reload}
	}
	out := []key.Binding{k.up, k.zoomIn, k.zoomOut, k.find}
	out = append(out, k.layers[:]...)
	if s.colours {
		out = append(out, k.palette)
	}
	if s.moved {
		out = append(out, k.reset)
	}
	out = append(out, k.tiltUp, k.tiltDown, k.turnL, k.turn, k.cUp)
	if s.cursor {
		out = append(out, k.center)
	}
	if s.picked || s.cursor {
		out = append(out, k.escape)
	}
	return append(out, k.saveCSV, k.saveJSON, k.reload)
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
	export
	letGo
	steer
	shift
	zoom
	center
	tilt
	turn
	reset
)

// intent returns what a key means while no name is typed.
func (k keyMap) intent(msg tea.KeyMsg) intent {
	for i, b := range k.layers {
		if key.Matches(msg, b) {
			return intent{act: toggle, layer: i}
		}
	}
	cells := 1
	if len(msg.String()) > 1 { // with shift
		cells = 5
	}
	for _, m := range []struct {
		key  key.Binding
		does intent
	}{
		{k.reload, intent{act: reload}}, {k.find, intent{act: find}}, {k.palette, intent{act: recolour}},
		{k.saveCSV, intent{act: export, format: "csv"}}, {k.saveJSON, intent{act: export, format: "json"}},
		{k.escape, intent{act: letGo}}, {k.center, intent{act: center}}, {k.reset, intent{act: reset}},
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
