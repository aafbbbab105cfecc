package dataframe

import (
	"math"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/chart"
)

// cleanRunes is how much of a text is shown in one line.
const cleanRunes = 200

// clean makes text from a file fit for one line.
func clean(s string) string { return session.Clean(s, cleanRunes) }

// measure says how the figures of a table are shown.
type measure struct {
	title, axis string // heading of the table and of the chart's y axis
	per         float64
	decimals    int // -1 = as they stand in the file
}

// measureOf takes a unit from the source that says one.
func measureOf(u data.Unit, o data.Origin) measure {
	if u == (data.Unit{}) {
		return measure{title: clean(o.Name), axis: clean(o.Name), per: 1, decimals: -1}
	}
	return measure{title: u.Title, axis: u.Axis, per: u.Per, decimals: mostDecimals}
}

// text writes a value for reading: "–" for none, thousands parted.
func (m measure) text(v float64) string {
	if m.decimals >= 0 {
		return chart.Number(v, m.decimals)
	}
	s := chart.Number(v, 4)
	if whole, part, ok := strings.Cut(s, "."); ok && !strings.Contains(s, "e") {
		if part = strings.TrimRight(part, "0"); part == "" {
			return whole
		}
		return whole + "." + part
	}
	return s
}

// exact writes a value for other programs: "" for none, every digit kept.
func exact(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// A table of one unit has the same decimals everywhere: as many as show the
// smallest region by digits of its greatest value, within limits. Copies and
// exports have every digit.
const (
	digits                      = 3
	leastDecimals, mostDecimals = 2, 4
)

// fitted chooses the decimals for the regions of a table in one unit. Any
// other table stays as it stands.
func (m measure) fitted(rows []region) measure {
	if m.decimals < 0 {
		return m
	}
	m.decimals = leastDecimals
	for _, r := range rows {
		greatest := 0.0
		for _, v := range r.values {
			if !math.IsNaN(v) {
				greatest = max(greatest, math.Abs(v))
			}
		}
		if greatest > 0 {
			m.decimals = max(m.decimals, digits-1-int(math.Floor(math.Log10(greatest))))
		}
	}
	m.decimals = min(m.decimals, mostDecimals)
	return m
}

// column is the measure of one column: in a table of no unit its values have
// the decimals of the one that needs most.
func (m measure) column(rows []region, c int) measure {
	if m.decimals >= 0 {
		return m
	}
	most := 0
	for _, r := range rows {
		if _, part, ok := strings.Cut(m.text(r.values[c]), "."); ok && !strings.Contains(part, "e") {
			most = max(most, len(part))
		}
	}
	m.decimals = most
	return m
}

// region is one row of the demo's table.
type region struct {
	name   string
	values []float64 // shown values: in the unit
	texts  []string  // the name first
	raw    []string  // every digit
}
