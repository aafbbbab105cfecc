package dataframe

import (
	"fmt"
	"math"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

// series gives the colours of the first n series as they are drawn.
func series(t *testing.T, dark, safe bool, p termenv.Profile, n int) []cell.RGB {
	env := pagetest.Env(t, p)
	env.Theme.Rebuild(theme.Options{Dark: dark, Glyphs: theme.Quadrant})
	look := chart.NewLook(env.Theme, safe)
	out := make([]cell.RGB, n)
	for i := range out {
		out[i] = look.Color(i)
		if c := cell.Contrast(out[i], env.Theme.Background); c < 3 {
			t.Errorf("series %d has a contrast of %.2f to the page", i, c)
		}
	}
	return out
}

func TestNoTwoSeriesHaveOneColour(t *testing.T) {
	for name, p := range map[string]termenv.Profile{"all": termenv.TrueColor, "256": termenv.ANSI256, "16": termenv.ANSI} {
		for _, dark := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s colours, dark %v", name, dark), func(t *testing.T) {
				seen := map[string]int{}
				for i, c := range series(t, dark, false, p, 10) {
					g := cell.NewGrid(1, 1)
					g.Text(0, 0, "x", c, 0)
					text := pagetest.Render(g, p)
					if j, ok := seen[text]; ok {
						t.Errorf("series %d and %d are both %q", j, i, text)
					}
					seen[text] = i
				}
			})
		}
	}
}

// The matrices of Machado, Oliveira and Fernandes (2009) for no red, green or
// blue cones at all, on linear RGB.
var blindness = map[string][9]float64{
	"protan": {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deutan": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritan": {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
	"normal": {1, 0, 0, 0, 1, 0, 0, 0, 1},
}

func linear(c cell.RGB) (out [3]float64) {
	for i, v := range c {
		s := float64(v) / 255
		if out[i] = s / 12.92; s > 0.04045 {
			out[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return out
}

// lab is CIE L*a*b* of a colour as somebody sees it, under D65.
func lab(c cell.RGB, m [9]float64) [3]float64 {
	v := linear(c)
	var s [3]float64
	for i := range s {
		s[i] = min(max(m[3*i]*v[0]+m[3*i+1]*v[1]+m[3*i+2]*v[2], 0), 1)
	}
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*s[0] + 0.3575761*s[1] + 0.1804375*s[2]) / 0.95047)
	y := f(0.2126729*s[0] + 0.7151522*s[1] + 0.0721750*s[2])
	z := f((0.0193339*s[0] + 0.1191920*s[1] + 0.9503041*s[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func TestColourBlindReadersTellNeighbouringSeriesApart(t *testing.T) {
	for kind, m := range blindness {
		for _, dark := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, dark %v", kind, dark), func(t *testing.T) {
				colors := series(t, dark, true, termenv.TrueColor, 6)
				for i := range colors {
					a, b := lab(colors[i], m), lab(colors[(i+1)%len(colors)], m)
					if d := math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2])); d < 10 {
						t.Errorf("series %d %v and the next %v: ΔE %.1f", i, colors[i], colors[(i+1)%len(colors)], d)
					}
				}
			})
		}
	}
}

// White has a lightness of 100 and no hue: a check of the arithmetic above.
func TestLab(t *testing.T) {
	for color, want := range map[cell.RGB][3]float64{{255, 255, 255}: {100, 0, 0}, {}: {0, 0, 0}, {255, 0, 0}: {53.24, 80.09, 67.20}} {
		got := lab(color, blindness["normal"])
		for i := range got {
			if math.Abs(got[i]-want[i]) > 0.05 {
				t.Errorf("%v: %v, want %v", color, got, want)
			}
		}
	}
}
