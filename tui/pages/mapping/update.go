package mapping

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// Update takes a key, a mouse event, an answer or a tick.
func (a *atlas) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case loaded:
		return a.loaded(msg)
	case flown:
		return a.fly(msg)
	case page.Rethemed:
		a.stale = true
	case page.Hidden:
		a.arrive()
	case page.Left:
		a.point(pointer{})
	case tea.KeyMsg:
		if a.mode == finding {
			return a.typed(msg)
		}
		return a.key(msg)
	case tea.MouseMsg:
		return a.mouse(msg)
	}
	return nil
}

// pictureSize is the size of the map in pixels of the web.
func (a *atlas) pictureSize() (w, h float64) {
	m := a.arrange().area
	return picture(m.w, m.h)
}

// shifted is v an eighth of the picture to the right and down.
func (a *atlas) shifted(v View, right, down float64) View {
	w, h := a.pictureSize()
	if w == 0 {
		return v
	}
	c := newCamera(v, w, h)
	x, y := c.unproject(w/2+right*w/8, h/2+down*h/8)
	return anchored(v, w, h, x, y, w/2, h/2)
}

// zoomBy zooms about the cursor, else about the middle.
func (a *atlas) zoomBy(by float64) tea.Cmd {
	w, h := a.pictureSize()
	px, py, ok := a.pointed()
	if !ok || a.pointer.kind != cursor {
		px, py = w/2, h/2
	}
	return a.zoomAt(by, px, py)
}

// zoomAt glides nearer or farther so that the place under a pixel stays there.
func (a *atlas) zoomAt(by, px, py float64) tea.Cmd {
	w, h := a.pictureSize()
	if w == 0 {
		return nil
	}
	v := a.goal()
	c := newCamera(v, w, h)
	x, y := c.unproject(px, py)
	return a.glideTo(zoomedAbout(v, by, w, h, px, py), &anchor{x, y, px, py})
}

// zoomedAbout zooms so that the place under a pixel stays under it.
func zoomedAbout(v View, by, w, h, px, py float64) View {
	if w == 0 {
		return v
	}
	c := newCamera(v, w, h)
	x, y := c.unproject(px, py)
	v.Zoom = min(max(v.Zoom+by, minZoom), maxZoom)
	return anchored(v, w, h, x, y, px, py)
}

// center brings the place under the cursor to the middle, cursor and all.
func (a *atlas) center() tea.Cmd {
	w, h := a.pictureSize()
	px, py, ok := a.pointed()
	if !ok {
		return nil
	}
	a.arrive()
	c := newCamera(a.view, w, h)
	x, y := c.unproject(px, py)
	m := a.arrange().area
	a.pointer.x, a.pointer.y, a.stale = m.x+m.w/2, m.y+m.h/2, true
	return a.glideTo(anchored(a.view, w, h, x, y, w/2, h/2), nil)
}
