package query

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// ShapeBins is how many bins the shape of numbers and dates has.
const ShapeBins = 10

// Shape is how the values of a column are distributed, to be drawn in a line.
// Either Bins or Values say it.
type Shape struct {
	// Bins are how many values are in each of ten bins of equal width; nil = not
	// drawn as bins. CutLow and CutHigh report that single values lie so far out
	// that the bins go from the hundredth part to the ninety-ninth, and there are
	// values below or above them.
	Bins            []int
	From, To        float64 // what the bins reach over, as frame.Vector.Float has it
	CutLow, CutHigh bool
	// Values are the most frequent values: one, if more than half of the rows
	// have it, or as many as are known of a text or boolean. More is how many
	// different values there are besides, Rows how many rows there are.
	Values []ValueCount
	More   int
	Rows   int
	// Each reports that all values differ; Rough, that this is likely, and no more
	// is known of so many.
	Each, Rough bool
}

// numberShape is the shape of numbers or dates.
func numberShape(c *Column, w *weights) Shape {
	s := Shape{Rows: c.Rows}
	if len(c.Top) > 0 && 2*c.Top[0].Rows > c.Rows {
		s.Values, s.More = c.Top[:1], c.Distinct-1
		return s
	}
	if w.n == 0 {
		return s
	}
	least, greatest := math.Inf(1), math.Inf(-1)
	w.each(func(x float64, _ int) { least, greatest = min(least, x), max(greatest, x) })
	q := w.quantiles(0.01, 0.99)
	if far := 5 * (q[1] - q[0]); greatest-q[1] > far || q[0]-least > far {
		s.CutLow, s.CutHigh = least < q[0], greatest > q[1]
		least, greatest = q[0], q[1]
	}
	s.Bins, s.From, s.To = make([]int, ShapeBins), least, greatest
	w.each(s.add)
	return s
}

// add counts rows that have a number.
func (s *Shape) add(x float64, rows int) {
	if !(x >= s.From && x <= s.To) {
		return
	}
	bin, span := 0, s.To-s.From
	switch {
	case span > math.MaxFloat64/ShapeBins:
		bin = int((x/2 - s.From/2) / (s.To/2 - s.From/2) * ShapeBins)
	case span > 0:
		bin = int((x - s.From) * ShapeBins / span)
	}
	s.Bins[min(bin, ShapeBins-1)] += rows
}

// Within is the shape of a column of f in the bins of s, which is that of more
// rows: s must have bins.
func (s *Shape) Within(ctx context.Context, f frame.Frame, column int) (Shape, error) {
	out := Shape{Bins: make([]int, ShapeBins), From: s.From, To: s.To, CutLow: s.CutLow, CutHigh: s.CutHigh, Rows: f.Len()}
	err := f.Scan(ctx, []int{column}, 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			if x, ok := b.Columns[0].Float(i); ok {
				out.add(x, 1)
			}
		}
		return ctx.Err()
	})
	return out, err
}

// valueShape is the shape of texts or booleans.
func valueShape(c *Column) Shape {
	s := Shape{Rows: c.Rows, Values: c.Top, Each: c.Each(), Rough: c.Rough}
	if len(c.Top) > 0 && 2*c.Top[0].Rows > c.Rows && c.Distinct > len(c.Top) {
		s.Values = c.Top[:1]
	}
	s.More = max(c.Distinct-len(s.Values), 0)
	if s.Each {
		s.Values, s.More = nil, 0
	}
	return s
}

// Glyphs of heights from one to eight eighths.
var (
	blocks = []rune("▁▂▃▄▅▆▇█")
	signs  = []rune(".:-=+*#%")
)

// Draw draws the shape in at most so many cells: bins as glyphs, of which the
// highest is the fullest and an empty one a space, so that a single row is
// seen; or as many values with their share as fit, and how many more there are.
func (s *Shape) Draw(width int, ascii bool) string {
	switch {
	case width <= 0:
		return ""
	case s.Each:
		text := "each its own"
		if s.Rough && ascii {
			text = "~" + text
		} else if s.Rough {
			text = "≈" + text
		}
		return fit(text, width, ascii)
	case s.Bins != nil:
		return s.drawBins(width, ascii)
	}
	return s.drawValues(width, ascii)
}

func (s *Shape) drawBins(width int, ascii bool) string {
	low, high, glyphs := "‹", "›", blocks
	if ascii {
		low, high, glyphs = "<", ">", signs
	}
	if !s.CutLow {
		low = ""
	}
	if !s.CutHigh {
		high = ""
	}
	ends := len([]rune(low + high))
	if width <= ends {
		low, high, ends = "", "", 0
	}
	var b strings.Builder
	b.WriteString(low)
	for _, n := range narrowed(s.Bins, width-ends) {
		b.WriteRune(n.glyph(glyphs))
	}
	b.WriteString(high)
	return b.String()
}

// bin is a count beside the greatest.
type bin struct{ n, most int }

// glyph is a space for none, else as many eighths as the count is of the
// greatest, rounded up.
func (b bin) glyph(glyphs []rune) rune {
	if b.n == 0 {
		return ' '
	}
	return glyphs[(8*b.n+b.most-1)/b.most-1]
}

// narrowed puts neighbouring bins together where there is no room for all.
func narrowed(bins []int, width int) []bin {
	out := make([]bin, min(len(bins), width))
	for i, n := range bins {
		out[i*len(out)/len(bins)].n += n
	}
	most := 0
	for _, b := range out {
		most = max(most, b.n)
	}
	for i := range out {
		out[i].most = most
	}
	return out
}

// drawValues writes as many values with their share as fit.
func (s *Shape) drawValues(width int, ascii bool) string {
	if len(s.Values) == 0 {
		return ""
	}
	words := make([]string, len(s.Values))
	for i, v := range s.Values {
		words[i] = clean(v.Value) + " " + Percent(v.Rows, s.Rows)
	}
	for n := len(words); n > 0; n-- {
		text := strings.Join(words[:n], " ")
		if more := s.More + len(words) - n; more > 0 {
			text += fmt.Sprintf(" +%d", more)
		}
		if cells(text) <= width {
			return text
		}
	}
	// Not even one: its share and what else there is are whole, its name is cut.
	tail := " " + Percent(s.Values[0].Rows, s.Rows)
	if more := s.More + len(words) - 1; more > 0 {
		tail += fmt.Sprintf(" +%d", more)
	}
	if room := width - cells(tail); room >= 2 {
		return fit(clean(s.Values[0].Value), room, ascii) + tail
	}
	return fit(words[0], width, ascii)
}
