// Package trusted reads files, and checks directories, that nobody but this
// user (or root) can have put there or can change. It knows nothing of what is
// in them.
package trusted

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Rule says what a file or a directory must satisfy. The zero Rule is the
// usual one: it belongs to this user or to root, and nobody else may write it.
// The user's private group (his primary group, with his name) counts as the
// user, because many systems create files for it.
//
// Windows has neither owners nor mode bits in this sense: there the access
// list of the profile folder protects what is in it, and only kind and size
// are checked.
type Rule struct {
	// Folder asks the same of the folder that the file is in, and of the
	// folder of each symbolic link on the way: whoever may write there can put
	// another file in its place. A folder with the sticky bit, as /tmp is, may
	// be writable for everybody, since only the owner can replace a file in it.
	Folder bool
	// Private asks more, for files with secrets that this program writes
	// itself: this user, not root, is the owner, nobody else may even read,
	// and no symbolic link stands in the way.
	Private bool
	// User is whose files these are; the zero User is who runs the process.
	User User
}

// User is whose files are trusted. The zero value is the user who runs the
// process.
type User struct {
	other bool
	id    int
}

// As gives the user with the id uid, for tests that cannot change the owner of
// a file.
func As(uid int) User { return User{true, uid} }

// ReadFile reads the file at path by the zero Rule. See [Rule.ReadFile].
func ReadFile(path string, limit int64) ([]byte, error) { return Rule{}.ReadFile(path, limit) }

// CheckDir checks the directory at path by the zero Rule. See [Rule.CheckDir].
func CheckDir(path string) error { return Rule{}.CheckDir(path) }

// ReadFile reads a regular file of at most limit bytes. What is no regular
// file is never waited for: a named pipe, a device or a directory gives an
// error at once. The checks are made on the opened file, so that nothing else
// can be put in its place in between. A file that is not there gives an error
// that is fs.ErrNotExist; one that is not trusted an *Error.
func (r Rule) ReadFile(path string, limit int64) ([]byte, error) {
	if r.Folder {
		if err := r.folders(path); err != nil {
			return nil, err
		}
	}
	f, err := open(path, r.Private)
	if err != nil {
		return nil, r.unopened(path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, irregular(path, info.Mode())
	}
	if err := r.check(path, info, f); err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(content)) > limit {
		err = &Error{TooLarge, path, "is larger than " + size(limit), "remove it or make it smaller"}
	}
	if err != nil {
		return nil, err
	}
	return content, nil
}

// CheckFile checks the regular file at path without reading it: for files that
// are read in another way. One that is not there gives an error that is
// fs.ErrNotExist; one that is not trusted an *Error.
func (r Rule) CheckFile(path string) error {
	_, err := r.ReadFile(path, 0)
	if bad := (*Error)(nil); errors.As(err, &bad) && bad.Kind == TooLarge {
		return nil
	}
	return err
}

// CheckDir checks a directory that this program keeps files in. The sticky bit
// excuses nothing here: nobody else may add files to it. A directory that is
// not there gives an error that is fs.ErrNotExist; one that is not trusted an
// *Error.
func (r Rule) CheckDir(path string) error {
	if r.Folder {
		if err := r.folders(path); err != nil {
			return err
		}
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		if err := r.link(path, info); err != nil {
			return err
		}
		if info, err = os.Stat(path); err != nil {
			return err
		}
	}
	if !info.IsDir() {
		return &Error{Irregular, path, "is not a directory", "remove it or move it away"}
	}
	return r.check(path, info, nil)
}

// maxLinks is how many symbolic links are followed to a file.
const maxLinks = 16

// folders checks the folder of path and, where a link stands there, the link
// and the folders it leads through. Where there is no file, its folder does not
// matter.
func (r Rule) folders(path string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for range maxLinks {
		dir := filepath.Dir(path)
		info, err := os.Stat(dir)
		if err != nil {
			return err
		}
		if err := r.folder(dir, info); err != nil {
			return err
		}
		at, err := os.Lstat(path)
		if err != nil || at.Mode()&fs.ModeSymlink == 0 {
			return nil //nolint:nilerr // Opening the file gives the same error.
		}
		if err := r.link(path, at); err != nil {
			return err
		}
		target, err := os.Readlink(path)
		if err != nil {
			return err
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(dir, target)
		}
		path = target
	}
	return &Error{Link, path, "is behind too many symbolic links", "replace them with the file itself"}
}

// folder is check for a folder that a file is in.
func (r Rule) folder(dir string, info fs.FileInfo) error {
	err := r.check(dir, info, nil)
	if bad := (*Error)(nil); errors.As(err, &bad) {
		if bad.Kind == Writable && info.Mode()&fs.ModeSticky != 0 {
			return nil
		}
		return &Error{bad.Kind, dir, "is a folder that " + bad.Problem, bad.Fix}
	}
	return err
}

// unopened gives the reason why a file could not be opened, where that is what
// stands in its place.
func (r Rule) unopened(path string, err error) error {
	var known *Error
	if errors.As(err, &known) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if info, statErr := os.Stat(path); statErr == nil && !info.Mode().IsRegular() {
		return irregular(path, info.Mode())
	}
	return err
}

// size is a number of bytes in the unit that it is a multiple of.
func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
