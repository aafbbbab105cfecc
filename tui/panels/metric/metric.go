// Package metric is the panel of one figure: a label, a number, by how much it
// changed, and how it ran until then.
package metric

import (
	"context"
	"errors"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// Panel is one figure.
type Panel struct {
	env    panels.Env
	spec   *dashboard.Metric
	format formatter
	stop   context.CancelFunc
	asked  int
	fig    figure
	have   bool
	err    error
	w, h   int
	drawn  bool
}

var (
	_ panels.Sizer  = (*Panel)(nil)
	_ page.Exporter = (*Panel)(nil)
)

// New makes the panel.
func New(env panels.Env) panels.Panel {
	p := &Panel{env: env, spec: &dashboard.Metric{}}
	if spec, ok := env.Panel.Spec.(*dashboard.Metric); ok {
		p.spec = spec
	}
	p.format, p.err = newFormatter(p.spec.Format)
	return p
}

// computed is a figure that was worked out.
type computed struct {
	asked int
	fig   figure
	err   error
}

// Init does nothing: the page sends the figures.
func (p *Panel) Init() tea.Cmd { return nil }

// Update takes a message.
func (p *Panel) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case panels.Data:
		return p.data(msg)
	case computed:
		if msg.asked != p.asked {
			return nil
		}
		p.stop()
		p.fig, p.err, p.have, p.drawn = msg.fig, msg.err, msg.err == nil, false
	case tea.KeyMsg:
		if key.Matches(msg, rowsKey) && p.have {
			return panels.Send(p.detail())
		}
	case page.Rethemed:
		p.drawn = false
	}
	return nil
}

// data works the figure out of new rows.
func (p *Panel) data(msg panels.Data) tea.Cmd {
	t := msg.Sources[p.spec.Source]
	if p.stop != nil {
		p.stop()
	}
	p.asked++
	if t.Rows == nil || p.format.bad != nil {
		p.drawn = false
		return nil
	}
	ctx, stop := context.WithCancel(p.env.Ctx)
	p.stop = stop
	asked, spec := p.asked, p.spec
	return func() tea.Msg {
		fig, err := compute(ctx, t.Rows, spec)
		return computed{asked, fig, err}
	}
}

// detail is the rows that make the figure.
func (p *Panel) detail() panels.Detail {
	d := panels.Detail{Source: p.spec.Source, Title: p.label()}
	if p.spec.Over != "" && p.fig.at != "" {
		d.Where = query.Where{{Field: p.spec.Over, Op: query.Eq, Values: []string{p.fig.at}}}
	}
	return d
}

var rowsKey = key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "its rows"))

// Keys shows the rows behind the figure.
func (p *Panel) Keys() []key.Binding {
	if !p.have {
		return nil
	}
	return []key.Binding{rowsKey}
}

// Capturing reports that nothing is typed.
func (p *Panel) Capturing() bool { return false }

// Focus tells whether keys go to the panel.
func (p *Panel) Focus(bool) {}

// SetSize takes the room that the panel has.
func (p *Panel) SetSize(w, h int) { p.w, p.h, p.drawn = w, h, false }

// Lines returns how many lines the figure needs.
func (p *Panel) Lines(width int) int {
	if p.err != nil {
		return 1 + len(page.Wrap(p.err.Error(), width))
	}
	n := 2
	if p.spec.Delta != "" {
		n++
	}
	if p.spec.Trend {
		n++
	}
	return n
}

func (p *Panel) label() string {
	if p.spec.Label != "" {
		return session.Clean(p.spec.Label, 100)
	}
	return session.Clean(p.spec.Field, 100)
}

// Draw draws the figure.
func (p *Panel) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, !p.drawn) {
		return false
	}
	p.drawn = true
	t := p.env.Theme
	g.Fill(t.Background)
	g.Text(0, 0, cell.Cut(p.label(), g.W), t.Muted, 0)
	if p.err != nil {
		for i, line := range page.Wrap(p.err.Error(), g.W) {
			g.Text(0, 1+i, line, t.Bad, 0)
		}
		return true
	}
	if !p.have {
		g.Text(0, 1, "…", t.Muted, 0)
		return true
	}
	y := 1
	sign, color := p.judged()
	x := g.Text(0, y, sign, color, cell.Bold)
	g.Text(x, y, cell.Cut(p.format.text(p.fig.value, p.fig.unit), g.W-x), color, cell.Bold)
	y++
	if p.spec.Delta != "" {
		p.drawDelta(g, y)
		y++
	}
	if p.spec.Trend && len(p.fig.trend) > 1 {
		g.Text(0, y, spark(p.fig.trend, min(g.W, len(p.fig.trend), 60), t.Glyphs == 0), t.Accent, 0)
	}
	return true
}

// drawDelta draws by how much the figure changed.
func (p *Panel) drawDelta(g *cell.Grid, y int) {
	t := p.env.Theme
	d := p.fig.delta
	if !p.fig.has || d.null {
		g.Text(0, y, "–", t.Muted, 0)
		return
	}
	up := d.number > 0
	fg, arrow := t.Muted, ""
	switch {
	case d.isText || d.number == 0:
	case up:
		fg, arrow = t.Good, sign(t.Glyphs == 0, "↑ ", "^ ")
	default:
		fg, arrow = t.Bad, sign(t.Glyphs == 0, "↓ ", "v ")
	}
	switch {
	case p.spec.DeltaColor == "off":
		fg = t.Muted
	case p.spec.DeltaColor == "inverse" && arrow != "":
		fg = t.Bad
		if !up {
			fg = t.Good
		}
	}
	text := p.format.text(d, p.fig.unit)
	if up && !d.isText {
		text = "+" + text
	}
	g.Text(0, y, cell.Cut(arrow+text, g.W), fg, 0)
}

func sign(ascii bool, s, plain string) string {
	if ascii {
		return plain
	}
	return s
}

// judged is the sign and the colour that the first rule that holds gives the
// figure.
func (p *Panel) judged() (string, cell.RGB) {
	t := p.env.Theme
	for i, r := range p.spec.Rules {
		with := literal(r.Value)
		if r.Field != "" && i < len(p.fig.rules) {
			with = p.fig.rules[i]
		}
		if !holds(p.fig.value, r.Op, with) {
			continue
		}
		ascii := t.Glyphs == 0
		switch r.Color {
		case "good":
			return sign(ascii, "▲ ", "^ "), t.Good
		case "warn":
			return "! ", t.Warn
		case "bad":
			return sign(ascii, "▼ ", "v "), t.Bad
		}
	}
	return "", t.Text
}

// Verdict is the colour of the first rule that holds: good, warn, bad, or "".
func (p *Panel) Verdict() string {
	for i, r := range p.spec.Rules {
		with := literal(r.Value)
		if r.Field != "" && i < len(p.fig.rules) {
			with = p.fig.rules[i]
		}
		if p.have && holds(p.fig.value, r.Op, with) {
			return r.Color
		}
	}
	return ""
}

var errNone = errors.New("there are no figures yet")
