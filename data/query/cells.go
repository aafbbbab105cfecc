package query

import (
	"fmt"
	"math"
	"strings"
	"unicode"
)

// Percent writes a share in whole percent: none is 0 %, all is 100 %, and
// nothing else is.
func Percent(n, of int) string {
	if of <= 0 {
		return "0%"
	}
	p := int(math.Round(100 * float64(n) / float64(of)))
	switch {
	case n > 0 && p == 0:
		return "<1%"
	case n < of && p == 100:
		return ">99%"
	}
	return fmt.Sprintf("%d%%", p)
}

// fit cuts a text to a count of cells.
func fit(text string, width int, ascii bool) string {
	if cells(text) <= width {
		return text
	}
	mark := "…"
	if ascii {
		mark = "~"
	}
	used, end := 1, 0
	for i, r := range text {
		if used += cellsOf(r); used > width {
			break
		}
		end = i + len(string(r))
	}
	return text[:end] + mark
}

// clean is text in one line, without control characters.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
}

// cells is how many cells of a terminal a text takes.
func cells(text string) int {
	n := 0
	for _, r := range text {
		n += cellsOf(r)
	}
	return n
}

// cellsOf is the cells of a character: none for those that combine, two for wide
// ones (Unicode's East Asian Width, in blocks).
func cellsOf(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100 && r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf && r != 0x303f, r >= 0xac00 && r <= 0xd7a3,
		r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6,
		r >= 0x1f300 && r <= 0x1f64f, r >= 0x1f680 && r <= 0x1f6ff, r >= 0x1f900 && r <= 0x1faff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}
