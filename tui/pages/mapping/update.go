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

// shifted is the view an eighth of the picture to the right and down.
func (a *atlas) shifted(right, down float64) View {
	w, h := a.pictureSize()
	if w == 0 {
		return a.view
	}
	c := newCamera(a.view, w, h)
	x, y := c.unproject(w/2+right*w/8, h/2+down*h/8)
	return anchored(a.view, w, h, x, y, w/2, h/2)
}

// zoomed zooms about the cursor or the mouse, else about the middle.
func (a *atlas) zoomed(by float64) View {
	w, h := a.pictureSize()
	px, py, ok := a.pointed()
	if !ok || a.pointer.kind != cursor {
		px, py = w/2, h/2
	}
	return zoomedAbout(a.view, by, w, h, px, py)
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

// centered brings the place under the cursor to the middle, cursor and all.
func (a *atlas) centered() View {
	w, h := a.pictureSize()
	px, py, ok := a.pointed()
	if !ok {
		return a.view
	}
	c := newCamera(a.view, w, h)
	x, y := c.unproject(px, py)
	m := a.arrange().area
	a.pointer.x, a.pointer.y = m.x+m.w/2, m.y+m.h/2
	return anchored(a.view, w, h, x, y, w/2, h/2)
}
