package dashboard

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Limits of what is read of a folder.
const (
	mostPages   = 40
	mostPanels  = 100
	mostSources = 100
	mostInputs  = 100
	mostEntries = 10_000
	pageLimit   = 1 << 20
	specLimit   = 32 << 20
)

// files are the files of a folder.
type files struct {
	fsys fs.FS
	read []string // whose text was read
}

var (
	errLeaves     = errors.New("it leads out of the folder: put the file into the folder")
	errNotRegular = errors.New("it is no regular file")
)

// stat looks at a file without opening it: opening a pipe would wait for
// whoever writes into it.
func (f *files) stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(f.fsys, name)
	if err != nil {
		return nil, f.reason(name, err)
	}
	return info, nil
}

// reason is what an error of a file means to somebody who wrote its name. A
// link that leads out of the folder is told from a file that is not there.
func (f *files) reason(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fs.ErrNotExist
	case errors.Is(err, fs.ErrPermission):
		return errors.New("it may not be read: give yourself the right to")
	}
	if f.throughLink(name) {
		return errLeaves
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err
}

// throughLink reports whether a symbolic link stands in the way of a name.
func (f *files) throughLink(name string) bool {
	for at := name; at != "." && at != "/"; at = path.Dir(at) {
		if info, err := fs.Lstat(f.fsys, at); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return true
		}
	}
	return false
}

// text reads a whole file, of at most limit bytes.
func (f *files) text(name string, limit int64) ([]byte, error) {
	info, err := f.stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("it is a folder, and a file is wanted")
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > limit:
		return nil, tooLarge(limit)
	}
	file, err := f.fsys.Open(name)
	if err != nil {
		return nil, f.reason(name, err)
	}
	defer file.Close()
	if info, err = file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	text, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, f.reason(name, err)
	}
	if int64(len(text)) > limit {
		return nil, tooLarge(limit)
	}
	if !slices.Contains(f.read, name) {
		f.read = append(f.read, name)
	}
	return text, nil
}

func tooLarge(limit int64) error {
	return fmt.Errorf("it is larger than %d MiB", limit>>20)
}

// names lists what a folder holds.
func (f *files) names(dir string) ([]string, error) {
	info, err := f.stat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, errors.New("it is no folder")
	}
	open, err := f.fsys.Open(dir)
	if err != nil {
		return nil, f.reason(dir, err)
	}
	defer open.Close()
	d, ok := open.(fs.ReadDirFile)
	if !ok {
		return nil, errors.New("it cannot be listed")
	}
	entries, err := d.ReadDir(mostEntries)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, f.reason(dir, err)
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	slices.Sort(names)
	return names, nil
}

// pathOf is the path of a file in the folder.
func pathOf(what string) codec[string] {
	return codec[string]{
		read: func(r *reader, n *yaml.Node, v *string) {
			s, ok := r.scalar(n, "the path of "+what)
			if ok && r.inside(n, s) {
				*v = path.Clean(s)
				r.exists(n, *v)
			}
		},
		write:  line().write,
		schema: pathSchema,
	}
}

// pathSchema is what a path below the folder looks like: it is not absolute,
// and no part of it is "..".
func pathSchema() schema {
	return schema{"type": "string", "pattern": `\S`, "not": schema{"pattern": `^/|\\|^.:|(^|/)\.\.(/|$)|://`}}
}

// inside reports whether a path stays in the folder, as far as it says itself.
func (r *reader) inside(n *yaml.Node, s string) bool {
	switch {
	case strings.TrimSpace(s) == "" || path.Clean(s) == ".":
		r.wrong(n, "this path is empty")
	case s != shown(s):
		r.wrong(n, "this path holds characters that cannot be seen, or is too long")
	case strings.Contains(s, "://"):
		r.wrong(n, "%s is an address, and a file of the folder is wanted here", s)
	case strings.Contains(s, `\`):
		r.wrong(n, `%s: write / between the parts of a path, not \`, s)
	case path.IsAbs(s) || len(s) > 1 && s[1] == ':':
		r.wrong(n, "%s is absolute: paths begin at the folder, so put the file there", s)
	case strings.HasPrefix(path.Clean(s)+"/", "../") || slices.Contains(strings.Split(s, "/"), ".."):
		r.wrong(n, "%s leaves the folder: put the file into the folder", s)
	default:
		return true
	}
	return false
}

// exists reports what is wrong with a file that a page names.
func (r *reader) exists(n *yaml.Node, name string) {
	if r.files == nil {
		return
	}
	info, err := r.files.stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		near := r.files.near(name)
		if near == "" {
			near = ": put it there, or correct its path"
		}
		r.wrong(n, "%s is not in the folder%s", name, near)
	case err != nil:
		r.wrong(n, "%s: %s", name, err.Error())
	case info.IsDir():
		r.wrong(n, "%s is a folder, and a file is wanted here", name)
	case !info.Mode().IsRegular():
		r.wrong(n, "%s is no regular file", name)
	}
}

// near names the file of the same folder that may have been meant.
func (f *files) near(name string) string {
	dir, base := path.Split(name)
	names, err := f.names(path.Clean("./" + dir))
	if err != nil {
		return ""
	}
	if near := Near(base, names); near != "" {
		return ": did you mean " + shown(dir+near) + "?"
	}
	return ""
}

// dataPath is the path of a source's file, or a pattern of several.
func dataPath() codec[string] {
	c := pathOf("a data file")
	c.read = func(r *reader, n *yaml.Node, v *string) {
		s, ok := r.scalar(n, "the path of a data file")
		if !ok || !r.inside(n, s) {
			return
		}
		*v = path.Clean(s)
		if !isPattern(*v) {
			r.exists(n, *v)
		}
	}
	return c
}

func isPattern(s string) bool { return strings.ContainsAny(s, "*?[") }

// matches reports whether a pattern fits a file. A file whose name holds the
// signs of a pattern is itself.
func (f *files) matches(pattern string) (bool, error) {
	if _, err := path.Match(pattern, ""); err != nil {
		return false, err
	}
	names, err := fs.Glob(f.fsys, pattern)
	return len(names) > 0, err
}
