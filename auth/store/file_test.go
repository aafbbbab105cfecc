package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func fileIn(t *testing.T) (Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tokens")
	s, err := File(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func TestK6TheFileIsForItsOwnerAloneAndReplacedInOneStep(t *testing.T) {
	s, dir := fileIn(t)
	if err := s.Probe(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, mark := range []string{"old", "new"} {
		want := big(mark, 1290, 6000, 1852)
		if err := s.Save(t.Context(), ana, want); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Load(t.Context(), ana); err != nil || !same(got, want) {
			t.Errorf("got %v, the same: %v", err, same(got, want))
		}
	}
	all, err := os.ReadDir(dir)
	if err != nil || len(all) != 1 {
		t.Fatalf("the directory holds %v, %v", all, err)
	}
	if runtime.GOOS != "windows" {
		if mode := stat(t, dir).Mode().Perm(); mode != 0o700 {
			t.Errorf("directory mode %04o", mode)
		}
		if mode := stat(t, filepath.Join(dir, all[0].Name())).Mode().Perm(); mode != 0o600 {
			t.Errorf("file mode %04o", mode)
		}
	}
	if err := s.Delete(t.Context(), ana); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(t.Context(), ana); !errors.Is(err, ErrNotFound) {
		t.Errorf("after delete: %v", err)
	}
	if err := s.Delete(t.Context(), ana); err != nil {
		t.Errorf("a second delete: %v", err)
	}
}

func stat(t *testing.T, path string) os.FileInfo {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestK6AFileThatSomebodyElseCouldTouchIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("mode bits and links as other systems have them")
	}
	tests := map[string]func(t *testing.T, dir, path string){
		"the file is a link": func(t *testing.T, dir, path string) {
			must(t, os.Rename(path, dir+"-elsewhere"))
			must(t, os.Symlink(dir+"-elsewhere", path))
		},
		"the directory is a link": func(t *testing.T, dir, _ string) {
			must(t, os.Rename(dir, dir+"-elsewhere"))
			must(t, os.Symlink(dir+"-elsewhere", dir))
		},
		"others may read the file":       func(t *testing.T, _, path string) { must(t, os.Chmod(path, 0o604)) },
		"the group may write the file":   func(t *testing.T, _, path string) { must(t, os.Chmod(path, 0o620)) },
		"others may enter the directory": func(t *testing.T, dir, _ string) { must(t, os.Chmod(dir, 0o711)) },
		"a directory lies in its place": func(t *testing.T, _, path string) {
			must(t, os.Remove(path))
			must(t, os.Mkdir(path, 0o700))
		},
		"another user owns the file": func(t *testing.T, _, path string) {
			if os.Geteuid() != 0 {
				t.Skip("only root can give a file away")
			}
			must(t, os.Chown(path, 65534, 65534))
		},
		"another user owns the directory": func(t *testing.T, dir, _ string) {
			if os.Geteuid() != 0 {
				t.Skip("only root can give a directory away")
			}
			must(t, os.Chown(dir, 65534, 65534))
		},
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			s, dir := fileIn(t)
			must(t, s.Save(t.Context(), ana, big("x", 100, 100, 100)))
			spoil(t, dir, filepath.Join(dir, ana.Key()+".session"))
			got, err := s.Load(t.Context(), ana)
			var e *Error
			if !errors.As(err, &e) || e.Reason != Unsafe || !same(got, Saved{}) {
				t.Fatalf("got %v", err)
			}
			if errors.Is(err, ErrNotFound) {
				t.Error("an unsafe file must not pass for nobody's")
			}
		})
	}
}

func TestK6WritingNeverFollowsALink(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making a link needs a right that users do not have")
	}
	s, dir := fileIn(t)
	victim := filepath.Join(t.TempDir(), "victim")
	must(t, os.WriteFile(victim, []byte("untouched"), 0o600))
	must(t, os.Symlink(victim, filepath.Join(dir, ana.Key()+".session")))
	var e *Error
	if err := s.Save(t.Context(), ana, big("x", 100, 100, 100)); !errors.As(err, &e) || e.Reason != Unsafe {
		t.Errorf("got %v", err)
	}
	if data, _ := os.ReadFile(victim); string(data) != "untouched" {
		t.Errorf("the link's target now holds %q", data)
	}
}

func TestK4AFileWithOtherContentIsRefused(t *testing.T) {
	other := ana
	other.Profile = "home"
	tests := map[string]string{
		"cut short":         `{"version":1,"acc`,
		"empty":             "",
		"another version":   `{"version":2,"account":"` + ana.Key() + `"}`,
		"beyond counting":   `{"version":1,"account":"` + ana.Key() + `","generation":18446744073709551615,"id_token":"x"}`,
		"another account's": `{"version":1,"account":"` + other.Key() + `","id_token":"x"}`,
		"garbage":           "\x00\xff",
		"an array":          `[]`,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			s, dir := fileIn(t)
			must(t, os.WriteFile(filepath.Join(dir, ana.Key()+".session"), []byte(text), 0o600))
			_, err := s.Load(t.Context(), ana)
			var e *Error
			if !errors.As(err, &e) || e.Reason != Damaged || !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestK6AFileOfAnySizeIsNotReadWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "big")
	must(t, os.WriteFile(path, []byte(strings.Repeat("x", 100)), 0o600))
	if _, err := ReadPrivate(path, 99); err == nil {
		t.Error("a file over its limit was read")
	}
	if data, err := ReadPrivate(path, 100); err != nil || len(data) != 100 {
		t.Errorf("a file at its limit: %d bytes, %v", len(data), err)
	}
}

func TestK6WhatAKilledWriterLeftIsRemoved(t *testing.T) {
	s, dir := fileIn(t)
	left := filepath.Join(dir, ana.Key()+".session.new-123")
	for name, do := range map[string]func() error{
		"by the next save": func() error { return s.Save(t.Context(), ana, big("x", 10, 10, 10)) },
		"by a sign-out":    func() error { return s.Delete(t.Context(), ana) },
	} {
		must(t, os.WriteFile(left, []byte("half a token"), 0o600))
		must(t, do())
		if _, err := os.Lstat(left); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMemoryKeepsAccountsApart(t *testing.T) {
	s, other := Memory(), Account{ClientID: "2"}
	must(t, s.Probe(t.Context()))
	must(t, s.Save(context.Background(), ana, big("x", 10, 10, 10)))
	if _, err := s.Load(t.Context(), other); !errors.Is(err, ErrNotFound) {
		t.Errorf("another account: %v", err)
	}
	if got, err := s.Load(t.Context(), ana); err != nil || !same(got, big("x", 10, 10, 10)) {
		t.Errorf("got %v", err)
	}
	must(t, s.Delete(t.Context(), ana))
	if _, err := s.Load(t.Context(), ana); !errors.Is(err, ErrNotFound) {
		t.Errorf("after delete: %v", err)
	}
}
