package cell_test

import (
	"testing"

	"github.com/authtabs/tabgate/tui/cell"
)

func TestHalf(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"letters and lines stay":              {"aé日─│●", "aé日─│●"},
		"half blocks and shades stay":         {"▀▄█▌▐░▒▓", "▀▄█▌▐░▒▓"},
		"lower eighths":                       {"▁▂▃▄▅▆▇█", "▄▄▄▄▄▄██"},
		"left eighths":                        {"▉▊▋▌▍▎▏▕▔", "██▌▌▌▌▌▐▀"},
		"quadrants are as heavy":              {"▘▝▖▗▛▜▙▟▞▚", "▀▀▄▄▀▀▄▄██"},
		"braille by the halves it reaches":    {"⠁⠉⠐⡀⣀⣿⠇⠤", "▀▀▀▄▄██▄"},
		"no dot at all is a space":            {"a\u2800b", "a b"},
		"clusters of several runes are whole": {"e\u0301👩\u200d👩\u200d👧x", "e\u0301👩\u200d👩\u200d👧x"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := cell.NewGrid(20, 1)
			g.SetANSI(tt.in)
			target := cell.Target{Half: true}
			target.Reduce(g)
			want := cell.NewGrid(20, 1)
			want.SetANSI(tt.want)
			if got := g.String(); got != want.String() {
				t.Errorf("got %q, want %q", got, want.String())
			}
		})
	}
}
