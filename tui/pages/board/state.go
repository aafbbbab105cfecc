package board

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
)

// drawState says in the last line of a page of files how the file was read.
func drawState(b *Board, g *cell.Grid) {
	if b.foot == 0 || b.made == nil || b.h < 2 {
		return
	}
	t, y := b.env.Theme, b.h-1
	f := b.data.feeds[b.made.parts[0].source]
	color := t.Good
	text, notes := fileState(f)
	switch {
	case f.last.Err != nil || f.err != nil:
		color = t.Bad
	case notes > 0 || f.last.Note != "" || !f.last.Complete:
		color = t.Warn
	}
	x := b.pad()
	x += g.Text(x, y, box.Sign(t, "● ", "* "), color, 0)
	g.Text(x, y, cell.Cut(text, g.W-x-b.pad()), t.Muted, 0)
}

// fileState says how a file was read, and counts what is to be told of it.
func fileState(f *feed) (text string, notes int) {
	snap := f.last
	if err := snap.Err; err != nil {
		return wordsOf(err), 0
	}
	if snap.Frame == nil {
		return "reading…", 0
	}
	var parts []string
	r := snap.Report
	form := []string{r.Format}
	if d := r.Dialect; d != nil {
		form = append(form, delimiterName(d.Delimiter), strings.ToUpper(d.Encoding))
	}
	parts = append(parts, strings.Trim(strings.Join(form, ", "), ", "))
	if !snap.Complete {
		part := "reading"
		if p := snap.Progress; p.Total > 0 {
			part += fmt.Sprintf(" %d %%", 100*p.Bytes/p.Total)
		}
		parts = append(parts, part)
	}
	switch n := len(r.Skipped); n {
	case 0:
		parts = append(parts, "nothing skipped")
	case 1:
		parts = append(parts, "1 line skipped")
	default:
		parts = append(parts, fmt.Sprintf("%d lines skipped", n))
	}
	switch n := len(r.Notes); n {
	case 0:
	case 1:
		parts = append(parts, "1 note · i reads it")
	default:
		parts = append(parts, fmt.Sprintf("%d notes · i reads them", n))
	}
	if snap.Note != "" {
		parts = append(parts, session.Clean(snap.Note, 200))
	}
	return session.Clean(strings.Join(parts, " · "), 0), len(r.Notes) + len(r.Skipped)
}

// delimiterName is a delimiter in words.
func delimiterName(d string) string {
	switch d {
	case ",":
		return "comma"
	case ";":
		return "semicolon"
	case "\t":
		return "tab"
	case " ":
		return "space"
	case "|":
		return "bar"
	}
	return d
}
