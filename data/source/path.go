package source

import (
	"context"
	"path/filepath"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/textfile"
)

// pathKind reads one file.
type pathKind struct{ file *file }

// newPathKind prepares a source that is a file.
func newPathKind(s *Store, src dashboard.Source) (kind, error) {
	o, err := readingOf(src)
	if err != nil {
		return nil, err
	}
	return &pathKind{&file{store: s, name: src.Path, o: o}}, nil
}

// read implements kind.
func (k *pathKind) read(ctx context.Context, p *publisher, why reason) (Snapshot, error) {
	before := k.file.open != nil
	c, err := k.file.read(ctx, p, why)
	if err == nil && c == same {
		err = errSame
	}
	if err != nil {
		return Snapshot{}, err
	}
	return Snapshot{Frame: k.file.frame, Report: k.file.report, Grown: c == grown, Replaced: c == replaced && before}, nil
}

// watch implements kind.
func (k *pathKind) watch() *subscription {
	return k.file.store.watchFiles([]string{k.file.name, k.file.name + walEnd})
}

// close implements kind.
func (k *pathKind) close() { k.file.close() }

// readingOf is how the file of a source is read.
func readingOf(src dashboard.Source) (textfile.Options, error) {
	o := src.Reading
	if src.Table == "" {
		return o, nil
	}
	return o, o.Set("format", "sqlite:"+src.Table)
}

// watchFiles watches the files of names, and those that links among them lead
// to.
func (s *Store) watchFiles(names []string) *subscription {
	if s.o.FS != nil {
		return nil
	}
	paths, in := map[string]bool{}, map[string]bool{}
	var dirs []string
	add := func(path string) {
		paths[path] = true
		if dir := filepath.Dir(path); !in[dir] {
			in[dir] = true
			dirs = append(dirs, dir)
		}
	}
	for _, name := range names {
		path := s.place().path(name)
		add(path)
		if real, err := filepath.EvalSymlinks(path); err == nil {
			add(real)
		}
	}
	return s.watcher.subscribe(dirs, func(path string) bool { return paths[filepath.Clean(path)] })
}
