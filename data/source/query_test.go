package source_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
)

// database runs statements on a SQLite file of a folder.
func database(t *testing.T, dir, name string, statements ...string) *sqlite3.Conn {
	t.Helper()
	db, err := sqlite3.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	execute(t, db, statements...)
	return db
}

func execute(t *testing.T, db *sqlite3.Conn, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

var book = []string{
	"create table loans (id integer, sector text, amount real, day text)",
	"insert into loans values (1, 'Energy', 10.5, '2024-01-01'), (2, 'Retail', 20, '2024-01-02'), (3, 'it''s :odd', null, '2024-01-03')",
}

// asking is a store of a folder with a database, and a source that asks it.
func asking(t *testing.T, conn dashboard.Connection, query string, params map[string][]string) source.Snapshot {
	t.Helper()
	root := folder(t, nil)
	database(t, root.Name(), "book.db", book...)
	s := store(t, source.Options{Root: root})
	conn.Name, conn.Driver, conn.Path = "book", "sqlite", "book.db"
	s.Use(&dashboard.Dashboard{Connections: []dashboard.Connection{conn}})
	f := s.Open(dashboard.Source{Name: "loans", Connection: "book", Query: query}, params)
	t.Cleanup(f.Close)
	return complete(t, f, 0)
}

func TestQuery(t *testing.T) {
	for name, c := range map[string]struct {
		query  string
		params map[string][]string
		want   string
	}{
		"gives what it selects": {"select sector, amount, day from loans order by id", nil,
			"sector amount day\nEnergy 10.5 2024-01-01\nRetail 20 2024-01-02\nit's :odd - 2024-01-03"},
		"names columns that are named alike": {"select id, id from loans where id = 1", nil, "id id_2\n1 1"},
		"takes the values of an input":       {"select id from loans where sector in (:sectors) order by id", map[string][]string{"sectors": {"Energy", "Retail"}}, "id\n1\n2"},
		"takes them as often as it names it": {"select id from loans where sector = :s or :s = 'all'", map[string][]string{"s": {"all"}}, "id\n1\n2\n3"},
		"never takes them for text of its own": {"select id from loans where sector = :s",
			map[string][]string{"s": {"x' or 1 = 1 --"}}, "id"},
		"finds nothing where nothing is chosen": {"select id from loans where sector in (:s)", map[string][]string{"s": nil}, "id"},
		"compares numbers as numbers":           {"select id from loans where amount + 0 > :least", map[string][]string{"least": {"15"}}, "id\n2"},
		"and codes as text":                     {"select typeof(:a) as a, typeof(:b) as b, typeof(:c) as c", map[string][]string{"a": {"007"}, "b": {"7"}, "c": {"7.5"}}, "a b c\ntext integer real"},
		"leaves quoted text alone": {"select ':s' as a, \":s\" as b, [:s] as c /* :s */ from (select 1 as \":s\") -- :s", nil,
			"a b c\n:s 1 1"},
		"leaves it alone where a quote is doubled": {"select 'it''s :odd' as a where :x = 1", map[string][]string{"x": {"1"}}, "a\nit's :odd"},
		"ends in a comment or a semicolon":         {"select 1 as a; -- no more", nil, "a\n1"},
	} {
		t.Run(name, func(t *testing.T) {
			got := asking(t, dashboard.Connection{}, c.query, c.params)
			equal(t, got.Err, nil)
			equal(t, got.Note, "")
			equal(t, text(t, got.Frame), c.want)
		})
	}
	t.Run("has the types of what is stored", func(t *testing.T) {
		got := asking(t, dashboard.Connection{}, "select id, sector, amount, day from loans", nil)
		for i, want := range []frame.Type{frame.Integer, frame.Text, frame.Number, frame.Date} {
			equal(t, got.Frame.Columns()[i].Type, want)
		}
		equal(t, got.Frame.Columns()[2].Nulls, 1)
	})
	t.Run("is refused by name", func(t *testing.T) {
		for name, c := range map[string]struct{ query, want string }{
			"where it changes something":     {"delete from loans", "source loans: the query may only select: it can change nothing, open no other file and set nothing"},
			"where it opens another file":    {"attach 'other.db' as other", "source loans: the query may only select: it can change nothing, open no other file and set nothing"},
			"where it sets something":        {"pragma journal_mode = wal", "source loans: the query may only select: it can change nothing, open no other file and set nothing"},
			"where it is several":            {"select 1; select 2", "source loans: the query is several: write one select"},
			"where it is none":               {" -- nothing", "source loans: the query is empty: write a select"},
			"where it is wrong":              {"select nme from loans", "source loans: the query fails: SQL logic error: no such column: nme"},
			"where an input is none":         {"select :b", "source loans: the query names :b, which is no input: the page has a, c"},
			"where a placeholder is no name": {"select ?", "source loans: the query has a placeholder that is no :name of an input: write it so"},
		} {
			t.Run(name, func(t *testing.T) {
				got := asking(t, dashboard.Connection{}, c.query, map[string][]string{"a": nil, "c": nil})
				if got.Err == nil {
					t.Fatalf("got %s", text(t, got.Frame))
				}
				equal(t, got.Err.Error(), c.want)
			})
		}
	})
	const endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
	t.Run("tells what was cut", func(t *testing.T) {
		for name, c := range map[string]struct {
			conn dashboard.Connection
			want string
		}{
			"by rows":  {dashboard.Connection{MaxRows: 5}, "cut at 5 rows, there are more: max_rows of connection book"},
			"by bytes": {dashboard.Connection{MaxBytes: 100}, "cut at 11 rows, for more than 100 bytes came: max_bytes of connection book"},
		} {
			t.Run(name, func(t *testing.T) {
				equal(t, asking(t, c.conn, endless, nil).Note, c.want)
			})
		}
		t.Run("by time", func(t *testing.T) {
			got := asking(t, dashboard.Connection{Timeout: 50 * time.Millisecond, MaxRows: 1e12, MaxBytes: 1 << 40}, endless, nil)
			if got.Err != nil || !strings.HasSuffix(got.Note, "rows, which came within 50ms: timeout of connection book") {
				t.Errorf("got %q, %v", got.Note, got.Err)
			}
		})
		t.Run("and that nothing came in time", func(t *testing.T) {
			got := asking(t, dashboard.Connection{Timeout: 50 * time.Millisecond}, "select count(*) from ("+endless+")", nil)
			equal(t, got.Err.Error(), "source loans: it took longer than 50ms: ask for less, or raise timeout of connection book")
		})
	})
}

func TestWhatAQueryGaveForOtherInputsIsForgotten(t *testing.T) {
	root := folder(t, nil)
	database(t, root.Name(), "book.db", book...)
	s := store(t, source.Options{Root: root})
	s.Use(&dashboard.Dashboard{Connections: []dashboard.Connection{{Name: "book", Driver: "sqlite", Path: "book.db"}}})
	ask := func(query string, params map[string][]string) frame.Frame {
		f := s.Open(dashboard.Source{Connection: "book", Query: query}, params)
		defer f.Close()
		return complete(t, f, 0).Frame
	}
	params := map[string][]string{"id": {"1"}}
	if ask("select :id as id", params) == ask("select :id as id", params) {
		t.Error("it is kept")
	}
	if ask("select 1 as id", nil) != ask("select 1 as id", nil) {
		t.Error("what depends on no input is forgotten")
	}
}

func TestConnectionsAreRefusedByName(t *testing.T) {
	s := store(t, source.Options{Root: folder(t, nil), HTTP: http.DefaultClient})
	s.Use(&dashboard.Dashboard{Connections: []dashboard.Connection{
		{Name: "pg", Driver: "postgres"}, {Name: "lake", Driver: "trino"}, {Name: "old", Driver: "oracle"}, {Name: "out", Driver: "sqlite", Path: "../x.db"},
	}})
	for conn, want := range map[string]string{
		"pg":   "source x: its dsn names no host: write one, localhost for this machine",
		"lake": "source x: url cannot be read: write https://host:port",
		"old":  `source x: connection old: there is no driver "oracle": known are sqlite, postgres, trino`,
		"none": `source x: there is no connection "none": add it to tabgate.yaml`,
		"out":  `"../x.db" cannot be read: it leads out of the folder: copy it into the folder and name it there`,
	} {
		got := complete(t, s.Open(dashboard.Source{Name: "x", Connection: conn, Query: "select 1"}, nil), 0)
		equal(t, got.Err.Error(), want)
	}
	for want, src := range map[string]dashboard.Source{
		"source x: postgres cannot be asked with identity token: write service or claims":                         {Connection: "pg", Identity: "token"},
		"source x: trino cannot be asked with identity claims: write service or token":                            {Connection: "lake", Identity: "claims"},
		"source x: connection out: sqlite does not know who reads: identity claims is for a database on a server": {Connection: "out", Identity: "claims"},
		"source x: Please login!": {Connection: "lake", Identity: "token"},
	} {
		src.Name, src.Query = "x", "select 1"
		equal(t, complete(t, s.Open(src, nil), 0).Err.Error(), want)
	}
}

func TestADatabaseThatIsWatched(t *testing.T) {
	for name, src := range map[string]dashboard.Source{
		"is asked again":    {Connection: "book", Query: "select count(*) as n from loans"},
		"is read from anew": {Path: "book.db", Table: "counted"},
	} {
		for _, mode := range []string{"delete", "wal"} {
			t.Run(name+" in mode "+mode, func(t *testing.T) {
				root := folder(t, nil)
				db := database(t, root.Name(), "book.db", append([]string{"pragma journal_mode = " + mode}, book...)...)
				execute(t, db, "create view counted as select count(*) as n from loans")
				synctest.Test(t, func(t *testing.T) {
					w := &watched{t: t, root: root, system: source.NewSystem()}
					w.store = store(t, source.Options{Root: root}.With(w.system))
					w.store.Use(&dashboard.Dashboard{Connections: []dashboard.Connection{{Name: "book", Driver: "sqlite", Path: "book.db"}}})
					w.feed = w.store.Open(src, nil)
					t.Cleanup(w.feed.Close)
					w.last = complete(t, w.feed, 0)
					equal(t, text(t, w.last.Frame), "n\n3")
					execute(t, db, "insert into loans values (4, 'New', 1, '2024-01-04')")
					if mode == "wal" {
						w.tell("book.db-wal")
					} else {
						w.tell("book.db")
					}
					equal(t, text(t, w.next().Frame), "n\n4")
				})
			})
		}
	}
}

func TestG54ASQLiteQueryOpensAndWritesNothing(t *testing.T) {
	root := folder(t, nil)
	database(t, root.Name(), "book.db", book...)
	s := store(t, source.Options{Root: root})
	s.Use(&dashboard.Dashboard{Connections: []dashboard.Connection{{Name: "book", Driver: "sqlite", Path: "book.db"}}})
	out := filepath.Join(root.Name(), "out.db")
	for name, query := range map[string]string{
		"G-54 ATTACH":                       "attach '" + out + "' as other",
		"G-54 ATTACH of memory":             "attach ':memory:' as other",
		"G-54 VACUUM INTO":                  "vacuum into '" + out + "'",
		"G-54 PRAGMA":                       "pragma query_only = 0",
		"G-54 PRAGMA as a function":         "select * from pragma_query_only(0)",
		"G-54 an extension":                 "select load_extension('x')",
		"G-54 a table of its own":           "create temp table t (x)",
		"G-54 a write behind a select":      "with x as (select 1) insert into loans select 1, 2, 3, 4 from x",
		"G-54 a second statement":           "select 1; attach '" + out + "' as other",
		"G-54 a transaction":                "begin immediate",
		"G-54 a file that is written":       "select writefile('" + out + "', 'x')",
		"G-54 a table that reads any file":  "select * from csv where filename = '/etc/passwd'",
		"G-54 a value that is a mebi times": "select hex(zeroblob(1024 * 1024 * 1024))",
	} {
		t.Run(name, func(t *testing.T) {
			got := complete(t, s.Open(dashboard.Source{Name: "x", Connection: "book", Query: query}, nil), 0)
			if got.Err == nil {
				t.Errorf("it gives %s", text(t, got.Frame))
			}
			if _, err := os.Stat(out); err == nil {
				t.Fatal("a file was made")
			}
		})
	}
	t.Run("G-54 a file whose name says more", func(t *testing.T) {
		const odd = "a?mode=rwc&x#.db"
		database(t, root.Name(), "plain.db", book...)
		if err := os.Rename(filepath.Join(root.Name(), "plain.db"), filepath.Join(root.Name(), odd)); err != nil {
			t.Skipf("no file can be named so here: %v", err)
		}
		s.Use(&dashboard.Dashboard{Connections: []dashboard.Connection{{Name: "odd", Driver: "sqlite", Path: odd}}})
		got := complete(t, s.Open(dashboard.Source{Name: "x", Connection: "odd", Query: "select count(*) as n from loans"}, nil), 0)
		equal(t, got.Err, nil)
		equal(t, text(t, got.Frame), "n\n3")
	})
}
