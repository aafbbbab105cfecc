//go:build !windows

package trusted

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// open opens a file for reading. O_NONBLOCK keeps a named pipe from blocking
// before it is refused, O_NOCTTY a terminal from becoming the process's own.
func open(path string, private bool) (*os.File, error) {
	flags := os.O_RDONLY | unix.O_NONBLOCK | unix.O_NOCTTY
	if private {
		flags |= unix.O_NOFOLLOW
	}
	f, err := os.OpenFile(path, flags, 0)
	switch {
	case private && errors.Is(err, unix.ELOOP):
		return nil, &Error{Link, path, "is a symbolic link", "remove it"}
	case errors.Is(err, unix.ENOTDIR): // a file lies where a directory should
		return nil, fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	}
	return f, err
}

func (u User) uid() int {
	if u.other {
		return u.id
	}
	return os.Geteuid()
}

// check refuses what somebody else owns or may write; where it must be
// private, what somebody else may read as well. Opened is the file, where it
// is open.
//
//	owner              | Private | otherwise
//	-------------------|---------|----------
//	the user           | yes     | yes
//	root               | no      | yes
//	anybody else       | no      | no
//
//	who else may       | Private | otherwise
//	-------------------|---------|----------
//	read               | no      | yes
//	write: everybody   | no      | no
//	write: a group     | no      | the user's private one
func (r Rule) check(path string, info fs.FileInfo, opened *os.File) error {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fmt.Errorf("%s: the system does not say who owns it", path)
	}
	me, owner := r.User.uid(), int(st.Uid)
	if owner != me && (owner != 0 || r.Private) {
		return &Error{Foreign, path, fmt.Sprintf("belongs to another user (uid %d)", owner), r.own(path, info)}
	}
	mode := info.Mode().Perm()
	if r.Private {
		if mode&0o077 != 0 {
			return &Error{Readable, path, fmt.Sprintf("is open to other users (mode %04o)", mode), "run chmod go-rwx " + quoted(path)}
		}
		return nil
	}
	if mode&0o002 != 0 || mode&0o020 != 0 && !r.User.alone(st.Gid, path, opened) {
		return &Error{Writable, path, fmt.Sprintf("may be written by other users (mode %04o)", mode), "run chmod go-w " + quoted(path)}
	}
	return nil
}

// link refuses a symbolic link that somebody else made.
func (r Rule) link(path string, info fs.FileInfo) error {
	if r.Private {
		return &Error{Link, path, "is a symbolic link", "replace it with a directory"}
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != r.User.uid() && st.Uid != 0 {
		return &Error{Foreign, path, fmt.Sprintf("is a symbolic link that belongs to another user (uid %d)", st.Uid), "remove it"}
	}
	return nil
}

// alone reports whether nobody but the user is in the group gid: it is the
// primary group of the user and has the user's name. An access list may let
// others in besides: then the group's bits are those of all its entries.
func (u User) alone(gid uint32, path string, opened *os.File) bool {
	if hasAccessList(path, opened) {
		return false
	}
	me, err := user.LookupId(strconv.Itoa(u.uid()))
	if err != nil || me.Gid != strconv.FormatUint(uint64(gid), 10) {
		return false
	}
	group, err := user.LookupGroupId(me.Gid)
	return err == nil && group.Name == me.Username
}

// own says what to do about what belongs to somebody else.
func (r Rule) own(path string, info fs.FileInfo) string {
	who := strconv.Itoa(r.User.uid())
	if me, err := user.LookupId(who); err == nil {
		who = me.Username
	}
	chown := ", or run sudo chown " + quoted(who) + " " + quoted(path)
	switch {
	case r.Private:
		return "remove it"
	case info.IsDir():
		return "use a folder of your own" + chown
	}
	return "make a copy of your own" + chown
}
