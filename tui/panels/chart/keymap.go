package chart

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/widget"
)

// menu says what keys mean while a choice is open.
type menu int

const (
	closed     menu = iota
	formats         // of an export
	seriesMenu      // which series are shown
)

// keyMap are the keys of a chart.
type keyMap struct {
	left, right, up, down, first, last key.Binding
	detail, export, full, leave        key.Binding
	zoomIn, zoomOut, reset             key.Binding
	pick, brush                        key.Binding
	panLeft, panRight, panUp, panDown  key.Binding

	csv, json, svg, ansi, link, back key.Binding // while a format is chosen
	series, lines                    key.Binding
	toggle, alone, all, close        key.Binding // while series are chosen
	change, ends, press, begin, done key.Binding // while an input is
}

func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

func newKeyMap() keyMap {
	return keyMap{
		left: bind("←/→", "read", "left"), right: bind("", "", "right"),
		up: bind("↑/↓", "series", "up"), down: bind("", "", "down"),
		first: bind("home", "first", "home"), last: bind("end", "last", "end"),
		detail: bind("enter", "its rows", "enter"), export: bind("e", "export", "e"),
		pick: bind("space", "select", " "), brush: bind("b", "select to here", "b"),
		zoomIn: bind("+/-", "zoom", "+", "="), zoomOut: bind("", "", "-", "_"), reset: bind("0", "show all", "0"),
		panLeft: bind("shift+←/→", "pan", "shift+left"), panRight: bind("", "", "shift+right"),
		panUp: bind("pgup/pgdn", "scroll", "pgup", "shift+up"), panDown: bind("", "", "pgdown", "shift+down"),
		full: bind("f", "full screen", "f"), leave: bind("esc", "back", "esc"),

		csv: bind("c", "CSV", "c"), json: bind("j", "JSON", "j"), svg: bind("v", "SVG", "v"), ansi: bind("a", "ANSI", "a"),
		link: bind("l", "command line", "l"), back: bind("esc", "back", "esc", "e"),

		series: bind("o", "series", "o"), lines: bind("A", "lines or areas", "A"),
		toggle: bind("space", "show or hide", " "), alone: bind("n", "this one alone", "n"), all: bind("a", "show all", "a"),
		close: bind("esc", "back", "esc", "o"),

		change: bind("←/→", "change", "left", "right"), ends: bind("home/end", "first, last", "home", "end"),
		press: bind("space", "change", " ", "enter"), begin: bind("backspace", "as it began", "backspace", "delete"),
		done: bind("enter", "done", "enter", "esc"),
	}
}

// list returns the keys that act now, most useful first.
func (k *keyMap) list(p *Panel) []key.Binding {
	if p.menu == formats {
		k.link.SetEnabled(p.env.Linked)
		return []key.Binding{k.csv, k.json, k.svg, k.ansi, k.link, k.back}
	}
	if p.menu == seriesMenu {
		if o := p.choices.line(p.options()); o != nil && o.input != nil {
			return k.ofInput(o.input.Kind, p.choices.typing.on)
		}
		return []key.Binding{k.toggle, k.alone, k.all, k.close}
	}
	k.series.SetEnabled(len(p.options()) > 0)
	k.series.SetHelp("o", "series")
	if p.scene != nil && len(p.scene.Inputs) > 0 {
		k.series.SetHelp("o", "inputs")
	}
	k.lines.SetEnabled(p.scene != nil && (p.choices.lines || hasAreas(p.scene)))
	k.detail.SetEnabled(p.cursor.on)
	k.leave.SetEnabled(p.cursor.on || p.chosen.any())
	k.pick.SetEnabled(p.cursor.on && selects(p.scene, "point"))
	k.brush.SetEnabled(p.cursor.on && selects(p.scene, "interval"))
	for _, b := range []*key.Binding{&k.left, &k.right, &k.up, &k.down, &k.first, &k.last, &k.export} {
		b.SetEnabled(p.scene != nil)
	}
	k.reset.SetEnabled(p.zoom.on())
	inPart := len(p.view.Windows) > 0
	for _, b := range []*key.Binding{&k.panLeft, &k.panRight, &k.panUp, &k.panDown} {
		b.SetEnabled(inPart)
	}
	return []key.Binding{
		k.left, k.zoomIn, k.series, k.pick, k.brush, k.detail, k.reset, k.lines, k.export, k.full, k.up, k.panLeft, k.panUp,
		k.right, k.down, k.first, k.last, k.zoomOut, k.panRight, k.panDown, k.leave,
	}
}

// ofInput returns the keys that act on an input of a kind.
func (k *keyMap) ofInput(kind string, typing bool) []key.Binding {
	switch {
	case typing:
		return []key.Binding{k.done, widget.Erase, widget.Move}
	case kind == "text" || kind == "checkbox":
		return []key.Binding{k.press, k.begin, k.close}
	}
	return []key.Binding{k.change, k.ends, k.begin, k.close}
}

// key does what a key means.
func (p *Panel) key(msg tea.KeyMsg) tea.Cmd {
	is := func(b key.Binding) bool { return key.Matches(msg, b) }
	if p.menu == formats {
		p.menu = closed
		if is(p.keys.link) && p.env.Linked {
			return panels.Send(panels.CommandLine{})
		}
		for format, b := range map[string]key.Binding{"csv": p.keys.csv, "json": p.keys.json, "svg": p.keys.svg, "ansi": p.keys.ansi} {
			if is(b) {
				return p.save(format)
			}
		}
		return nil
	}
	if o := p.choices.line(p.options()); p.menu == seriesMenu && o != nil && o.input != nil && p.choices.key(msg, o.input) {
		return nil
	}
	if p.menu == seriesMenu {
		anew, stays := p.choices.press(msg.String(), p.options())
		if anew {
			p.anew()
		}
		if !stays {
			p.menu = closed
		}
		return nil
	}
	k := &p.keys
	switch {
	case is(k.series) && len(p.options()) > 0:
		p.menu = seriesMenu
	case is(k.lines) && p.scene != nil:
		p.choices.lines = !p.choices.lines
		p.anew()
	case is(k.zoomIn):
		p.zoomBy(0.5, p.focus())
	case is(k.zoomOut):
		p.zoomBy(2, p.focus())
	case is(k.reset):
		p.whole(p.room)
	case is(k.panLeft):
		p.panBy(p.focus().plot, -0.25, 0)
	case is(k.panRight):
		p.panBy(p.focus().plot, 0.25, 0)
	case is(k.panUp):
		p.panBy(p.focus().plot, -0.5, -0.5)
	case is(k.panDown):
		p.panBy(p.focus().plot, 0.5, 0.5)
	case is(k.left):
		return p.tell(p.step(-1, 0))
	case is(k.right):
		return p.tell(p.step(1, 0))
	case is(k.up):
		return p.tell(p.step(0, -1))
	case is(k.down):
		return p.tell(p.step(0, 1))
	case is(k.first):
		return p.tell(p.end(false))
	case is(k.last):
		return p.tell(p.end(true))
	case is(k.detail):
		r, ok := p.reading()
		return p.spec.detail(r, p.gathered, ok)
	case is(k.export) && p.scene != nil:
		p.menu = formats
	case is(k.full):
		return full()
	case is(k.pick):
		if r, ok := p.reading(); ok && p.chosen.mark(p.scene, r, true) {
			p.anew()
		}
	case is(k.brush):
		p.edge()
	case is(k.leave) && p.chosen.any():
		p.chosen.clear()
		if hovering(p.scene) {
			p.cursor, p.pointer = place{}, place{}
		}
		p.anew()
	case is(k.leave):
		p.cursor = place{}
	}
	return nil
}
