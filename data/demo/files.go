package demo

import (
	"embed"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed folder
var embedded embed.FS

// icons stand in the names of the pages' files, which may hold none in a module.
var icons = map[string]string{
	"pages/1_Plotting_Demo.yaml":  "pages/1_📈_Plotting_Demo.yaml",
	"pages/2_Mapping_Demo.yaml":   "pages/2_🌍_Mapping_Demo.yaml",
	"pages/3_DataFrame_Demo.yaml": "pages/3_📊_DataFrame_Demo.yaml",
}

// Files is the demo as a folder: tabgate.yaml, home.md, pages, specifications
// and figures.
func Files() fs.FS {
	inner, err := fs.Sub(embedded, "folder")
	if err != nil {
		panic(err) // it is part of the program
	}
	return named{inner}
}

// named is a folder in which some files have other names.
type named struct{ inner fs.FS }

func outer(name string) string {
	if icon, ok := icons[name]; ok {
		return icon
	}
	return name
}

// Open implements [fs.FS].
func (n named) Open(name string) (fs.File, error) {
	if _, hidden := icons[name]; hidden {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	for at, icon := range icons {
		if icon == name {
			f, err := n.inner.Open(at)
			return file{f, path.Base(name)}, err
		}
	}
	f, err := n.inner.Open(name)
	if d, ok := f.(fs.ReadDirFile); ok && err == nil {
		return &dir{ReadDirFile: d, name: name}, nil
	}
	return f, err
}

// file is a file under another name.
type file struct {
	fs.File

	name string
}

// Stat implements [fs.File].
func (f file) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return renamed{info, f.name}, err
}

// renamed is what is known of a file under another name.
type renamed struct {
	fs.FileInfo

	name string
}

// Name implements [fs.FileInfo].
func (r renamed) Name() string { return r.name }

// ModTime implements [fs.FileInfo]: parts of the program have none.
func (r renamed) ModTime() time.Time { return time.Time{} }

// dir is a folder that lists files by their other names.
type dir struct {
	fs.ReadDirFile

	name string
	rest []fs.DirEntry // that are not listed yet
	read bool
}

// ReadDir implements [fs.ReadDirFile].
func (d *dir) ReadDir(n int) ([]fs.DirEntry, error) {
	if !d.read {
		entries, err := d.ReadDirFile.ReadDir(-1)
		if err != nil {
			return nil, err
		}
		for i, e := range entries {
			if name := path.Base(outer(path.Join(d.name, e.Name()))); name != e.Name() {
				entries[i] = entry{e, name}
			}
		}
		slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
		d.rest, d.read = entries, true
	}
	if n <= 0 {
		n = len(d.rest)
	} else if len(d.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.rest))
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out, nil
}

// entry is an entry of a folder under another name.
type entry struct {
	fs.DirEntry

	name string
}

// Name implements [fs.DirEntry].
func (e entry) Name() string { return e.name }

// Info implements [fs.DirEntry].
func (e entry) Info() (fs.FileInfo, error) {
	info, err := e.DirEntry.Info()
	return renamed{info, e.name}, err
}
