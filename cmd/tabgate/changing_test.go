package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/textfile"
)

// once is an output that does something before its first bytes are written.
type once struct {
	strings.Builder
	do func()
}

func (o *once) Write(p []byte) (int, error) {
	if o.do != nil {
		o.do()
		o.do = nil
	}
	return o.Builder.Write(p)
}

// A file may change between the moment it is read and the moment it is printed.
// What is printed is all of the file that was read, or an error is.
func TestFilesThatChangeWhileTheyArePrinted(t *testing.T) {
	openFilesStay(t)
	rows := func(of string) string { return "n,text\n" + strings.Repeat("1,"+strings.Repeat(of, 4000)+"\n", 3000) }
	changes := map[string]struct {
		do    func(path string) error
		whole bool
	}{
		"gone":     {os.Remove, true},
		"cut":      {func(path string) error { return os.Truncate(path, 5000) }, false},
		"emptied":  {func(path string) error { return os.Truncate(path, 0) }, false},
		"replaced": {func(path string) error { return replaced(path, rows("b")) }, true},
		"grown":    {func(path string) error { return grown(path, "2,more\n") }, true},
	}
	for name, tt := range changes {
		for _, args := range [][]string{{"show", "dataframe", "--format", "csv", "--data"}, {"show", "dataframe", "--format", "json", "--data"}, {"inspect", "--json"}} {
			t.Run(fmt.Sprint(args[:len(args)-1], " of a file that is ", name), func(t *testing.T) {
				p := newPlace(t)
				path := p.write("own.csv", rows("a"))
				want := p.run(append(args, path)...)
				out := &once{do: func() {
					if err := tt.do(path); err != nil {
						t.Error(err)
					}
				}}
				var errs strings.Builder
				w := world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, in: strings.NewReader(""), out: out, err: &errs, now: time.Now}
				code := run(w, append(args, path))
				if all := code == exitDone && out.String() == want.out; all || tt.whole {
					if !all {
						t.Errorf("exit %d, %d bytes of %d: %s", code, out.Len(), len(want.out), errs.String())
					}
				} else if code != exitFailed || strings.Count(errs.String(), "\n") != 1 || !strings.Contains(errs.String(), "own.csv") || !strings.Contains(errs.String(), "it changed while it was open") {
					t.Errorf("exit %d, %d bytes: %q", code, out.Len(), errs.String())
				}
			})
		}
	}
}

// openFilesStay leaves out a test that removes files which are open.
func openFilesStay(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be removed or replaced here")
	}
}

func replaced(path, text string) error {
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func grown(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, text)
	if again := f.Close(); err == nil {
		err = again
	}
	return err
}

// Between opening a file and reading it through it may change as well.
func TestFilesThatChangeWhileTheyAreRead(t *testing.T) {
	openFilesStay(t)
	for name, tt := range map[string]struct {
		do   func(path string) error
		rows int
	}{
		"gone": {os.Remove, 20_000}, "replaced": {func(path string) error { return replaced(path, "a\n1\n") }, 20_000},
		"cut": {func(path string) error { return os.Truncate(path, 5000) }, -1},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "own.csv")
			if err := os.WriteFile(path, []byte("a,b\n"+strings.Repeat("1,some words\n", 20_000)), 0o600); err != nil {
				t.Fatal(err)
			}
			f, err := textfile.Open(t.Context(), path, textfile.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if err := tt.do(path); err != nil {
				t.Fatal(err)
			}
			r, err := f.Finish(t.Context(), func(textfile.Progress) {})
			switch {
			case tt.rows < 0 && err == nil:
				t.Errorf("%d rows were read of a file that was cut", r.Len())
			case tt.rows >= 0 && (err != nil || r.Len() != tt.rows):
				t.Errorf("%v", err)
			}
		})
	}
}
