// Package theme holds every colour of the program, for one injected renderer.
// It imports lipgloss alone: see palette.go for why.
package theme

import "github.com/charmbracelet/lipgloss"

// Glyphs says which characters the terminal can be trusted to draw.
type Glyphs int

const (
	ASCII    Glyphs = iota // a locale without UTF-8, or --ascii
	Half                   // upper and lower half blocks
	Quadrant               // two by two, the default
	Sextant                // two by three
	Octant                 // two by four
)

// Options are the choices a person or a terminal makes.
type Options struct {
	Dark   bool
	Glyphs Glyphs
}

// Theme is one look. Only the root changes it, with Rebuild, and tells every
// page with page.Rethemed.
type Theme struct {
	Options
	Palette
	Renderer *lipgloss.Renderer
}

// New builds a theme on r, whose colour profile decides what colours become.
func New(r *lipgloss.Renderer, o Options) *Theme {
	t := &Theme{Renderer: r}
	t.Rebuild(o)
	return t
}

// Rebuild changes the theme in place.
func (t *Theme) Rebuild(o Options) {
	t.Options = o
	t.Palette = light
	if o.Dark {
		t.Palette = dark
	}
	if t.Renderer.ColorProfile().Name() == "ANSI" {
		t.Palette = t.sixteen(o.Dark)
	}
}
