package tiles

// Class is what a part of the ground is.
type Class uint8

// The classes: areas, lines and places, in the order in which they are drawn.
const (
	Built Class = iota // where people live and work
	Green
	Water
	Building

	Border // of a country
	River
	Path
	Service
	Rail
	Minor
	Tertiary
	Secondary
	Primary
	Trunk
	Motorway
	Street // no road, but the line along which a street's name stands

	Country
	City
	Town
	Suburb // and villages
	Neighbourhood

	none
)

// Area is a part of the ground with holes, in common space.
type Area struct {
	Class  Class
	Lo, Hi Point
	Rings  [][]Point
}

// Line is a line on the ground, in common space.
type Line struct {
	Class  Class
	Lo, Hi Point
	Points []Point
	Name   string // of a street; roads have it in some schemas
}

// Place is a name on the ground. Of a class the lower ranks are the more
// important ones.
type Place struct {
	Class Class
	At    Point
	Name  string
	Rank  int
}

// Tile is the ground of one tile.
type Tile struct {
	ID     ID
	Schema string // "OpenMapTiles", "Shortbread", "Protomaps"; "" = nothing that is known
	Areas  []Area
	Lines  []Line
	Places []Place
}

// Read reads a tile as ground. What its schema calls it decides what a feature
// is; a tile of no known schema is empty.
func Read(id ID, b []byte) (*Tile, error) {
	parts, err := split(b)
	if err != nil {
		return nil, err
	}
	t := &Tile{ID: id}
	s := schemaOf(parts)
	if s == nil {
		return t, nil
	}
	t.Schema = s.name
	items := maxItems
	for _, p := range parts {
		of := s.layers[p.name]
		if of == nil {
			continue
		}
		l, err := newLayer(p.bytes, &items)
		if err != nil {
			return nil, err
		}
		w := newWriter(t, l)
		for i := range l.Len() {
			if err := w.feature(i, of); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

// schema says what the layers of a tile hold: for each that matters, what one
// of its features is.
type schema struct {
	name   string
	layers map[string]func(p properties, t Type) thing
}

// thing is what a feature is.
type thing struct {
	class Class
	name  string
	rank  int
}

// nothing is a feature that is not drawn.
var nothing = thing{class: none}

// schemaOf tells the schemas apart by the names of their layers.
func schemaOf(parts []part) *schema {
	has := map[string]bool{}
	for _, p := range parts {
		has[p.name] = true
	}
	switch {
	case has["transportation"] || has["waterway"] || has["landcover"] && has["place"] || has["place"] && has["water"]:
		return &openMapTiles
	case has["streets"] || has["water_polygons"] || has["ocean"] || has["place_labels"] || has["boundary_labels"]:
		return &shortbread
	case has["earth"] || has["roads"] || has["places"]:
		return &protomaps
	case has["water"] || has["landcover"] || has["boundary"] || has["park"] || has["building"]:
		return &openMapTiles
	case has["land"] || has["buildings"] || has["boundaries"]:
		return &shortbread
	}
	return nil
}
