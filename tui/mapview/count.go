package mapview

import "github.com/authtabs/tabgate/tui/chart"

// Count writes a whole number with separated thousands.
func Count(n int) string { return chart.Number(float64(n), 0) }
