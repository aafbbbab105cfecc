package table

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// Limits of what is made of a table for other programs.
const (
	maxSave   = 64 << 20 // bytes of a file
	maxCopied = 4 << 20  // bytes for the clipboard
)

// limited is memory for an export, up to a limit.
type limited struct {
	bytes.Buffer
	most int
}

// errTooLarge says that an export does not fit.
var errTooLarge = errors.New("it would be too large: keep fewer rows or columns")

func (l *limited) Write(b []byte) (int, error) {
	if l.Len()+len(b) > l.most {
		return 0, fmt.Errorf("%w (more than %d MB)", errTooLarge, l.most>>20)
	}
	return l.Buffer.Write(b)
}

// writers write a frame for other programs, cell for cell as it stands.
var writers = map[string]func(context.Context, frame.Frame, io.Writer) error{
	"csv": frame.WriteCSV, "json": frame.WriteJSON, "tsv": writeTSV, "markdown": writeMarkdown, "text": writeText,
}

// writeTSV writes cells parted by tabs. Those that would break the line are
// quoted, as spreadsheets do.
func writeTSV(ctx context.Context, f frame.Frame, w io.Writer) error {
	return writeLines(ctx, f, w, "", "\t", "\n", nil, func(cell string) string {
		if strings.ContainsAny(cell, "\t\r\n\"") {
			return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		return cell
	})
}

var inMarkdown = strings.NewReplacer("|", `\|`, "\r\n", "<br>", "\n", "<br>", "\r", "<br>", "\\", "\\\\")

// writeMarkdown writes a table of Markdown, with numbers flush right.
func writeMarkdown(ctx context.Context, f frame.Frame, w io.Writer) error {
	var rule []string
	for _, c := range f.Columns() {
		if c.Type.Numeric() {
			rule = append(rule, "---:")
		} else {
			rule = append(rule, "---")
		}
	}
	return writeLines(ctx, f, w, "| ", " | ", " |\n", rule, inMarkdown.Replace)
}

// writeLines writes a line for the names, one for what stands below them if
// there is any, and one for each row.
func writeLines(ctx context.Context, f frame.Frame, w io.Writer, before, between, after string, rule []string, cell func(string) string) error {
	var line []byte
	add := func(k int, text string) {
		if k > 0 {
			line = append(line, between...)
		}
		line = append(line, text...)
	}
	line = append(line, before...)
	for k, c := range f.Columns() {
		add(k, cell(c.Name))
	}
	line = append(line, after...)
	if rule != nil {
		line = append(append(append(line, before...), strings.Join(rule, between)...), after...)
	}
	if _, err := w.Write(line); err != nil {
		return err
	}
	return f.Scan(ctx, frame.All(f), 0, f.Len(), func(b *frame.Batch) error {
		line = line[:0]
		for i := range b.Len {
			line = append(line, before...)
			for k := range b.Columns {
				add(k, cell(b.Columns[k].String(i)))
			}
			line = append(line, after...)
		}
		_, err := w.Write(line)
		return err
	})
}
