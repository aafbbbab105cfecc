//go:build unix

package dashboard_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/authtabs/tabgate/data/dashboard"
)

// Opening a pipe would wait for a writer, for ever.
func TestRead_pipes(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "pages"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tabgate.yaml", "home.md", "pages/a.yaml", "x.csv"} {
		if err := unix.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "pages/b.yaml"), []byte("groups: []\nsources: {s: {path: x.csv}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, problems := dashboard.Read(opened(t, dir))
	want := "tabgate.yaml it is no regular file\npages/a.yaml it is no regular file\npages/b.yaml:2:21 x.csv is no regular file\n"
	if got := lines(problems); got != want {
		t.Errorf("it says\n%s", got)
	}
}
