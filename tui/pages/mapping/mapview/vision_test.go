package mapview

import (
	"fmt"
	"math"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

// vision is how people see linear red, green and blue: Machado, Oliveira and
// Fernandes, "A Physiologically-based Model for Simulation of Color Vision
// Deficiency" (2009), at full severity.
var vision = map[string][3][3]float64{
	"all colours":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// lightness is CIE L*, 0 to 100, of a colour as somebody sees it.
func lightness(c cell.RGB, sight [3][3]float64) float64 {
	var lin, seen [3]float64
	for i, v := range c {
		s := float64(v) / 255
		if lin[i] = s / 12.92; s > 0.04045 {
			lin[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	for i, row := range sight {
		seen[i] = min(max(row[0]*lin[0]+row[1]*lin[1]+row[2]*lin[2], 0), 1)
	}
	y := 0.2126*seen[0] + 0.7152*seen[1] + 0.0722*seen[2]
	if y > 216.0/24389 {
		return 116*math.Cbrt(y) - 16
	}
	return y * 24389 / 27
}

func TestTheClassesKeepTheirOrderForEveryEye(t *testing.T) {
	atLeast := map[Palette]float64{Original: 7, Themed: 2, Safe: 6.5}
	for _, dark := range []bool{true, false} {
		env := pagetest.Env(t)
		env.Theme.Rebuild(theme.Options{Dark: dark, Glyphs: theme.Quadrant})
		for p, step := range atLeast {
			l := NewLook(env.Theme, p, termenv.TrueColor)
			for name, sight := range vision {
				t.Run(fmt.Sprintf("%v, dark %v, %s", p, dark, name), func(t *testing.T) {
					up := lightness(l.Classes[5], sight) > lightness(l.Classes[0], sight)
					for i := 1; i < len(l.Classes); i++ {
						d := lightness(l.Classes[i], sight) - lightness(l.Classes[i-1], sight)
						if !up {
							d = -d
						}
						if d < step {
							t.Errorf("class %d is %.1f from class %d in lightness, want at least %v", i+1, d, i, step)
						}
					}
				})
			}
		}
	}
}
