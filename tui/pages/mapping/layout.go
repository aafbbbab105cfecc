package mapping

// shape is how the parts of the page lie, by its width.
type shape int

const (
	single  shape = iota // below 80 columns: everything in rows of one
	topBar               // 80 to 119: two rows above, two below
	alone                // the map has all of it
	sideBar              // from 120, where its height holds the legend: a panel at the left
)

// layout is where everything is, in cells of the page.
type layout struct {
	shape
	panel  rect // check boxes and legends of the side panel
	boxes  rect // the row of check boxes
	legend rect // the row of classes
	area   rect // the map
	read   rect // the row of the read-out
	status rect // the row of scale and origin
}

const sideWidth, sideHeight = 27, 22

// The smallest map worth drawing.
const minMapW, minMapH = 16, 3

// arrange gives each part its place. Rows that there is no room for have no
// height; the map keeps at least three. In full screen it has everything.
func arrange(w, h int, full bool) layout {
	switch {
	case full:
		return layout{shape: alone, area: rectOf(0, 0, w, h)}
	case w >= 120 && h >= sideHeight:
		return layout{
			shape: sideBar, panel: rectOf(0, 0, sideWidth, h),
			area: rectOf(sideWidth, 0, w-sideWidth, h-1), status: rectOf(sideWidth, h-1, w-sideWidth, 1),
		}
	case w >= 80 && h >= 10:
		l := layout{
			shape: topBar, legend: rectOf(0, 0, w, 1), boxes: rectOf(0, 1, w, 1),
			area: rectOf(0, 2, w, h-4), read: rectOf(0, h-2, w, 1), status: rectOf(0, h-1, w, 1),
		}
		return l
	}
	l := layout{shape: single, boxes: rectOf(0, 0, w, 1)}
	bottom := h
	row := func(needs int) rect {
		if h < needs {
			return rectOf(0, bottom, w, 0)
		}
		bottom--
		return rectOf(0, bottom, w, 1)
	}
	l.status = row(11)
	l.read = row(6)
	l.legend = row(8)
	l.area = rectOf(0, 1, w, max(bottom-1, 0))
	return l
}
