package localpool

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestThePagesCanBeReadInLightAndDark(t *testing.T) {
	lines := strings.SplitN(styleSheet, "\n", 3)
	pairs := []struct {
		front, back string
		least       float64 // WCAG 2.2: 4.5 for text (1.4.3), 3 for the edges of controls (1.4.11)
	}{
		{"text", "bg", 4.5},
		{"text", "card", 4.5},
		{"text", "tint", 4.5},
		{"soft", "bg", 4.5},
		{"soft", "card", 4.5},
		{"soft", "tint", 4.5},
		{"accent", "card", 4.5},
		{"accent", "tint", 4.5},
		{"accent-strong", "tint", 4.5},
		{"on-accent", "accent", 4.5},
		{"on-accent", "accent-strong", 4.5},
		{"good", "good-bg", 4.5},
		{"bad", "bad-bg", 4.5},
		{"warn", "warn-bg", 4.5},
		{"edge", "card", 3},
		{"bad", "card", 3},
		{"accent", "bg", 3},
	}
	for name, line := range map[string]string{"light": lines[0], "dark": lines[1]} {
		t.Run(name, func(t *testing.T) {
			colours := map[string]float64{}
			for _, m := range regexp.MustCompile(`--([a-z-]+):#([0-9a-f]{3,6})`).FindAllStringSubmatch(line, -1) {
				colours[m[1]] = luminance(t, m[2])
			}
			for _, p := range pairs {
				a, okA := colours[p.front]
				b, okB := colours[p.back]
				if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); !okA || !okB || ratio < p.least {
					t.Errorf("%s on %s is %.2f, less than %v", p.front, p.back, ratio, p.least)
				}
			}
		})
	}
}

// luminance is the relative luminance of WCAG 2.2 of a colour in hex.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	linear := func(c uint64) float64 {
		v := float64(c&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n)
}
