package geo

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

type rect = cell.Rect

func rectOf(x, y, w, h int) rect { return rect{X: x, Y: y, W: w, H: h} }

// surface is what the parts of the panel are drawn on. It collects the zones
// that can be clicked.
type surface struct {
	grid  *cell.Grid
	theme *theme.Theme
	look  mapview.Look
	zones zones
	keys  []string // that were drawn
	bare  bool     // without them
}

// target is what a click outside the map means: a layer's check box, a name to
// go to, or a line of a menu.
type target struct {
	kind  targetKind
	index int // of the toggle, the name, or the line
	does  intent
}

type targetKind int

const (
	checkBox targetKind = iota
	listedName
	listedChoice
	keyShown // its intent
)

type zones = widget.Zones[target]

// message writes a sentence in the middle of a part of the panel, and below it
// the key that helps.
func (s *surface) message(r rect, text string, fg cell.RGB, k key.Binding, does intent) {
	lines := page.Wrap(text, max(min(r.W-2, 70), 1))
	y := r.Y + max((r.H-len(lines)-1)/2, 0)
	at := func(width int) int { return r.X + max((r.W-width)/2, 0) }
	for _, line := range lines[:min(len(lines), r.H)] {
		line = cell.Cut(line, r.W)
		s.grid.Text(at(cell.Width(line)), y, line, fg, 0)
		y++
	}
	if help := k.Help(); does.act != none && !s.bare && y < r.Y+r.H {
		w := len(help.Key) + 1 + len(help.Desc)
		x := at(w)
		s.grid.Text(x, y, help.Key, s.theme.Accent, cell.Bold)
		s.grid.Text(x+len(help.Key)+1, y, help.Desc, s.theme.Muted, 0)
		s.keys = append(s.keys, help.Key)
		s.zones.Add(rectOf(x, y, w, 1), target{kind: keyShown, does: does})
	}
}

// cross draws the cursor.
func (s *surface) cross(x, y int) {
	if c := s.grid.At(x, y); c != nil {
		*c = cell.New('┼', s.look.Halo(), s.look.Picked(), cell.Bold)
	}
}

// seen moves a colour until a mark of it can be told from the page.
func (s *surface) seen(c cell.RGB) cell.RGB { return cell.Readable(c, s.theme.Background, 3) }
