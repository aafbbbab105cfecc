package dataframe

import (
	"math"
	"strings"
)

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
