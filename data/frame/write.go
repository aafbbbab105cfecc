package frame

import (
	"bytes"
	"context"
	"io"
)

// WriteCSV writes all rows of a frame as csv with commas and LF, behind a
// heading. Cells are as AppendCell writes them; a null is empty.
func WriteCSV(ctx context.Context, f Frame, w io.Writer) error {
	cols := f.Columns()
	var line []byte
	for i, c := range cols {
		line = appendCSV(line, []byte(c.Name), i, len(cols))
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return err
	}
	var cell, out []byte
	return f.Scan(ctx, All(f), 0, f.Len(), func(b *Batch) error {
		out = out[:0]
		for i := range b.Len {
			for k := range b.Columns {
				cell = b.Columns[k].AppendCell(cell[:0], i)
				out = appendCSV(out, cell, k, len(cols))
			}
			out = append(out, '\n')
		}
		_, err := w.Write(out)
		return err
	})
}

// appendCSV appends cell k of n. It is quoted where a reader would take it for
// something else: the only cell of an empty line for no row, and what begins
// like a comment for one.
func appendCSV(dst, cell []byte, k, n int) []byte {
	if k > 0 {
		dst = append(dst, ',')
	}
	switch {
	case len(cell) == 0 && n > 1:
		return dst
	case len(cell) > 0 && !bytes.ContainsAny(cell, ",\"\r\n") && cell[0] != ' ' && cell[0] != '#':
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

// WriteJSON writes all rows of a frame as a JSON list of objects, one a line,
// with cells as AppendJSON writes them.
func WriteJSON(ctx context.Context, f Frame, w io.Writer) error {
	var keys [][]byte
	for i, c := range f.Columns() {
		var key []byte
		if i > 0 {
			key = append(key, ',')
		}
		keys = append(keys, append(AppendQuoted(key, []byte(c.Name)), ':'))
	}
	out := []byte("[")
	err := f.Scan(ctx, All(f), 0, f.Len(), func(b *Batch) error {
		for i := range b.Len {
			if b.First+i > 0 {
				out = append(out, ",\n"...)
			}
			out = append(out, '{')
			for k := range b.Columns {
				out = b.Columns[k].AppendJSON(append(out, keys[k]...), i)
			}
			out = append(out, '}')
		}
		_, err := w.Write(out)
		out = out[:0]
		return err
	})
	if err != nil {
		return err
	}
	_, err = w.Write(append(out, "]\n"...))
	return err
}
