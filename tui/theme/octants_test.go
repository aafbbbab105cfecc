package theme_test

import (
	"testing"

	"github.com/authtabs/tabgate/tui/theme"
)

func TestDrawsOctants(t *testing.T) {
	tests := map[string]bool{
		"kitty(0.26.5)":                    false, // boxes
		"kitty(0.39.1)":                    false,
		"kitty(0.40.0)":                    true,
		"kitty(0.40)":                      true,
		"kitty(1.0.0)":                     true,
		"ghostty 1.1.3":                    false,
		"ghostty 1.2.0-main+abc":           true,
		"foot(1.19.0)":                     false,
		"foot(1.20.2)":                     true,
		"VTE(7602)":                        false,
		"VTE(7800)":                        true,
		"VTE(0.78.1)":                      true,
		"XTerm(379)":                       false,
		"tmux 3.5a":                        false, // whatever shows it may change
		"WezTerm 20240203-110809-5046fc22": false,
		"kitty":                            false,
		"kitty(":                           false,
		"kitty()":                          false,
		"kitty(99999999999999999999)":      false,
		"foot(1)":                          false,
		"":                                 false,
	}
	for version, want := range tests {
		t.Run(version, func(t *testing.T) {
			if got := theme.DrawsOctants(version); got != want {
				t.Errorf("got %v", got)
			}
		})
	}
}
