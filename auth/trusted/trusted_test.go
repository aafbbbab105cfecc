//go:build !windows

package trusted

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fixture is a folder with a trusted file in it.
func fixture(t *testing.T) (dir, path string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "folder")
	must(t, os.Mkdir(dir, 0o755))
	path = filepath.Join(dir, "file")
	must(t, os.WriteFile(path, []byte("content"), 0o644))
	return dir, path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// give makes what is at path another user's, where the process may.
func give(t *testing.T, path string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	must(t, os.Lchown(path, 65534, 65534))
}

func TestW3OnlyWhatTheUserAloneMayWriteIsRead(t *testing.T) {
	folder := Rule{Folder: true}
	tests := map[string]struct {
		rule  Rule
		spoil func(t *testing.T, dir, path string)
		kind  Kind   // "" is trusted
		fix   string // part of what to do; DIR and PATH stand for the two
	}{
		"as it is":                     {folder, func(*testing.T, string, string) {}, "", ""},
		"everybody may read it":        {folder, func(t *testing.T, _, path string) { must(t, os.Chmod(path, 0o444)) }, "", ""},
		"everybody may write it":       {Rule{}, func(t *testing.T, _, path string) { must(t, os.Chmod(path, 0o646)) }, Writable, "chmod go-w PATH"},
		"everybody may write its name": {folder, func(t *testing.T, dir, _ string) { must(t, os.Chmod(dir, 0o777)) }, Writable, "chmod go-w DIR"},
		"the folder is not asked":      {Rule{}, func(t *testing.T, dir, _ string) { must(t, os.Chmod(dir, 0o777)) }, "", ""},
		"a sticky folder":              {folder, func(t *testing.T, dir, _ string) { must(t, os.Chmod(dir, 0o777|os.ModeSticky)) }, "", ""},
		"a link to a trusted file": {folder, func(t *testing.T, dir, path string) {
			must(t, os.Mkdir(dir+"2", 0o755))
			must(t, os.Rename(path, dir+"2/it"))
			must(t, os.Symlink("../folder2/it", path))
		}, "", ""},
		"a link into a folder of everybody": {folder, func(t *testing.T, dir, path string) {
			must(t, os.Mkdir(dir+"2", 0o755))
			must(t, os.Chmod(dir+"2", 0o777))
			must(t, os.Rename(path, dir+"2/it"))
			must(t, os.Symlink(dir+"2/it", path))
		}, Writable, "chmod go-w DIR2"},
		"a link to itself":             {folder, func(t *testing.T, _, path string) { must(t, os.Remove(path)); must(t, os.Symlink(path, path)) }, Link, ""},
		"another user owns it":         {Rule{}, func(t *testing.T, _, path string) { give(t, path) }, Foreign, "PATH"},
		"another user owns the folder": {folder, func(t *testing.T, dir, _ string) { give(t, dir) }, Foreign, "DIR"},
		"another user's sticky folder": {folder, func(t *testing.T, dir, _ string) { must(t, os.Chmod(dir, 0o777|os.ModeSticky)); give(t, dir) }, Foreign, "DIR"},
		"another user made the link": {folder, func(t *testing.T, dir, path string) {
			must(t, os.Symlink("file", path+"2"))
			must(t, os.Rename(path, dir+"/x"))
			must(t, os.Symlink("x", path))
			give(t, path)
		}, Foreign, "remove"},
		"private":                      {Rule{Private: true}, func(t *testing.T, _, path string) { must(t, os.Chmod(path, 0o600)) }, "", ""},
		"private, and others may read": {Rule{Private: true}, func(t *testing.T, _, path string) { must(t, os.Chmod(path, 0o640)) }, Readable, "chmod go-rwx PATH"},
		"private, and behind a link": {Rule{Private: true}, func(t *testing.T, dir, path string) {
			must(t, os.Rename(path, dir+"/x"))
			must(t, os.Symlink("x", path))
		}, Link, "remove it"},
		"private, and another user's":    {Rule{Private: true}, func(t *testing.T, _, path string) { must(t, os.Chmod(path, 0o600)); give(t, path) }, Foreign, "remove it"},
		"another user asks":              {Rule{User: As(os.Geteuid() + 1)}, func(*testing.T, string, string) {}, kindFor(Foreign), "chown"},
		"another user asks for a folder": {Rule{Folder: true, User: As(os.Geteuid() + 1)}, func(*testing.T, string, string) {}, kindFor(Foreign), "chown"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, path := fixture(t)
			test.spoil(t, dir, path)
			content, err := test.rule.ReadFile(path, 100)
			if test.kind == "" {
				if err != nil || string(content) != "content" {
					t.Errorf("%q, %v", content, err)
				}
				return
			}
			fix := strings.NewReplacer("DIR", dir, "PATH", path).Replace(test.fix)
			var bad *Error
			if !errors.As(err, &bad) || bad.Kind != test.kind || content != nil || !strings.Contains(bad.Fix, fix) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q, %v", content, err)
			}
		})
	}
}

// kindFor is k, unless root runs the tests: what root owns is trusted.
func kindFor(k Kind) Kind {
	if os.Geteuid() == 0 {
		return ""
	}
	return k
}

func TestW3ThePrivateGroupIsTheUser(t *testing.T) {
	me, err := user.LookupId(strconv.Itoa(os.Geteuid()))
	if err != nil {
		t.Skipf("this user has no name: %v", err)
	}
	gid, err := strconv.Atoi(me.Gid)
	must(t, err)
	group, err := user.LookupGroupId(me.Gid)
	must(t, err)
	dir, path := fixture(t)
	must(t, os.Chown(dir, -1, gid))
	must(t, os.Chown(path, -1, gid))
	must(t, os.Chmod(dir, 0o775))
	must(t, os.Chmod(path, 0o664))
	_, err = Rule{Folder: true}.ReadFile(path, 100)
	if private := group.Name == me.Username; private != (err == nil) {
		t.Errorf("the group is private: %v, but %v", private, err)
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file to a group that it is not in")
	}
	for _, at := range []string{path, dir} {
		must(t, os.Chown(at, -1, 65534))
		var bad *Error
		if _, err := (Rule{Folder: true}).ReadFile(path, 100); !errors.As(err, &bad) || bad.Kind != Writable {
			t.Errorf("the group of %s: %v", at, err)
		}
		must(t, os.Chown(at, -1, gid))
	}
}

// What is no file must be refused at once: a pipe blocks whoever opens it, and
// /dev/zero never ends.
func TestW6WhatIsNoFileIsRefusedAtOnce(t *testing.T) {
	dir, path := fixture(t)
	pipe, socket := filepath.Join(dir, "pipe"), filepath.Join(dir, "socket")
	must(t, syscall.Mkfifo(pipe, 0o600))
	if l, err := net.Listen("unix", socket); err == nil {
		defer l.Close()
	} else {
		t.Fatal(err)
	}
	must(t, os.Symlink("/dev/zero", filepath.Join(dir, "zero")))
	ended := time.AfterFunc(20*time.Second, func() { panic("something is waited for") })
	defer ended.Stop()
	for at, says := range map[string]string{
		pipe: "named pipe", socket: "socket", dir: "directory", "/dev/zero": "device", filepath.Join(dir, "zero"): "device",
	} {
		var bad *Error
		if _, err := ReadFile(at, 100); !errors.As(err, &bad) || bad.Kind != Irregular || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", at, err)
		}
	}
	if content, err := ReadFile(path, 7); err != nil || string(content) != "content" {
		t.Errorf("%q, %v", content, err)
	}
	var bad *Error
	if _, err := ReadFile(path, 6); !errors.As(err, &bad) || bad.Kind != TooLarge || !strings.Contains(err.Error(), "6 bytes") {
		t.Errorf("7 bytes of 6: %v", err)
	}
	must(t, os.Chmod(dir, 0o777)) // a folder without the file does not matter
	for _, gone := range []string{filepath.Join(dir, "none"), filepath.Join(dir, "no", "folder"), filepath.Join(path, "below-a-file")} {
		for _, r := range []Rule{{}, {Folder: true}, {Private: true}} {
			if _, err := r.ReadFile(gone, 100); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: %v", gone, err)
			}
		}
	}
}

func TestW3ADirectoryIsCheckedAsAFileIs(t *testing.T) {
	tests := map[string]struct {
		spoil func(t *testing.T, dir string)
		kind  Kind
	}{
		"as it is":               {func(*testing.T, string) {}, ""},
		"everybody may write it": {func(t *testing.T, dir string) { must(t, os.Chmod(dir, 0o777)) }, Writable},
		"sticky all the same":    {func(t *testing.T, dir string) { must(t, os.Chmod(dir, 0o777|os.ModeSticky)) }, Writable},
		"another user owns it":   {func(t *testing.T, dir string) { give(t, dir) }, Foreign},
		"a link to it": {func(t *testing.T, dir string) {
			must(t, os.Rename(dir, dir+"2"))
			must(t, os.Symlink(dir+"2", dir))
		}, ""},
		"another user's link to it": {func(t *testing.T, dir string) {
			must(t, os.Rename(dir, dir+"2"))
			must(t, os.Symlink(dir+"2", dir))
			give(t, dir)
		}, Foreign},
		"a file lies there": {func(t *testing.T, dir string) {
			must(t, os.RemoveAll(dir))
			must(t, os.WriteFile(dir, nil, 0o600))
		}, Irregular},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, _ := fixture(t)
			test.spoil(t, dir)
			err := CheckDir(dir)
			var bad *Error
			if errors.As(err, &bad); test.kind == "" && err != nil || test.kind != "" && (bad == nil || bad.Kind != test.kind) {
				t.Errorf("%v", err)
			}
		})
	}
	if err := CheckDir(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no directory: %v", err)
	}
}

func TestAPathIsQuotedForTheShell(t *testing.T) {
	for path, want := range map[string]string{
		"/home/ana/.env": "/home/ana/.env", "a b": "'a b'", "it's": `'it'\''s'`, "-rf": "'-rf'", "": "''", "$(x)": "'$(x)'", "é": "'é'",
	} {
		if got := quoted(path); got != want {
			t.Errorf("%q: %s", path, got)
		}
	}
}
