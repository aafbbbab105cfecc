package dataframe

import (
	"io"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
)

// figures are what the page shows as a table and as a chart: the chosen
// regions of the demo's table, or a file with what was marked in it.
type figures interface {
	sheet.Source

	// labels are what stands around the table while a column is lit.
	labels(col int) labels
	// bar draws what is above the table and returns the row below it.
	bar(p *pen) int
	// picks are what can be chosen from; nil where there is nothing to choose.
	chosen() *picks
	clear()

	// charts reports whether there is something to chart.
	charts() bool
	// areas are the chart without its cursor.
	areas() chart.Areas
	// xColumns are the columns that the x of the chart stand for, in their
	// order; nil where they are rows.
	xColumns() []int
	// rowSeries and columnSeries are the place in the chart of a row, by its
	// place, and of a column.
	rowSeries(place int) (int, bool)
	columnSeries(col int) (int, bool)
	// trend are the values of a row, nil where rows have no trend.
	trend(place int) []float64

	// export returns what writes all figures as "csv" or "json", or those of a
	// file as "text".
	export(format string) func(io.Writer) error
}

// labels are the words around a table.
type labels struct {
	title, size string // see [sheet.View]
	hint        string
	origin      data.Origin
	notes       int // how many there are about how the figures were read
}
