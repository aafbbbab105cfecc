package geo

// shape is how the parts of the panel lie, by its width.
type shape int

const (
	single  shape = iota // the narrowest: everything in rows of one
	topBar               // from barFrom on: rows above and below
	alone                // the map has all of it
	sideBar              // from sideFrom on, where its height holds the legend: a bar at the left
)

// layout is where everything is, in cells of the panel.
type layout struct {
	shape
	side   rect // check boxes and legends of the side bar
	boxes  rect // the row of check boxes
	legend rect // the row of classes
	area   rect // the map
	read   rect // the row of the read-out, where it has one of its own
	status rect // the row of scale and credit
}

// Sizes of the side bar, and the widths from which on there is one, or rows above.
// A page of 80 or 120 columns leaves a panel a few less.
const (
	sideWidth, sideHeight = 27, 22
	sideFrom, barFrom     = 116, 76
)

// The smallest map worth drawing.
const minMapW, minMapH = 16, 3

// parts are what a map has beside it.
type parts struct{ boxes, legend bool }

// arrange gives each part its place. Rows that there is no room for have no
// height; the map keeps at least three. In full screen it has everything.
func arrange(w, h int, full bool, has parts) layout {
	switch {
	case full:
		return layout{shape: alone, area: rectOf(0, 0, w, h)}
	case w >= sideFrom && h >= sideHeight && has != (parts{}):
		return layout{
			shape: sideBar, side: rectOf(0, 0, sideWidth, h),
			area: rectOf(sideWidth, 0, w-sideWidth, h-1), status: rectOf(sideWidth, h-1, w-sideWidth, 1),
		}
	}
	l := layout{shape: single}
	if w >= barFrom && h >= 10 {
		l.shape = topBar
	}
	top, bottom := 0, h
	row := func(is bool, at int) rect {
		if !is {
			return rectOf(0, at, w, 0)
		}
		return rectOf(0, at, w, 1)
	}
	above := func(is bool) (r rect) {
		r = row(is, top)
		top += r.H
		return r
	}
	below := func(is bool) rect {
		if is {
			bottom--
		}
		return row(is, bottom)
	}
	if l.shape == topBar {
		l.legend, l.boxes = above(has != (parts{})), above(has.boxes)
		l.status = below(true)
	} else {
		l.boxes = above(has.boxes)
		l.status, l.read, l.legend = below(h >= 11), below(h >= 6), below(has.legend && h >= 8)
	}
	l.area = rectOf(0, top, w, max(bottom-top, 0))
	return l
}
