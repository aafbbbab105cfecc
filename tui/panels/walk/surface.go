package walk

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

// surface is what the parts of the page are drawn on. It collects the zones
// that can be clicked.
type surface struct {
	grid  *cell.Grid
	theme *theme.Theme
	zones widget.Zones[intent]
	bare  bool // without controls
}

// ascii reports whether only ASCII can be shown.
func (s *surface) ascii() bool { return s.theme.Glyphs == theme.ASCII }

// plainText reports whether controls need brackets to be seen as such.
func (s *surface) plainText() bool {
	return s.theme.Renderer.ColorProfile() == termenv.Ascii || s.ascii()
}

// control draws a control. One that is not on offer keeps its place but is
// faint and cannot be clicked.
func (s *surface) control(x, y int, c control) {
	t, n := s.theme, c.width()
	keyColor, textColor := t.Accent, t.Text
	if !c.on {
		keyColor, textColor = t.Faint, t.Faint
	}
	s.grid.Rect(x, y, n, 1, t.Surface)
	used := s.grid.Text(x+1, y, c.key, keyColor, cell.Bold)
	if c.text != "" {
		s.grid.Text(x+2+used, y, c.text, textColor, 0)
	}
	if s.plainText() && c.on {
		s.grid.Text(x, y, "[", t.Muted, 0)
		s.grid.Text(x+n-1, y, "]", t.Muted, 0)
	}
	if c.on {
		s.zones.Add(cell.Rect{X: x, Y: y, W: n, H: 1}, c.does)
	}
}

// row draws controls beside each other.
func (s *surface) row(x, y int, controls []control) {
	for _, c := range controls {
		s.control(x, y, c)
		x += c.width() + 1
	}
}

// controls draws one row of controls from x on, in w cells.
func (s *surface) controls(x, y, w int, c *contents) {
	if c.mode == typing {
		s.prompt(x, y, w, c.field)
		return
	}
	s.row(x, y, fitting(controlsOf(c.run, c.mode), w))
}

// prompt draws the field in which a seed is typed.
func (s *surface) prompt(x, y, w int, field *widget.Field) {
	t, end := s.theme, x+w
	x += s.grid.Text(x, y, "Seed ", t.Text, cell.Bold)
	s.grid.Rect(x, y, min(maxSeed+2, max(0, end-x)), 1, t.Surface)
	field.Draw(s.grid, x+1, y, maxSeed+1, t.Text, 0)
	x += maxSeed + 3
	for _, c := range seedControls {
		if n := c.width(); x+n <= end {
			s.control(x, y, c)
			x += n + 1
		}
	}
}
