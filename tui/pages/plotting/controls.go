package plotting

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
)

// A control is a key, what it does in a word, and whether it is on offer.
// Where room is short, those of the highest rank go first.
type control struct {
	key  string
	text string
	act  func() tea.Cmd
	on   bool
	rank int
}

// offered lists the controls of the present mode.
func (p *Page) offered() []control {
	type kb = key.Binding
	press := func(b kb) func() tea.Cmd {
		return func() tea.Cmd { return p.Update(keyOf(b)) }
	}
	k := p.keys
	if p.mode == exporting {
		return []control{
			{"c", "CSV", press(k.csv), true, 0},
			{"v", "SVG", press(k.svg), true, 1},
			{"a", "ANSI", press(k.ansi), true, 2},
			{"j", "JSON", press(k.json), true, 3},
			{"esc", "Back", press(k.cancel), true, 0},
		}
	}
	pause := "Pause"
	if p.run.paused {
		pause = "Go on"
	}
	running := !p.run.done()
	all := []control{
		{"r", "Re-run", press(k.rerun), true, 0},
		{"space", pause, press(k.pause), running, 1},
		{".", "Step", press(k.step), running, 4},
		{"<", "", press(k.slower), true, 5},
		{">", fmt.Sprintf("Speed %g×", speeds[p.run.speed]), press(k.faster), true, 5},
		{"s", fmt.Sprintf("Seed %d", p.run.seed), press(k.seed), true, 3},
		{"e", "Export", press(k.export), true, 2},
	}
	if p.wide() && p.view.set { // a narrow page has it beside its read-out
		all = append(all, control{"0", "All", press(k.home), true, 0})
	}
	return all
}

// fitting drops controls of the highest rank until the rest fits into w.
func (p *Page) fitting(all []control, w int) []control {
	for rank := 5; ; rank-- {
		sum := -1
		for _, c := range all {
			sum += p.controlWidth(c) + 1
		}
		if sum <= w || rank < 0 {
			return all
		}
		all = slices.DeleteFunc(all, func(c control) bool { return c.rank >= rank })
	}
}

// keyOf makes the message of a binding's first key.
func keyOf(b key.Binding) tea.KeyMsg {
	switch name := b.Keys()[0]; name {
	case "esc":
		return tea.KeyMsg{Type: tea.KeyEsc}
	case " ":
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	default:
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
	}
}

// controls draws one row of controls from x on, in w cells. Those that are
// not on offer keep their place but are faint and cannot be clicked.
func (p *Page) controls(x, y, w int) {
	if p.mode == typing {
		p.prompt(x, y, w)
		return
	}
	for _, c := range p.fitting(p.offered(), w) {
		p.control(x, y, c)
		x += p.controlWidth(c) + 1
	}
}

// plainText is whether controls need brackets to be seen as such.
func (p *Page) plainText() bool { return p.profile() == termenv.Ascii || p.ascii() }

func (p *Page) controlWidth(c control) int {
	n := 2 + cell.Width(c.key)
	if c.text != "" {
		n += 1 + cell.Width(c.text)
	}
	return n
}

func (p *Page) control(x, y int, c control) {
	t, n := p.env.Theme, p.controlWidth(c)
	keyColor, textColor := t.Accent, t.Text
	if !c.on {
		keyColor, textColor = t.Faint, t.Faint
	}
	p.grid.Rect(x, y, n, 1, t.Surface)
	used := p.grid.Text(x+1, y, c.key, keyColor, cell.Bold)
	if c.text != "" {
		p.grid.Text(x+2+used, y, c.text, textColor, 0)
	}
	if p.plainText() && c.on {
		p.grid.Text(x, y, "[", t.Muted, 0)
		p.grid.Text(x+n-1, y, "]", t.Muted, 0)
	}
	if c.on {
		p.zones.Add(cell.Rect{X: x, Y: y, W: n, H: 1}, c.act)
	}
}

// prompt draws the field in which a seed is typed.
func (p *Page) prompt(x, y, w int) {
	t, end := p.env.Theme, x+w
	x += p.grid.Text(x, y, "Seed ", t.Text, cell.Bold)
	p.grid.Rect(x, y, min(maxSeed+2, max(0, end-x)), 1, t.Surface)
	before, after := p.field.Around(maxSeed)
	at := x + 1 + p.grid.Text(x+1, y, before, t.Text, 0)
	if p.plainText() {
		p.grid.Put(at, y, '_', t.Text, cell.Reverse)
		p.grid.Text(at+1, y, after, t.Text, 0)
	} else {
		p.grid.Text(at, y, after, t.Text, 0)
		if c := p.grid.At(at, y); c != nil {
			c.FG, c.Attr = cell.FromRGB(t.Text), cell.Reverse
		}
	}
	x += maxSeed + 3
	for _, c := range []control{
		{"enter", "Start", p.accept, true, 0},
		{"esc", "Back", func() tea.Cmd { p.mode = browsing; return nil }, true, 0},
	} {
		if n := p.controlWidth(c); x+n <= end {
			p.control(x, y, c)
			x += n + 1
		}
	}
}
