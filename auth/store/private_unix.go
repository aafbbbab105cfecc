//go:build !windows

package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// openNoFollow opens a file for reading and refuses a link in its place.
// O_NONBLOCK keeps a named pipe from blocking before it is refused.
func openNoFollow(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	switch {
	case errors.Is(err, syscall.ELOOP):
		return nil, fail(Unsafe, path+" is a symbolic link; remove it", err)
	case errors.Is(err, syscall.ENOTDIR): // a file lies where a directory should
		return nil, fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	}
	return f, err
}

// mine refuses what another user owns or may read or write.
func mine(path string, info fs.FileInfo, fix string) error {
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != os.Geteuid() {
		return fail(Unsafe, path+" belongs to another user; remove it", nil)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return fail(Unsafe, fmt.Sprintf("%s is open to other users (mode %04o); run %s", path, mode, fix), nil)
	}
	return nil
}

// protect has nothing to add: the file was made with mode 0600.
func protect(string) error { return nil }

// syncDir puts a rename on the disk. Some file systems refuse to sync a
// directory; the content itself is safe by then.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}
