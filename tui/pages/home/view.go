package home

import (
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/page"
)

// drawing is a frame and where its items are.
type drawing struct {
	done  bool
	text  string
	areas []area
}

// area is where a click means an item.
type area struct{ x, y, w, h, item int }

func (a area) has(x, y int) bool {
	return x >= a.x && x < a.x+a.w && y >= a.y && y < a.y+a.h
}

func (h *home) draw() drawing {
	t := h.env.Theme
	g := h.grid
	g.Resize(h.width, h.height)
	g.Fill(t.Background)
	d := drawing{done: true}
	y := 0
	put := func(s string, c [3]uint8, a canvas.Attr) {
		for _, line := range page.Wrap(s, h.width-4) {
			g.Text(2, y, line, c, a)
			y++
		}
	}
	put("Welcome to tabgate", t.Accent, canvas.Bold)
	if h.live {
		put("You are "+session.Clean(h.session.Name(), 60)+".", t.Text, 0)
	} else {
		put("Nobody is signed in.", t.Text, 0)
	}
	for i, it := range h.items() {
		mark := "  "
		if i == h.at {
			mark = "> "
		}
		line := mark + it.text
		if it.tab != nil {
			line += "  " + h.why(it.tab)
		}
		d.areas = append(d.areas, area{2, y, canvas.Width(line), 1, i})
		put(line, t.Text, 0)
	}
	d.text = g.Render(t.Renderer.ColorProfile())
	return d
}
