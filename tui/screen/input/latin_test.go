package input_test

import (
	"testing"

	"github.com/authtabs/tabgate/tui/screen/input"
)

func TestLatin(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"Russian":            {"йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"},
		"with shift":         {"ЙЦХЪЖЭЯБЮЁ", `QW{}:"Z<>~`},
		"Ukrainian":          {"іїєІ", "s]'S"},
		"Greek":              {"ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"},
		"Greek with accents": {"άέήίόύώϊΰΩ", "aehioyviyV"},
		"full-width":         {"ｑＱ１？／　［", "qQ1?/ ["},
		"others stay":        {"aé日ü5ß", "aé日ü5ß"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []rune
			for _, r := range tt.in {
				if key, ok := input.Latin(r); ok {
					r = key
				}
				got = append(got, r)
			}
			if string(got) != tt.want {
				t.Errorf("%s: got %s, want %s", tt.in, string(got), tt.want)
			}
		})
	}
}
