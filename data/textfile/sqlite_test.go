package textfile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"github.com/authtabs/tabgate/data/frame"
)

// writeSQLite makes a SQLite file and returns the connection that wrote it.
func writeSQLite(t *testing.T, statements ...string) (path string, db *sqlite3.Conn) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a.sqlite")
	db, err := sqlite3.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, s := range statements {
		if err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path, db
}

// cellsOf are the cells of one column, scanned alone from a row on.
func cellsOf(t *testing.T, f frame.Frame, name string, from int) (cells []string) {
	t.Helper()
	err := f.Scan(t.Context(), []int{frame.Find(f, name)}, from, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			cells = append(cells, b.Columns[0].String(i))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

// A column that is read alone has its rows in the order that all columns have
// together, whatever index SQLite could take for it.
func TestSQLite_RowsKeepTheirOrder(t *testing.T) {
	const series = "with recursive s(n) as (select 1 union all select n + 1 from s where n < 10000) "
	const row = " select printf('k%05d', n), 20000 - n, printf('%050d', n) from s"
	tests := map[string][]string{
		"a table":                    {"create table t(a text, b int, c text)", "create index i on t(b)", series + "insert into t" + row},
		"without rowids":             {"create table t(a text primary key, b int, c text) without rowid", "create index i on t(b)", series + "insert into t" + row},
		"a view":                     {"create table u(a text primary key, b int, c text) without rowid", "create index i on u(b)", series + "insert into u" + row, "create view t as select * from u"},
		"a column with rowid's name": {"create table t(a text, b int, rowid text)", "create index i on t(b)", series + "insert into t" + row},
		"columns with all its names": {"create table t(a text, b int, rowid text, oid text, _rowid_ text)", "create index i on t(b)", series + "insert into t(a, b, oid)" + row},
		"rows deleted between":       {"create table t(a text, b int)", series + "insert into t select printf('k%05d', n), 20000 - n from s union all select 'x', 0 from s order by 1", "insert into t select a, b from t where a <> 'x'", "delete from t where rowid <= 20000"},
	}
	for name, statements := range tests {
		t.Run(name, func(t *testing.T) {
			path, db := writeSQLite(t, statements...)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			var o Options
			if err := o.Set("format", "sqlite:t"); err != nil {
				t.Fatal(err)
			}
			r, err := Read(t.Context(), path, o)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if r.Len() != 10000 {
				t.Fatalf("%d rows", r.Len())
			}
			for _, from := range []int{0, 4095, 9000} {
				keys, counts := cellsOf(t, r, "a", from), cellsOf(t, r, "b", from)
				for i := range keys {
					if k, b := fmt.Sprintf("k%05d", from+i+1), fmt.Sprint(20000-from-i-1); keys[i] != k || counts[i] != b {
						t.Fatalf("row %d is %s, %s, want %s, %s", from+i, keys[i], counts[i], k, b)
					}
				}
			}
		})
	}
}

// What SQLite stores is what is read, in each encoding and with columns that
// it computes.
func TestSQLite_StoredValues(t *testing.T) {
	for _, encoding := range []string{"UTF-8", "UTF-16le", "UTF-16be"} {
		t.Run(encoding, func(t *testing.T) {
			path, db := writeSQLite(t, "pragma encoding = '"+encoding+"'",
				"create table t(id integer primary key, mixed, name text, day text, twice int as (id * 2), r real)",
				"insert into t(id, mixed, name, day, r) values (7, 1, 'Zoë 👩', '2024-02-29', 1), (8, 1.5, '', '2024-03-01', 1e999), (9, x'00ff', null, null, null), (10, 'a', 'b', '2024-03-02', 2.5)",
				"alter table t add column late text default 'here'")
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			r, err := Read(t.Context(), path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			for name, want := range map[string]string{
				"id": "integer 0: 7 8 9 10", "mixed": "text 0: 1 1.5 00ff a", "name": "text 1: Zoë 👩   b", "day": "date 1: 2024-02-29 2024-03-01  2024-03-02",
				"twice": "integer 0: 14 16 18 20", "r": "number 1: 1 Infinity  2.5", "late": "text 0: here here here here",
			} {
				c := r.Columns()[frame.Find(r, name)]
				if got := fmt.Sprintf("%s %d: %s", c.Type, c.Nulls, strings.Join(cellsOf(t, r, name, 0), " ")); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
			if want := "column mixed: text: 1 texts, 2 numbers and 1 blobs are mixed"; len(r.Notes) != 1 || r.Notes[0] != want {
				t.Errorf("the notes are %q", r.Notes)
			}
		})
	}
}

// What stands in a write-ahead log counts, while its program runs and after it
// was killed.
func TestSQLite_WriteAheadLog(t *testing.T) {
	path, _ := writeSQLite(t, "pragma journal_mode = wal", "pragma wal_autocheckpoint = 0", "create table t(a int)", "insert into t values (1), (2)")
	copied := filepath.Join(t.TempDir(), "b.sqlite")
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied+end, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, path := range map[string]string{"in use": path, "left behind": copied} {
		t.Run(name, func(t *testing.T) {
			r, err := Read(t.Context(), path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if got := strings.Join(cellsOf(t, r, "a", 0), " "); got != "1 2" || len(r.Notes) > 0 {
				t.Errorf("the rows are %q, the notes %q", got, r.Notes)
			}
		})
	}
}
