package mapping

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// The 256-colour indices of water and land, which on the dark theme are both
// nearest to greys, and of the original's six classes, which lose their order
// when each goes to its nearest.
var (
	pinnedGround  = map[bool][2]uint8{true: {17, 235}, false: {152, 254}}
	pinnedClasses = [6]uint8{229, 222, 215, 208, 196, 124}
)

// pin chooses the indices of the map's colours for a theme.
func pin(p *cell.Target, t *theme.Theme) {
	p.Profile = termenv.ANSI256
	p.Unpin()
	p.Pin(t.Map.Water, pinnedGround[t.Dark][0])
	p.Pin(t.Map.Land, pinnedGround[t.Dark][1])
	for i, c := range t.Map.Classes[:len(pinnedClasses)] {
		p.Pin(c, pinnedClasses[i])
	}
}

func profile(env page.Env) termenv.Profile { return env.Theme.Renderer.ColorProfile() }

// manyColours reports whether there is more than one palette: sixteen colours,
// and none, have but their own.
func manyColours(env page.Env) bool { return profile(env) < termenv.ANSI }
