// Package texttable writes the rows of a frame as lines of text for people to
// read. It knows no page.
package texttable

import (
	"bufio"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/cell"
)

// maxPadding is the widest column that others are aligned behind: a longer cell
// stands out.
const maxPadding = 40

// longestName is the most that is shown of a column's name.
const longestName = 200

var oneLine = strings.NewReplacer("\r\n", "↵", "\n", "↵", "\r", "↵", "\t", " ")

// Write writes a table for reading: names, types, and every row, each cell
// whole and on its line.
func Write(ctx context.Context, f frame.Frame, w io.Writer) error {
	out := bufio.NewWriterSize(w, 64<<10)
	t := &textTable{out: out, pad: make([]int, len(f.Columns())), right: make([]bool, len(f.Columns()))}
	var names, types []string
	for i, c := range f.Columns() {
		name := session.Clean(c.Name, longestName)
		if c.Unit != "" {
			name += " (" + session.Clean(c.Unit, longestName) + ")"
		}
		names, types, t.right[i] = append(names, name), append(types, typeName(c.Type)), c.Type.Numeric()
	}
	t.fit(names)
	t.fit(types)
	cells := make([]string, len(names))
	if err := t.rows(ctx, f, cells, t.fit); err != nil {
		return err
	}
	t.line(names)
	t.line(types)
	if err := t.rows(ctx, f, cells, t.line); err != nil {
		return err
	}
	return out.Flush()
}

// textTable writes lines of cells.
type textTable struct {
	out   *bufio.Writer // keeps the first error
	pad   []int         // widths of the columns
	right []bool
	text  []byte
}

// rows gives the texts of all rows.
func (t *textTable) rows(ctx context.Context, f frame.Frame, cells []string, take func([]string)) error {
	return f.Scan(ctx, frame.All(f), 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			for c := range b.Columns {
				t.text = b.Columns[c].AppendCell(t.text[:0], i)
				cells[c] = wholeLine(t.text)
			}
			take(cells)
		}
		_, err := t.out.Write(nil)
		return err
	})
}

// wholeLine is a text on one line, all of it.
func wholeLine(text []byte) string {
	if !slices.ContainsFunc(text, func(c byte) bool { return c < ' ' || c > '~' }) {
		return string(text)
	}
	return session.Clean(oneLine.Replace(string(text)), 0)
}

// fit widens columns for cells.
func (t *textTable) fit(cells []string) {
	for i, text := range cells {
		if w := len(text); w > t.pad[i] {
			t.pad[i] = max(t.pad[i], min(cell.Width(text), maxPadding))
		}
	}
}

func (t *textTable) line(cells []string) {
	for i, text := range cells {
		gap := strings.Repeat(" ", max(t.pad[i]-cell.Width(text), 0))
		if t.right[i] {
			text = gap + text
		} else if i < len(cells)-1 {
			text += gap
		}
		if i > 0 {
			t.out.WriteString("  ")
		}
		t.out.WriteString(text)
	}
	t.out.WriteByte('\n')
}

// typeName is the type of a column in a word: lists and objects are shown as
// the text that they are.
func typeName(t frame.Type) string {
	if t == frame.JSON {
		t = frame.Text
	}
	return t.String()
}
