package mapping

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

type rect = cell.Rect

func rectOf(x, y, w, h int) rect { return rect{X: x, Y: y, W: w, H: h} }

// surface is what the parts of the page are drawn on. It collects the zones
// that can be clicked.
type surface struct {
	grid  *cell.Grid
	theme *theme.Theme
	look  mapview.Look
	zones zones
}

// target is what a click outside the map means: a layer's check box, or a stop
// to go to.
type target struct {
	kind  targetKind
	index int // of the layer, or of the stop
}

type targetKind int

const (
	checkBox targetKind = iota
	listedStop
)

type zones = widget.Zones[target]

// message writes a sentence in the middle of a part of the page, and what to
// do about it below.
func (s *surface) message(r rect, text string, fg cell.RGB, help string) {
	lines := page.Wrap(text, max(min(r.W-2, 70), 1))
	n := len(lines)
	lines = append(lines, page.Wrap(help, max(min(r.W-2, 70), 1))...)
	y := r.Y + max((r.H-len(lines))/2, 0)
	for i, line := range lines {
		if i >= r.H {
			return
		}
		color := fg
		if i >= n {
			color = s.theme.Muted
		}
		line = cell.Cut(line, r.W)
		s.grid.Text(r.X+max((r.W-cell.Width(line))/2, 0), y+i, line, color, 0)
	}
}

// cross draws the cursor.
func (s *surface) cross(x, y int) {
	if c := s.grid.At(x, y); c != nil {
		*c = cell.New('┼', s.look.Halo, s.look.Picked, cell.Bold)
	}
}

// seen moves a colour until a mark of it can be told from the page.
func (s *surface) seen(c cell.RGB) cell.RGB { return cell.Readable(c, s.theme.Background, 3) }
