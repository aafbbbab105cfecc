package mapview

import (
	"fmt"

	"github.com/authtabs/tabgate/tui/chart"
)

// Words says what a pick is: its name and its figure.
func (s *Scene) Words(p Pick) (title, detail string) {
	if !p.OK {
		return "", ""
	}
	switch p.Layer {
	case Bikes:
		c := s.Columns[p.Index]
		return plural(c.Count, "bike rack"), fmt.Sprintf("hexagon, %s m high", Count(int(c.ElevationM+0.5)))
	case Exits, Names:
		return s.Stops[p.Index].Name, Count(s.Stops[p.Index].Exits) + " exits"
	}
	f := s.Flows[p.Index]
	return f.fromStop + " → " + f.toStop, Count(f.Outbound) + " outbound"
}

// Count writes a whole number with separated thousands.
func Count(n int) string { return chart.Number(float64(n), 0) }

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return Count(n) + " " + what + "s"
}
