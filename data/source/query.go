package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/data/textfile/typedfile"
)

// Limits of a query whose connection names none.
const (
	queryTime  = 30 * time.Second
	queryRows  = 1_000_000
	queryBytes = 256 << 20
)

// queryKind asks a database.
type queryKind struct {
	store  *Store
	src    dashboard.Source
	conn   dashboard.Connection
	asks   statement
	params map[string][]string // that the query names
}

// queried prepares a query. The store's dashboard has its connection.
func (s *Store) queried(src dashboard.Source, a asking) kind {
	return orRefused(newQueryKind(s, src, s.connections(), a))
}

func newQueryKind(s *Store, src dashboard.Source, conns []dashboard.Connection, a asking) (kind, error) {
	i := slices.IndexFunc(conns, func(c dashboard.Connection) bool { return c.Name == src.Connection })
	if i < 0 {
		return nil, fmt.Errorf("source %s: there is no connection %q: add it to tabgate.yaml", src.Name, src.Connection)
	}
	conn := conns[i]
	asks := parseQuery(src.Query)
	used, err := asks.used(a.params)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", src.Name, err)
	}
	switch conn.Driver {
	case "sqlite":
		if src.Identity == "claims" || src.Identity == "token" {
			return nil, fmt.Errorf("source %s: connection %s: sqlite does not know who reads: identity %s is for a database on a server", src.Name, conn.Name, src.Identity)
		}
		return &queryKind{store: s, src: src, conn: conn, asks: asks, params: used}, nil
	case "postgres", "trino":
		return newServerKind(s, src, conn, asks, asking{params: used, reader: a.reader})
	}
	return nil, fmt.Errorf("source %s: connection %s: there is no driver %q: known are sqlite, postgres, trino", src.Name, conn.Name, conn.Driver)
}

// read implements kind.
func (k *queryKind) read(ctx context.Context, _ *publisher, _ reason) (Snapshot, error) {
	at := k.store.place()
	open, err := at.open(k.conn.Path) // as every file, so that it is in the folder
	if err != nil {
		return Snapshot{}, err
	}
	defer open.Close()
	query, args := k.asks.bind(k.params, func(int) string { return "?" }, argument)
	limit := cmp.Or(k.conn.Timeout, queryTime)
	timed, stop := context.WithTimeout(ctx, limit)
	defer stop()
	q := typedfile.Query{
		Path: at.path(k.conn.Path), SQL: query, Args: args,
		Origin:  frame.Origin{Kind: "file", URL: k.conn.Path, Name: filepath.Base(k.conn.Path)},
		MaxRows: cmp.Or(k.conn.MaxRows, queryRows), MaxBytes: cmp.Or(k.conn.MaxBytes, queryBytes),
	}
	got, err := typedfile.SQLiteQuery(timed, q)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		err = fmt.Errorf("it took longer than %s: ask for less, or raise timeout of connection %s", limit, k.conn.Name)
	}
	if err == nil {
		err = still(open, q.Path)
	}
	if err != nil {
		return Snapshot{}, fmt.Errorf("source %s: %s", k.src.Name, oneLine(err))
	}
	return Snapshot{Frame: got.Memory, Report: textfile.Report{Format: "sqlite", Notes: got.Notes}, Note: k.cut(got, q, limit)}, nil
}

// still returns an error if another file than the open one lies at a path:
// SQLite opens its files by their paths.
func still(open *os.File, path string) error {
	a, err := open.Stat()
	if err != nil {
		return err
	}
	b, err := os.Stat(path)
	if err == nil && !os.SameFile(a, b) {
		err = errors.New("the file was replaced while it was read: try again")
	}
	return err
}

// cut says what is not shown.
func (k *queryKind) cut(got *typedfile.Answer, q typedfile.Query, limit time.Duration) string {
	switch got.Cut {
	case typedfile.RowLimit:
		return fmt.Sprintf("cut at %d rows, there are more: max_rows of connection %s", q.MaxRows, k.conn.Name)
	case typedfile.ByteLimit:
		return fmt.Sprintf("cut at %d rows, for more than %d bytes came: max_bytes of connection %s", got.Len(), q.MaxBytes, k.conn.Name)
	case typedfile.TimeLimit:
		return fmt.Sprintf("cut at %d rows, which came within %s: timeout of connection %s", got.Len(), limit, k.conn.Name)
	}
	return ""
}

// oneLine is an error in one line of printable characters.
func oneLine(err error) string {
	clean := strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || 0x80 <= c && c < 0xa0 {
			return ' '
		}
		return c
	}, err.Error())
	return strings.Join(strings.Fields(clean), " ")
}

// watch implements kind.
func (k *queryKind) watch() *subscription {
	return k.store.watchFiles([]string{k.conn.Path, k.conn.Path + walEnd})
}

// close implements kind.
func (k *queryKind) close() {}
