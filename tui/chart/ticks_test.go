package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// Recorded from vega-scale 7 (scale('linear'), nice, ticks): the range of
// the data, its domain with zero, and the ticks for a count of 9 and of 5.
var recorded = []struct {
	lo, hi, niceLo, niceHi float64
	nine, five             string
}{
	{-20.1, 12.7, -25, 15, "-25 -20 -15 -10 -5 0 5 10 15", "-20 -10 0 10"},
	{-1.3, 0.2, -1.4, 0.2, "-1.4 -1.2 -1 -0.8 -0.6 -0.4 -0.2 0 0.2", "-1 -0.5 0"},
	{0, 57.3, 0, 60, "0 5 10 15 20 25 30 35 40 45 50 55 60", "0 10 20 30 40 50 60"},
	{-58, -3, -60, 0, "-60 -55 -50 -45 -40 -35 -30 -25 -20 -15 -10 -5 0", "-60 -50 -40 -30 -20 -10 0"},
	{0.0003, 0.00091, 0, 0.001, "0 0.0001 0.0002 0.0003 0.0004 0.0005 0.0006 0.0007 0.0008 0.0009 0.001", "0 0.0002 0.0004 0.0006 0.0008 0.001"},
	{0, 1, 0, 1, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1", "0 0.2 0.4 0.6 0.8 1"},
	{-7.5, 33.3, -10, 35, "-10 -5 0 5 10 15 20 25 30 35", "-10 0 10 20 30"},
	{0, 90.27501, 0, 100, "0 10 20 30 40 50 60 70 80 90 100", "0 20 40 60 80 100"},
	{0, 415.3, 0, 450, "0 50 100 150 200 250 300 350 400 450", "0 100 200 300 400"},
	{3.2, 4.1, 0, 4.5, "0 0.5 1 1.5 2 2.5 3 3.5 4 4.5", "0 1 2 3 4"},
	{-0.5, 0.5, -0.5, 0.5, "-0.5 -0.4 -0.3 -0.2 -0.1 0 0.1 0.2 0.3 0.4 0.5", "-0.4 -0.2 0 0.2 0.4"},
	{-1234567, 98765, -1300000, 100000, "-1200000 -1000000 -800000 -600000 -400000 -200000 0", "-1200000 -1000000 -800000 -600000 -400000 -200000 0"},
	{0, 1000000, 0, 1000000, "0 100000 200000 300000 400000 500000 600000 700000 800000 900000 1000000", "0 200000 400000 600000 800000 1000000"},
	{-25, 25, -25, 25, "-25 -20 -15 -10 -5 0 5 10 15 20 25", "-20 -10 0 10 20"},
	{-99.9, 0.1, -100, 10, "-100 -90 -80 -70 -60 -50 -40 -30 -20 -10 0 10", "-100 -80 -60 -40 -20 0"},
	{0, 0.07, 0, 0.08, "0 0.01 0.02 0.03 0.04 0.05 0.06 0.07 0.08", "0 0.02 0.04 0.06 0.08"},
	{17, 23, 0, 24, "0 2 4 6 8 10 12 14 16 18 20 22 24", "0 5 10 15 20"},
	{-3.14159, 2.71828, -3.5, 3, "-3 -2 -1 0 1 2 3", "-3 -2 -1 0 1 2 3"},
	{0, 1e-9, 0, 1e-9, "0 1e-10 2e-10 3e-10 4e-10 5e-10 6e-10 7e-10 8e-10 9e-10 1e-9", "0 2e-10 4e-10 6e-10 8e-10 1e-9"},
	{-44.2, 8.8, -45, 10, "-45 -40 -35 -30 -25 -20 -15 -10 -5 0 5 10", "-40 -30 -20 -10 0 10"},
	{0, 500, 0, 500, "0 50 100 150 200 250 300 350 400 450 500", "0 100 200 300 400 500"},
	{1961, 2007, 0, 2200, "0 200 400 600 800 1000 1200 1400 1600 1800 2000 2200", "0 500 1000 1500 2000"},
}

func TestTicksAndDomainsAreVegas(t *testing.T) {
	written := func(ticks []float64) string {
		parts := make([]string, len(ticks))
		for i, v := range ticks {
			parts[i] = fmt.Sprint(v)
			parts[i] = strings.Replace(parts[i], "e-09", "e-9", 1)
			if parts[i] == "1e+06" {
				parts[i] = "1000000"
			}
			parts[i] = strings.NewReplacer("-1.2e+06", "-1200000", "-1e+06", "-1000000").Replace(parts[i])
		}
		return strings.Join(parts, " ")
	}
	for _, r := range recorded {
		t.Run(fmt.Sprint(r.lo, " to ", r.hi), func(t *testing.T) {
			lo, hi := Domain(r.lo, r.hi)
			if lo != r.niceLo || hi != r.niceHi {
				t.Errorf("domain %v to %v, want %v to %v", lo, hi, r.niceLo, r.niceHi)
			}
			if got := written(Ticks(lo, hi, 9)); got != r.nine {
				t.Errorf("9 ticks: %s, want %s", got, r.nine)
			}
			if got := written(Ticks(lo, hi, 5)); got != r.five {
				t.Errorf("5 ticks: %s, want %s", got, r.five)
			}
		})
	}
}

func TestOddRangesHaveTicksToo(t *testing.T) {
	tests := map[string]struct {
		lo, hi float64
		want   int
	}{
		"a single value": {3, 3, 1}, "upside down": {5, 1, 1}, "not a number": {math.NaN(), 1, 0},
		"without end": {0, math.Inf(1), 1}, "very small": {0, 5e-324, 1}, "very far": {1e300, 1.0000001e300, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Ticks(tt.lo, tt.hi, 5); len(got) < min(tt.want, 1) && name != "very small" || len(got) > 1000 {
				t.Errorf("got %v", got)
			}
			if lo, hi := Domain(tt.lo, tt.hi); !(lo < hi) || lo > 0 || hi < 0 {
				t.Errorf("domain %v to %v", lo, hi)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	tests := map[string]struct {
		v        float64
		decimals int
		want     string
	}{
		"thousands":       {1234567, 0, "1,234,567"},
		"below thousand":  {999, 0, "999"},
		"negative":        {-1234.5, 1, "-1,234.5"},
		"no negative 0":   {-0.001, 2, "0.00"},
		"not a number":    {math.NaN(), 2, "–"},
		"far too long":    {1e200, 2, "1e+200"},
		"three negatives": {-123, 0, "-123"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Number(tt.v, tt.decimals); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	if got := strings.Join(Labels([]float64{0, 0.5, 1}), " "); got != "0.0 0.5 1.0" {
		t.Errorf("labels of one axis must have equal decimals: %s", got)
	}
}

func TestPlacesAreYearsOrRows(t *testing.T) {
	for want, ticks := range map[string][]float64{
		"1965 1970 2005":      {1965, 1970, 2005},
		"0 500,000 1,000,000": {0, 500_000, 1_000_000},
		"5,000 10,000":        {5_000, 10_000},
		"0 1 2":               {0, 1, 2},
		"1000 1500":           {1000, 1500},
	} {
		if got := strings.Join(placeLabels(ticks), " "); got != want {
			t.Errorf("%v are called %q, want %q", ticks, got, want)
		}
	}
}

// Labels of both axes: round values, apart from each other, inside.
func TestAxesOnAnyRange(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		scale := math.Pow(10, float64(r.IntN(12)-4))
		lo, hi := Domain((r.Float64()-0.5)*scale, (r.Float64()-0.3)*scale)
		h, w := 1+r.IntN(60), 1+r.IntN(200)
		y := yAxis(lo, hi, h)
		p := Plot{Rect: Rect{X: 5, W: w, H: h}, YLo: y.lo, YHi: y.hi, XLo: lo, XHi: hi}
		checkRows(t, lo, hi, y, p)
		bounds := Rect{X: 0, W: w + 5}
		x, next := xAxis(p, bounds, Labels), 0
		for i, s := range x.labels {
			at := x.place(i, p, bounds)
			if at < next || at+len(s) > w+5 {
				t.Fatalf("%v to %v in %d columns: %v overlap or leave", lo, hi, w, x.labels)
			}
			next = at + len(s) + 1
		}
	}
}

// Every tick lies in the middle of a row, where its line and its label are,
// as far from the next as every other.
func checkRows(t *testing.T, lo, hi float64, y yScale, p Plot) {
	t.Helper()
	if h := p.H; h > 1 && (p.depth(hi) < 0.5-1e-6 || p.depth(lo) > float64(h)-0.5+1e-6) {
		t.Fatalf("%v to %v do not fit into %d rows: %v to %v", lo, hi, h, p.depth(hi), p.depth(lo))
	}
	if p.H >= 8 && p.depth(lo)-p.depth(hi) < 0.55*float64(p.H-1) {
		t.Fatalf("%v to %v in %d rows take %v of them alone", lo, hi, p.H, p.depth(lo)-p.depth(hi))
	}
	for i := 1; i < len(y.ticks); i++ {
		below, above := p.depth(y.ticks[i-1]), p.depth(y.ticks[i])
		apart := p.depth(y.ticks[0]) - p.depth(y.ticks[1])
		if math.Abs(below-above-apart) > 1e-6 || apart < rowsPerTick-1e-6 {
			t.Fatalf("%v to %v in %d rows: ticks %v and %v are %v rows apart, others %v", lo, hi, p.H, y.ticks[i-1], y.ticks[i], below-above, apart)
		}
		if _, part := math.Modf(above); math.Abs(part-0.5) > 1e-6 {
			t.Fatalf("%v to %v in %d rows: tick %v is %v rows down, no middle of one", lo, hi, p.H, y.ticks[i], above)
		}
	}
}

func TestNumber_Allocations(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Number(-1234567.25, 2) }); n > 1 {
		t.Errorf("%v allocations for one number, not only its text", n)
	}
}
