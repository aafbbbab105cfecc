package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/theme"
)

// refusal says why something was not copied.
func refusal(msg screen.CopyRefused) string {
	if msg.Never {
		return "this terminal takes no copies: export it instead"
	}
	return fmt.Sprintf("this is too long for the clipboard (%d bytes): export it instead", msg.Bytes)
}

// retheme changes the look, and tells the pages where it is another one.
func (r *Root) retheme(o theme.Options) tea.Cmd {
	if r.env.Theme.Options == o {
		return nil
	}
	r.env.Theme.Rebuild(o)
	return r.tabs.broadcast(page.Rethemed{})
}

// upgraded draws in octants where the terminal is one that draws them. It is
// asked only where nobody chose the characters.
func upgraded(o theme.Options, version string) theme.Options {
	if o.Glyphs == theme.Quadrant && theme.DrawsOctants(version) {
		o.Glyphs = theme.Octant
	}
	return o
}
