package screen

import (
	"fmt"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/tui/cell"
)

// sample makes a frame like a page's: every cell on a background, words,
// lines and braille in several colours, w by h.
func sample(w, h, n int) string {
	var b strings.Builder
	for y := range h {
		if y > 0 {
			b.WriteByte('\n')
		}
		for x := 0; x < w; x += 8 {
			fmt.Fprintf(&b, "\x1b[38;2;%d;%d;200;48;2;14;17;23m", (x+n*40)%256, (y*5)%256)
			text := []string{"page row", "────────", "⣿⡇⠁⢸⡇⣶⣤⣀", "        "}[(x/8+y+n)%4]
			b.WriteString(string([]rune(text)[:min(8, w-x)]))
		}
		b.WriteString("\x1b[0m")
	}
	return b.String()
}

// The package's doc has the figures of libraries beside these.
func BenchmarkPainter(b *testing.B) {
	one, two := cell.Parse(sample(160, 45, 0)), cell.Parse(sample(160, 45, 1))
	dot := cell.Parse(strings.Replace(sample(160, 45, 0), "page row", "page rov", 1))
	tests := map[string][2]*cell.Grid{"every cell": {one, two}, "one cell": {one, dot}, "equal": {one, one}}
	for name, frames := range tests {
		b.Run(name, func(b *testing.B) {
			d := newDiff(160, 45)
			d.next.Blit(one, 0, 0)
			d.frame()
			b.ReportAllocs()
			bytes := 0
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				d.next.Blit(frames[(i+1)%2], 0, 0)
				b.StartTimer()
				d.out = d.out[:0]
				if !d.same() {
					bytes += len(d.frame())
				}
			}
			b.ReportMetric(float64(bytes)/float64(b.N), "out-B/op")
		})
	}
}
