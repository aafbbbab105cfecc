package board

import (
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/chart"
	"github.com/authtabs/tabgate/tui/panels/geo"
	"github.com/authtabs/tabgate/tui/panels/markdown"
	"github.com/authtabs/tabgate/tui/panels/metric"
	"github.com/authtabs/tabgate/tui/panels/table"
	"github.com/authtabs/tabgate/tui/panels/walk"
)

// kinds are the panels that there are: one line a kind.
func kinds() map[string]panels.New {
	return map[string]panels.New{
		"markdown":      markdown.New,
		"metric":        metric.New,
		"table":         table.New,
		"line_chart":    chart.New,
		"area_chart":    chart.New,
		"bar_chart":     chart.New,
		"scatter_chart": chart.New,
		"vega_lite":     chart.New,
		"map":           geo.New,
		"pydeck":        geo.New,
		"walk":          walk.New,
	}
}
