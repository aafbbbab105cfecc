package typedfile

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/authtabs/tabgate/data/frame"
)

// sqliteTable is a frame of one table or view of a SQLite file.
type sqliteTable struct {
	in      Input
	db      *connections
	table   string // quoted
	source  string // what the rows are selected from
	rowid   string // the name of the rowid, by which rows are found; "" = they are read from the start
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
			err = errors.Join(err, db.Close())
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
	s := &sqliteTable{in: in, db: db, table: table}
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
func openSQLite(ctx context.Context, path string) (db *connections, note string, err error) {
	open := func(more string) (*connections, error) {
		u := url.URL{Scheme: "file", OmitHost: true, Path: path}
		db := &connections{uri: u.String() + "?mode=ro&_pragma=query_only(1)&_pragma=trusted_schema(0)" + more}
		err := db.query(ctx, "select count(*) from sqlite_master", func(*sqlite3.Stmt) error { return nil })
		if err != nil {
			return nil, errors.Join(err, db.Close())
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
func tables(ctx context.Context, db *connections) (names []string, err error) {
	const q = "select name from pragma_table_list where schema = 'main' and type <> 'shadow' and name not like 'sqlite\\_%' escape '\\' order by name"
	err = db.query(ctx, q, func(row *sqlite3.Stmt) error {
		names = append(names, row.ColumnText(0))
		return nil
	})
	return names, err
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
