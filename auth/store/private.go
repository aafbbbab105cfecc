package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/authtabs/tabgate/auth/trusted"
)

// private is the rule for everything that sessions are stored in.
var private = trusted.Rule{Private: true}

// PrivateDir makes dir, and what is missing above it, for this user alone, and
// refuses one that is a link, somebody else's or open to others.
func PrivateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the directory %s cannot be made: %w", dir, bare(err))
	}
	if err := private.CheckDir(dir); err != nil {
		return unsafe("the directory "+dir+" cannot be looked at", err)
	}
	return mine(dir)
}

// ReadPrivate reads a file of at most limit bytes that only this user can
// read. A missing file gives an error that is fs.ErrNotExist.
func ReadPrivate(path string, limit int64) ([]byte, error) {
	data, err := private.ReadFile(path, limit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, unsafe(path+" cannot be read", err)
	}
	if err := mine(path); err != nil {
		return nil, err
	}
	return data, nil
}

// unsafe gives what is not trusted its reason, and any other error the words
// of what could not be done.
func unsafe(what string, err error) error {
	if bad := (*trusted.Error)(nil); errors.As(err, &bad) {
		return fail(Unsafe, bad.Path+" "+bad.Problem+"; "+bad.Fix, err)
	}
	return fmt.Errorf("%s: %w", what, bare(err))
}

// bare is what the system said, without the file that is named already.
func bare(err error) error {
	if named := (*fs.PathError)(nil); errors.As(err, &named) {
		return named.Err
	}
	return err
}

// WritePrivate replaces path in one step with a file that only this user can
// read, and returns once it is on the disk. Whoever reads meanwhile gets the
// old or the new content, and so does the next start after a power cut. Links
// in the place of path are refused rather than replaced. A kill in between can
// leave a file behind, which sweep removes.
func WritePrivate(path string, data []byte) error { return replace(path, data, true) }

// replace does not wait for the disk unless durable: after a power cut the
// file may then be old or empty.
func replace(path string, data []byte, durable bool) (err error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return fail(Unsafe, path+" is not a regular file; remove it", nil)
	}
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".new-*") // O_EXCL, mode 0600
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, bare(err))
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("%s cannot be written: %w", path, bare(err))
		}
	}()
	if err := protect(f.Name()); err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	if durable {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil || !durable {
		return err
	}
	return syncDir(dir)
}

// TryDir makes dir as PrivateDir does and writes to it, so that a disk that is
// full or read-only is known before it matters.
func TryDir(dir string) error {
	if err := PrivateDir(dir); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "try-*")
	if err != nil {
		return fmt.Errorf("the directory %s cannot be written to: %w", dir, bare(err))
	}
	_, err = f.WriteString("canary")
	if err := errors.Join(err, f.Close(), os.Remove(f.Name())); err != nil {
		return fmt.Errorf("the directory %s cannot be written to: %w", dir, bare(err))
	}
	return nil
}

// sweep removes what writers of path that were killed left behind. Nobody else
// may be writing path just then.
func sweep(path string) error {
	all, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("the directory of %s cannot be read: %w", path, bare(err))
	}
	var errs []error
	for _, entry := range all {
		if !strings.HasPrefix(entry.Name(), filepath.Base(path)+".new-") {
			continue
		}
		err := os.Remove(filepath.Join(filepath.Dir(path), entry.Name()))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
