package walk

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
	leave
	fullScreen
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
		rerun:        bind("r", "re-run", "r"),
		again:        bind("R", "same seed", "R"),
		pause:        bind("space", "pause", " "),
		step:         bind(".", "one step", "."),
		slower:       bind("<", "slower", "<", "["),
		faster:       bind(">", "faster", ">", "]"),
		left:         bind("←/→", "read", "left"),
		right:        bind("", "", "right"),
		first:        bind("home", "first value", "home"),
		last:         bind("end", "newest value", "end"),
		zoomIn:       bind("+/-", "zoom", "+", "=", "up"),
		zoomOut:      bind("", "", "-", "down"),
		panLeft:      bind("shift+←/→", "pan", "shift+left", "pgup"),
		panRight:     bind("", "", "shift+right", "pgdown"),
		showAll:      bind("0", "show all", "0"),
		leave:        bind("esc", "back", "esc"),
		fullScreen:   bind("f", "full screen", "f"),
		typeSeed:     bind("s", "seed", "s"),
		chooseFormat: bind("e", "export", "e"),
		saveCSV:      bind("c", "CSV", "c"),
		saveJSON:     bind("j", "JSON", "j"),
		saveSVG:      bind("v", "SVG", "v"),
		saveANSI:     bind("a", "ANSI", "a"),
		back:         bind("esc", "back", "esc"),
		accept:       bind("enter", "start", "enter"),
	}
}

// The intents that have keys, by mode.
var (
	whileBrowsing = []intent{
		rerun, pause, left, right, zoomIn, zoomOut, chooseFormat, fullScreen, typeSeed, panLeft, panRight, showAll, leave,
		step, slower, faster, again, first, last,
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
	mode                          mode
	running, paused, zoomed, left bool // left: there is something that esc leaves
}

// list returns the keys of a mode, and after them those of the page, which act
// while neither a seed is typed nor a format chosen.
func (k *keyMap) list(s situation) (keys []key.Binding) {
	add := func(intents []intent, off map[intent]bool) {
		for _, in := range intents {
			b := k[in]
			b.SetEnabled(!off[none] && !off[in])
			if in == pause && s.paused {
				b.SetHelp("space", "go on")
			}
			keys = append(keys, b)
		}
	}
	switch s.mode {
	case typing:
		add(whileTyping, nil)
		keys = append(keys, widget.Erase, widget.Move)
	case exporting:
		add(whileExporting, nil)
	}
	add(whileBrowsing, map[intent]bool{
		none: s.mode != browsing, pause: !s.running, step: !s.running,
		zoomOut: !s.zoomed, panLeft: !s.zoomed, panRight: !s.zoomed, showAll: !s.zoomed, leave: !s.left,
	})
	return keys
}
