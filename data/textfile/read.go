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
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// Read reads a file to its end. The caller closes the result.
func Read(ctx context.Context, path string, o Options) (*Result, error) {
	src, err := openSource(ctx, path)
	if err != nil {
		return nil, fileError(path, err)
	}
	origin := frame.Origin{Kind: "file", URL: path, Name: filepath.Base(path)}
	r, err := read(ctx, src, origin, &o)
	if err != nil {
		src.Close()
		return nil, fileError(path, err)
	}
	if n, ok := nameNote(origin.Name, r.Format, src.packed); ok && o.format == "" {
		r.Notes = slices.Insert(r.Notes, 0, n.subject+": "+n.text)
	}
	return r, nil
}

func read(ctx context.Context, src *source, origin frame.Origin, o *Options) (*Result, error) {
	if src.kind != textual {
		return readTyped(ctx, src, origin, o)
	}
	if err := src.decode(o.encoding); err != nil {
		return nil, err
	}
	r, err := readText(ctx, src, origin, o)
	if errors.Is(err, errBadBytes) {
		// What the head said does not hold: the whole text decides.
		if err := src.settleEncoding(o.encoding); err != nil {
			return nil, err
		}
		return readText(ctx, src, origin, o)
	}
	return r, err
}

// readText reads JSON, if that is what the text begins as and its first value
// is whole; else delimited text. A file that says by its name that it is JSON
// and is not is refused.
func readText(ctx context.Context, src *source, origin frame.Origin, o *Options) (*Result, error) {
	asked := o.format == "json" || o.format == "ndjson"
	h, err := readHead(src)
	if err != nil {
		return nil, err
	}
	first := skipSpace(h.buf, h.from)
	begins := first < len(h.buf) && (h.buf[first] == '{' || h.buf[first] == '[')
	named := jsonName(origin.Name)
	if asked || o.format == "" && begins {
		r, err := readJSON(ctx, src, origin, o)
		if err == nil || !errors.Is(err, errNotJSON) || asked || named {
			return r, err
		}
	}
	return readDelimited(ctx, src, origin, o)
}

// jsonName reports whether a file's name says that it is JSON.
func jsonName(name string) bool {
	name = strings.ToLower(name)
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst")
	switch filepath.Ext(name) {
	case ".json", ".jsonl", ".ndjson", ".geojson":
		return true
	}
	return false
}

var (
	errEmpty    = errors.New("it is empty: a table has a heading or a row")
	errBadBytes = errors.New("it is not UTF-8")
)

// readDelimited reads delimited text.
func readDelimited(ctx context.Context, src *source, origin frame.Origin, o *Options) (*Result, error) {
	h, err := readHead(src)
	if err != nil {
		return nil, err
	}
	j := newJudge(o)
	l := sniff(h, o, j)
	if l.d.width = l.width; l.d.delimiter == 0 {
		l.d.width = 0
	}
	k, err := l.countAll(ctx, src, j, nil)
	if errors.Is(err, errNotPadded) {
		l.d.padded = false
		k, err = l.countAll(ctx, src, j, nil)
	}
	if err != nil {
		return nil, err
	}
	if k.rows == 0 && !l.header {
		return nil, errEmpty
	}
	return finish(src, origin, l, k, j)
}

// newJudge knows what the options say.
func newJudge(o *Options) *judge {
	j := &judge{classifier: o.classifier(), header: o.header}
	j.reads = o.reads()
	j.asked.decimal, j.thousands, j.dates = o.decimal != 0, o.thousands != "", o.dates != 0
	j.orders, j.marks = o.orders(), j.classifier.markers
	return j
}

// readHead reads what the sample is taken of: 1 MiB, and more where that holds
// less than two records.
func readHead(src *source) (*head, error) {
	for size := int64(sampleBytes); ; size *= 4 {
		if err := src.grow(size); err != nil {
			return nil, err
		}
		buf := make([]byte, min(size, src.size))
		n, eof, err := src.read(buf, 0)
		if err != nil {
			return nil, err
		}
		h := &head{buf: buf[:n], eof: eof, from: int(src.skip), line: 1}
		if eof && len(trimSpace(h.buf[h.from:])) == 0 {
			return nil, errEmpty
		}
		if eof || size >= 2*maxRecord || bytes.Count(h.buf, []byte{'\n'}) > 2 || bytes.Count(h.buf, []byte{'\r'}) > 2 {
			return h, nil
		}
	}
}
