package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source/postgres"
	"github.com/authtabs/tabgate/data/source/rows"
	"github.com/authtabs/tabgate/data/source/trino"
	"github.com/authtabs/tabgate/data/textfile"
)

// serverKind asks a database on a server.
type serverKind struct {
	store *Store
	src   dashboard.Source
	conn  dashboard.Connection
	asks  statement
	asked asking
}

// takes are the identities that a driver can tell its database.
var takes = map[string][]string{"postgres": {"none", "service", "claims"}, "trino": {"none", "service", "token"}}

func newServerKind(s *Store, src dashboard.Source, conn dashboard.Connection, asks statement, a asking) (kind, error) {
	known := takes[conn.Driver]
	for _, identity := range known {
		if src.Identity == identity || src.Identity == "" {
			return &serverKind{s, src, conn, asks, a}, nil
		}
	}
	return nil, fmt.Errorf("source %s: %s cannot be asked with identity %s: write service or %s", src.Name, conn.Driver, src.Identity, known[len(known)-1])
}

// read implements kind.
func (k *serverKind) read(ctx context.Context, _ *publisher, _ reason) (Snapshot, error) {
	switch {
	case !k.store.allows(k.src):
		return Snapshot{Waiting: waitsForYes}, nil
	case k.conn.Driver == "trino" && k.store.o.HTTP == nil:
		return Snapshot{}, fmt.Errorf("source %s: offline: connection %s is not asked", k.src.Name, k.conn.Name)
	case k.asked.reader.over(k.store.o.Now()):
		return Snapshot{}, &withdrawn{fmt.Errorf("source %s: %w", k.src.Name, ErrSignIn)}
	}
	limit := cmp.Or(k.conn.Timeout, queryTime)
	got, err := k.ask(ctx, limit)
	if err == nil {
		return Snapshot{
			Frame: got.Memory, Report: textfile.Report{Format: k.conn.Driver, Notes: got.Notes}, Read: k.store.o.Now(), Note: k.cut(got, limit),
		}, nil
	}
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		err = fmt.Errorf("it took longer than %s: ask for less, or raise timeout of connection %s", limit, k.conn.Name)
	}
	return Snapshot{}, k.told(err)
}

func (k *serverKind) ask(ctx context.Context, limit time.Duration) (*rows.Answer, error) {
	limits := rows.Limits{Rows: cmp.Or(k.conn.MaxRows, queryRows), Bytes: cmp.Or(k.conn.MaxBytes, queryBytes)}
	origin := frame.Origin{Kind: "live", Name: k.conn.Name, Fetched: k.store.o.Now()}
	if k.conn.Driver == "trino" {
		return k.askTrino(ctx, trino.Query{Timeout: limit, Limits: limits, Origin: origin})
	}
	dsn, err := k.store.expand(k.conn.DSN)
	if err != nil {
		return nil, err
	}
	query, args := k.asks.bind(k.asked.params, func(n int) string { return "$" + strconv.Itoa(n) }, func(v string) any { return v })
	q := postgres.Query{
		DSN: dsn, Role: k.conn.Role, SQL: query, Args: args, Timeout: limit, Limits: limits, Origin: origin,
	}
	if k.src.Identity == "claims" {
		q.Claims, q.Reader = k.asked.reader.Claims, true
	}
	return k.store.servers.Ask(ctx, q)
}

func (k *serverKind) askTrino(ctx context.Context, q trino.Query) (*rows.Answer, error) {
	q.Server, q.Catalog, q.Schema = k.conn.URL, k.conn.Catalog, k.conn.Schema
	q.SQL, q.Args = k.asks.bind(k.asked.params, func(int) string { return "?" }, argument)
	if k.src.Identity == "token" {
		if k.asked.reader.Token.text() == "" {
			return nil, ErrSignIn
		}
		q.Token = k.asked.reader.Token.text
	}
	got, err := trino.Ask(ctx, k.store.o.HTTP, q)
	switch {
	case errors.Is(err, trino.ErrSignIn) && q.Token != nil:
		return nil, ErrSignIn
	case errors.Is(err, trino.ErrForbidden) && q.Token != nil:
		return nil, ErrNoAccess
	}
	return got, err
}

// told is an error in words for the page. A refusal of the reader withdraws
// what is shown.
func (k *serverKind) told(err error) error {
	who := k.src.Identity == "claims" || k.src.Identity == "token"
	switch {
	case who && errors.Is(err, ErrSignIn), who && errors.Is(err, postgres.ErrForbidden) && k.asked.reader.Claims == "":
		return &withdrawn{fmt.Errorf("source %s: %w", k.src.Name, ErrSignIn)}
	case who && errors.Is(err, ErrNoAccess), who && errors.Is(err, postgres.ErrForbidden):
		return &withdrawn{fmt.Errorf("source %s: %w", k.src.Name, ErrNoAccess)}
	case errors.Is(err, postgres.ErrForbidden), errors.Is(err, postgres.ErrUnbound):
		return &withdrawn{fmt.Errorf("source %s: connection %s: %w", k.src.Name, k.conn.Name, err)}
	}
	return fmt.Errorf("source %s: %s", k.src.Name, oneLine(err))
}

// cut says what is not shown.
func (k *serverKind) cut(got *rows.Answer, limit time.Duration) string {
	switch got.Cut {
	case rows.ByRows:
		return fmt.Sprintf("cut at %d rows, there are more: max_rows of connection %s", got.Len(), k.conn.Name)
	case rows.ByBytes:
		return fmt.Sprintf("cut at %d rows, for more than %d bytes came: max_bytes of connection %s", got.Len(), cmp.Or(k.conn.MaxBytes, queryBytes), k.conn.Name)
	case rows.ByTime:
		return fmt.Sprintf("cut at %d rows, which came within %s: timeout of connection %s", got.Len(), limit, k.conn.Name)
	}
	return ""
}

// as implements askedAs.
func (k *serverKind) as(who Reader) { k.asked.reader = who }

// watch implements kind.
func (k *serverKind) watch() *subscription { return nil }

// close implements kind.
func (k *serverKind) close() {}
