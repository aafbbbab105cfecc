package tui

import (
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

// TestWordsCanBeRead holds every pair of colours that words are written in to
// the contrast that WCAG asks of small text.
func TestWordsCanBeRead(t *testing.T) {
	for name, dark := range map[string]bool{"dark": true, "light": false} {
		t.Run(name, func(t *testing.T) {
			p := pagetest.Env(t).Theme
			p.Rebuild(theme.Options{Dark: dark})
			pairs := map[string][2]theme.RGB{
				"active tab": {p.OnAccent, p.Accent}, "badge": {p.OnAccent, p.Warn}, "tab that opens": {p.OnAccent, p.Good},
				"selected": {p.Text, p.Selection}, "key in a button": {p.Accent, p.Selection},
			}
			for ground, bg := range map[string]theme.RGB{"page": p.Background, "bar": p.Surface, "box": p.Overlay} {
				for ink, fg := range map[string]theme.RGB{"text": p.Text, "muted": p.Muted, "accent": p.Accent, "good": p.Good, "warn": p.Warn, "bad": p.Bad} {
					pairs[ink+" on a "+ground] = [2]theme.RGB{fg, bg}
				}
			}
			for what, pair := range pairs {
				if c := cell.Contrast(pair[0], pair[1]); c < 4.5 {
					t.Errorf("%s: contrast %.2f", what, c)
				}
			}
		})
	}
}

// TestSixteenColoursAreUsed says that nothing that a colour tells comes out
// grey, or as another, where there are sixteen.
func TestSixteenColoursAreUsed(t *testing.T) {
	for name, dark := range map[string]bool{"dark": true, "light": false} {
		t.Run(name, func(t *testing.T) {
			p := pagetest.Env(t, termenv.ANSI).Theme
			p.Rebuild(theme.Options{Dark: dark, Glyphs: theme.Quadrant})
			seen := map[string]string{}
			for what, fg := range map[string]theme.RGB{"accent": p.Accent, "good": p.Good, "warn": p.Warn, "bad": p.Bad, "text": p.Text, "muted": p.Muted} {
				g := cell.NewGrid(1, 1)
				g.Fill(p.Background)
				g.Text(0, 0, "x", fg, 0)
				code := pagetest.Render(g, termenv.ANSI)
				if other, ok := seen[code]; ok && what != "text" && other != "text" {
					t.Errorf("%s looks like %s", what, other)
				}
				seen[code] = what
			}
		})
	}
}

func TestWithoutColoursTheShownTabIsMarked(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.shows("[1 Home]")
		d.press("4")
		d.shows("[4 DataFrame Demo]")
		coloured(d.root, termenv.TrueColor)
		d.hides("[4")
	})
}

func TestAQRCodeIsTurnedRoundOnALightTerminalWithoutColours(t *testing.T) {
	drive(t, attemptsAuth(guest), func(o *Options) { o.QR = func(string) []string { return []string{"█▀▄ █"} } }, func(d *driver) {
		d.press("l", "s")
		d.shows("█▀▄ █")
		d.root.env.Theme.Rebuild(theme.Options{Glyphs: theme.Quadrant})
		d.shows("▄▀█")
	})
}
