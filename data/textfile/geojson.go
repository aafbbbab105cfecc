package textfile

import (
	"fmt"
	"slices"
)

// geography reads the features of GeoJSON: the id, the properties, and then
// the place as lon and lat, or as geometry where not all are points.
type geography struct {
	root     node // of the properties
	shapes   bool // some geometry is no point
	third    int  // points with a third coordinate
	features int
	lon, lat int // columns; -1 = none yet
	geometry int
	id       int
	more     map[string]bool // keys of features that are left out
}

// fresh is a geography that has read nothing; nil for nil.
func (g *geography) fresh() *geography {
	if g == nil {
		return nil
	}
	return &geography{root: node{column: -1}, shapes: g.shapes, lon: -1, lat: -1, geometry: -1, id: -1, more: map[string]bool{}}
}

// The columns of places get names that no property can have, until all is
// read and their own are known to be free.
const (
	lonColumn      = "\x00lon"
	latColumn      = "\x00lat"
	geometryColumn = "\x00geometry"
	idColumn       = "\x00id"
)

// split gives the values of a feature.
func (g *geography) split(f *fields, rec []byte, visit func(column int, value []byte)) {
	g.features++
	if g.lon < 0 && !g.shapes {
		g.lon, g.lat = f.column(lonColumn), f.column(latColumn)
	}
	if g.geometry < 0 && g.shapes {
		g.geometry = f.column(geometryColumn)
	}
	placed := false
	members(rec, func(key, value []byte) {
		switch string(key) {
		case `"type"`, `"bbox"`:
		case `"id"`:
			if g.id < 0 {
				g.id = f.column(idColumn)
			}
			if f.seen[g.id] == f.record { // the second is as a property of that name
				f.twice.add(f.record)
				f.give(f.column("id"), "id", value, visit)
				break
			}
			f.give(g.id, idColumn, value, visit)
		case `"properties"`:
			if value[0] == '{' {
				f.object(&g.root, value, 1, visit)
			}
		case `"geometry"`:
			if placed {
				g.more["geometry"] = true
				break
			}
			placed = true
			g.place(value, visit)
		default:
			g.more[string(unquote(key, nil))] = true
		}
	})
}

// place gives the place of a feature.
func (g *geography) place(geometry []byte, visit func(column int, value []byte)) {
	if geometry[0] != '{' {
		return
	}
	if g.geometry >= 0 {
		visit(g.geometry, geometry)
		return
	}
	point, lon, lat := false, []byte(nil), []byte(nil)
	n := 0
	members(geometry, func(key, value []byte) {
		switch {
		case string(key) == `"type"`:
			point = string(value) == `"Point"`
		case string(key) == `"coordinates"` && value[0] == '[':
			elements(value, func(v []byte) bool {
				switch n++; n {
				case 1:
					lon = v
				case 2:
					lat = v
				}
				return true
			})
		}
	})
	if !point {
		g.shapes = true
		return
	}
	if n > 2 {
		g.third++
	}
	if lon != nil && lat != nil {
		visit(g.lon, lon)
		visit(g.lat, lat)
	}
}

// titles are the names of the columns as they are shown. Those of places have
// the names of the contract, or with _2 where a property has that name.
func (f *fields) titles() []string {
	out := slices.Clone(f.names)
	g := f.geo
	if g == nil {
		return out
	}
	for _, c := range []struct {
		at   int
		name string
	}{{g.id, "id"}, {g.lon, "lon"}, {g.lat, "lat"}, {g.geometry, "geometry"}} {
		if c.at < 0 {
			continue
		}
		out[c.at] = c.name
		if other, taken := f.byName[c.name]; taken && c.at == g.id {
			out[other] = f.unused(c.name) // the id comes first, the property is the second of that name
		} else if taken {
			out[c.at] = f.unused(c.name)
		}
	}
	return out
}

// unused is a name with the least number from 2 on that no column has.
func (f *fields) unused(name string) string {
	for n := 2; ; n++ {
		with := fmt.Sprintf("%s_%d", name, n)
		if _, taken := f.byName[with]; !taken {
			return with
		}
	}
}

// order puts the id first and the place last.
func (g *geography) order(f *fields, columns []int) []int {
	var out []int
	if g.id >= 0 {
		out = append(out, g.id)
	}
	for _, c := range columns {
		if c != g.id && c != g.lon && c != g.lat && c != g.geometry {
			out = append(out, c)
		}
	}
	for _, c := range []int{g.lon, g.lat, g.geometry} {
		if c >= 0 {
			out = append(out, c)
		}
	}
	return out
}

func (g *geography) tell(notes *[]note) {
	say := func(format string, a ...any) { *notes = append(*notes, note{"json", fmt.Sprintf(format, a...)}) }
	say("GeoJSON, a row for each of %s", count(g.features, "feature", "features"))
	if g.third > 0 {
		say("a third coordinate of %s is left out", count(g.third, "point", "points"))
	}
	if len(g.more) > 0 {
		say("keys of features that are left out: %s", joined(sortedKeys(g.more), 10))
	}
}
