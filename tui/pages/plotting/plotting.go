// Package plotting is the page of the random walk: drawn while it is made,
// with a cursor, zoom and exports. It knows the walk's rule from package
// data, and no other page.
package plotting

import "github.com/authtabs/tabgate/tui/page"

// New makes the page.
func New(env page.Env, o Options) page.Page { return newPage(env, o) }
