// Package canvas draws pictures for character cells: pixels and braille dots,
// and what turns them into the block characters of a [cell.Grid]. It knows
// neither themes, nor pages, nor terminals.
package canvas

import "github.com/authtabs/tabgate/tui/cell"

// RGB is red, green and blue, 0 to 255 each.
type RGB = cell.RGB
