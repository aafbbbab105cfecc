package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
)

// guard stands before a stream that may hold text from outside and changes
// what a terminal could act on. A frame is clean by itself; data is not.
type guard struct {
	w    io.Writer
	as   func(dst []byte, r rune) []byte // how a harmful character is written
	rest []byte                          // a character that has not come to its end
}

// escaped is for JSON. Its library leaves DEL, C1 and BiDi as they are; they
// can only stand in strings, where an escape means the same.
func escaped(w io.Writer) io.Writer {
	return &guard{w: w, as: func(dst []byte, r rune) []byte {
		for _, unit := range utf16.AppendRune(nil, r) {
			dst = fmt.Appendf(dst, `\u%04x`, unit)
		}
		return dst
	}}
}

// cleaned is for CSV on a terminal, which has no escapes. In a file or a pipe
// the data stay as they are.
func cleaned(w io.Writer) io.Writer {
	return &guard{w: w, as: func(dst []byte, _ rune) []byte { return utf8.AppendRune(dst, utf8.RuneError) }}
}

// Write implements io.Writer.
func (g *guard) Write(p []byte) (int, error) {
	in := append(g.rest, p...)
	out := make([]byte, 0, len(in))
	for len(in) > 0 && utf8.FullRune(in) {
		r, n := utf8.DecodeRune(in)
		if harmful(r) {
			out = g.as(out, r)
		} else {
			out = utf8.AppendRune(out, r)
		}
		in = in[n:]
	}
	g.rest = bytes.Clone(in)
	if _, err := g.w.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

func harmful(r rune) bool {
	if r == '\n' || r == '\t' || r >= ' ' && r < 0x7f {
		return false
	}
	return session.Clean(string(r), 0) != string(r)
}

// writeJSON is how every command prints JSON: without indentation.
func writeJSON(w io.Writer, v any) error {
	return json.NewEncoder(escaped(w)).Encode(v)
}

// lineWidth is how wide lines for people are: the terminal, or 80 columns.
func (w *world) lineWidth() int {
	if width, _ := w.size(); width > 0 {
		return max(width, 40)
	}
	return 80
}

// writeFrame writes what a screen would show as text, ansi or svg.
func writeFrame(w io.Writer, g *cell.Grid, format string) error {
	frame := g.String() + "\n"
	switch format {
	case "ansi":
		frame = g.ANSI() + "\n"
	case "svg":
		frame = cell.SVG(g, cell.SVGOptions{})
	}
	_, err := io.WriteString(w, frame)
	return err
}
