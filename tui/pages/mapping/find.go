package mapping

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/widget"
)

// finder is the search for a stop: what is typed and the stops that fit.
type finder struct {
	field widget.Field
	found []int // stops, best first
	at    int   // of found
}

// The most that can be typed, and the zoom from which a stop is seen well.
const (
	finderLength = 40
	stopZoom     = 12.5
)

func (a *atlas) startFinding() {
	a.mode, a.finder, a.stale = finding, finder{field: widget.Field{Limit: finderLength}}, true
	a.finder.search(a.scene)
}

// search ranks the stops by how well their names fit; with nothing typed by
// their exits.
func (f *finder) search(s *scene) {
	f.at, f.found = 0, f.found[:0]
	if f.field.Empty() {
		f.found = append(f.found, s.busiest...)
		return
	}
	for _, m := range fuzzy.FindFrom(f.field.String(), stopNames(s.stops)) {
		f.found = append(f.found, m.Index)
	}
}

type stopNames []stop

func (s stopNames) String(i int) string { return s[i].name }
func (s stopNames) Len() int            { return len(s) }

// typed takes a key while a name is typed.
func (a *atlas) typed(msg tea.KeyMsg) tea.Cmd {
	k, f := a.keys, &a.finder
	a.stale = true
	switch {
	case key.Matches(msg, k.stop):
		a.mode = looking
	case key.Matches(msg, k.pick):
		return a.goToFound()
	case key.Matches(msg, k.next):
		f.step(1)
	case key.Matches(msg, k.prev):
		f.step(-1)
	default:
		if text := f.field.String(); f.field.Key(msg) && f.field.String() != text {
			f.search(a.scene)
		}
	}
	return nil
}

func (f *finder) step(by int) {
	if n := len(f.found); n > 0 {
		f.at = (f.at + by + n) % n
	}
}

// goToFound ends the search and goes to the chosen stop.
func (a *atlas) goToFound() tea.Cmd {
	a.mode = looking
	if len(a.finder.found) == 0 {
		return nil
	}
	return a.goTo(a.finder.found[a.finder.at])
}

// goTo pins a stop and flies there.
func (a *atlas) goTo(i int) tea.Cmd {
	a.stale = true
	a.pinned, a.pointer = pick{true, exits, i}, pointer{}
	if !a.layers[exits] {
		a.pinned.layer = names
		a.layers[names] = true
	}
	v := a.view
	v.Lon, v.Lat, v.Zoom = a.scene.stops[i].lon, a.scene.stops[i].lat, max(v.Zoom, stopZoom)
	return a.flyTo(v.within(a.scene.lo, a.scene.hi))
}

// finderMouse takes the mouse while a name is typed: the wheel goes through
// the stops, a click takes one or closes the search.
func (a *atlas) finderMouse(msg tea.MouseMsg) tea.Cmd {
	if msg.Action != tea.MouseActionPress {
		return nil
	}
	a.stale = true
	switch msg.Button {
	case tea.MouseButtonWheelDown:
		a.finder.step(1)
	case tea.MouseButtonWheelUp:
		a.finder.step(-1)
	case tea.MouseButtonLeft:
		a.mode = looking
		if z, ok := a.zones.At(msg.X, msg.Y); ok && z.kind == listedStop {
			return a.goTo(z.index)
		}
	}
	return nil
}

// place is where the middle of a view is.
func (v View) place() data.Point { return data.Point{Lon: v.Lon, Lat: v.Lat} }
