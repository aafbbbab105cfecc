package plotting

import (
	"math"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/widget"
)

// keyMap is every key of the page.
type keyMap struct {
	rerun, again, pause, step, slower, faster, seed    key.Binding
	left, right, first, last, in, out, back, fwd, home key.Binding
	export, csv, svg, ansi, json, enter, cancel, clear key.Binding
}

func newKeyMap() keyMap {
	bind := func(shown, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
	}
	return keyMap{
		rerun:  bind("r", "re-run with a new seed", "r"),
		again:  bind("R", "re-run with this seed", "R"),
		pause:  bind("space", "pause", " "),
		step:   bind(".", "one step", "."),
		slower: bind("<", "slower", "<", "["),
		faster: bind(">", "faster", ">", "]"),
		seed:   bind("s", "set the seed", "s"),
		left:   bind("←", "read the value before", "left"),
		right:  bind("→", "read the next value", "right"),
		first:  bind("home", "read the first value", "home"),
		last:   bind("end", "read the newest value", "end"),
		in:     bind("+", "zoom in", "+", "=", "up"),
		out:    bind("-", "zoom out", "-", "down"),
		back:   bind("shift+←", "pan left", "shift+left", "pgup"),
		fwd:    bind("shift+→", "pan right", "shift+right", "pgdown"),
		home:   bind("0", "show all", "0"),
		clear:  bind("esc", "drop the cursor", "esc"),
		export: bind("e", "export", "e"),
		csv:    bind("c", "CSV", "c"),
		json:   bind("j", "JSON", "j"),
		svg:    bind("v", "SVG picture", "v"),
		ansi:   bind("a", "ANSI text", "a"),
		enter:  bind("enter", "start with this seed", "enter"),
		cancel: bind("esc", "back", "esc"),
	}
}

// Keys lists what acts now, most useful first.
func (p *Page) Keys() []key.Binding {
	k := p.keys
	switch p.mode {
	case typing:
		return []key.Binding{k.enter, k.cancel, widget.Erase, widget.Move}
	case exporting:
		return []key.Binding{k.csv, k.svg, k.ansi, k.json, k.cancel}
	}
	keys := []key.Binding{k.rerun}
	if !p.run.done() {
		if p.run.paused {
			k.pause.SetHelp("space", "go on")
		}
		keys = append(keys, k.pause, k.step)
	}
	keys = append(keys, k.left, k.right, k.in)
	if p.view.set {
		keys = append(keys, k.out, k.back, k.fwd, k.home)
	}
	if p.cursor >= 0 {
		keys = append(keys, k.clear)
	}
	return append(keys, k.export, k.seed, k.slower, k.faster, k.again, k.first, k.last)
}

// key gives a key to whoever has them.
func (p *Page) key(msg tea.KeyMsg) tea.Cmd {
	switch p.mode {
	case typing:
		return p.typed(msg)
	case exporting:
		return p.chosen(msg)
	}
	if cmd, ok := p.walkKey(msg); ok {
		return cmd
	}
	p.viewKey(msg)
	return nil
}

// walkKey does what changes the walk.
func (p *Page) walkKey(msg tea.KeyMsg) (cmd tea.Cmd, ok bool) {
	k := p.keys
	switch {
	case key.Matches(msg, k.rerun):
		return p.rerun(chance()), true
	case key.Matches(msg, k.again):
		return p.rerun(p.run.seed), true
	case key.Matches(msg, k.pause):
		return p.pause(), true
	case key.Matches(msg, k.step):
		return p.oneStep(), true
	case key.Matches(msg, k.slower):
		return p.speed(-1), true
	case key.Matches(msg, k.faster):
		return p.speed(+1), true
	case key.Matches(msg, k.seed):
		p.mode = typing
		p.field.Clear()
		return nil, true
	case key.Matches(msg, k.export):
		p.mode = exporting
		return nil, true
	}
	return nil, false
}

// viewKey does what changes the view alone.
func (p *Page) viewKey(msg tea.KeyMsg) {
	k, n := p.keys, p.run.series.Len()
	switch {
	case key.Matches(msg, k.left):
		_, hi := p.view.of(n)
		p.choose(p.cursorOr(int(min(hi, float64(n-1)))+1) - 1)
	case key.Matches(msg, k.right):
		lo, _ := p.view.of(n)
		p.choose(p.cursorOr(int(math.Ceil(lo))-1) + 1)
	case key.Matches(msg, k.first):
		p.choose(0)
	case key.Matches(msg, k.last):
		p.choose(n - 1)
	case key.Matches(msg, k.in):
		p.view.zoom(n, p.focus(), zoomStep)
	case key.Matches(msg, k.out):
		p.view.zoom(n, p.focus(), 1/zoomStep)
	case key.Matches(msg, k.back):
		p.view.pan(n, -panShare)
	case key.Matches(msg, k.fwd):
		p.view.pan(n, panShare)
	case key.Matches(msg, k.home):
		p.view = window{}
	case key.Matches(msg, k.clear):
		p.cursor = -1
	}
}

func (p *Page) cursorOr(none int) int {
	if p.cursor < 0 {
		return none
	}
	return p.cursor
}

// choose moves the cursor to a point that there is, and the view with it.
func (p *Page) choose(i int) {
	n := p.run.series.Len()
	p.cursor = min(max(i, 0), n-1)
	p.view.hold(n, float64(p.cursor))
	p.stale = true
}

// focus is what a zoom by key keeps in place: the cursor, or the middle.
func (p *Page) focus() float64 {
	lo, hi := p.view.of(p.run.series.Len())
	if x := float64(p.cursor); p.cursor >= 0 && x >= lo && x <= hi {
		return x
	}
	return (lo + hi) / 2
}

func (p *Page) rerun(seed uint64) tea.Cmd {
	p.start(seed)
	return p.run.resume(p.env)
}

func (p *Page) pause() tea.Cmd {
	if p.run.done() {
		return nil
	}
	p.run.paused = !p.run.paused
	p.run.sleep()
	return p.run.resume(p.env)
}

// oneStep pauses and makes one step.
func (p *Page) oneStep() tea.Cmd {
	if p.run.done() {
		return page.Send(page.Notice{Text: "The walk is finished. Press r for a new one."})
	}
	p.run.paused = true
	p.run.sleep()
	p.run.step()
	return nil
}

func (p *Page) speed(by int) tea.Cmd {
	p.run.speed = min(max(p.run.speed+by, 0), len(speeds)-1)
	p.run.sleep()
	return p.run.resume(p.env)
}
