// Package mapping is the Mapping Demo: San Francisco's bike racks and BART
// passengers in deck.gl's view. It knows neither where its figures come from
// nor how a terminal is written to.
package mapping

import "github.com/authtabs/tabgate/tui/page"

// New makes the page.
func New(env page.Env, src Source) page.Page { return newPage(env, src) }
