package screen

import (
	"fmt"
	"strings"
	"testing"
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
	one, two := sample(160, 45, 0), sample(160, 45, 1)
	dot := strings.Replace(one, "page row", "page rov", 1)
	tests := map[string][2]string{
		"every cell": {one, two}, "one cell": {one, dot}, "equal": {one, strings.Clone(one)},
	}
	for name, frames := range tests {
		b.Run(name, func(b *testing.B) {
			c := newCanvas()
			c.resize(160, 45)
			c.frame(one)
			b.ReportAllocs()
			bytes := 0
			for i := 0; b.Loop(); i++ {
				c.out = c.out[:0]
				bytes += len(c.frame(frames[(i+1)%2]))
			}
			b.ReportMetric(float64(bytes)/float64(b.N), "out-B/op")
		})
	}
}
