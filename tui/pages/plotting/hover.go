package plotting

import (
	"math"

	"github.com/authtabs/tabgate/tui/page"
)

var _ page.Hoverer = (*Page)(nil)

// Hovering says that the page reads out what is under the mouse, without a
// button: it wants all motion.
func (p *Page) Hovering() bool { return p.plot.W > 0 }

// hover reads out what is under the pointer as long as it is on the plot.
func (p *Page) hover(x int, inside bool) {
	p.drag = drag{} // The release was lost.
	if !inside {
		p.leave()
		return
	}
	if p.pointer != x {
		p.pointer, p.stale = x, true
	}
}

// leave gives the read-out back to the cursor.
func (p *Page) leave() {
	if p.pointer >= 0 {
		p.pointer, p.stale = -1, true
	}
}

// adopt lets keys go on from what the pointer reads.
func (p *Page) adopt() {
	if p.pointer >= 0 {
		p.cursor = p.under()
		p.leave()
	}
}

// under gives the index that is to be read out, -1 for none. A growing walk
// moves below the pointer.
func (p *Page) under() int {
	if p.pointer < 0 || p.plot.W == 0 {
		return p.cursor
	}
	n, plot := p.run.series.Len(), p.plot
	plot.XLo, plot.XHi = p.view.of(n)
	return min(max(int(math.Round(plot.Value(p.pointer))), 0), n-1)
}
