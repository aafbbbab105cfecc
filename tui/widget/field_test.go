package widget

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// marked is the text with a bar where the cursor is.
func marked(f *Field) string {
	before, after := f.Around(1000)
	return before + "|" + after
}

func TestEditing(t *testing.T) {
	tests := map[string]struct {
		text string
		keys string // blanks between them
		want string
	}{
		"typing":                          {"", "a b space c", "ab c|"},
		"backspace as DEL":                {"abc", "backspace", "ab|"},
		"backspace as ctrl+h":             {"abc", "ctrl+h", "ab|"},
		"backspace at the start":          {"abc", "home backspace", "|abc"},
		"delete":                          {"abc", "home delete ctrl+d", "|c"},
		"delete at the end":               {"abc", "delete", "abc|"},
		"in the middle":                   {"abc", "left left x", "ax|bc"},
		"to the start and the end":        {"abc", "ctrl+a x ctrl+e y", "xabcy|"},
		"character by character":          {"abc", "ctrl+b ctrl+b ctrl+f x", "abx|c"},
		"beyond the ends":                 {"a", "left left left x right right right y", "xay|"},
		"word by word":                    {"one two  three", "alt+left alt+b x", "one x|two  three"},
		"word by word, ahead":             {"one two", "home ctrl+right alt+f x", "one twox|"},
		"a word erased":                   {"one two  ", "ctrl+w", "one |"},
		"a word erased by alt":            {"one two", "alt+backspace", "one |"},
		"the word ahead erased":           {"one two", "home alt+d", "| two"},
		"all before":                      {"one two", "left ctrl+u", "|o"},
		"all after":                       {"one two", "home right ctrl+k", "o|"},
		"a family is one character":       {"a👩‍👩‍👧b", "left backspace", "a|b"},
		"and is stepped over whole":       {"a👩‍👩‍👧b", "left left x", "ax|👩‍👩‍👧b"},
		"a letter loses its mark first":   {"cafe\u0301", "backspace", "cafe|"},
		"but goes whole where it is next": {"cafe\u0301", "left delete", "caf|"},
		"flags":                           {"🇩🇪🇫🇷", "backspace", "🇩🇪|"},
		"keys that are none of a field":   {"abc", "up down pgup esc tab enter f5 alt+x", "abc|"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var f Field
			f.Insert([]rune(tt.text))
			for _, k := range strings.Fields(tt.keys) {
				if k == "space" {
					k = " "
				}
				f.Key(page.Key(k))
			}
			if got := marked(&f); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWhatAFieldTakes(t *testing.T) {
	paste := func(text string) tea.KeyMsg {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}
	}
	digits := func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}
	tests := map[string]struct {
		f    Field
		text string
		want string
	}{
		"a paste of lines":          {Field{}, "one\ntwo\tthree\x1b[31m", "one two three[31m|"},
		"a family keeps its joiner": {Field{}, "👩\u200d👧\u202e", "👩\u200d👧|"},
		"digits alone":              {Field{Take: digits}, "12,345 67", "1234567|"},
		"no more than the limit":    {Field{Limit: 4}, "abcdefgh", "abcd|"},
		"a limit where none is set": {Field{}, strings.Repeat("x", 9000), strings.Repeat("x", defaultLimit) + "|"},
		"nothing that is no text":   {Field{}, "\x00\x07\u2028\ufeff", "|"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if !tt.f.Key(paste(tt.text)) {
				t.Error("a paste is no key of a field")
			}
			if got := marked(&tt.f); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEveryListedKeyIsOneOfAField(t *testing.T) {
	for _, k := range append(Erase.Keys(), Move.Keys()...) {
		var f Field
		f.Insert([]rune("one two three"))
		f.Key(page.Key("alt+left"))
		before := marked(&f)
		if !f.Key(page.Key(k)) || marked(&f) == before {
			t.Errorf("%s does nothing", k)
		}
	}
	var f Field
	for _, k := range []string{"up", "down", "enter", "esc", "tab", "pgup", "pgdown", "alt+x", "ctrl+x", "ctrl+p"} {
		if f.Key(page.Key(k)) {
			t.Errorf("%s is one of a field", k)
		}
	}
}

func TestErasedTextIsGoneFromMemory(t *testing.T) {
	var f Field
	f.Insert([]rune("secret"))
	memory := f.text[:cap(f.text)]
	f.Key(page.Key("backspace"))
	f.Clear()
	for _, r := range memory {
		if r != 0 {
			t.Fatalf("it holds %q", string(memory))
		}
	}
}

func TestTheCursorStaysInView(t *testing.T) {
	tests := map[string]struct {
		before, after string
		w             int
		want          string
	}{
		"all of it fits":             {"abc", "def", 6, "abc|def"},
		"the end is cut":             {"abc", "def", 4, "abc|d"},
		"the start is cut":           {"abcdef", "ghi", 4, "cdef|"},
		"wide characters stay whole": {"日本語", "x", 3, "語|x"},
		"nothing fits":               {"abc", "def", 0, "|"},
		"less than nothing":          {"abc", "def", -3, "|"},
		"a family does not fit":      {"", "👩‍👩‍👧b", 1, "|"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			before, after := Fit(tt.before, tt.after, tt.w)
			if got := before + "|" + after; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRandomKeysNeverLeaveTheText(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	keys := append(append(Erase.Keys(), Move.Keys()...), "a", " ", "é", "漢", "👩", "\u200d", "\u0301", "हि")
	var f Field
	f.Limit = 20
	for range 20_000 {
		k := keys[rnd.IntN(len(keys))]
		f.Key(page.Key(k))
		s, w := f.String(), rnd.IntN(12)
		before, after := f.Around(w)
		if f.at < 0 || f.at > len(f.text) || utf8.RuneCountInString(s) > 20 || !strings.Contains(s, before+after) || cell.Width(before)+cell.Width(after) > w {
			t.Fatalf("after %s: %q, cursor at %d, %q|%q in %d columns", k, s, f.at, before, after, w)
		}
		if strings.ContainsFunc(s, unicode.IsControl) {
			t.Fatalf("it took %q", s)
		}
	}
}
