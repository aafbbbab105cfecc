// Package walk is the panel of the random walk: drawn while it is made, with a
// cursor, zoom and exports. It knows the walk's rule from package data.
package walk

import "github.com/authtabs/tabgate/tui/panels"

// New makes the panel.
func New(env panels.Env) panels.Panel { return newPanel(env) }
