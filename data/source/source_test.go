package source_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"

	"go.uber.org/goleak"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// folder makes a folder with files, and opens it.
func folder(t testing.TB, files map[string]string) *os.Root {
	t.Helper()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	for name, text := range files {
		write(t, root, name, text)
	}
	return root
}

func write(t testing.TB, root *os.Root, name, text string) {
	t.Helper()
	if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := root.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func store(t testing.TB, o source.Options) *source.Store {
	t.Helper()
	s := source.NewStore(t.Context(), o)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// complete waits for all rows, or for what is wrong.
func complete(t testing.TB, f *source.Feed, after int) source.Snapshot {
	t.Helper()
	for {
		s, err := f.Next(t.Context(), after)
		if err != nil {
			t.Fatal(err)
		}
		if s.Complete || s.Err != nil || s.Waiting != "" {
			return s
		}
		after = s.Seq
	}
}

// text is a frame as lines, the heading first.
func text(t testing.TB, f frame.Frame) string {
	t.Helper()
	var b strings.Builder
	for i, c := range f.Columns() {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(c.Name)
	}
	err := f.Scan(t.Context(), frame.All(f), 0, f.Len(), func(batch *frame.Batch) error {
		for i := range batch.Len {
			b.WriteByte('\n')
			for c := range batch.Columns {
				if c > 0 {
					b.WriteByte(' ')
				}
				if v := &batch.Columns[c]; v.IsNull(i) {
					b.WriteByte('-')
				} else {
					b.WriteString(v.String(i))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func equal[T comparable](t testing.TB, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// rows are lines of a csv.
func rows(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "%d,%d.5,name %d\n", i, i, i%7)
	}
	return b.String()
}

func TestStoreReadsAFile(t *testing.T) {
	root := folder(t, map[string]string{"data/big.csv": "id,amount,name\n" + rows(0, 50_000)})
	s := store(t, source.Options{Root: root})
	f := s.Open(dashboard.Source{Path: "data/big.csv"}, nil)
	t.Run("its head comes first", func(t *testing.T) {
		head, err := f.Next(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		if !head.Complete {
			equal(t, head.Frame.Len(), 1000)
		}
	})
	t.Run("then all of its rows", func(t *testing.T) {
		all := complete(t, f, 0)
		equal(t, all.Err, nil)
		equal(t, all.Frame.Len(), 50_000)
		equal(t, all.Report.Format, "csv")
		equal(t, all.Frame.Columns()[1].Type, frame.Number)
		equal(t, all.Frame.Origin().URL, "data/big.csv")
		hits, err := frame.Search(t.Context(), all.Frame, "49999.5", nil)
		equal(t, err, nil)
		equal(t, hits.Count, 1)
	})
	t.Run("and it is read once for all who ask", func(t *testing.T) {
		again := complete(t, s.Open(dashboard.Source{Path: "data/big.csv"}, nil), 0)
		equal(t, again.Frame, complete(t, f, 0).Frame)
	})
}

func TestStoreReadsAFolderOfTheProgram(t *testing.T) { synctest.Test(t, aFolderOfTheProgram) }

func aFolderOfTheProgram(t *testing.T) {
	s := store(t, source.Options{FS: fstest.MapFS{"data/x1.csv": {Data: []byte("a\n1\n")}, "data/x2.csv": {Data: []byte("a\n2\n")}}})
	for want, src := range map[string]dashboard.Source{
		"a\n1":                       {Path: "data/x1.csv"},
		"file a\nx1.csv 1\nx2.csv 2": {Path: "data/x*.csv", Stack: "file"},
	} {
		f := s.Open(src, nil)
		defer f.Close()
		first := complete(t, f, 0)
		equal(t, text(t, first.Frame), want)
		f.Refresh()
		equal(t, text(t, complete(t, f, first.Seq).Frame), want)
	}
	for name, want := range map[string]string{
		"gone.csv": `"gone.csv" cannot be read: there is no such file: look at its name and where it lies`,
		"../x.csv": `"../x.csv" cannot be read: there is no such file: look at its name and where it lies`,
	} {
		f := s.Open(dashboard.Source{Path: name}, nil)
		defer f.Close()
		equal(t, complete(t, f, 0).Err.Error(), want)
	}
}

func TestStoreReadsInlineRecords(t *testing.T) {
	s := store(t, source.Options{})
	src := dashboard.Source{Name: "targets", Values: []byte(`[{"a": 1, "b": "x"}, {"a": 2}]`)}
	got := complete(t, s.Open(src, nil), 0)
	equal(t, got.Err, nil)
	equal(t, text(t, got.Frame), "a b\n1 x\n2 -")
	equal(t, got.Frame.Origin().Kind, "values")
}

func TestStoreRefusesByName(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(outside, []byte("a\n1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	root := folder(t, map[string]string{"empty.csv": "", "data/x.csv": "a\n1\n"})
	if err := root.Symlink(outside, "link.csv"); err != nil {
		t.Skipf("no symlinks here: %v", err)
	}
	if pipe(filepath.Join(root.Name(), "pipe")) != nil {
		t.Skip("no pipes here")
	}
	write(t, root, "sparse.csv", "a,b\n1,2\n")
	equal(t, os.Truncate(filepath.Join(root.Name(), "sparse.csv"), 10<<30), nil)
	s := store(t, source.Options{Root: root})
	for name, c := range map[string]struct{ path, want string }{
		"ten gigabytes of nothing":             {"sparse.csv", `"sparse.csv" cannot be read: it is no text and no format that is known here: export it as CSV, JSON or Parquet`},
		"a file that is gone":                  {"gone.csv", `"gone.csv" cannot be read: there is no such file: look at its name and where it lies`},
		"a directory":                          {"data", `"data" cannot be read: it is a directory: name a file in it`},
		"a pipe":                               {"pipe", `"pipe" cannot be read: it is no regular file: save what it gives in one first`},
		"an empty file":                        {"empty.csv", `"empty.csv" cannot be read: it is empty: a table has a heading or a row`},
		"a symlink out of the folder":          {"link.csv", `"link.csv" cannot be read: it leads out of the folder: copy it into the folder and name it there`},
		"a path out of the folder":             {"../x.csv", `"../x.csv" cannot be read: it leads out of the folder: copy it into the folder and name it there`},
		"an absolute path":                     {outside, fmt.Sprintf("%q cannot be read: it leads out of the folder: copy it into the folder and name it there", outside)},
		"a file with a path through a file":    {"empty.csv/x", `"empty.csv/x" cannot be read: not a directory`},
		"a table of a file that has no tables": {"data/x.csv", `"data/x.csv" cannot be read: it is text, which the format sqlite does not suit`},
	} {
		t.Run(name, func(t *testing.T) {
			src := dashboard.Source{Path: c.path}
			if strings.Contains(name, "table") {
				src.Table = "x"
			}
			got := complete(t, s.Open(src, nil), 0)
			if got.Err == nil || got.Frame != nil {
				t.Fatalf("got %v", got)
			}
			equal(t, got.Err.Error(), c.want)
		})
	}
}

func TestNextEnds(t *testing.T) {
	root := folder(t, map[string]string{"x.csv": "a\n1\n"})
	s := store(t, source.Options{Root: root})
	f := s.Open(dashboard.Source{Path: "x.csv"}, nil)
	last := complete(t, f, 0)
	t.Run("with its context", func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		stop()
		_, err := f.Next(ctx, last.Seq)
		equal(t, err, context.Canceled)
	})
	t.Run("with its feed", func(t *testing.T) {
		other := s.Open(dashboard.Source{Path: "x.csv", Name: "other"}, nil)
		last := complete(t, other, 0)
		other.Close()
		_, err := other.Next(t.Context(), last.Seq)
		equal(t, err, source.ErrClosed)
	})
	t.Run("with the store", func(t *testing.T) {
		equal(t, s.Close(), nil)
		_, err := f.Next(t.Context(), last.Seq)
		equal(t, err, source.ErrClosed)
	})
	t.Run("and a store that is closed opens nothing", func(t *testing.T) {
		_, err := s.Open(dashboard.Source{Path: "x.csv"}, nil).Next(t.Context(), 0)
		equal(t, err, source.ErrClosed)
	})
}

func TestFrames(t *testing.T) {
	root := folder(t, map[string]string{"x.csv": "a,b\n1,2\n"})
	s := store(t, source.Options{Root: root})
	f := s.Open(dashboard.Source{Path: "x.csv"}, nil)
	first := complete(t, f, 0)
	write(t, root, "y.csv", "a,b\n3,4\n")
	if err := root.Rename("y.csv", "x.csv"); err != nil {
		t.Fatal(err)
	}
	f.Refresh()
	second := complete(t, f, first.Seq)
	t.Run("stay valid while somebody holds them", func(t *testing.T) {
		equal(t, text(t, first.Frame), "a b\n1 2")
		equal(t, text(t, second.Frame), "a b\n3 4")
	})
	t.Run("and their files are closed when nobody does", func(t *testing.T) {
		before := s.OpenFiles()
		first = source.Snapshot{}
		for s.OpenFiles() == before {
			runtime.GC()
		}
		equal(t, s.OpenFiles(), before-1)
		equal(t, text(t, second.Frame), "a b\n3 4")
	})
	t.Run("and cannot be read when the store is closed", func(t *testing.T) {
		equal(t, s.Close(), nil)
		err := second.Frame.Scan(t.Context(), []int{0}, 0, 1, func(*frame.Batch) error { return nil })
		if !errors.Is(err, os.ErrClosed) {
			t.Errorf("got %v", err)
		}
	})
}
