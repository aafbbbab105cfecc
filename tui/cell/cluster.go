package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// maxCluster is how many bytes of a cluster are kept. The longest emoji has
// 41; beyond that are heaps of marks that somebody made to be a nuisance.
const maxCluster = 64

// cluster is the first cluster of a text as it is shown.
type cluster struct {
	text  string // valid UTF-8; "" where nothing is shown
	width int    // columns
	used  int    // bytes of the text that it stands for
}

// endsCluster reports whether s certainly begins with another cluster.
func endsCluster(s string) bool {
	if s == "" || s[0] < utf8.RuneSelf {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	return oneColumn(r)
}

const unshown = "\ufffd"

// firstCluster returns the first cluster of s, which is not empty. What has no
// shape of its own (control characters, format characters, broken UTF-8, parts
// of a character that stand alone) is shown as U+FFFD, so that it neither hides
// nor moves anything; a mark with no letter before it is left out.
func firstCluster(s string) cluster {
	if c := s[0]; c < utf8.RuneSelf && endsCluster(s[1:]) {
		if c < ' ' || c == 0x7f {
			return cluster{unshown, 1, 1}
		}
		return cluster{s[:1], 1, 1}
	}
	r, n := utf8.DecodeRuneInString(s)
	if oneColumn(r) && endsCluster(s[n:]) {
		return cluster{s[:n], 1, n}
	}
	if r == utf8.RuneError && n == 1 || !shown(r) {
		return cluster{unshown, 1, n}
	}
	if unicode.Is(unicode.M, r) {
		return cluster{"", 0, n}
	}
	if endsCluster(s[n:]) {
		return single(r, s[:n])
	}
	text := graphemes.FromString(s).First()
	used := len(text)
	if bad := n + validPart(text[n:]); bad < used {
		used, text = bad, text[:bad]
	}
	if len(text) == n {
		return single(r, text)
	}
	if used > maxCluster {
		text = text[:maxCluster]
		for !utf8.ValidString(text) {
			text = text[:len(text)-1]
		}
	}
	return cluster{text, clusterWidth(text), used}
}

// validPart returns the length of the valid text that s begins with.
func validPart(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(s)
}

// single returns the cluster of one rune.
func single(r rune, text string) cluster {
	w := displaywidth.Rune(r)
	if w <= 0 || joins(r) {
		return cluster{unshown, 1, len(text)}
	}
	return cluster{text, w, len(text)}
}

// shown reports whether r has a shape: it is no control or format character.
func shown(r rune) bool {
	return oneColumn(r) || unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r)
}

// clusterWidth returns the columns of a cluster of several runes:
//
//	symbols, emoji, flags, Hangul  what displaywidth says, at most two
//	letters with their marks       the sum of its runes
//
// Terminals agree on neither. Those that know clusters give a syllable such as
// "न्दी" one column or two; xterm, tmux, VTE and most others give each of its
// runes that is no mark above or below a column of its own, and would lose
// those that have no room. So letters have the room that most need; the
// painter places the next cell where this rule says.
func clusterWidth(s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	w := max(displaywidth.String(s), 1)
	if !unicode.IsLetter(first) || unicode.Is(unicode.Hangul, first) || strings.ContainsRune(s, '\ufe0f') {
		return min(w, 2)
	}
	sum := 0
	for _, r := range s {
		sum += displaywidth.Rune(r)
	}
	return max(w, sum)
}

// oneColumn reports whether r is one column wide whatever the terminal and
// joins nothing: letters of Europe, arrows, box drawing, blocks, braille,
// sextants and octants.
func oneColumn(r rune) bool {
	return r >= 0x20 && r < 0x7f || r > 0xa0 && r < 0x300 && r != 0xad ||
		r >= 0x2010 && r <= 0x2027 && r != 0x2011 || r >= 0x2190 && r < 0x2194 ||
		r >= 0x2500 && r < 0x25a0 || r >= 0x2800 && r < 0x2900 ||
		r >= 0x1fb00 && r < 0x1fbf0 || r >= 0x1cd00 && r < 0x1ceb0
}

// joins reports whether r is a part of a character (half of a flag, a skin
// tone, some vowel signs): in a cell of its own, a terminal would join it with
// its neighbour.
func joins(r rune) bool { return r >= 0x0d4e && unicode.Is(joining, r) }

var joining = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0d4e, 0x0d4e, 1},
		{0x0e33, 0x0e33, 1},
		{0x0eb3, 0x0eb3, 1},
		{0x1100, 0x11ff, 1},
		{0xa960, 0xa97f, 1},
		{0xd7b0, 0xd7ff, 1},
		{0xff9e, 0xff9f, 1},
	},
	R32: []unicode.Range32{
		{0x111c2, 0x111c3, 1},
		{0x1193f, 0x11941, 2},
		{0x11a84, 0x11a89, 1},
		{0x11d46, 0x11d46, 1},
		{0x11f02, 0x11f02, 1},
		{0x1f1e6, 0x1f1ff, 1},
		{0x1f3fb, 0x1f3ff, 1},
	},
}
