package typedfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/authtabs/tabgate/data/frame"
)

// sqliteTable is a frame of one table or view of a SQLite file.
type sqliteTable struct {
	in      Input
	db      *sql.DB
	table   string // quoted
	rowid   bool   // rows are read by their rowid
	marks   []int64
	columns []frame.Column
	order   []string // of the columns, quoted
	rows    int
}

// SQLite opens a table or a view of a SQLite file: the one that is named, or
// the only one. It needs the path of the file.
func SQLite(ctx context.Context, in Input, table string) (t *Table, err error) {
	defer damaged("SQLite", &err)
	db, note, err := openSQLite(ctx, in.Path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	names, err := tables(ctx, db)
	if err != nil {
		return nil, sqliteError(err)
	}
	switch {
	case table != "" && !slices.Contains(names, table):
		return nil, fmt.Errorf("the SQLite file has no table %q: it has %s", table, quotedList(names))
	case table == "" && len(names) == 0:
		return nil, errors.New("the SQLite file has no table")
	case table == "" && len(names) > 1:
		return nil, fmt.Errorf("the SQLite file has several tables: name one with --format sqlite:TABLE, out of %s", quotedList(names))
	case table == "":
		table = names[0]
	}
	s := &sqliteTable{in: in, db: db, table: quoteName(table)}
	t = &Table{Frame: s}
	if note != "" {
		t.Notes = append(t.Notes, note)
	}
	if err = s.describe(ctx, t); err != nil {
		return nil, sqliteError(err)
	}
	return t, nil
}

// openSQLite opens a file read-only. A file whose write-ahead log cannot be
// read is opened without it, which is told.
func openSQLite(ctx context.Context, path string) (db *sql.DB, note string, err error) {
	open := func(more string) (*sql.DB, error) {
		u := url.URL{Scheme: "file", OmitHost: true, Path: path}
		db, err := sql.Open("sqlite", u.String()+"?mode=ro&_pragma=query_only(1)&_pragma=trusted_schema(0)"+more)
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(2)
		var n int
		if err := db.QueryRowContext(ctx, "select count(*) from sqlite_master").Scan(&n); err != nil {
			db.Close()
			return nil, err
		}
		return db, nil
	}
	if db, err = open(""); err == nil {
		return db, "", nil
	}
	if info, statErr := os.Stat(path + "-wal"); statErr == nil && info.Size() > 0 {
		if db, err := open("&immutable=1"); err == nil {
			return db, "file: the write-ahead log beside it cannot be read here, so what it holds is missing", nil
		}
	} else if db, err := open("&immutable=1"); err == nil {
		return db, "", nil
	}
	return nil, "", sqliteError(err)
}

func sqliteError(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("the SQLite file cannot be used (%w)", err)
}

// tables are the names of tables and views that hold people's data.
func tables(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "select name from pragma_table_list where schema = 'main' and type <> 'shadow' and name not like 'sqlite\\_%' escape '\\' order by name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

func quotedList(names []string) string {
	const most = 20
	list := make([]string, 0, most)
	for _, n := range names[:min(len(names), most)] {
		list = append(list, fmt.Sprintf("%q", n))
	}
	if len(names) > most {
		list = append(list, fmt.Sprintf("and %d more", len(names)-most))
	}
	return strings.Join(list, ", ")
}

// quoteName quotes a name for SQL.
func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Origin says which file it is.
func (s *sqliteTable) Origin() frame.Origin { return s.in.Origin }

// Columns describes the columns.
func (s *sqliteTable) Columns() []frame.Column { return s.columns }

// Len is the count of rows.
func (s *sqliteTable) Len() int { return s.rows }

// Close closes the file.
func (s *sqliteTable) Close() error { return errors.Join(s.db.Close(), s.in.Close()) }
