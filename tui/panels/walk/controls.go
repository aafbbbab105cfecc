package walk

import (
	"fmt"
	"slices"

	"github.com/authtabs/tabgate/tui/cell"
)

// A control is a key, what it does in a word, and whether it is on offer.
// Where room is short, those of the highest rank go first.
type control struct {
	key  string
	text string
	does intent
	on   bool
	rank int
}

// width is how many cells a control takes.
func (c control) width() int {
	n := 2 + cell.Width(c.key)
	if c.text != "" {
		n += 1 + cell.Width(c.text)
	}
	return n
}

// showsAll stands beside the controls or the read-out of a zoomed view.
var showsAll = control{"0", "All", showAll, true, 0}

// seedControls stand beside the field in which a seed is typed.
var seedControls = [...]control{{"enter", "Start", accept, true, 0}, {"esc", "Back", back, true, 0}}

// controlsOf lists the controls of a run, or of the choice of a format.
func controlsOf(r *run, m mode) []control {
	if m == exporting {
		return []control{
			{"c", "CSV", saveCSV, true, 0},
			{"v", "SVG", saveSVG, true, 1},
			{"a", "ANSI", saveANSI, true, 2},
			{"j", "JSON", saveJSON, true, 3},
			{"esc", "Back", back, true, 0},
		}
	}
	word := "Pause"
	if r.paused {
		word = "Go on"
	}
	running := !r.done()
	return []control{
		{"r", "Re-run", rerun, true, 0},
		{"space", word, pause, running, 1},
		{".", "Step", step, running, 4},
		{"<", "", slower, true, 5},
		{">", fmt.Sprintf("Speed %g×", speeds[r.speed]), faster, true, 5},
		{"s", fmt.Sprintf("Seed %d", r.seed), typeSeed, true, 3},
		{"e", "Export", chooseFormat, true, 2},
	}
}

// fitting drops controls of the highest rank until the rest fits into w.
func fitting(all []control, w int) []control {
	for rank := 5; ; rank-- {
		sum := -1
		for _, c := range all {
			sum += c.width() + 1
		}
		if sum <= w || rank < 0 {
			return all
		}
		all = slices.DeleteFunc(all, func(c control) bool { return c.rank >= rank })
	}
}

// rowsOf breaks controls into rows of at most w cells.
func rowsOf(all []control, w int) (rows [][]control) {
	x := 0
	for _, c := range all {
		n := c.width()
		if x == 0 || x+n > w {
			rows, x = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], c)
		x += n + 1
	}
	return rows
}
