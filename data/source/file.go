package source

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// reason is why a source is read.
type reason int

const (
	changed reason = iota // it may have changed
	due                   // it is time to
	asked                 // somebody wants it read again
)

// change is what has become of a file since it was last read.
type change int

const (
	same     change = iota
	grown           // rows were added behind the others
	replaced        // it is another, or was not read before
)

// file is one file that is read, and read on when it grows.
type file struct {
	store *Store
	name  string
	o     textfile.Options

	open *resource // nil = it was not read yet, to its end
	from *textfile.File
	info fs.FileInfo
	wal  fs.FileInfo // of a SQLite file, what was written but is not in it yet; nil = there is none
	rest bool

	frame  frame.Frame
	report textfile.Report
}

// read reads the file, or what was added to it.
func (f *file) read(ctx context.Context, p *publisher, why reason) (change, error) {
	info, err := f.store.place().stat(f.name)
	if err != nil {
		return same, fileError(f.name, err)
	}
	if f.open != nil && why != asked && (f.store.o.FS != nil || os.SameFile(info, f.info)) {
		if unchanged(info, f.info) && unchanged(f.walInfo(), f.wal) {
			return same, nil
		}
		if info.Size() > f.info.Size() {
			if c, err := f.grow(ctx, info); !errors.Is(err, textfile.ErrAnew) {
				return c, err
			}
		}
	}
	return replaced, f.anew(ctx, p)
}

// unchanged reports whether a file is what it was, as far as its size and time
// say.
func unchanged(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// walInfo looks at the log that SQLite writes before it writes to the file.
func (f *file) walInfo() fs.FileInfo {
	if f.report.Format != "sqlite" {
		return nil
	}
	info, err := f.store.place().stat(f.name + walEnd)
	if err != nil {
		return nil
	}
	return info
}

const walEnd = "-wal"

// grow reads what was added.
func (f *file) grow(ctx context.Context, info fs.FileInfo) (change, error) {
	g, err := f.from.Grow(ctx)
	if err != nil {
		return same, err
	}
	before := f.frame.Len()
	f.info = info
	if g.Kept && g.Len() == before && g.Rest == f.rest {
		return same, nil
	}
	f.take(g.Result, g.Rest)
	if !g.Kept {
		return replaced, nil
	}
	return grown, nil
}

// anew reads the file from its start.
func (f *file) anew(ctx context.Context, p *publisher) error {
	from, info, err := f.store.place().read(ctx, f.name, f.o)
	if err != nil {
		return err
	}
	held := f.store.own(from.Close)
	all, err := finish(ctx, p, from)
	if err != nil {
		held.release()
		return err
	}
	f.close()
	f.open, f.from, f.info = held, from, info
	f.take(all, false)
	f.wal = f.walInfo()
	return nil
}

// read opens a file to read its figures.
func (p place) read(ctx context.Context, name string, o textfile.Options) (*textfile.File, fs.FileInfo, error) {
	if p.built != nil {
		info, err := p.stat(name)
		if err != nil {
			return nil, nil, fileError(name, err)
		}
		text, err := fs.ReadFile(p.built, path.Clean(name))
		if err != nil {
			return nil, nil, fileError(name, err)
		}
		from, err := textfile.OpenReceived(ctx, bytes.NewReader(text), name, o, maxUnpacked)
		return from, info, err
	}
	open, err := p.open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := open.Stat()
	if err != nil {
		return nil, nil, errors.Join(fileError(name, err), open.Close())
	}
	from, err := textfile.OpenFile(ctx, open, name, o)
	return from, info, err
}

func finish(ctx context.Context, p *publisher, from *textfile.File) (*textfile.Result, error) {
	if err := p.head(ctx, from); err != nil {
		return nil, err
	}
	return from.Finish(ctx, p.progress)
}

func (f *file) take(r *textfile.Result, rest bool) {
	f.frame, f.report, f.rest = f.open.frame(r.Frame), r.Report, rest
}

// close lets go of the file.
func (f *file) close() {
	if f.open != nil {
		f.open.release()
		f.open, f.frame = nil, nil
	}
}
