package source

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// maxStack is how many files are stacked at most.
const maxStack = 1000

// stackKind reads several files as one.
type stackKind struct {
	store *Store
	src   dashboard.Source
	o     textfile.Options
	files []*file // as they were last read
	last  *stacked
}

func newStackKind(s *Store, src dashboard.Source) (kind, error) {
	o, err := readingOf(src)
	if err != nil {
		return nil, err
	}
	if src.Stack == "" {
		src.Stack = "file"
	}
	return &stackKind{store: s, src: src, o: o}, nil
}

// Stack is a source of several files of a person, read as one, with a column
// "file" that says which file a row is of.
func Stack(name string, paths []string) dashboard.Source {
	return dashboard.Source{Name: name, Paths: paths, Stack: "file"}
}

// Stackable reports whether tables have the same column names, so that they
// may be parts of one.
func Stackable(tables ...[]frame.Column) bool {
	names := func(columns []frame.Column) []string {
		out := make([]string, len(columns))
		for i, c := range columns {
			out[i] = c.Name
		}
		slices.Sort(out)
		return out
	}
	for _, t := range tables {
		if !slices.Equal(names(t), names(tables[0])) {
			return false
		}
	}
	return len(tables) > 1
}

// names are the files by now, in order.
func (k *stackKind) names() ([]string, error) {
	names := k.src.Paths
	if names == nil {
		var err error
		if names, err = k.store.place().glob(k.src.Path); err != nil {
			return nil, &textfile.Error{Path: k.src.Path, Err: errors.New("the pattern is no pattern: close its bracket, or write \\[ for the character")}
		}
	}
	switch {
	case len(names) == 0:
		return nil, &textfile.Error{Path: k.src.Path, Err: errors.New("no file has such a name: look at the pattern and where the files lie")}
	case len(names) > maxStack:
		return nil, &textfile.Error{Path: k.src.Path, Err: fmt.Errorf("%d files have such a name, %d can be stacked: name fewer", len(names), maxStack)}
	}
	return names, nil
}

// read implements kind. One file that cannot be read makes all figures wrong,
// so the whole is refused then.
func (k *stackKind) read(ctx context.Context, p *publisher, why reason) (Snapshot, error) {
	names, err := k.names()
	if err != nil {
		return Snapshot{}, err
	}
	p.quiet = true
	files := make([]*file, len(names))
	changes := make([]change, len(names))
	for i, name := range names {
		at := slices.IndexFunc(k.files, func(f *file) bool { return f.name == name })
		if at >= 0 {
			files[i] = k.files[at]
		} else {
			files[i] = &file{store: k.store, name: name, o: k.o}
		}
		changes[i], err = files[i].read(ctx, p, why)
		if err != nil {
			break
		}
		p.before.Rows += files[i].frame.Len()
		p.before.Bytes += files[i].info.Size()
	}
	if err != nil {
		k.add(files)
		return Snapshot{}, err
	}
	kept := k.keep(files)
	before := k.last
	if kept && before != nil && !slices.ContainsFunc(changes, func(c change) bool { return c != same }) {
		return Snapshot{}, errSame
	}
	k.last = newStacked(k.src, files)
	s := Snapshot{Frame: k.last, Report: k.last.report(files)}
	if before != nil {
		s.Grown = kept && behind(changes, len(before.parts)) && slices.EqualFunc(before.columns, k.last.columns, func(a, b frame.Column) bool { return a.Name == b.Name && a.Type == b.Type })
		s.Replaced = !s.Grown
	}
	return s, nil
}

// behind reports whether rows were added behind all others alone: to the last
// of so many files, or in files behind it.
func behind(changes []change, before int) bool {
	for i, c := range changes[:before] {
		if c == replaced || c == grown && i < before-1 {
			return false
		}
	}
	return true
}

// add keeps the files that were looked at beside those from before.
func (k *stackKind) add(files []*file) {
	for _, f := range files {
		if f != nil && !slices.Contains(k.files, f) {
			k.files = append(k.files, f)
		}
	}
}

// keep takes the files that were looked at in the place of those from before,
// and lets go of the rest. It reports whether those from before are the first
// of them.
func (k *stackKind) keep(files []*file) bool {
	first := len(files) >= len(k.files) && slices.Equal(files[:len(k.files)], k.files)
	for _, f := range k.files {
		if !slices.Contains(files, f) {
			f.close()
		}
	}
	k.files = files
	return first
}

// watch implements kind.
func (k *stackKind) watch() *subscription {
	if k.src.Paths != nil || k.store.o.FS != nil {
		return k.store.watchFiles(k.src.Paths)
	}
	at := k.store.place()
	names, _ := k.names() // what is wrong is told when it is read
	dirs := []string{at.path(fixed(k.src.Path))}
	for _, name := range names {
		if dir := at.path(path.Dir(name)); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	pattern := at.path(k.src.Path)
	return k.store.watcher.subscribe(dirs, func(path string) bool {
		ok, _ := filepath.Match(pattern, filepath.Clean(path))
		return ok || filepath.Ext(path) == "" // a directory, maybe
	})
}

// fixed is the directory that all files of a pattern are below.
func fixed(pattern string) string {
	dir := path.Dir(pattern)
	for strings.ContainsAny(dir, "*?[") {
		dir = path.Dir(dir)
	}
	return dir
}

// close implements kind.
func (k *stackKind) close() {
	for _, f := range k.files {
		f.close()
	}
}
