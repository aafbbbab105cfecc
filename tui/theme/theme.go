// Package theme holds every colour and style of the program, built on one
// injected renderer. It imports lipgloss alone: see palette.go for why.
package theme

import (
	"fmt"

	"github.com/charmbracelet/lipgloss"
)

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
	Styles
	Renderer *lipgloss.Renderer
}

// Styles are the lipgloss styles, grouped by the part that they dress.
type Styles struct {
	Base, MutedText, FaintText, Strong, Link lipgloss.Style
	Heading                                  lipgloss.Style
	Error, Warning, Success                  lipgloss.Style
	Tab, TabActive, TabLocked, TabBar, Badge lipgloss.Style
	Footer, Key, KeyText                     lipgloss.Style
	Box, Selected, Chip, Input               lipgloss.Style
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
	t.Styles = t.styles()
}

// Hex is how lipgloss names an RGB colour.
func Hex(c RGB) lipgloss.Color {
	return lipgloss.Color(fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]))
}

func (t *Theme) styles() Styles {
	on := func(fg, bg RGB) lipgloss.Style {
		return t.Renderer.NewStyle().Foreground(Hex(fg)).Background(Hex(bg))
	}
	page := func(fg RGB) lipgloss.Style { return on(fg, t.Background) }
	return Styles{
		Base: page(t.Text), MutedText: page(t.Muted), FaintText: page(t.Faint),
		Strong: page(t.Text).Bold(true), Link: page(t.Accent).Underline(true),
		Heading: page(t.Accent).Bold(true),
		Error:   page(t.Bad).Bold(true), Warning: page(t.Warn), Success: page(t.Good),
		Tab: on(t.Muted, t.Surface), TabActive: on(t.OnAccent, t.Accent).Bold(true),
		TabLocked: on(t.Muted, t.Surface), TabBar: on(t.Muted, t.Surface), Badge: on(t.OnAccent, t.Warn),
		Footer: on(t.Muted, t.Surface), Key: on(t.Accent, t.Surface).Bold(true), KeyText: on(t.Muted, t.Surface),
		Box:      on(t.Text, t.Overlay).Border(lipgloss.RoundedBorder()).BorderForeground(Hex(t.Accent)).BorderBackground(Hex(t.Overlay)).Padding(1, 2),
		Selected: on(t.Text, t.Selection), Chip: on(t.OnAccent, t.Accent), Input: on(t.Text, t.Surface),
	}
}
