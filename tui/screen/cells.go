package screen

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// A cell is one place of the screen. A rune below zero is a cluster of
// several runes, the painter's clusters[-rune]. The right half of a wide
// character has width 0 and rune 0.
type cell struct {
	r rune
	style
	width uint8
}

const (
	maxLink     = 2048 // longer addresses are shown without a link
	maxInterned = 4096 // different links or clusters before the tables start anew
)

var blank = cell{r: ' ', width: 1}

// A reader turns lines of styled text into cells. It understands SGR and
// OSC 8; every other control sequence or character is dropped, so nothing
// but text, colours and links can reach the terminal.
type reader struct {
	clusters []string
	links    []string
	known    map[string]int32
	params   [32]uint16
}

func newReader() *reader {
	return &reader{clusters: []string{""}, links: []string{""}, known: map[string]int32{}}
}

// full says that the tables hold as much as they should.
func (rd *reader) full() bool { return len(rd.known) > maxInterned }

// line fills row with the cells of s and leaves pen as the line leaves it.
// What is too long is cut, what is too short is filled with blanks.
func (rd *reader) line(s string, pen *style, row []cell) {
	x := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= ' ' && c < 0x7f && (i+1 == len(s) || s[i+1] < utf8.RuneSelf):
			if x < len(row) {
				row[x] = cell{r: rune(c), style: *pen, width: 1}
				x++
			}
			i++
		case c == 0x1b:
			i += rd.escape(s[i:], pen)
		case c < ' ' || c == 0x7f:
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if plain(r) && plainNext(s[i+n:]) {
				if x < len(row) {
					row[x] = cell{r: r, style: *pen, width: 1}
					x++
				}
				i += n
				continue
			}
			n, x = rd.cluster(s[i:], *pen, row, x)
			i += n
		}
	}
	for ; x < len(row); x++ {
		row[x] = blank
	}
}

// plain says that r is one cell wide whatever the terminal: letters of
// Europe, arrows, box drawing, blocks, braille, sextants and octants.
func plain(r rune) bool {
	return r >= 0x20 && r < 0x7f || r > 0xa0 && r < 0x300 && r != 0xad ||
		r >= 0x2010 && r <= 0x2027 && r != 0x2011 || r >= 0x2190 && r < 0x2194 ||
		r >= 0x2500 && r < 0x25a0 || r >= 0x2800 && r < 0x2900 ||
		r >= 0x1fb00 && r < 0x1fbb0 || r >= 0x1cd00 && r < 0x1ceb0
}

// plainNext says that s does not begin with a sign that joins what is
// before it.
func plainNext(s string) bool {
	if s == "" || s[0] < utf8.RuneSelf {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	return plain(r)
}

// cluster places one cluster of runes and gives the bytes it used and the
// next column.
func (rd *reader) cluster(s string, pen style, row []cell, x int) (used, next int) {
	text, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if text == "" {
		return 1, x
	}
	r, n := utf8.DecodeRuneInString(text)
	if !utf8.ValidString(text) { // only its first letter is one
		text, width = text[:n], ansi.StringWidth(text[:n])
	}
	if width <= 0 || r == utf8.RuneError || r >= 0x80 && r < 0xa0 {
		return len(text), x
	}
	if x+width > len(row) { // half a character is none
		for ; x < len(row); x++ {
			row[x] = cell{r: ' ', style: pen, width: 1}
		}
		return len(text), x
	}
	if n != len(text) {
		r = -rd.intern(&rd.clusters, text)
	}
	row[x] = cell{r: r, style: pen, width: uint8(width)}
	for i := 1; i < width; i++ {
		row[x+i] = cell{style: pen}
	}
	return len(text), x + width
}

// intern gives the index of s in a table. Clusters and links share the map:
// a link begins with a separator that no cluster has.
func (rd *reader) intern(table *[]string, s string) int32 {
	if i, ok := rd.known[s]; ok {
		return i
	}
	s = strings.Clone(s)
	i := int32(len(*table))
	*table = append(*table, s)
	rd.known[s] = i
	return i
}

// escape reads one control sequence at the start of s and gives its length.
func (rd *reader) escape(s string, pen *style) int {
	if len(s) < 2 {
		return len(s)
	}
	switch s[1] {
	case '[':
		return rd.csi(s, pen)
	case ']', 'P', 'X', '^', '_':
		end, n := terminator(s)
		if s[1] == ']' && strings.HasPrefix(s, "\x1b]8;") {
			rd.link(s[4:end], pen)
		}
		return n
	}
	return 2
}

// terminator finds the end of a string sequence: where its text ends and
// how long it is with its terminator.
func terminator(s string) (end, length int) {
	for i := 2; i < len(s); i++ {
		switch {
		case s[i] == 7:
			return i, i + 1
		case s[i] == 0x1b && i+1 < len(s) && s[i+1] == '\\':
			return i, i + 2
		}
	}
	return len(s), len(s)
}

func (rd *reader) csi(s string, pen *style) int {
	p, n, seen, private := rd.params[:0], uint16(0), false, false
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n, seen = n*10+uint16(c-'0'), true
		case c == ';' || c == ':':
			if len(p) < cap(p) {
				p = append(p, n)
			}
			n, seen = 0, true
		case c >= 0x20 && c < 0x40:
			private = true
		case c >= 0x40 && c < 0x7f:
			if c == 'm' && !private {
				if seen && len(p) < cap(p) {
					p = append(p, n)
				}
				pen.apply(p)
			}
			return i + 1
		default:
			return i
		}
	}
	return len(s)
}

// link sets the pen's link from "params;address"; an empty address ends it.
func (rd *reader) link(s string, pen *style) {
	_, address, ok := strings.Cut(s, ";")
	if !ok || address == "" || len(s) > maxLink || !printable(s) || len(rd.links) > maxInterned {
		pen.link = 0
		return
	}
	pen.link = uint16(rd.intern(&rd.links, ";"+s))
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
