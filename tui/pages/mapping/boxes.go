package mapping

import (
	"strings"

	"github.com/authtabs/tabgate/tui/cell"
)

// The layers' names, the original's, and short ones for narrow windows. The
// letter that is underlined is the layer's key.
var (
	layerNames  = [4]string{"Bike Rentals", "Bart Stop Exits", "Bart Stop Names", "Outbound Flow"}
	layerShort  = [4]string{"Bikes", "Exits", "Names", "Flow"}
	layerLetter = [4]string{"B", "E", "N", "F"}
)

const heading = "Map Layers"

// box draws one check box with its name and makes it clickable; it gives the
// cells it took.
func (a *atlas) box(x, y, layer int, name string, room int) int {
	t, g := a.env.Theme, a.grid
	mark, fg := "[ ] ", t.Muted
	if a.layers[layer] {
		mark, fg = "[x] ", t.Text
	}
	w := g.Text(x, y, mark, t.Accent, cell.Bold)
	w += g.Text(x+w, y, cell.Cut(name, max(room-w, 0)), fg, 0)
	if i := strings.Index(name, layerLetter[layer]); i >= 0 && len(mark)+i < w {
		c := g.At(x+len(mark)+i, y)
		c.Attr |= cell.Underline
		c.FG = cell.FromRGB(t.Accent)
	}
	a.zones.Add(cell.Rect{X: x, Y: y, W: w, H: 1}, target{checkBox, layer})
	return w
}

// boxRow draws the check boxes in one row: with their full names, the short
// ones, or letters, whichever fit.
func (a *atlas) boxRow(r rect, withHeading bool) {
	x, gap := r.x, 1
	names := layerNames
	length := func() (n int) {
		for _, name := range names {
			n += 4 + cell.Width(name) + gap
		}
		return n
	}
	if length() > r.w {
		names = layerShort
	}
	if length()-1 > r.w {
		names = layerLetter
	}
	if withHeading && length()+cell.Width(heading)+2 <= r.w {
		x += 1 + a.grid.Text(x+1, r.y, heading, a.env.Theme.Accent, cell.Bold) + 1
	}
	if free := r.x + r.w - x - length(); free >= 5 {
		x, gap = x+1, 2
	}
	for i, name := range names {
		x += a.box(x, r.y, i, name, r.x+r.w-x) + gap
	}
}
