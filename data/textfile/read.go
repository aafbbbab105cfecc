// Package textfile reads people's own files of figures as a careful analyst
// would: it finds out how a text is encoded and split, where its table begins,
// and which type each column has, and says whatever it guessed or left out.
// What it gives is a frame; it knows neither screens nor networks.
//
// A column has a type only if all its cells fit, in the whole file. Where the
// file does not say what a cell means (a factor of a thousand, a day or a
// month), the column stays text, and a note names the option that settles it.
package textfile

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/authtabs/tabgate/data/frame"
)

// Read reads a file to its end. The caller closes the result.
func Read(ctx context.Context, path string, o Options) (*Result, error) {
	src, err := openSource(ctx, path, &o)
	if err != nil {
		return nil, fileError(path, err)
	}
	origin := frame.Origin{Kind: "file", URL: path, Name: filepath.Base(path)}
	r, err := readText(ctx, src, origin, &o)
	if err != nil {
		src.Close()
		return nil, fileError(path, err)
	}
	return r, nil
}

var errEmpty = errors.New("it is empty: a table has a heading or a row")

// readText reads delimited text.
func readText(ctx context.Context, src *source, origin frame.Origin, o *Options) (*Result, error) {
	h, err := readHead(src)
	if err != nil {
		return nil, err
	}
	j := &judge{classifier: o.classifier(), header: o.header}
	j.reads, j.told = o.reads()
	j.orders, j.marks = o.orders(), j.classifier.markers
	l := sniff(h, o, j)
	if l.d.width = l.width; l.d.delimiter == 0 {
		l.d.width = 0
	}
	k := &counter{d: l.d, c: j.classifier, width: max(l.width, len(l.raw))}
	k.short = map[int]spot{}
	if err := k.count(ctx, src, int64(l.rows), l.line); err != nil {
		return nil, err
	}
	if k.rows == 0 && !l.header {
		return nil, errEmpty
	}
	return finish(src, origin, l, k, j)
}

// readHead reads what the sample is taken of: 1 MiB, and more where that holds
// less than two records.
func readHead(src *source) (*head, error) {
	buf := make([]byte, min(int64(sampleBytes), src.size))
	n, err := src.read(buf, 0)
	if err != nil {
		return nil, err
	}
	h := &head{buf: buf[:n], eof: int64(n) >= src.size, from: int(src.skip), line: 1}
	if len(trimSpace(h.buf[h.from:])) == 0 && h.eof {
		return nil, errEmpty
	}
	return h, nil
}

// count counts all records from an offset and a line on.
func (k *counter) count(ctx context.Context, src *source, at int64, line int) error {
	buf := make([]byte, readBlock)
	for at < src.size {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := src.read(buf, at)
		if err != nil {
			return err
		}
		eof := at+int64(n) >= src.size
		used, lines, err := k.block(buf[:n], at, line, eof)
		if err != nil {
			return err
		}
		if used == 0 {
			if n < len(buf) {
				return errChanged
			}
			buf = make([]byte, 2*len(buf))
		}
		at, line = at+int64(used), line+lines
	}
	k.line = line
	return nil
}
