package mapview

// Frame is all that decides what a map looks like.
type Frame struct {
	Scene  *Scene
	View   View
	Hidden []bool // layers that are not drawn, by their place in the scene
	Look   Look
	Ground *Ground // nil = the coast of the world alone
	Picked Pick
	// Pinned is what was chosen, by a click or a search: its name is written
	// before all others. What the pointer passes moves none.
	Pinned Pick
}
