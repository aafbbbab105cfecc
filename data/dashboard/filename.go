package dashboard

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

const separators = "_- "

// FileName is what the name of a page's file says, by Streamlit's rule: number,
// separator, emoji, separator, title. Each part but the title may be missing.
type FileName struct {
	Number string // its digits, without zeros in front; "" = none
	Icon   string
	Title  string
	ID     string // letters and digits in lower case, - for everything else
}

// ParseFileName reads the name of a page's file. It reports whether the file is
// a page: .yaml, .yml or .json, and not hidden by a dot or _ in front.
func ParseFileName(file string) (FileName, bool) {
	base := path.Base(file)
	ext := path.Ext(base)
	if base[0] == '.' || base[0] == '_' || ext != ".yaml" && ext != ".yml" && ext != ".json" {
		return FileName{}, false
	}
	rest := strings.TrimSuffix(base, ext)
	text := strings.TrimLeft(rest, "0123456789")
	digits := rest[:len(rest)-len(text)]
	f := FileName{Number: strings.TrimLeft(digits, "0")}
	if digits != "" && f.Number == "" {
		f.Number = "0"
	}
	text = strings.TrimLeft(text, separators)
	if icon := leadingEmoji(text); icon != "" {
		f.Icon = icon
		text = strings.TrimLeft(text[len(icon):], separators)
	}
	if text == "" {
		text = digits // which is then all that it is called
	}
	f.Title = strings.TrimSpace(shown(strings.ReplaceAll(text, "_", " ")))
	f.ID = pageIDOf(f.Title)
	return f, true
}

// leadingEmoji is the emoji that text begins with: one character as people see
// it, whatever it is made of.
func leadingEmoji(text string) string {
	g := graphemes.FromString(text)
	if !g.Next() {
		return ""
	}
	first := g.Value()
	r := []rune(first)
	const emojiStyle = '\ufe0f'
	if slices.Contains(r, emojiStyle) && !unicode.IsLetter(r[0]) || r[0] >= 0x2300 && unicode.Is(unicode.So, r[0]) {
		return first
	}
	return ""
}

// pageIDOf is the id of a title.
func pageIDOf(title string) string {
	plain := strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Variation_Selector, c) {
			return -1 // which says how a character looks, not what it is
		}
		return c
	}, strings.ToLower(title))
	words := strings.FieldsFunc(plain, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c)
	})
	return strings.Join(words, "-")
}

// compareFiles orders the files of pages: by number, those without one last,
// then by title.
func compareFiles(a, b string) int {
	x, _ := ParseFileName(a)
	y, _ := ParseFileName(b)
	if (x.Number == "") != (y.Number == "") {
		return cmp.Compare(len(y.Number), len(x.Number))
	}
	return cmp.Or(
		cmp.Compare(len(x.Number), len(y.Number)), cmp.Compare(x.Number, y.Number),
		cmp.Compare(strings.ToLower(x.Title), strings.ToLower(y.Title)), cmp.Compare(a, b),
	)
}
