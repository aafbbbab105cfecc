package source

import (
	"context"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/textfile"
)

// pathKind reads one file.
type pathKind struct {
	store *Store
	src   dashboard.Source
	held  *resource // of the file as it was last read
}

// read implements kind.
func (k *pathKind) read(ctx context.Context, p *publisher, _ bool) (Snapshot, error) {
	o, err := readingOf(k.src)
	if err != nil {
		return Snapshot{}, err
	}
	open, err := k.store.place().open(k.src.Path)
	if err != nil {
		return Snapshot{}, err
	}
	f, err := textfile.OpenFile(ctx, open, k.src.Path, o)
	if err != nil {
		return Snapshot{}, err
	}
	held := k.store.own(f.Close)
	all, err := k.finish(ctx, p, f)
	if err != nil {
		held.release()
		return Snapshot{}, err
	}
	k.close()
	k.held = held
	return Snapshot{Frame: held.frame(all.Frame), Report: all.Report}, nil
}

func (k *pathKind) finish(ctx context.Context, p *publisher, f *textfile.File) (*textfile.Result, error) {
	if err := p.head(ctx, f); err != nil {
		return nil, err
	}
	return f.Finish(ctx, p.progress)
}

// close implements kind.
func (k *pathKind) close() {
	if k.held != nil {
		k.held.release()
		k.held = nil
	}
}

// readingOf is how the file of a source is read.
func readingOf(src dashboard.Source) (textfile.Options, error) {
	o := src.Reading
	if src.Table == "" {
		return o, nil
	}
	return o, o.Set("format", "sqlite:"+src.Table)
}
