// Package markdown is the panel of text: headings, emphasis, lists, code,
// links, tables and quotes. HTML and images are not drawn: their text is.
package markdown

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// maxText is how many bytes a text has at most.
const maxText = 1 << 20

// widest is how wide lines of text are at most: longer ones are hard to read.
const widest = 100

// Panel is a text.
type Panel struct {
	env    panels.Env
	path   string
	blocks []block
	err    error
	w, h   int
	top    int
	lines  []line
	at     int // for which width the lines are; 0 = for none
	drawn  bool

	chosen  int // of the links, -1 = none
	focused bool
}

var _ panels.Sizer = (*Panel)(nil)

// New makes the panel.
func New(env panels.Env) panels.Panel {
	p := &Panel{env: env, chosen: -1}
	if spec, ok := env.Panel.Spec.(*dashboard.Markdown); ok {
		p.path = spec.Path
		if p.path == "" {
			p.blocks = parse(spec.Text)
		}
	}
	return p
}

// loaded is the text of a file.
type loaded struct {
	text []byte
	err  error
}

// Init reads the file of a text that has one.
func (p *Panel) Init() tea.Cmd {
	if p.path == "" || p.env.Load == nil {
		return nil
	}
	return p.read(p.env.Ctx)
}

func (p *Panel) read(ctx context.Context) tea.Cmd {
	load, path := p.env.Load, p.path
	return func() tea.Msg {
		text, err := load(ctx, path, maxText)
		return loaded{text, err}
	}
}

// Update takes a message.
func (p *Panel) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case loaded:
		p.err, p.at = msg.err, 0
		if msg.err == nil {
			p.blocks = parse(string(msg.text))
		}
	case page.Rethemed:
		p.at = 0
	case tea.KeyMsg:
		p.drawn = false
		if cmd, ok := p.linkKey(msg); ok {
			return cmd
		}
		p.key(msg)
	case tea.MouseMsg:
		switch msg.Button {
		case tea.MouseButtonLeft:
			if msg.Action == tea.MouseActionPress {
				p.drawn = false
				return p.click(msg.X, msg.Y)
			}
		case tea.MouseButtonWheelUp:
			p.scroll(-3)
		case tea.MouseButtonWheelDown:
			p.scroll(3)
		}
	default:
		return nil
	}
	p.drawn = false
	return nil
}

var keys = struct{ up, down, pageUp, pageDown, top, bottom key.Binding }{
	up:       key.NewBinding(key.WithKeys("up"), key.WithHelp("↑/↓", "scroll")),
	down:     key.NewBinding(key.WithKeys("down")),
	pageUp:   key.NewBinding(key.WithKeys("pgup"), key.WithHelp("pgup/pgdn", "by pages")),
	pageDown: key.NewBinding(key.WithKeys("pgdown", " ")),
	top:      key.NewBinding(key.WithKeys("g", "home"), key.WithHelp("g/G", "start, end")),
	bottom:   key.NewBinding(key.WithKeys("G", "end")),
}

func (p *Panel) key(msg tea.KeyMsg) {
	switch {
	case key.Matches(msg, keys.up):
		p.scroll(-1)
	case key.Matches(msg, keys.down):
		p.scroll(1)
	case key.Matches(msg, keys.pageUp):
		p.scroll(1 - p.h)
	case key.Matches(msg, keys.pageDown):
		p.scroll(p.h - 1)
	case key.Matches(msg, keys.top):
		p.top = 0
	case key.Matches(msg, keys.bottom):
		p.scroll(len(p.laid()))
	}
}

func (p *Panel) scroll(by int) { p.top = max(min(p.top+by, len(p.laid())-p.h), 0) }

// laid is the lines at the panel's width.
func (p *Panel) laid() []line {
	if p.at != p.w || p.at == 0 {
		p.at, p.lines = p.w, p.layOut(p.w)
	}
	return p.lines
}

func (p *Panel) layOut(w int) []line {
	if p.err != nil {
		var out []line
		for _, text := range page.Wrap(p.err.Error(), w) {
			out = append(out, line{runs: []run{{text: text, role: wrong}}})
		}
		return out
	}
	return layOut(p.blocks, min(w, widest))
}

// Lines returns how many lines the text has at a width.
func (p *Panel) Lines(width int) int {
	if width == p.w {
		return len(p.laid())
	}
	return len(p.layOut(width))
}

// SetSize takes the room that the panel has.
func (p *Panel) SetSize(w, h int) {
	p.w, p.h, p.drawn = w, h, false
	p.scroll(0)
}

// Keys go through the links, and scroll a text that is longer than its panel.
func (p *Panel) Keys() (out []key.Binding) {
	if len(p.Links(p.w)) > 0 {
		out = append(out, linkKeys.next, linkKeys.previous)
		if p.chosen >= 0 {
			out = append(out, linkKeys.open)
		}
	}
	if len(p.laid()) <= p.h {
		return out
	}
	return append(out, keys.up, keys.down, keys.pageUp, keys.pageDown, keys.top, keys.bottom)
}

// Capturing reports that nothing is typed.
func (p *Panel) Capturing() bool { return false }

// Focus tells whether keys go to the panel.
func (p *Panel) Focus(on bool) { p.focused, p.drawn = on, false }

// Draw draws the text.
func (p *Panel) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, !p.drawn) {
		return false
	}
	t := p.env.Theme
	g.Fill(t.Background)
	lines := p.laid()
	for y := range min(p.h, len(lines)-p.top) {
		p.drawLine(g, y, lines[p.top+y])
	}
	if p.top+p.h < len(lines) && p.w > 2 && p.h > 1 {
		g.Text(p.w-2, p.h-1, " …", t.Muted, 0)
	}
	p.drawn = true
	return true
}

func (p *Panel) drawLine(g *cell.Grid, y int, l line) {
	t := p.env.Theme
	x := 0
	for _, r := range l.runs {
		fg, attr := t.Text, r.attr
		switch r.role {
		case heading:
			fg, attr = t.Accent, attr|cell.Bold
		case quiet:
			fg = t.Muted
		case rule:
			fg = t.Faint
		case code:
			g.Rect(x, y, cell.Width(r.text), 1, t.Surface)
			fg = cell.Readable(t.Warn, t.Surface, 4.5)
		case anchor:
			fg, attr = t.Accent, attr|cell.Underline
		case wrong:
			fg = t.Bad
		}
		n := g.Text(x, y, session.Clean(plain(r.text, t.Glyphs == 0), 0), fg, attr)
		if r.url != "" {
			g.Link(x, y, n, r.url)
		}
		if r.url != "" && p.lit(x, y+p.top) {
			g.Rect(x, y, n, 1, t.Selection)
			g.Text(x, y, session.Clean(plain(r.text, t.Glyphs == 0), 0), cell.Readable(t.Accent, t.Selection, 4.5), attr|cell.Bold)
			g.Link(x, y, n, r.url)
		}
		x += n
	}
}
