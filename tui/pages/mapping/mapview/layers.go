package mapview

// Layers says which of the four are shown.
type Layers [4]bool

// The layers, in the original's order, which is also bottom to top.
const (
	Bikes = iota
	Exits
	Names
	Flows
)

// None reports whether no layer is shown.
func (l Layers) None() bool { return l == Layers{} }

// Pick is one thing on the map: a layer and an index into its data. The zero
// Pick is nothing.
type Pick struct {
	OK    bool
	Layer int // Bikes, Exits, Names or Flows
	Index int // of the scene's columns, stops or flows
}

// Is reports whether p is one thing of a layer.
func (p Pick) Is(layer, index int) bool { return p.OK && p.Layer == layer && p.Index == index }
