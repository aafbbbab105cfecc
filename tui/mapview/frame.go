package mapview

import "github.com/authtabs/tabgate/tui/cell"

// Frame is all that decides what a map looks like.
type Frame struct {
	Scene  *Scene
	View   View
	Hidden []bool // layers that are not drawn, by their place in the scene
	Look   Look
	Picked Pick
	// Covered is a part of the map, in its cells, that something will be drawn
	// over: no name is put there.
	Covered cell.Rect
}
