// Package textfile reads people's own files of figures as a careful analyst
// would: it finds out how a text is encoded and split, where its table begins,
// and which type each column has, and says whatever it guessed or left out.
// What it gives is a frame; it knows neither screens nor networks.
//
// A column has a type only if all its cells fit, in the whole file. Where the
// file does not say what a cell means (a factor of a thousand, a day or a
// month), the column stays text, and a note names the option that decides it.
package textfile

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// File is a file that was opened and of which the head was looked at.
type File struct {
	path   string
	o      Options
	src    *source
	origin frame.Origin
	how    reading
}

// reading is a way to read a file.
type reading interface {
	// head gives the first rows, with the types that they have.
	head(ctx context.Context) (*Result, error)
	// finish gives all rows.
	finish(ctx context.Context, progress func(Progress)) (*Result, error)
}

// Progress says how far a file was read.
type Progress struct {
	Rows  int
	Bytes int64 // of Total
	Total int64 // 0 = not known: the file is being unpacked
}

// Read opens a file and reads it to its end. The caller closes the result.
func Read(ctx context.Context, path string, o Options) (*Result, error) {
	f, err := Open(ctx, path, o)
	if err != nil {
		return nil, err
	}
	r, err := f.Finish(ctx, nil)
	if err != nil {
		f.Close()
	}
	return r, err
}

// ReadBytes reads a file that is in memory, under a name. The caller closes the
// result.
func ReadBytes(ctx context.Context, name string, body []byte, o Options) (*Result, error) {
	src := &source{ReaderAt: bytes.NewReader(body), size: int64(len(body))}
	if err := src.open(); err != nil {
		src.Close()
		return nil, fileError(name, err)
	}
	f, err := openWith(ctx, src, name, o)
	if err != nil {
		return nil, err
	}
	r, err := f.Finish(ctx, nil)
	if err != nil {
		f.Close()
	}
	return r, err
}

// Open opens a file, and finds out from its head what it is and how it is
// split. Its errors are of type *Error.
func Open(ctx context.Context, path string, o Options) (*File, error) {
	src, err := openSource(ctx, path)
	if err != nil {
		return nil, fileError(path, err)
	}
	return openWith(ctx, src, path, o)
}

// OpenFile is Open for a file that is open already, under a name: whoever opens
// it decides where it may lie. It is closed with the result, and where it
// cannot be read.
func OpenFile(ctx context.Context, f *os.File, name string, o Options) (*File, error) {
	src, err := newSource(ctx, f)
	if err != nil {
		return nil, fileError(name, err)
	}
	return openWith(ctx, src, name, o)
}

// Growing is a text that is still being received. What is there stays.
type Growing interface {
	io.ReaderAt
	Size() int64
}

// OpenGrowing is Open for what is there of a text by now; Grow takes in what
// follows. Closing the result does not close it.
func OpenGrowing(ctx context.Context, g Growing, name string, o Options) (*File, error) {
	return OpenReceived(ctx, g, name, o, 0)
}

// OpenReceived is OpenGrowing for what may be unpacked to so many bytes at
// most; 0 = any number.
func OpenReceived(ctx context.Context, g Growing, name string, o Options, most int64) (*File, error) {
	src := &source{ReaderAt: g, size: g.Size(), growing: g, most: most}
	if err := src.open(); err != nil {
		return nil, errors.Join(fileError(name, err), src.Close())
	}
	return openWith(ctx, src, name, o)
}

// openWith finds out what is in a source, and closes it if it cannot be read.
func openWith(ctx context.Context, src *source, path string, o Options) (f *File, err error) {
	f = &File{path: path, o: o, src: src, origin: frame.Origin{Kind: "file", URL: path, Name: filepath.Base(path)}}
	if src.kind == textual {
		err = src.decode(o.encoding)
	}
	if err == nil {
		f.how, err = f.look(ctx)
	}
	if err != nil {
		src.Close()
		return nil, fileError(path, err)
	}
	return f, nil
}

// look finds out how to read the file.
func (f *File) look(ctx context.Context) (reading, error) {
	if err := f.o.suits(f.src.kind); err != nil {
		return nil, err
	}
	if f.src.kind != textual {
		return openTyped(ctx, f.src, f.origin, &f.o)
	}
	return lookAtText(ctx, f.src, f.origin, &f.o)
}

// Head is the first rows, up to a thousand, with the types that they have.
// Types, notes and even columns may change once all is read. It is valid until
// the file or its result is closed.
func (f *File) Head(ctx context.Context) (*Result, error) {
	r, err := f.how.head(ctx)
	return f.named(r), fileError(f.path, err)
}

// Finish reads the file to its end. Progress, which may be nil, is called now
// and then, in the goroutine of the caller. Closing the result closes the file.
func (f *File) Finish(ctx context.Context, progress func(Progress)) (*Result, error) {
	r, err := f.how.finish(ctx, progress)
	if errors.Is(err, errBadBytes) {
		// What the head said does not hold: the whole text decides.
		if err = f.src.detectEncoding(f.o.encoding); err == nil {
			if f.how, err = f.look(ctx); err == nil {
				r, err = f.how.finish(ctx, progress)
			}
		}
	}
	return f.named(r), fileError(f.path, err)
}

// Close closes the file and removes temporary copies of it.
func (f *File) Close() error { return f.src.Close() }

// named adds a note to a result if the file's name says something else.
func (f *File) named(r *Result) *Result {
	if r == nil || f.o.format != "" {
		return r
	}
	if n, ok := nameNote(f.origin.Name, r.Format, f.src.packed); ok {
		r.Notes = slices.Insert(r.Notes, 0, n.subject+": "+n.text)
	}
	return r
}
