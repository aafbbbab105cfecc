package input

import (
	"strings"
	"unicode"
)

// layouts are letters as they stand on keyboards of other scripts, and the
// Latin ones that stand in their places: Russian with the letters of Ukrainian,
// Belarusian, Serbian and Macedonian that it has not, and Greek.
var layouts = [][2]string{
	{"йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"},
	{"іїєґў", "s]'`o"},
	{"љњђћџјќѓ", "qw]'xj']"},
	{"ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"},
	{"έύίόάήώϋϊΰΐ", "eyioahvyiyi"},
}

var latin = func() map[rune]rune {
	m := map[rune]rune{'\u3000': ' '}
	for _, l := range layouts {
		places := []rune(l[1])
		for i, r := range []rune(l[0]) {
			m[r] = places[i]
			if upper := unicode.ToUpper(r); upper != r {
				m[upper] = shifted(places[i])
			}
		}
	}
	return m
}()

// shifted is what a key gives with shift.
func shifted(key rune) rune {
	if i := strings.IndexRune("[];',.`", key); i >= 0 {
		return rune("{}:\"<>~"[i])
	}
	return unicode.ToUpper(key)
}

// Latin returns the key of a Latin keyboard at the place of a Cyrillic or Greek
// letter, or the character that a full-width one is. It is not ok for others.
func Latin(r rune) (key rune, ok bool) {
	if r >= '！' && r <= '～' {
		return r - '！' + '!', true
	}
	key, ok = latin[r]
	return key, ok
}
