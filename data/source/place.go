package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/textfile"
)

// place is where the files of sources are: below a folder, in the program, or
// anywhere if the person named them.
type place struct {
	root  *os.Root
	any   bool
	built fs.FS // part of the program; nil = it is another place
	trust func(name string) error
}

var errNoFolder = errors.New("there is no folder that it could be in: run the folder that it lies in")

// open opens a regular file. What lies there is looked at first, since opening
// a pipe would wait for its other end, and again once it is open.
func (p place) open(name string) (*os.File, error) {
	info, err := p.stat(name)
	if err == nil {
		err = textfile.Regular(name, info)
	}
	if err == nil && p.trust != nil && p.root != nil {
		err = p.trust(name)
	}
	var f *os.File
	if err == nil {
		f, err = p.openAny(name)
	}
	if err != nil {
		return nil, fileError(name, err)
	}
	if info, err = f.Stat(); err == nil {
		err = textfile.Regular(name, info)
	}
	if err != nil {
		return nil, errors.Join(fileError(name, err), f.Close())
	}
	return f, nil
}

func (p place) stat(name string) (fs.FileInfo, error) {
	switch {
	case p.built != nil:
		return fs.Stat(p.built, path.Clean(name))
	case p.any:
		return os.Stat(name)
	case p.root == nil:
		return nil, errNoFolder
	}
	return p.root.Stat(filepath.FromSlash(name))
}

func (p place) openAny(name string) (*os.File, error) {
	const flags = os.O_RDONLY | nonblock
	if p.built != nil {
		return nil, errors.New("it is a part of the program, which is no file")
	}
	if p.any {
		return os.OpenFile(name, flags, 0)
	}
	return p.root.OpenFile(filepath.FromSlash(name), flags, 0)
}

// glob lists the files of a pattern, in the order of their names. Hidden ones
// are left out, as a shell does.
func (p place) glob(pattern string) (names []string, err error) {
	switch {
	case p.built != nil:
		names, err = fs.Glob(p.built, path.Clean(pattern))
	case p.any:
		names, err = filepath.Glob(pattern)
	case p.root != nil:
		names, err = fs.Glob(p.root.FS(), path.Clean(pattern))
	}
	hidden := func(name string) bool { return strings.HasPrefix(filepath.Base(name), ".") }
	if !hidden(pattern) {
		names = slices.DeleteFunc(names, hidden)
	}
	slices.Sort(names)
	return names, err
}

// path is where a file lies in the file system.
func (p place) path(name string) string {
	if p.any || p.root == nil {
		return filepath.Clean(name)
	}
	return filepath.Join(p.root.Name(), filepath.FromSlash(name))
}

// fileError says in one line what is wrong with a file and what to do.
func fileError(name string, err error) error {
	var own *textfile.Error
	var p *fs.PathError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return err
	case errors.Is(err, fs.ErrNotExist):
		err = errors.New("there is no such file: look at its name and where it lies")
	case errors.Is(err, fs.ErrPermission):
		err = errors.New("you may not read it: change its mode, or copy it as who may")
	case strings.Contains(err.Error(), "escapes from parent"): // os.Root has no error value for it
		err = errors.New("it leads out of the folder: copy it into the folder and name it there")
	case errors.As(err, &p):
		err = p.Err
	}
	return &textfile.Error{Path: name, Err: err}
}
