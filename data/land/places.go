package land

import (
	_ "embed" // the names
	"strconv"
	"strings"
	"sync"
)

//go:embed places.csv
var placesText string

// Place is a name on the map: of a water, or of a town or an island.
type Place struct {
	Name  string
	Water bool
	Zoom  float64 // from which on it is written
	At    Point
}

// places are the names, the most important first; a name that comes again has
// other places to stand at, of which one is enough.
var places = sync.OnceValue(func() (out []Place) {
	for row := range rows(placesText) {
		out = append(out, Place{row[0], row[1] == "water", number(row[2]), project(number(row[3]), number(row[4]))})
	}
	return out
})

// Places are the names for a zoom of tiles of 512 pixels. Few places of the
// world have any.
func Places(zoom float64) []Place {
	all := places()
	if len(all) == 0 || zoom < all[0].Zoom {
		return nil
	}
	return all
}

// rows are the rows of a table of our own behind its heading, whose cells have
// no quotes.
func rows(text string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		first := true
		for line := range strings.Lines(text) {
			if !first && !yield(strings.Split(strings.TrimSpace(line), ",")) {
				return
			}
			first = false
		}
	}
}

// number is a number of our own tables, which a test has read.
func number(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64)
	return f
}
