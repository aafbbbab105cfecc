package textfile

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile/typedfile"
)

// typedFormat is the name of a typed container in reports.
func typedFormat(c container) string {
	switch c {
	case parquetFile:
		return "parquet"
	case arrowFile:
		return "arrow"
	}
	return "sqlite"
}

// typedText is a file that says its types itself.
type typedText struct {
	src *source
	t   *typedfile.Table
}

// openTyped opens such a file.
func openTyped(ctx context.Context, src *source, origin frame.Origin, o *Options) (reading, error) {
	if err := src.grow(1 << 62); err != nil {
		return nil, err
	}
	in := typedfile.Input{ReaderAt: src, Size: src.total(), Path: origin.URL, Origin: origin, Close: src.Close}
	var t *typedfile.Table
	var err error
	switch src.kind {
	case parquetFile:
		t, err = typedfile.Parquet(ctx, in)
	case arrowFile:
		t, err = typedfile.Arrow(ctx, in)
	default:
		in.Path = src.path()
		if in.Path == "" {
			if in.Path, err = src.named(); err != nil {
				return nil, err
			}
			in.Close = func() error { return errors.Join(src.Close(), os.Remove(in.Path)) }
		}
		if t, err = typedfile.SQLite(ctx, in, o.table); err == nil {
			if err = src.still(in.Path); err != nil {
				return nil, errors.Join(err, t.Close())
			}
		}
	}
	return &typedText{src, t}, err
}

// head implements reading.
func (t *typedText) head(context.Context) (*Result, error) { return t.result(), nil }

// finish implements reading.
func (t *typedText) finish(ctx context.Context, _ func(Progress)) (*Result, error) {
	if err := t.t.Count(ctx); err != nil {
		return nil, err
	}
	return t.result(), nil
}

func (t *typedText) result() *Result {
	r := &Result{Frame: t.t, Report: Report{Format: typedFormat(t.src.kind)}}
	r.tellAll(t.src.notes)
	for _, text := range t.t.Notes {
		r.Notes = append(r.Notes, oneLine(text))
	}
	return r
}

// path is where the file lies, "" if it is unpacked or in memory.
func (s *source) path() string {
	if s.packed || s.file == nil {
		return ""
	}
	return s.file.Name()
}

// still returns an error if another file than the one that is open lies at a
// path by now: SQLite opens its files by their paths.
func (s *source) still(path string) error {
	if s.path() == "" {
		return nil
	}
	there, err := os.Stat(path)
	if err != nil {
		return err
	}
	open, err := s.file.Stat()
	if err == nil && !os.SameFile(there, open) {
		err = errChanged
	}
	return err
}

// named copies an unpacked file to one that has a name.
func (s *source) named() (path string, err error) {
	f, err := os.CreateTemp("", "tabgate-*.sqlite")
	if err != nil {
		return "", err
	}
	err = s.each(func(block []byte) error { _, err := f.Write(block); return err })
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// nameNote says that a file's name does not fit what is in it.
func nameNote(name, format string, packed bool) (note, bool) {
	lower := strings.ToLower(name)
	inner := strings.TrimSuffix(strings.TrimSuffix(lower, ".gz"), ".zst")
	says := ""
	switch extension(inner) {
	case ".csv", ".tsv", ".psv", ".tab":
		says = "delimited text"
	case ".json", ".jsonl", ".ndjson", ".geojson":
		says = "JSON"
	case ".parquet", ".pq":
		says = "Parquet"
	case ".arrow", ".feather", ".arrows", ".ipc":
		says = "Arrow"
	case ".sqlite", ".sqlite3", ".db", ".db3":
		says = "SQLite"
	}
	is := map[string]string{"csv": "delimited text", "tsv": "delimited text", "json": "JSON", "ndjson": "JSON", "parquet": "Parquet", "arrow": "Arrow", "sqlite": "SQLite"}[format]
	switch {
	case says != "" && says != is:
		return note{"file", "its name says " + says + ", but it is " + is}, true
	case inner != lower && !packed:
		return note{"file", "its name says that it is packed, but it is not"}, true
	}
	return note{}, false
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[i:]
	}
	return ""
}
