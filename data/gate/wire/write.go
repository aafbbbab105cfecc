package wire

import (
	"bytes"
	"context"
	"io"

	"github.com/authtabs/tabgate/data/frame"
)

// WriteCSV writes the first rows of a frame as csv behind a heading. A null is
// an empty cell and an empty text is two quotation marks, so that ReadCSV tells
// them apart. Of a frame of one column a null is an empty line.
func WriteCSV(ctx context.Context, f frame.Frame, w io.Writer, rows int) error {
	var line []byte
	for i, c := range f.Columns() {
		line = appendText(comma(line, i), []byte(c.Name))
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return err
	}
	var cell, out []byte
	return f.Scan(ctx, frame.All(f), 0, rows, func(b *frame.Batch) error {
		out = out[:0]
		for i := range b.Len {
			for k := range b.Columns {
				out = comma(out, k)
				switch v := &b.Columns[k]; {
				case v.IsNull(i):
				case v.Type == frame.Text || v.Type == frame.JSON:
					out = appendText(out, v.Bytes(i))
				default:
					cell = v.AppendCell(cell[:0], i)
					out = append(out, cell...)
				}
			}
			if out = append(out, '\n'); len(out) >= writeSize {
				if _, err := w.Write(out); err != nil {
					return err
				}
				out = out[:0]
			}
		}
		_, err := w.Write(out)
		return err
	})
}

const writeSize = 64 << 10

func comma(dst []byte, k int) []byte {
	if k > 0 {
		return append(dst, ',')
	}
	return dst
}

// appendText appends a text, in quotation marks where it would be read as
// something else.
func appendText(dst, cell []byte) []byte {
	if len(cell) > 0 && !bytes.ContainsAny(cell, ",\"\r\n") && cell[0] != ' ' && cell[0] != '#' {
		return append(dst, cell...)
	}
	dst = append(dst, '"')
	for {
		i := bytes.IndexByte(cell, '"')
		if i < 0 {
			return append(append(dst, cell...), '"')
		}
		dst = append(append(dst, cell[:i+1]...), '"')
		cell = cell[i+1:]
	}
}
