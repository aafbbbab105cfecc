package source_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
)

// watched is a source of a folder whose changes a test tells of.
type watched struct {
	t      *testing.T
	root   *os.Root
	system *source.System
	store  *source.Store
	feed   *source.Feed
	last   source.Snapshot
}

func watch(t *testing.T, root *os.Root, src dashboard.Source, system *source.System) *watched {
	t.Helper()
	w := &watched{t: t, root: root, system: system}
	w.store = store(t, source.Options{Root: root}.With(system))
	w.feed = w.store.Open(src, nil)
	t.Cleanup(w.feed.Close)
	w.last = complete(t, w.feed, 0)
	return w
}

func (w *watched) tell(name string) { w.system.Tell(filepath.Join(w.root.Name(), name)) }

// next is the next snapshot.
func (w *watched) next() source.Snapshot {
	w.t.Helper()
	var err error
	if w.last, err = w.feed.Next(w.t.Context(), w.last.Seq); err != nil {
		w.t.Fatal(err)
	}
	return w.last
}

// nothing is known anew within a time.
func (w *watched) nothing(within time.Duration) {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), within)
	defer stop()
	if got, err := w.feed.Next(ctx, w.last.Seq); err == nil {
		w.t.Errorf("there is news: %+v", got)
	}
}

func appendTo(t *testing.T, root *os.Root, name, text string) {
	t.Helper()
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err == nil {
		_, err = f.WriteString(text)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestAFileThatIsWatched(t *testing.T) {
	run := func(name string, test func(t *testing.T, w *watched)) {
		t.Run(name, func(t *testing.T) {
			root := folder(t, map[string]string{"log.csv": "day,amount\n2024-01-01,1\n"})
			synctest.Test(t, func(t *testing.T) {
				test(t, watch(t, root, dashboard.Source{Path: "log.csv"}, source.NewSystem()))
			})
		})
	}
	run("is read on where it grows", func(t *testing.T, w *watched) {
		before := w.last.Frame
		appendTo(t, w.root, "log.csv", "2024-01-02,2\n")
		w.tell("log.csv")
		got := w.next()
		equal(t, got.Grown, true)
		equal(t, got.Replaced, false)
		equal(t, text(t, got.Frame), "day amount\n2024-01-01 1\n2024-01-02 2")
		equal(t, text(t, before), "day amount\n2024-01-01 1")
	})
	run("tells when its types have changed", func(t *testing.T, w *watched) {
		appendTo(t, w.root, "log.csv", "2024-01-02,many\n")
		w.tell("log.csv")
		got := w.next()
		equal(t, got.Replaced, true)
		equal(t, got.Frame.Columns()[1].Type, frame.Text)
	})
	run("is read anew where it was cut", func(t *testing.T, w *watched) {
		write(t, w.root, "log.csv", "day,amount\n")
		w.tell("log.csv")
		got := w.next()
		equal(t, got.Replaced, true)
		equal(t, got.Frame.Len(), 0)
	})
	run("is read anew where another was put in its place", func(t *testing.T, w *watched) {
		before := w.last.Frame
		write(t, w.root, ".log.csv.tmp", "day,amount\n2024-02-01,7\n2024-02-02,8\n")
		w.tell(".log.csv.tmp")
		equal(t, w.root.Rename(".log.csv.tmp", "log.csv"), nil)
		w.tell("log.csv")
		got := w.next()
		equal(t, got.Replaced, true)
		equal(t, text(t, got.Frame), "day amount\n2024-02-01 7\n2024-02-02 8")
		equal(t, text(t, before), "day amount\n2024-01-01 1")
	})
	run("that is gone leaves its last figures, and says so", func(t *testing.T, w *watched) {
		equal(t, w.root.Remove("log.csv"), nil)
		w.tell("log.csv")
		got := w.next()
		equal(t, got.Err.Error(), `"log.csv" cannot be read: there is no such file: look at its name and where it lies`)
		equal(t, text(t, got.Frame), "day amount\n2024-01-01 1")
		w.nothing(10 * time.Second)
		write(t, w.root, "log.csv", "day,amount\n2024-03-01,9\n")
		got = w.next() // it is looked for, since its folder may have gone with it
		equal(t, got.Err, nil)
		equal(t, text(t, got.Frame), "day amount\n2024-03-01 9")
	})
	run("that is half saved is waited for", func(t *testing.T, w *watched) {
		write(t, w.root, "log.csv", "")
		w.tell("log.csv")
		time.Sleep(200 * time.Millisecond)
		write(t, w.root, "log.csv", "day,amount\n2024-04-01,3\n")
		w.tell("log.csv")
		got := w.next()
		equal(t, got.Err, nil)
		equal(t, text(t, got.Frame), "day amount\n2024-04-01 3")
	})
	run("is read once for many changes", func(t *testing.T, w *watched) {
		for range 5 {
			appendTo(t, w.root, "log.csv", "2024-01-02,2\n")
			w.tell("log.csv")
			time.Sleep(10 * time.Millisecond)
		}
		equal(t, w.next().Frame.Len(), 6)
		w.nothing(10 * time.Second)
	})
	run("is read now and then where it is written all the time", func(t *testing.T, w *watched) {
		for range 100 {
			appendTo(t, w.root, "log.csv", "2024-01-02,2\n")
			w.tell("log.csv")
			time.Sleep(10 * time.Millisecond)
		}
		if got := w.next(); got.Seq < 3 || got.Seq > 8 {
			t.Errorf("a second of changes made %d snapshots", got.Seq)
		}
	})
	run("is not read where others change", func(t *testing.T, w *watched) {
		appendTo(t, w.root, "log.csv", "2024-01-02,2\n")
		w.tell("other.csv")
		w.nothing(10 * time.Second)
	})
	run("is looked at where changes were missed", func(t *testing.T, w *watched) {
		appendTo(t, w.root, "log.csv", "2024-01-02,2\n")
		w.system.Tell("")
		equal(t, w.next().Frame.Len(), 2)
	})
	run("is read from its start where somebody asks, once a second", func(t *testing.T, w *watched) {
		start := time.Now()
		w.feed.Refresh()
		w.feed.Refresh()
		equal(t, w.next().Replaced, true)
		equal(t, time.Since(start), time.Second)
		w.nothing(10 * time.Second)
	})
}

func TestAFeedThatIsClosed(t *testing.T) {
	for name, c := range map[string]struct {
		after time.Duration
		same  bool
	}{"is as it was for who comes back soon": {4 * time.Second, true}, "is forgotten later": {6 * time.Second, false}} {
		t.Run(name, func(t *testing.T) {
			root := folder(t, map[string]string{"log.csv": "a\n1\n"})
			synctest.Test(t, func(t *testing.T) {
				w := watch(t, root, dashboard.Source{Path: "log.csv"}, source.NewSystem())
				w.feed.Close()
				time.Sleep(c.after)
				again := w.store.Open(dashboard.Source{Path: "log.csv"}, nil)
				defer again.Close()
				equal(t, complete(t, again, 0).Frame == w.last.Frame, c.same)
			})
		})
	}
}

func TestAFileOnASystemThatDoesNotTell(t *testing.T) {
	root := folder(t, map[string]string{"log.csv": "a\n1\n"})
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, root, dashboard.Source{Path: "log.csv"}, nil)
		appendTo(t, root, "log.csv", "2\n")
		start := time.Now()
		got := w.next()
		equal(t, got.Grown, true)
		equal(t, text(t, got.Frame), "a\n1\n2")
		equal(t, time.Since(start), time.Second)
	})
}

func TestRefresh(t *testing.T) {
	root := folder(t, map[string]string{"log.csv": "a\n1\n"})
	for name, c := range map[string]struct{ every, want time.Duration }{
		"reads when it is time":                 {5 * time.Second, 5 * time.Second},
		"reads no more often than every second": {10 * time.Millisecond, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				write(t, root, "log.csv", "a\n1\n")
				w := watch(t, root, dashboard.Source{Path: "log.csv", Refresh: c.every}, source.NewSystem())
				appendTo(t, root, "log.csv", "2\n")
				start := time.Now()
				equal(t, w.next().Frame.Len(), 2)
				equal(t, time.Since(start), c.want)
			})
		})
	}
	t.Run("reads nothing while nobody waits", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			write(t, root, "log.csv", "a\n1\n")
			w := watch(t, root, dashboard.Source{Path: "log.csv", Refresh: time.Second}, source.NewSystem())
			appendTo(t, root, "log.csv", "2\n")
			time.Sleep(time.Hour)
			start := time.Now()
			equal(t, w.next().Frame.Len(), 2)
			equal(t, time.Since(start), 0)
		})
	})
}

func TestWatchFolder(t *testing.T) {
	files := map[string]string{"tabgate.yaml": "title: x\n", "pages/1_a.yaml": "a\n", "charts/c.vl.json": "{}", "data/x.csv": "a\n", ".git/x.yaml": "a\n"}
	// told counts what is told of within ten seconds after a change.
	told := func(t *testing.T, change func(root *os.Root), system func(root *os.Root) *source.System) (n int) {
		root := folder(t, files)
		synctest.Test(t, func(t *testing.T) {
			ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
			defer stop()
			sys := system(root)
			changes := source.WatchFolderWith(ctx, root.Name(), sys)
			synctest.Wait()
			change(root)
			for _, name := range []string{"pages/1_a.yaml", "charts/c.vl.json", "data/x.csv"} {
				if sys != nil {
					sys.Tell(filepath.Join(root.Name(), name))
				}
			}
			for range changes {
				n++
			}
		})
		return n
	}
	for name, c := range map[string]struct {
		change func(root *os.Root)
		want   int
	}{
		"a page":                 {func(root *os.Root) { write(t, root, "pages/1_a.yaml", "b: 1\n") }, 1},
		"a specification":        {func(root *os.Root) { write(t, root, "charts/c.vl.json", "{\"a\": 1}") }, 1},
		"a page in a new folder": {func(root *os.Root) { write(t, root, "more/d.md", "x") }, 1},
		"a page that is gone":    {func(root *os.Root) { _ = root.Remove("pages/1_a.yaml") }, 1},
		"figures":                {func(root *os.Root) { write(t, root, "data/x.csv", "a\n1\n") }, 0},
		"what no folder shows":   {func(root *os.Root) { write(t, root, ".git/x.yaml", "b: 1\n") }, 0},
		"a page and what it uses": {func(root *os.Root) {
			write(t, root, "pages/1_a.yaml", "b\n1\n")
			write(t, root, "charts/c.vl.json", "[1]")
		}, 1},
	} {
		t.Run("tells of "+name, func(t *testing.T) {
			equal(t, told(t, c.change, func(*os.Root) *source.System { return source.NewSystem() }), c.want)
		})
		t.Run("looks for "+name+" where the system does not tell", func(t *testing.T) {
			equal(t, told(t, c.change, func(*os.Root) *source.System { return nil }), c.want)
		})
	}
}

// The rest is tried with the operating system itself.
func TestTheSystemTells(t *testing.T) {
	root := folder(t, map[string]string{"pages/a.yaml": "a", "data/x.csv": "a\n1\n"})
	s := store(t, source.Options{Root: root})
	f := s.Open(dashboard.Source{Path: "data/x.csv"}, nil)
	last := complete(t, f, 0)
	pages := source.WatchFolder(t.Context(), root.Name())
	t.Run("of a file that grows", func(t *testing.T) {
		appendTo(t, root, "data/x.csv", "2\n")
		got, err := f.Next(t.Context(), last.Seq)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, text(t, got.Frame), "a\n1\n2")
	})
	t.Run("of a page that is saved as editors do", func(t *testing.T) {
		for i := 0; ; i++ { // the watch may begin after the first
			write(t, root, "pages/.a.yaml.swp", "abc"[:1+i%3])
			if err := root.Rename("pages/.a.yaml.swp", "pages/a.yaml"); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			select {
			case <-pages:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	})
}
