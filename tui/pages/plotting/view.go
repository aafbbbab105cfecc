package plotting

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/theme"
)

const (
	wideEnough = 120 // columns from which facts and controls stand at the right
	tallEnough = 18  // rows that they need
	panelWidth = 30
	decimals   = 2 // of values that are written out
)

// Draw draws the page.
func (p *Page) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, p.stale) {
		return false
	}
	p.paint(g)
	p.stale = false
	return true
}

// picture returns where the plot is, as the state says now.
func (p *Page) picture() chart.Plot {
	if p.stale {
		p.paint(&cell.Grid{W: p.w, H: p.h})
	}
	return p.plot
}

// paint draws into g, from top to bottom: progress; controls; the chart; what is
// read out. A wide window has all but the chart and the progress at the
// right, a low one leaves out controls, then the read-out.
func (p *Page) paint(g *cell.Grid) {
	p.grid = g
	g.Fill(p.env.Theme.Background)
	p.read = p.under()
	p.zones, p.plot = p.zones[:0], chart.Plot{}
	r := chart.Rect{X: 1, Y: 0, W: p.w - 2, H: p.h}
	if p.wide() {
		r.W -= panelWidth + 3
		p.panel(chart.Rect{X: r.X + r.W + 3, Y: 0, W: panelWidth, H: p.h})
	}
	p.progress(r)
	r.Y, r.H = r.Y+1, r.H-1
	if r.H >= 5 && !p.wide() {
		p.controls(r.X, r.Y, r.W)
		r.Y, r.H = r.Y+1, r.H-1
	}
	if r.H >= 12 {
		r.Y, r.H = r.Y+1, r.H-1
	}
	if r.H >= 4 && !p.wide() {
		p.readout(r.X, r.Y+r.H-1, r.W)
		r.H--
	}
	p.chart(r)
}

func (p *Page) wide() bool { return p.w >= wideEnough && p.h >= tallEnough }

// ascii reports whether only ASCII can be shown.
func (p *Page) ascii() bool { return p.env.Theme.Glyphs == theme.ASCII }

func (p *Page) profile() termenv.Profile { return p.env.Theme.Renderer.ColorProfile() }

// chart draws the line.
func (p *Page) chart(r chart.Rect) {
	lo, hi := p.view.of(p.run.series.Len())
	line := chart.Line{
		Series: p.run.series, XLo: lo, XHi: hi, YLo: p.run.lo, YHi: p.run.hi,
		Cursor: p.read, Newest: true, Decimals: decimals,
	}
	p.plot = line.Draw(p.grid, r, chart.NewLook(p.env.Theme, false))
}

// progress draws the title, how much is complete, and the bar.
func (p *Page) progress(r chart.Rect) {
	t, x := p.env.Theme, r.X
	if r.W >= 60 {
		x += p.grid.Text(x, r.Y, "Plotting Demo", t.Accent, cell.Bold) + 3
	}
	steps := p.run.walk.Steps()
	percent := 100 * steps / data.WalkSteps
	x += p.grid.Text(x, r.Y, fmt.Sprintf("%d%% Complete", percent), t.Text, 0) + 2
	if word := p.state(); word != "" {
		x += p.grid.Text(x, r.Y, word, t.Warn, 0) + 2
	}
	full, rest := "━", "─"
	if p.ascii() {
		full, rest = "=", "-"
	}
	w := max(0, r.X+r.W-x)
	done := w * steps / data.WalkSteps
	p.grid.Text(x, r.Y, strings.Repeat(full, done), t.Accent, 0)
	p.grid.Text(x+done, r.Y, strings.Repeat(rest, w-done), t.Faint, 0)
}

// state says what is not as usual.
func (p *Page) state() string {
	if p.run.paused && !p.run.done() {
		return "paused"
	}
	return ""
}

// readout writes the value under the cursor, or the walk in one line. What
// does not fit is left out from the end.
func (p *Page) readout(x, y, w int) {
	t := p.env.Theme
	parts := p.summary()
	color := t.Muted
	if p.read >= 0 {
		parts, color = p.reading(), t.Text
	}
	if p.view.set {
		w -= p.part(x, y, w)
	}
	line := ""
	for i, s := range parts {
		if i > 0 {
			s = line + " · " + s
		}
		if cell.Width(s) > w {
			break
		}
		line = s
	}
	p.grid.Text(x, y, line, color, 0)
}

// part says which part is in view, and how to see all of it, at the right
// end of w cells; it gives the cells that it took.
func (p *Page) part(x, y, w int) int {
	lo, hi := p.view.of(p.run.series.Len())
	text := fmt.Sprintf("%.0f to %.0f", lo, hi)
	all := control{"0", "All", func() tea.Cmd { p.view = window{}; return nil }, true, 0}
	n := cell.Width(text) + 1 + p.controlWidth(all)
	if n > w {
		return 0
	}
	x += w - n
	p.grid.Text(x, y, text, p.env.Theme.Muted, 0)
	p.control(x+cell.Width(text)+1, y, all)
	return n + 1
}

// reading says what is under the cursor.
func (p *Page) reading() []string {
	s, i := p.run.series, p.read
	parts := []string{fmt.Sprintf("index %d", i), "value " + chart.Number(s.At(i), decimals)}
	if i > 0 {
		parts = append(parts, "change "+signed(s.At(i)-s.At(i-1)), "since start "+signed(s.At(i)-s.At(0)))
	}
	return parts
}

// summary says what the walk is and where it comes from.
func (p *Page) summary() []string {
	s := p.run.series
	low, high := extremes(s)
	return []string{
		fmt.Sprintf("%d points", s.Len()),
		fmt.Sprintf("seed %d", p.run.seed),
		fmt.Sprintf("least %s at %d", chart.Number(s.At(low), decimals), low),
		fmt.Sprintf("greatest %s at %d", chart.Number(s.At(high), decimals), high),
		"random walk made here",
	}
}

func signed(v float64) string {
	if v >= 0 {
		return "+" + chart.Number(v, decimals)
	}
	return chart.Number(v, decimals)
}

// extremes gives the indices of the least and the greatest value, the first
// of each.
func extremes(s *chart.Series) (low, high int) {
	for i := range s.Len() {
		if s.At(i) < s.At(low) {
			low = i
		}
		if s.At(i) > s.At(high) {
			high = i
		}
	}
	return low, high
}
