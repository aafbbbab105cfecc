package dataframe

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

// pen draws, and collects what a click does where.
type pen struct {
	*cell.Grid
	t     *theme.Theme
	zones widget.Zones[action]
	keys  []string // on buttons

	choosing bool   // the dropdown is open
	busy     string // what takes long in the table
	bare     bool   // without buttons
}

// action is what a click does: what a key does, or a change of what is chosen.
type action struct {
	key    string
	change func()
}

func (p *pen) margin() int { return margin(p.W) }

func (p *pen) hit(x, y, w int, do action) {
	p.zones.Add(cell.Rect{X: x, Y: y, W: w, H: 1}, do)
}

// button writes words that can be clicked, the first of them the key, and gives
// their width.
func (p *pen) button(x, y int, text string, do action) int {
	if p.bare {
		return 0
	}
	w := cell.Width(text)
	p.Rect(x, y, w, 1, p.t.Surface)
	p.Text(x, y, text, p.t.Accent, 0)
	p.hit(x, y, w, do)
	p.keys = append(p.keys, do.key)
	return w
}

// Sizes of the layout, in cells.
const (
	roomyWidth   = 120 // from here on there are margins of two
	roomyHeight  = 30  // from here on, blank rows as well
	marginWidth  = 60  // from here on a margin of one
	bothHeight   = 15  // rows below the countries that table and chart need
	originHeight = 8   // rows of the page that leave one for the origin
)

func margin(width int) int {
	switch {
	case width >= roomyWidth:
		return 2
	case width >= marginWidth:
		return 1
	}
	return 0
}

// gap is the blank rows between the parts.
func gap(width, height int) int {
	if width >= roomyWidth && height >= roomyHeight {
		return 1
	}
	return 0
}
