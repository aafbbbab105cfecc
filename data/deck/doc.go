// Package deck turns a map in deck.gl's JSON, as pydeck's to_json writes it, or
// in st.map's short form into a Scene: a view, and layers of circles, lines,
// columns and other shapes with their places in degrees, their sizes and their
// colours. It knows no screen. What it gives is what deck.gl 9.4 computes; rows
// that cannot be placed are left out and counted, and a layer that is not
// supported is refused by name while the others stay.
//
// A file goes this way: [Parse] reads the text (json.go), rows.go makes the rows
// of each layer's data, expr.go evaluates accessors ("@@=[lon, lat]") on them,
// shapes.go and its kin make the items of a layer, bins.go aggregates, view.go
// fits a view, hover.go fills in tooltips, facts.go writes all of it as JSON.
//
// The rules are those of deck.gl 9.4 and of Streamlit's st.map; what differs is
// in the README.
package deck
