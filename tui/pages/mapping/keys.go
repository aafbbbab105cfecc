package mapping

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
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

	pick, stop, next, prev key.Binding // while a name is typed
}

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
			bind("b", layerNames[bikes], "b"), bind("e", layerNames[exits], "e"),
			bind("n", layerNames[names], "n"), bind("f", layerNames[flows], "f"),
		},
		saveCSV: bind("x", "export CSV", "x"), saveJSON: bind("X", "export JSON", "X"),
		reload: bind("r", "load again", "r"), escape: bind("esc", "let go", "esc"),

		pick: bind("enter", "fly there", "enter"), stop: bind("esc", "back", "esc"),
		next: bind("↓", "next", "down", "ctrl+n"), prev: bind("↑", "previous", "up", "ctrl+p"),
	}
}

// list gives what acts now, most useful first.
func (k keyMap) list(a *atlas) []key.Binding {
	if a.mode == finding {
		return []key.Binding{k.pick, k.stop, k.next, k.prev, widget.Erase, widget.Move}
	}
	if !a.ready() {
		return []key.Binding{k.reload}
	}
	out := []key.Binding{k.up, k.zoomIn, k.zoomOut, k.find}
	out = append(out, k.layers[:]...)
	if a.manyColours() {
		out = append(out, k.palette)
	}
	if a.goal() != Demo {
		out = append(out, k.reset)
	}
	out = append(out, k.tiltUp, k.tiltDown, k.turnL, k.turn, k.cUp)
	if a.pointer.kind == cursor {
		out = append(out, k.center)
	}
	if a.pinned.ok || a.pointer.kind == cursor {
		out = append(out, k.escape)
	}
	return append(out, k.saveCSV, k.saveJSON, k.reload)
}

// key does what a key says while nothing is typed.
func (a *atlas) key(msg tea.KeyMsg) tea.Cmd {
	k := a.keys
	if key.Matches(msg, k.reload) {
		return a.reload()
	}
	if !a.ready() {
		return nil
	}
	for i, b := range k.layers {
		if key.Matches(msg, b) {
			a.toggle(i)
			return nil
		}
	}
	switch {
	case key.Matches(msg, k.find):
		a.startFinding()
	case key.Matches(msg, k.palette) && a.manyColours():
		a.palette, a.stale = (a.palette+1)%palettes, true
		return page.Send(page.Notice{Text: "Hexagons in " + a.palette.String()})
	case key.Matches(msg, k.saveCSV):
		return a.save("csv")
	case key.Matches(msg, k.saveJSON):
		return a.save("json")
	case key.Matches(msg, k.escape):
		a.pinned, a.pointer, a.stale = pick{}, pointer{}, true
	case key.Matches(msg, k.cUp, k.cDown, k.cLeft, k.cRight):
		a.steer(msg)
	default:
		return a.travel(msg)
	}
	return nil
}

// travel does the keys that change the view. They end a flight where it is.
func (a *atlas) travel(msg tea.KeyMsg) tea.Cmd {
	k, v := a.keys, a.goal()
	switch {
	case key.Matches(msg, k.up):
		v = a.shifted(v, 0, -1)
	case key.Matches(msg, k.down):
		v = a.shifted(v, 0, 1)
	case key.Matches(msg, k.left):
		v = a.shifted(v, -1, 0)
	case key.Matches(msg, k.right):
		v = a.shifted(v, 1, 0)
	case key.Matches(msg, k.zoomIn):
		return a.zoomBy(0.5)
	case key.Matches(msg, k.zoomOut):
		return a.zoomBy(-0.5)
	case key.Matches(msg, k.center):
		return a.center()
	case key.Matches(msg, k.tiltUp):
		v.Pitch += 5
	case key.Matches(msg, k.tiltDown):
		v.Pitch -= 5
	case key.Matches(msg, k.turnL):
		v.Bearing -= 15
	case key.Matches(msg, k.turn):
		v.Bearing += 15
	case key.Matches(msg, k.reset):
		return a.flyTo(Demo)
	default:
		return nil
	}
	return a.glideTo(v, nil)
}

func (a *atlas) toggle(layer int) {
	a.layers[layer] = !a.layers[layer]
	for _, p := range []*pick{&a.pinned, &a.hover} {
		if p.layer == layer {
			*p = pick{}
		}
	}
	a.stale = true
}
