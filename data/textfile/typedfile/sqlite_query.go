package typedfile

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/authtabs/tabgate/data/frame"
)

// Query is a question to a SQLite file.
type Query struct {
	Path   string
	Origin frame.Origin
	SQL    string // one select
	Args   []any  // of its placeholders: int64, float64, string or nil
	// MaxRows and MaxBytes are what is taken at most; 0 = all.
	MaxRows  int
	MaxBytes int64
}

// Limit is what cut the answer to a query.
type Limit int

// The limits.
const (
	NoLimit Limit = iota
	RowLimit
	ByteLimit
	TimeLimit
)

// Answer is what a query gave: a frame in memory.
type Answer struct {
	*frame.Memory
	Notes []string
	Cut   Limit // there is more than what is here
}

// SQLiteQuery asks a SQLite file and changes nothing in it. Where ctx's time
// runs out it gives the rows that came until then.
func SQLiteQuery(ctx context.Context, q Query) (a *Answer, err error) {
	defer damaged("SQLite", &err)
	db, note, err := openSQLite(ctx, q.Path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	a = &Answer{}
	if note != "" {
		a.Notes = append(a.Notes, note)
	}
	k := &keptRows{most: q.MaxRows, bytes: q.MaxBytes}
	err = db.use(ctx, func(conn *sqlite3.Conn) error { return k.ask(conn, q) })
	switch {
	case errors.Is(err, errCut):
		a.Cut = k.cut
	case errors.Is(err, context.DeadlineExceeded) && k.rows > 0:
		a.Cut = TimeLimit
	case err != nil:
		return nil, queryError(err)
	}
	t := &Table{}
	s := &sqliteTable{columns: k.columns, rows: k.rows}
	for i := range k.counts {
		s.decide(i, &k.counts[i], t)
	}
	a.Notes = append(a.Notes, t.Notes...)
	a.Memory = frame.New(q.Origin, s.columns, k.vectors())
	return a, nil
}

// queryError says what is wrong with a query.
func queryError(err error) error {
	var own *sqlite3.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), !errors.As(err, &own):
		return err
	case own.Code() == sqlite3.AUTH:
		return errors.New("the query may only select: it can change nothing, open no other file and set nothing")
	}
	return fmt.Errorf("the query fails: %s", strings.TrimPrefix(own.Error(), "sqlite3: "))
}

// onlySelects lets a statement read tables, and nothing else.
func onlySelects(action sqlite3.AuthorizerActionCode, _, _, _, _ string) sqlite3.AuthorizerReturnCode {
	switch action {
	case sqlite3.AUTH_SELECT, sqlite3.AUTH_READ, sqlite3.AUTH_FUNCTION, sqlite3.AUTH_RECURSIVE:
		return sqlite3.AUTH_OK
	}
	return sqlite3.AUTH_DENY
}

// errCut ends a query of which enough is known.
var errCut = errors.New("there is more")

// ask runs the query and keeps its rows.
func (k *keptRows) ask(conn *sqlite3.Conn, q Query) error {
	if err := conn.SetAuthorizer(onlySelects); err != nil {
		return err
	}
	row, tail, err := conn.Prepare(q.SQL)
	if err != nil {
		return err
	}
	if row == nil {
		return errors.New("the query is empty: write a select")
	}
	defer row.Close()
	other, _, err := conn.Prepare(tail)
	if other != nil {
		err = errors.Join(errors.New("the query is several: write one select"), other.Close())
	}
	if err != nil {
		return err
	}
	if n := row.BindCount(); n != len(q.Args) {
		return errors.New("the query has a placeholder that is no :name of an input: write it so")
	}
	for i, arg := range q.Args {
		if err := bindArg(row, i+1, arg); err != nil {
			return err
		}
	}
	k.begin(namedColumns(row))
	for row.Step() {
		if err := k.add(row); err != nil {
			return err
		}
	}
	return row.Err()
}

func bindArg(row *sqlite3.Stmt, i int, arg any) error {
	switch v := arg.(type) {
	case int64:
		return row.BindInt64(i, v)
	case float64:
		return row.BindFloat(i, v)
	case string:
		return row.BindText(i, v)
	}
	return row.BindNull(i)
}

// keptRows are rows as SQLite stores them. Which types their columns have is
// known only when all are there.
type keptRows struct {
	most  int
	bytes int64
	cut   Limit

	columns []frame.Column
	counts  []stored
	cells   []keptCells
	rows    int
	size    int64
	at      int // the row that is read
}

// keptCells are the values of one column.
type keptCells struct {
	kinds []sqlite3.Datatype
	bits  []uint64 // the number, or where the text ends
	text  []byte
}

func (k *keptRows) begin(columns []frame.Column) {
	k.columns, k.counts, k.cells = columns, make([]stored, len(columns)), make([]keptCells, len(columns))
}

func (k *keptRows) add(row *sqlite3.Stmt) error {
	if k.most > 0 && k.rows == k.most {
		k.cut = RowLimit
		return errCut
	}
	size := int64(0)
	for i := range k.cells {
		if size += 9; row.ColumnType(i) == sqlite3.TEXT || row.ColumnType(i) == sqlite3.BLOB {
			size += int64(len(row.ColumnRawBlob(i)))
		}
	}
	if k.bytes > 0 && k.size+size > k.bytes {
		k.cut = ByteLimit
		return errCut
	}
	k.size += size
	for i := range k.cells {
		k.counts[i].add(row, i)
		k.cells[i].add(row, i)
	}
	k.rows++
	return nil
}

func (c *keptCells) add(row *sqlite3.Stmt, i int) {
	kind := row.ColumnType(i)
	bits := uint64(0)
	switch kind {
	case sqlite3.INTEGER:
		bits = uint64(row.ColumnInt64(i))
	case sqlite3.FLOAT:
		bits = math.Float64bits(row.ColumnFloat(i))
	case sqlite3.TEXT:
		c.text = append(c.text, row.ColumnRawText(i)...)
	case sqlite3.BLOB:
		c.text = append(c.text, row.ColumnRawBlob(i)...)
	}
	if kind == sqlite3.TEXT || kind == sqlite3.BLOB {
		bits = uint64(len(c.text))
	}
	c.kinds, c.bits = append(c.kinds, kind), append(c.bits, bits)
}

// ColumnType implements storedRow.
func (k *keptRows) ColumnType(i int) sqlite3.Datatype { return k.cells[i].kinds[k.at] }

// ColumnInt64 implements storedRow.
func (k *keptRows) ColumnInt64(i int) int64 { return int64(k.cells[i].bits[k.at]) }

// ColumnFloat implements storedRow: an integer is a number as well.
func (k *keptRows) ColumnFloat(i int) float64 {
	if bits := k.cells[i].bits[k.at]; k.ColumnType(i) == sqlite3.FLOAT {
		return math.Float64frombits(bits)
	} else {
		return float64(int64(bits))
	}
}

// ColumnRawText implements storedRow.
func (k *keptRows) ColumnRawText(i int) []byte {
	c := &k.cells[i]
	from := k.at
	for from > 0 && c.kinds[from-1] != sqlite3.TEXT && c.kinds[from-1] != sqlite3.BLOB {
		from--
	}
	start := uint64(0)
	if from > 0 {
		start = c.bits[from-1]
	}
	return c.text[start:c.bits[k.at]]
}

// ColumnRawBlob implements storedRow.
func (k *keptRows) ColumnRawBlob(i int) []byte { return k.ColumnRawText(i) }

// vectors are the columns by their types.
func (k *keptRows) vectors() []frame.Vector {
	out := make([]frame.Vector, len(k.columns))
	for i := range out {
		out[i].Reset(k.columns[i].Type)
		for k.at = range k.rows {
			appendStored(&out[i], k, i)
		}
	}
	return out
}
