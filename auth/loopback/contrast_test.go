package loopback

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// palettes reads the two sets of colours of the style sheet.
func palettes(t *testing.T) map[string]map[string][3]float64 {
	t.Helper()
	roots := regexp.MustCompile(`:root\{([^}]*)\}`).FindAllStringSubmatch(pageCSS, -1)
	if len(roots) != 2 {
		t.Fatalf("the style sheet has %d sets of colours, want 2", len(roots))
	}
	all := map[string]map[string][3]float64{}
	for i, theme := range []string{"light", "dark"} {
		all[theme] = map[string][3]float64{}
		for _, m := range regexp.MustCompile(`--(\w+):#([0-9a-f]+)`).FindAllStringSubmatch(roots[i][1], -1) {
			all[theme][m[1]] = channels(t, m[2])
		}
	}
	return all
}

func channels(t *testing.T, hex string) (c [3]float64) {
	t.Helper()
	if len(hex) == 3 {
		hex = strings.Repeat(hex[:1], 2) + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:], 2)
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	for i := range c {
		c[i] = float64(n>>(16-8*i)&0xff) / 255
	}
	return c
}

// contrast is the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c [3]float64) float64 {
	for i, v := range c {
		if c[i] = v / 12.92; v > 0.04045 {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}
