package geo

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// How far keys go.
const (
	zoomStep = 0.5
	tiltStep = 10
	turnStep = 15
)

// keyMap are the keys of a map.
type keyMap struct {
	left, right, up, down, nearer, farther, lower, higher, turnLeft, turnRight key.Binding
	home, next, previous, detail, layers, export, full, leave                  key.Binding

	csv, json, svg, ansi, link, back key.Binding // while a format is chosen
}

func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

func newKeyMap() keyMap {
	return keyMap{
		left: bind("←→↑↓", "pan", "left"), right: bind("", "", "right"), up: bind("", "", "up"), down: bind("", "", "down"),
		nearer: bind("+/-", "zoom", "+", "="), farther: bind("", "", "-"), lower: bind("[/]", "tilt", "]"), higher: bind("", "", "["),
		turnLeft: bind("</>", "turn", "<"), turnRight: bind("", "", ">"), home: bind("0", "first view", "0"),
		next: bind("n/N", "next place", "n"), previous: bind("", "", "N"), detail: bind("enter", "its rows", "enter"), layers: bind("o", "layers", "o"),
		export: bind("e", "export", "e"), full: bind("f", "full screen", "f"), leave: bind("esc", "back", "esc"),

		csv: bind("c", "CSV", "c"), json: bind("j", "JSON", "j"), svg: bind("v", "SVG", "v"), ansi: bind("a", "ANSI", "a"), link: bind("l", "command line", "l"), back: bind("esc", "back", "esc", "e"),
	}
}

// list returns the keys that act now, most useful first.
func (k *keyMap) list(p *Panel) []key.Binding {
	if p.menu {
		k.link.SetEnabled(p.env.Linked)
		return []key.Binding{k.csv, k.json, k.svg, k.ansi, k.link, k.back}
	}
	if p.box.open {
		return p.box.keys()
	}
	k.detail.SetEnabled(p.pick().OK && p.spec != nil)
	k.leave.SetEnabled(p.picked.OK)
	k.home.SetEnabled(p.moved)
	all := []*key.Binding{&k.left, &k.nearer, &k.layers, &k.next, &k.detail, &k.export, &k.full, &k.home, &k.lower, &k.turnLeft, &k.right, &k.up, &k.down, &k.farther, &k.higher, &k.turnRight, &k.previous, &k.leave}
	out := make([]key.Binding, len(all))
	for i, b := range all {
		if p.figs == nil || p.spec == nil && (b == &k.next || b == &k.previous) || p.deck == nil && b == &k.layers {
			b.SetEnabled(b == &k.full)
		} else if b != &k.detail && b != &k.leave && b != &k.home {
			b.SetEnabled(true)
		}
		out[i] = *b
	}
	return out
}

// key does what a key means.
func (p *Panel) key(msg tea.KeyMsg) tea.Cmd {
	is := func(b key.Binding) bool { return key.Matches(msg, b) }
	k := &p.keys
	if p.menu {
		p.menu = false
		if is(k.link) && p.env.Linked {
			return panels.Send(panels.CommandLine{})
		}
		for format, b := range map[string]key.Binding{"csv": k.csv, "json": k.json, "svg": k.svg, "ansi": k.ansi} {
			if is(b) {
				return p.save(format)
			}
		}
		return nil
	}
	if is(k.full) {
		return panels.Send(panels.FullScreen{})
	}
	if p.figs == nil {
		return nil
	}
	if p.box.open {
		p.box.key(p.figs, msg)
		return nil
	}
	v := mapview.Viewport{View: p.view, Area: p.area}
	mx, my := v.Middle()
	switch {
	case is(k.left):
		p.move(v.Shift(-1, 0))
	case is(k.right):
		p.move(v.Shift(1, 0))
	case is(k.up):
		p.move(v.Shift(0, -1))
	case is(k.down):
		p.move(v.Shift(0, 1))
	case is(k.nearer):
		p.move(v.Zoom(zoomStep, mx, my))
	case is(k.farther):
		p.move(v.Zoom(-zoomStep, mx, my))
	case is(k.lower), is(k.higher):
		p.move(p.turned(step(is(k.lower), tiltStep), 0))
	case is(k.turnLeft), is(k.turnRight):
		p.move(p.turned(0, step(is(k.turnRight), turnStep)))
	case is(k.home):
		p.view, p.moved = p.figs.scene.Home().Within(), false
	case is(k.layers) && p.deck != nil:
		p.box.open = true
	case is(k.next) && p.spec != nil:
		p.choose(1)
	case is(k.previous) && p.spec != nil:
		p.choose(-1)
	case is(k.detail):
		return p.detail()
	case is(k.export):
		p.menu = true
	case is(k.leave):
		p.picked = mapview.Pick{}
	}
	return nil
}

func step(more bool, by float64) float64 {
	if more {
		return by
	}
	return -by
}

func (p *Panel) turned(pitch, bearing float64) mapview.View {
	v := p.view
	v.Pitch += pitch
	v.Bearing += bearing
	return v
}

// move looks from somewhere else.
func (p *Panel) move(v mapview.View) {
	if v = v.Within(); v != p.view {
		p.view, p.moved, p.hover = v, true, mapview.Pick{}
	}
}

// choose reads out the next place, or the one before, and brings it into view.
func (p *Panel) choose(by int) {
	n := len(p.figs.scene.Deck.Layers[0].Circles)
	if n == 0 {
		return
	}
	at := by - 1 // the first, or the last
	if p.picked.OK {
		at = p.picked.Index + by
	} else if by < 0 {
		at = n - 1
	}
	p.hover, p.picked = mapview.Pick{}, mapview.Pick{OK: true, Kind: mapview.Disc, Index: (at%n + n) % n}
	_, place := p.figs.scene.Item(p.picked)
	if !p.sees(place) {
		v := p.view
		v.Lat, v.Lon = place.Lat, place.Lon
		p.move(v)
	}
}

// sees reports whether a place is in the middle three quarters of the map.
func (p *Panel) sees(at deck.Place) bool {
	col, row, ok := mapview.Viewport{View: p.view, Area: p.area}.Cell(at.Lon, at.Lat)
	dx, dy := p.area.W/8, p.area.H/8
	return ok && col >= p.area.X+dx && col < p.area.X+p.area.W-dx && row >= p.area.Y+dy && row < p.area.Y+p.area.H-dy
}

// detail asks for the rows at the place that is read out.
func (p *Panel) detail() tea.Cmd {
	if !p.pick().OK || p.spec == nil {
		return nil
	}
	item, _ := p.figs.scene.Item(p.pick())
	b, err := frame.Rows(p.ctx(), p.figs.rows, []int{p.figs.lat, p.figs.lon}, item.Row, 1)
	if err != nil || b.Len == 0 {
		return page.Send(page.Failed{Err: err})
	}
	where := query.Where{}
	for i, c := range []int{p.figs.lat, p.figs.lon} {
		where = append(where, query.Condition{Field: p.figs.rows.Columns()[c].Name, Op: query.Eq, Values: []string{b.Columns[i].String(0)}})
	}
	return panels.Send(panels.Detail{Source: p.spec.Source, Where: where, Title: "at " + b.Columns[0].String(0) + ", " + b.Columns[1].String(0)})
}
