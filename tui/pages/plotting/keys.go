package plotting

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/widget"
)

// mode says who gets the keys.
type mode int

const (
	browsing  mode = iota
	typing         // a seed
	exporting      // the choice of a format
)

// intent is what a key or a control means.
type intent int

const (
	none intent = iota
	rerun
	again
	pause
	step
	slower
	faster
	left
	right
	first
	last
	zoomIn
	zoomOut
	panLeft
	panRight
	showAll
	dropCursor
	typeSeed
	chooseFormat
	saveCSV
	saveSVG
	saveANSI
	saveJSON
	back
	accept
	intents // how many there are
)

// keyMap is every key of the page, by what it means.
type keyMap [intents]key.Binding

func newKeyMap() keyMap {
	bind := func(shown, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
	}
	return keyMap{
		rerun:        bind("r", "re-run with a new seed", "r"),
		again:        bind("R", "re-run with this seed", "R"),
		pause:        bind("space", "pause", " "),
		step:         bind(".", "one step", "."),
		slower:       bind("<", "slower", "<", "["),
		faster:       bind(">", "faster", ">", "]"),
		left:         bind("←", "read the value before", "left"),
		right:        bind("→", "read the next value", "right"),
		first:        bind("home", "read the first value", "home"),
		last:         bind("end", "read the newest value", "end"),
		zoomIn:       bind("+", "zoom in", "+", "=", "up"),
		zoomOut:      bind("-", "zoom out", "-", "down"),
		panLeft:      bind("shift+←", "pan left", "shift+left", "pgup"),
		panRight:     bind("shift+→", "pan right", "shift+right", "pgdown"),
		showAll:      bind("0", "show all", "0"),
		dropCursor:   bind("esc", "drop the cursor", "esc"),
		typeSeed:     bind("s", "set the seed", "s"),
		chooseFormat: bind("e", "export", "e"),
		saveCSV:      bind("c", "CSV", "c"),
		saveJSON:     bind("j", "JSON", "j"),
		saveSVG:      bind("v", "SVG picture", "v"),
		saveANSI:     bind("a", "ANSI text", "a"),
		back:         bind("esc", "back", "esc"),
		accept:       bind("enter", "start with this seed", "enter"),
	}
}

// The intents that have keys, by mode.
var (
	whileBrowsing = []intent{
		rerun, again, pause, step, slower, faster, typeSeed, chooseFormat,
		left, right, first, last, zoomIn, zoomOut, panLeft, panRight, showAll, dropCursor,
	}
	whileTyping    = []intent{accept, back}
	whileExporting = []intent{saveCSV, saveSVG, saveANSI, saveJSON, back}
)

// intent returns what a key means in a mode.
func (k *keyMap) intent(m mode, msg tea.KeyMsg) intent {
	for _, in := range [...][]intent{browsing: whileBrowsing, typing: whileTyping, exporting: whileExporting}[m] {
		if key.Matches(msg, k[in]) {
			return in
		}
	}
	return none
}

// situation is what decides which keys act.
type situation struct {
	mode                           mode
	running, paused, zoomed, chose bool
}

// list returns the keys that act, most useful first.
func (k *keyMap) list(s situation) (keys []key.Binding) {
	add := func(intents ...intent) {
		for _, in := range intents {
			keys = append(keys, k[in])
		}
	}
	switch s.mode {
	case typing:
		add(whileTyping...)
		return append(keys, widget.Erase, widget.Move)
	case exporting:
		add(whileExporting...)
		return keys
	}
	add(rerun)
	if s.running {
		add(pause, step)
		if s.paused {
			keys[1].SetHelp("space", "go on")
		}
	}
	add(left, right, zoomIn)
	if s.zoomed {
		add(zoomOut, panLeft, panRight, showAll)
	}
	if s.chose {
		add(dropCursor)
	}
	add(chooseFormat, typeSeed, slower, faster, again, first, last)
	return keys
}
