package page

import (
	"slices"
	"testing"
)

func TestWrap(t *testing.T) {
	tests := map[string]struct {
		in    string
		width int
		want  []string
	}{
		"nothing is no line":             {"", 10, nil},
		"blanks are no line":             {"   ", 10, nil},
		"no room is no line":             {"word", 0, nil},
		"between words":                  {"one two three", 8, []string{"one two", "three"}},
		"a word longer than the line":    {"abcdefgh", 3, []string{"abc", "def", "gh"}},
		"wide runes count two":           {"世界世界", 4, []string{"世界", "世界"}},
		"escapes from outside are inert": {"a\x1b[2Jb", 20, []string{"a�[2Jb"}},
		"line breaks from outside too":   {"a\nb", 20, []string{"a�b"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Wrap(tt.in, tt.width); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
