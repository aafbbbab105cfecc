package tiles

import (
	"math"
	"strings"
	"unicode"
)

type layerOf = func(p properties, t Type) thing

// openMapTiles is the schema of OpenMapTiles, which OpenFreeMap serves.
var openMapTiles = schema{"OpenMapTiles", map[string]layerOf{
	"water": func(p properties, _ Type) thing {
		if p.text("class") == "swimming_pool" || p.text("brunnel") == "tunnel" {
			return nothing
		}
		return thing{class: Water}
	},
	"waterway":  func(p properties, _ Type) thing { return waterway(p.text("class"), p.text("brunnel") == "tunnel") },
	"park":      func(properties, Type) thing { return thing{class: Green} },
	"landcover": func(p properties, _ Type) thing { return landCover(p.text("class")) },
	"landuse":   func(p properties, _ Type) thing { return landCover(p.text("class")) },
	"transportation": func(p properties, _ Type) thing {
		class := p.text("class")
		if class == "track" {
			class = "path"
		}
		if class == "rail" && p.text("brunnel") == "tunnel" {
			return nothing
		}
		return highway(class)
	},
	"transportation_name": func(p properties, _ Type) thing { return street(p) },
	"boundary": func(p properties, _ Type) thing {
		return border(p, "admin_level", "maritime")
	},
	"building": func(properties, Type) thing { return thing{class: Building} },
	"place": func(p properties, _ Type) thing {
		rank, _ := p.number("rank")
		return place(p, p.text("class"), int(min(max(rank, 0), 100)))
	},
}}

// shortbread is the schema of the OpenStreetMap Foundation's own tiles.
var shortbread = schema{"Shortbread", map[string]layerOf{
	"ocean": func(properties, Type) thing { return thing{class: Water} },
	"water_polygons": func(p properties, _ Type) thing {
		if p.text("kind") == "swimming_pool" {
			return nothing
		}
		return thing{class: Water}
	},
	"water_lines": func(p properties, _ Type) thing { return waterway(p.text("kind"), p.is("tunnel")) },
	"land":        func(p properties, _ Type) thing { return landCover(p.text("kind")) },
	"sites":       func(p properties, _ Type) thing { return landCover(p.text("kind")) },
	"streets": func(p properties, _ Type) thing {
		if p.is("rail") {
			return rail(p.text("kind"), p.is("tunnel"))
		}
		return highway(p.text("kind"))
	},
	"street_labels": func(p properties, _ Type) thing { return street(p) },
	"boundaries":    func(p properties, _ Type) thing { return border(p, "admin_level", "maritime") },
	"buildings":     func(properties, Type) thing { return thing{class: Building} },
	"boundary_labels": func(p properties, _ Type) thing {
		if level, _ := p.number("admin_level"); level != 2 {
			return nothing
		}
		return place(p, "country", 0)
	},
	"place_labels": func(p properties, _ Type) thing { return place(p, p.text("kind"), byPeople(p)) },
}}

// protomaps is the schema of Protomaps' archives: of version 4, and the older
// ones, which keep OpenStreetMap's tags and say kind as pmap:kind.
var protomaps = schema{"Protomaps", map[string]layerOf{
	"water": func(p properties, t Type) thing {
		if t == Lines {
			return waterway(p.text("kind", "pmap:kind"), false)
		}
		if p.text("kind", "pmap:kind", "leisure") == "swimming_pool" {
			return nothing
		}
		return thing{class: Water}
	},
	"physical_line": func(p properties, _ Type) thing { return waterway(p.text("waterway"), p.is("tunnel")) },
	"landuse":       protomapsLand,
	"landcover":     protomapsLand,
	"natural":       protomapsLand,
	"roads": func(p properties, _ Type) thing {
		kind := p.text("kind", "pmap:kind")
		if kind == "rail" {
			return rail(p.text("kind_detail", "pmap:kind_detail"), p.is("is_tunnel"))
		}
		is := highway(p.text("kind_detail", "pmap:kind_detail", "highway"))
		if is.class == none {
			is = highway(roadKinds[kind])
		}
		is.name = named(p)
		return is
	},
	"transit": func(p properties, _ Type) thing { return rail(p.text("railway", "kind"), p.is("tunnel")) },
	"boundaries": func(p properties, _ Type) thing {
		if p.text("kind") == "country" {
			return thing{class: Border}
		}
		if _, old := p.number("pmap:min_admin_level"); old {
			return border(p, "pmap:min_admin_level", "maritime")
		}
		return border(p, "kind_detail", "maritime")
	},
	"buildings": func(p properties, _ Type) thing {
		if p.text("kind") == "address" {
			return nothing
		}
		return thing{class: Building}
	},
	"places": func(p properties, _ Type) thing {
		kind := p.text("kind_detail", "place", "kind", "pmap:kind")
		if p.text("kind", "pmap:kind") == "country" {
			kind = "country"
		}
		rank := byPeople(p)
		if r, ok := p.number("population_rank"); ok {
			rank = 20 - int(min(max(r, 0), 20))
		}
		return place(p, kind, rank)
	},
}}

// roadKinds are the words of OpenStreetMap for those of Protomaps.
var roadKinds = map[string]string{"highway": "motorway", "major_road": "primary", "medium_road": "tertiary", "minor_road": "minor", "path": "path"}

func protomapsLand(p properties, _ Type) thing {
	for _, key := range []string{"kind", "leisure", "natural", "landuse", "pmap:kind"} {
		if is := landCover(p.text(key)); is.class != none {
			return is
		}
	}
	return nothing
}

func landCover(word string) thing {
	switch word {
	case "residential", "suburb", "neighbourhood", "commercial", "retail", "industrial", "urban_area", "garages":
		return thing{class: Built}
	case "park", "garden", "forest", "wood", "grass", "grassland", "meadow", "cemetery", "grave_yard", "pitch", "golf_course", "golf", "nature_reserve",
		"national_park", "village_green", "recreation_ground", "scrub", "heath", "common", "protected_area", "playground", "zoo", "greenfield", "allotments", "dog_park":
		return thing{class: Green}
	}
	return nothing
}

func waterway(word string, tunnel bool) thing {
	if (word == "river" || word == "canal") && !tunnel {
		return thing{class: River}
	}
	return nothing
}

func rail(word string, tunnel bool) thing {
	if (word == "" || word == "rail" || word == "narrow_gauge" || word == "light_rail") && !tunnel {
		return thing{class: Rail}
	}
	return nothing
}

// highway is a road, by OpenStreetMap's word for it.
func highway(word string) thing {
	switch strings.TrimSuffix(word, "_link") {
	case "motorway":
		return thing{class: Motorway}
	case "trunk":
		return thing{class: Trunk}
	case "primary":
		return thing{class: Primary}
	case "secondary":
		return thing{class: Secondary}
	case "tertiary":
		return thing{class: Tertiary}
	case "minor", "unclassified", "residential", "living_street", "minor_road":
		return thing{class: Minor}
	case "service":
		return thing{class: Service}
	case "path", "footway", "pedestrian", "cycleway", "steps", "track", "bridleway":
		return thing{class: Path}
	case "rail":
		return thing{class: Rail}
	}
	return nothing
}

func border(p properties, level, maritime string) thing {
	n, ok := p.number(level)
	if !ok || n != 2 || p.is(maritime) {
		return nothing
	}
	return thing{class: Border}
}

func street(p properties) thing {
	return thing{class: Street, name: named(p)}
}

// place is a name of a place, by OpenStreetMap's word for it.
func place(p properties, word string, rank int) thing {
	is := thing{class: none, name: named(p), rank: rank}
	switch word {
	case "country":
		is.class = Country
	case "city", "capital", "state_capital":
		is.class = City
	case "town":
		is.class = Town
	case "village", "suburb", "quarter", "hamlet":
		is.class = Suburb
	case "neighbourhood":
		is.class = Neighbourhood
	}
	return is
}

// byPeople is a rank that follows from how many people live somewhere.
func byPeople(p properties) int {
	n, ok := p.number("population")
	if !ok || n < 1 {
		return 20
	}
	return int(min(max(20-2*math.Log10(n), 0), 20))
}

// named is the name of a feature: the local one where there is one alone, in
// letters that every terminal has, else the English one if there is one.
func named(p properties) string {
	local := p.text("name")
	if local != "" && !strings.ContainsAny(local, ";/") && familiar(local) {
		return local
	}
	if other := p.text("name_en", "name:en", "name:latin", "name_int"); other != "" {
		return other
	}
	return local
}

// familiar reports whether a text is written in the letters of Europe.
func familiar(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
			return false
		}
	}
	return true
}
