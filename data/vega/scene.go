package vega

// Scene is what a specification draws.
type Scene struct {
	Title, Subtitle string
	Cells           []*Cell
	Legends         []*Legend
	Layout          *Box
	Params          []Param // what a reader can set
	Inputs          []Input // the controls that the specification binds to them
	// Ignored are the paths of properties that cannot matter in a terminal.
	Ignored []string
}

// Box says how cells stand beside and above each other: it is a cell, or
// boxes in rows of so many columns.
type Box struct {
	Cell    int // its place in the scene, -1 if the box has boxes
	Columns int
	Boxes   []*Box
}

// Cell is one plot rectangle that draws marks. Positions in it are pixels
// from its upper left corner.
type Cell struct {
	View            int // number of the plot in the document; cells of one facet share it
	Width, Height   float64
	Facet           []Header
	Empty           bool // a crossing of row and column without data
	Title, Subtitle string
	Group           string // the title of the facet or list of views that begins here
	Scales          []*Scale
	Axes            []*Axis
	Marks           []*Mark
}

// Header is the title and the label of a facet's row, column or cell.
type Header struct {
	Channel      string // row, column or facet
	Title, Label string
	NoTitle      bool
}

// Axis is one axis of a cell.
type Axis struct {
	Channel, Orient string
	Title           string // "" = none
	Ticks           []any  // numbers, dates or values of a discrete scale
	Labels          []string
	Grid            bool
	LabelAngle      float64
	Scale           *Scale
	// Titled reports whether the specification wrote the title: by default it
	// is the field's name.
	Titled bool
	within func(s *Scale) ([]any, []string)
}

// Legend explains one or more channels.
type Legend struct {
	Type     string // symbol, gradient or discrete
	Channels []string
	Title    string // "" = none
	Values   []any
	Labels   []string
	Colors   []string
	Field    string // whose values it lists, as they are; "" = it is no such list
	Scale    *Scale // of the colours, if it has any, else of the values

	columns int // that the symbols stand in, one below the other; 0 = one
}

// Mark is one mark of a cell: its items, or its paths.
type Mark struct {
	Type  string // rect, symbol, line, area, trail, rule, text, arc
	Items []Item
	Paths []Path
	Clip  bool // what lies outside the cell is cut off
	// Reading is what the rows show that the mark was made of.
	Reading *Reading
}

// Point is a place in a cell. Those of a gap in a path are NaN.
type Point struct {
	X, Y, X2, Y2, Size float64
}

// Item is one item of a mark. Which fields count depends on the mark's type.
type Item struct {
	X, Y, X2, Y2          float64 // a rect's upper left and lower right corner, a rule's ends
	Size                  float64 // of a symbol: its area
	StartAngle, EndAngle  float64 // of an arc: radians clockwise from 12 o'clock
	Inner, Outer          float64 // radii of an arc
	Text                  string
	Shape                 string
	Style                 Style
	Row                   int // place of the row in the view's data
	Align, Baseline       string
	Dx, Dy, Angle, FontPx float64
}

// Style is how an item or a path is painted. Colours are "#rrggbb"; "" is
// none.
type Style struct {
	Fill, Stroke                        string
	Opacity, FillOpacity, StrokeOpacity float64
	StrokeWidth                         float64
	Dash                                []float64
}

// Path is a line, the outline of an area, or a trail.
type Path struct {
	Points      []Point
	Rows        []int // of each point, its place in the view's data
	Style       Style
	Interpolate string
}
