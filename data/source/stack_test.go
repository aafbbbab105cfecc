package source_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
)

func TestStack(t *testing.T) {
	src := dashboard.Source{Path: "data/2024-*.csv", Stack: "file"}
	t.Run("reads several files as one", func(t *testing.T) {
		root := folder(t, map[string]string{
			"data/2024-01.csv": "id,amount\n1,10\n2,20\n", "data/2024-02.csv": "id,amount\n3,1.5\n", "data/2024-03.csv": "id,amount\n",
			"data/2023.csv": "id\n9\n", "data/.2024-04.csv": "id\n9\n",
		})
		got := complete(t, store(t, source.Options{Root: root}).Open(src, nil), 0)
		equal(t, got.Err, nil)
		equal(t, text(t, got.Frame), "file id amount\n2024-01.csv 1 10\n2024-01.csv 2 20\n2024-02.csv 3 1.5")
		equal(t, got.Frame.Columns()[2].Type, frame.Number)
		b, err := frame.Rows(t.Context(), got.Frame, []int{2, 0}, 1, 5)
		equal(t, err, nil)
		equal(t, b.Len, 2)
		equal(t, b.Columns[0].Floats[1], 1.5)
		equal(t, b.Columns[1].String(1), "2024-02.csv")
	})
	t.Run("tells what is missing, and what is of other types", func(t *testing.T) {
		root := folder(t, map[string]string{
			"data/2024-1.csv": "id,day,cost,file\n1,2024-01-01,$4,x\n", "data/2024-2.csv": "id,day,cost,more\n2,soon,€5,7\n", "data/2024-3.csv": "id,day,cost\n3,,\n",
		})
		got := complete(t, store(t, source.Options{Root: root}).Open(src, nil), 0)
		equal(t, text(t, got.Frame), "file_2 id day cost file more\n2024-1.csv 1 2024-01-01 4 $ x -\n2024-2.csv 2 soon 5 € - 7\n2024-3.csv 3 - - - -")
		equal(t, strings.Join(got.Report.Notes[:5], "\n"), `heading: the column that says the file is file_2, since the files have a file
column day: text, for the files have date and text
column cost: text, for the files have integer in $ and integer in €
column file: null in 2024-2.csv, 2024-3.csv, which have no such column
column more: null in 2024-1.csv, 2024-3.csv, which have no such column`)
		for i, want := range []int{0, 0, 1, 1, 2, 2} {
			equal(t, got.Frame.Columns()[i].Nulls, want)
		}
	})
	t.Run("refuses by name", func(t *testing.T) {
		for name, c := range map[string]struct {
			files map[string]string
			src   dashboard.Source
			want  string
		}{
			"a file that cannot be read": {map[string]string{"a1.csv": "a\n1\n", "a2.csv": ""}, dashboard.Source{Path: "a*.csv", Stack: "file"},
				`"a2.csv" cannot be read: it is empty: a table has a heading or a row`},
			"a pattern without files": {nil, dashboard.Source{Path: "a*.csv", Stack: "file"},
				`"a*.csv" cannot be read: no file has such a name: look at the pattern and where the files lie`},
			"a broken pattern": {map[string]string{"a1.csv": "a\n"}, dashboard.Source{Path: "a[.csv", Stack: "file"},
				`"a[.csv" cannot be read: the pattern is no pattern: close its bracket, or write \[ for the character`},
		} {
			t.Run(name, func(t *testing.T) {
				got := complete(t, store(t, source.Options{Root: folder(t, c.files)}).Open(c.src, nil), 0)
				equal(t, got.Err.Error(), c.want)
			})
		}
	})
	t.Run("reads the files that a person named", func(t *testing.T) {
		root := folder(t, map[string]string{"a/x.csv": "n\n1\n", "b/x.csv": "n\n2\n"})
		a, b := filepath.Join(root.Name(), "a/x.csv"), filepath.Join(root.Name(), "b/x.csv")
		got := complete(t, store(t, source.Options{Files: true}).Open(source.Stack("all", []string{a, b}), nil), 0)
		equal(t, text(t, got.Frame), "file n\n"+a+" 1\n"+b+" 2")
	})
	t.Run("asks for the same column names", func(t *testing.T) {
		ab, ba := []frame.Column{{Name: "a"}, {Name: "b"}}, []frame.Column{{Name: "b"}, {Name: "a"}}
		equal(t, source.Stackable(ab, ba), true)
		equal(t, source.Stackable(ab, ba[:1]), false)
		equal(t, source.Stackable(ab), false)
	})
}

func TestAStackThatIsWatched(t *testing.T) {
	run := func(name string, test func(t *testing.T, w *watched)) {
		t.Run(name, func(t *testing.T) {
			root := folder(t, map[string]string{"data/1.csv": "n\n1\n", "data/2.csv": "n\n2\n"})
			synctest.Test(t, func(t *testing.T) {
				test(t, watch(t, root, dashboard.Source{Path: "data/*.csv", Stack: "file"}, source.NewSystem()))
			})
		})
	}
	run("grows at its end", func(t *testing.T, w *watched) {
		appendTo(t, w.root, "data/2.csv", "3\n")
		w.tell("data/2.csv")
		got := w.next()
		equal(t, got.Grown, true)
		equal(t, text(t, got.Frame), "file n\n1.csv 1\n2.csv 2\n2.csv 3")
	})
	run("grows by a file", func(t *testing.T, w *watched) {
		write(t, w.root, "data/3.csv", "n\n3\n")
		w.tell("data/3.csv")
		got := w.next()
		equal(t, got.Grown, true)
		equal(t, text(t, got.Frame), "file n\n1.csv 1\n2.csv 2\n3.csv 3")
	})
	run("tells that rows came in between", func(t *testing.T, w *watched) {
		appendTo(t, w.root, "data/1.csv", "3\n")
		w.tell("data/1.csv")
		got := w.next()
		equal(t, got.Replaced, true)
		equal(t, text(t, got.Frame), "file n\n1.csv 1\n1.csv 3\n2.csv 2")
	})
	run("tells that a file is gone", func(t *testing.T, w *watched) {
		equal(t, w.root.Remove("data/1.csv"), nil)
		w.tell("data/1.csv")
		got := w.next()
		equal(t, got.Replaced, true)
		equal(t, text(t, got.Frame), "file n\n2.csv 2")
	})
	run("keeps its figures while a file cannot be read", func(t *testing.T, w *watched) {
		write(t, w.root, "data/1.csv", "")
		w.tell("data/1.csv")
		got := w.next()
		equal(t, got.Err.Error(), `"data/1.csv" cannot be read: it is empty: a table has a heading or a row`)
		equal(t, got.Frame.Len(), 2)
		write(t, w.root, "data/1.csv", "n\n7\n")
		w.tell("data/1.csv")
		equal(t, text(t, w.next().Frame), "file n\n1.csv 7\n2.csv 2")
	})
}
