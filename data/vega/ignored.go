package vega

import (
	"slices"
	"strconv"

	"github.com/authtabs/tabgate/data/vega/js"
)

// silent are properties that say nothing about a picture anywhere.
var silent = []string{"$schema", "description", "usermeta", "name", "aria", "ariaRole", "ariaRoleDescription", "autosize", "views"}

// ignoredOf returns the paths of the properties that nobody has read since they
// cannot matter in a terminal.
func ignoredOf(nodes ...node) (paths []string) {
	for _, n := range nodes {
		if n.ok() {
			paths = append(paths, ignoredIn(n.o, n)...)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

func ignoredIn(v any, n node) (paths []string) {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			paths = append(paths, ignoredIn(e, node{nil, n.path + "[" + strconv.Itoa(i) + "]", n.used})...)
		}
	case *js.Object:
		for _, k := range v.Keys {
			at := n.at(k)
			switch {
			case slices.Contains(silent, k) || k == "data" || k == "datasets" || k == "params":
			case cosmetic[k] && !n.used[v][k]:
				paths = append(paths, at)
			default:
				paths = append(paths, ignoredIn(v.Values[k], node{nil, at, n.used})...)
			}
		}
	}
	return paths
}
