package mapview

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data"
)

// Ranges writes the counts of each class, as "1–8".
func (s *Scene) Ranges() (out [data.HexClasses]string) {
	for i := range out {
		from, to := data.HexRange(i, s.least, s.most)
		switch {
		case from > to:
			out[i] = "none"
		case from == to:
			out[i] = fmt.Sprint(from)
		default:
			out[i] = fmt.Sprintf("%d–%d", from, to)
		}
	}
	return out
}

// ShortRanges is Ranges for numbered classes in a narrow window: "=1" to "=40–47".
func (s *Scene) ShortRanges() (out [data.HexClasses]string) {
	for i, text := range s.Ranges() {
		if from, _, ok := strings.Cut(text, "–"); ok && i < len(out)-1 {
			text = from
		}
		out[i] = "=" + text
	}
	return out
}

// Classes counts the hexagons of each class.
func (s *Scene) Classes() (n [data.HexClasses]int) {
	for _, c := range s.Columns {
		n[c.Class]++
	}
	return n
}
