package cell

import (
	"math"
	"sync"
)

// Mix blends a towards b: t of 0 is a, 1 is b.
func Mix(a, b RGB, t float64) RGB {
	t = min(max(t, 0), 1)
	var c RGB
	for i := range c {
		c[i] = uint8(float64(a[i]) + (float64(b[i])-float64(a[i]))*t + 0.5)
	}
	return c
}

// Contrast is the ratio of WCAG 2.1 between two colours, from 1 to 21. Words
// are readable from 4.5, marks can be told apart from 3.
func Contrast(a, b RGB) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.1.
func luminance(c RGB) float64 {
	lin := linear()
	return 0.2126*lin[c[0]] + 0.7152*lin[c[1]] + 0.0722*lin[c[2]]
}

// linear is the light of each value of a channel of sRGB.
var linear = sync.OnceValue(func() *[256]float64 {
	var out [256]float64
	for i := range out {
		s := float64(i) / 255
		if s <= 0.04045 {
			out[i] = s / 12.92
		} else {
			out[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return &out
})

// Readable gives fg, moved towards black or white just as far as it takes to
// reach a contrast of ratio against bg.
func Readable(fg, bg RGB, ratio float64) RGB {
	end := RGB{255, 255, 255}
	if Contrast(RGB{}, bg) > Contrast(end, bg) {
		end = RGB{}
	}
	for t := 0.0; t < 1; t += 0.1 {
		if c := Mix(fg, end, t); Contrast(c, bg) >= ratio {
			return c
		}
	}
	return end
}
