// Package postgres asks a PostgreSQL server, or what speaks its protocol, for
// rows: read only, as a role that can change nothing, and telling the database
// who the reader is so that its row-level security decides.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source/rows"
)

// Query is a question to a server.
type Query struct {
	DSN  string // with its secrets
	Role string // that is taken on for the query; "" = the one that signs in
	SQL  string // one statement, with placeholders $1, $2, …
	// Args are the values of the placeholders: text, or nil for null. The server
	// reads them as the types that it expects.
	Args []any
	// Claims is what the database is told of the reader, a JSON object in
	// request.jwt.claims; "" = {}, nobody. Reader says that it decides by them:
	// then roles to which its policies do not apply are refused.
	Claims  string
	Reader  bool
	Timeout time.Duration
	Limits  rows.Limits
	Origin  frame.Origin
}

// Errors that say something of the reader, or of the role.
var (
	// ErrForbidden says that the role may not read what the query names.
	ErrForbidden = errors.New("the role of the query may not read that")
	// ErrUnbound says that policies do not apply to the role.
	ErrUnbound = errors.New("row-level security does not bind this role")
)

// Pool keeps a few connections, by what they were made for. The zero Pool is
// ready.
type Pool struct {
	mu     sync.Mutex
	idle   map[string][]*pgx.Conn
	closed bool
}

const maxIdle = 4 // connections that are kept for the next query

// Ask asks a server and changes nothing there. Where the time is over it gives
// the rows that came until then.
func (p *Pool) Ask(ctx context.Context, q Query) (*rows.Answer, error) {
	s, err := parse(q.DSN)
	if err != nil {
		return nil, err
	}
	limited, stop := context.WithTimeout(ctx, q.Timeout)
	defer stop()
	conn, err := p.take(limited, q.DSN, s)
	if err != nil {
		return nil, connectError(s, err)
	}
	a, err := ask(limited, conn, q)
	if err == nil || errors.Is(err, rows.ErrCut) {
		err = p.give(ctx, q.DSN, conn, err != nil)
	} else {
		discard(conn)
	}
	if err != nil {
		return nil, queryError(err)
	}
	return a, nil
}

// Close closes the connections that are kept.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, list := range p.idle {
		for _, conn := range list {
			discard(conn)
		}
	}
	p.idle = nil
}

func (p *Pool) take(ctx context.Context, dsn string, s settings) (*pgx.Conn, error) {
	p.mu.Lock()
	for list := p.idle[dsn]; len(list) > 0; list = p.idle[dsn] {
		conn := list[len(list)-1]
		p.idle[dsn] = list[:len(list)-1]
		if conn.Ping(ctx) == nil {
			p.mu.Unlock()
			return conn, nil
		}
		discard(conn)
	}
	p.mu.Unlock()
	c, err := s.config()
	if err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, c)
}

// give keeps a connection once nothing of the query is left on it. One of which
// an answer was cut has more on its way, and is closed.
func (p *Pool) give(ctx context.Context, dsn string, conn *pgx.Conn, cut bool) error {
	if cut {
		discard(conn)
		return nil
	}
	if _, err := conn.Exec(ctx, "discard all"); err != nil {
		discard(conn)
		return nil // the rows are whole
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.idle[dsn]) >= maxIdle {
		discard(conn)
		return nil
	}
	if p.idle == nil {
		p.idle = map[string][]*pgx.Conn{}
	}
	p.idle[dsn] = append(p.idle[dsn], conn)
	return nil
}

// discard closes a connection without waiting for its server.
func discard(conn *pgx.Conn) {
	ctx, stop := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer stop()
	_ = conn.Close(ctx)
}

// ask runs the query in a transaction that can only read, and forgets the
// reader with its end.
func ask(ctx context.Context, conn *pgx.Conn, q Query) (*rows.Answer, error) {
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, err
	}
	if err := prepare(ctx, tx, q); err != nil {
		return nil, err
	}
	a, err := read(ctx, tx, q)
	if err != nil && !errors.Is(err, rows.ErrCut) {
		return nil, err
	}
	if err != nil { // cut: the connection is closed, and the transaction with it
		return a, err
	}
	return a, tx.Commit(ctx)
}

// prepare takes the role on, tells who the reader is, and bounds the time on
// the server too.
func prepare(ctx context.Context, tx pgx.Tx, q Query) error {
	claims := q.Claims
	if claims == "" {
		claims = "{}"
	}
	millis := strconv.FormatInt(q.Timeout.Milliseconds(), 10)
	if _, err := tx.Exec(ctx, "select set_config('statement_timeout', $1, true), set_config('request.jwt.claims', $2, true)", millis, claims); err != nil {
		return err
	}
	if q.Role != "" {
		if _, err := tx.Exec(ctx, "select set_config('role', $1, true)", q.Role); err != nil {
			return fmt.Errorf("role %s cannot be taken on: %w", clean(q.Role), err)
		}
	}
	if !q.Reader {
		return nil
	}
	return bound(ctx, tx)
}

// bound refuses roles to which no policy applies: superusers, those with
// BYPASSRLS, owners of tables whose policies are not forced upon them, and
// whoever could become one of these.
func bound(ctx context.Context, tx pgx.Tx) error {
	const free = `select r.rolname, r.rolsuper, r.rolbypassrls, exists (
	select from pg_catalog.pg_class c where c.relowner = r.oid and c.relrowsecurity and not c.relforcerowsecurity)
from pg_catalog.pg_roles r
where (pg_catalog.pg_has_role(session_user, r.oid, 'MEMBER') or pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER'))
	and (r.rolsuper or r.rolbypassrls or exists (
		select from pg_catalog.pg_class c where c.relowner = r.oid and c.relrowsecurity and not c.relforcerowsecurity))
order by r.rolsuper desc, r.rolbypassrls desc, r.rolname limit 1`
	var name string
	var super, bypass, owns bool
	switch err := tx.QueryRow(ctx, free).Scan(&name, &super, &bypass, &owns); {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	why := "owns a table with policies, which do not hold for owners"
	switch {
	case super:
		why = "is a superuser"
	case bypass:
		why = "has BYPASSRLS"
	}
	return fmt.Errorf("%w: %s %s; sign in with a role that is neither that nor a member of it", ErrUnbound, clean(name), why)
}

func read(ctx context.Context, tx pgx.Tx, q Query) (*rows.Answer, error) {
	args := append([]any{binaryFormats}, q.Args...)
	result, err := tx.Query(ctx, q.SQL, args...)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	columns, kinds := described(result.FieldDescriptions())
	c := rows.Collect(columns, q.Limits)
	for result.Next() {
		if err = add(c, kinds, result.RawValues()); err != nil {
			break
		}
	}
	if err == nil {
		err = result.Err()
	}
	if errors.Is(err, context.DeadlineExceeded) && c.Rows() > 0 || timedOut(err) && c.Rows() > 0 {
		c.TimedOut()
		err = rows.ErrCut
	}
	if err != nil && !errors.Is(err, rows.ErrCut) {
		return nil, err
	}
	if len(columns) == 0 {
		return nil, errors.New("the query gives no columns: write one select")
	}
	return c.Answer(q.Origin), err
}

// timedOut reports whether the server ended a query for its time.
func timedOut(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "57014"
}

// connectError is why there is no connection, without what the connection
// string holds.
func connectError(s settings, err error) error {
	var e *pgconn.PgError
	var dns *net.DNSError
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &e) && (e.Code == "28P01" || e.Code == "28000"):
		return fmt.Errorf("the database at %s does not take the sign-in: %s; check user and password of the dsn", s.address(), clip(e.Message))
	case errors.As(err, &e):
		return fmt.Errorf("the database at %s refuses: %s", s.address(), clip(e.Message))
	case errors.As(err, &dns):
		return fmt.Errorf("the host %s is not known", s.host)
	case strings.Contains(err.Error(), "tls:"), strings.Contains(err.Error(), "x509:"), strings.Contains(err.Error(), "refused TLS"):
		return fmt.Errorf("the database at %s shows no certificate for that name that is trusted here", s.address())
	}
	why := "nothing answers there"
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		why = "it hangs up"
	}
	return fmt.Errorf("the database at %s cannot be reached: %s", s.address(), why)
}

// queryError says what is wrong with a query.
func queryError(err error) error {
	var e *pgconn.PgError
	switch {
	case !errors.As(err, &e) && strings.HasPrefix(err.Error(), "expected ") && strings.Contains(err.Error(), " arguments, got "):
		return errors.New("the query has a placeholder that is no :name of an input: write it so")
	case e == nil:
		return err
	case e.Code == "57014":
		return context.DeadlineExceeded
	case e.Code == "42501":
		return fmt.Errorf("%w: %s", ErrForbidden, clip(e.Message))
	case e.Code == "25006":
		return errors.New("the query may only select: it can change nothing")
	case e.Code == "42601" && strings.Contains(e.Message, "multiple commands"):
		return errors.New("the query is several: write one select")
	}
	return fmt.Errorf("the query fails: %s", clip(e.Message))
}

// clip is what a server says, as it may be shown.
func clip(text string) string {
	text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || 0x7f <= r && r < 0xa0 {
			return ' '
		}
		return r
	}, text)), " ")
	if len(text) > 300 {
		text = strings.ToValidUTF8(text[:300], "") + "…"
	}
	return text
}
