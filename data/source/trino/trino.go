// Package trino asks a Trino server for rows, as the reader whose access token
// it is given: the server decides by that.
package trino

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	driver "github.com/trinodb/trino-go-client/trino"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source/rows"
)

// Query is a question to a server.
type Query struct {
	Server          string // its origin: https, or http on this machine
	Catalog, Schema string
	SQL             string // one statement, with a ? for each argument
	Args            []any  // int64, float64, string or nil
	// Token gives the reader's access token; nil = nobody's, and the server is
	// asked as the user tabgate.
	Token   func() string
	Timeout time.Duration
	Limits  rows.Limits
	Origin  frame.Origin
}

// Errors that say something of the reader.
var (
	// ErrSignIn says that the server does not take the token.
	ErrSignIn = errors.New("the server does not take the access token")
	// ErrForbidden says that the reader may not read what the query names.
	ErrForbidden = errors.New("the reader may not read that")
)

const (
	maxAnswer = 64 << 20 // bytes of one answer of the server; a query has many
	maxRetry  = 5 * time.Second
	user      = "tabgate"
)

// Ask asks a server. The client's transport leads there; redirects are not
// followed, and no other origin is asked. Where the time is over it gives the
// rows that came until then.
func Ask(ctx context.Context, client *http.Client, q Query) (*rows.Answer, error) {
	server, err := origin(q.Server)
	if err != nil {
		return nil, err
	}
	if q.Token != nil && server.Scheme != "https" && !neterr.Loopback(server.Hostname()) {
		return nil, errors.New("an access token goes over https alone")
	}
	if client.Transport == nil {
		return nil, errors.New("there is no way onto the network")
	}
	ctx, stop := context.WithTimeout(ctx, q.Timeout)
	defer stop()
	retry := maxRetry
	server.User = url.User(user)
	guarded := *client
	g := &guard{next: client.Transport, scheme: server.Scheme, host: server.Host, token: q.Token}
	guarded.Transport = g
	connector, err := driver.NewConnector(&driver.Config{
		ServerURI: server.String(), Catalog: q.Catalog, Schema: q.Schema, Source: user, HTTPClient: &guarded,
		QueryTimeout: &q.Timeout, RequestRetryTimeout: &retry, ForwardAuthorizationHeader: q.Token != nil,
	})
	if err != nil {
		return nil, errors.New("the connection cannot be made: check url, catalog and schema")
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	a, err := ask(ctx, db, q)
	if away := g.strayed.Load(); away != nil { // the driver may have gone on without it
		err = away
	}
	if err != nil {
		return nil, reason(server.Host, err)
	}
	return a, nil
}

// origin checks the address of a server.
func origin(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "":
		return nil, errors.New("url cannot be read: write https://host:port")
	case u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("url is more than an origin: write https://host:port")
	case u.Scheme != "https" && (u.Scheme != "http" || !neterr.Loopback(u.Hostname())):
		return nil, fmt.Errorf("url needs https: write https://%s", u.Host)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

// guard lets requests go to one origin alone, without what would name another
// user or ask for answers that lie elsewhere, and bounds what comes back.
type guard struct {
	next         http.RoundTripper
	scheme, host string
	token        func() string
	strayed      atomic.Pointer[elsewhere] // the last address outside of the origin
}

// elsewhere is an address that a server named and that is not its own.
type elsewhere struct{ host string }

// Error says where it leads.
func (e *elsewhere) Error() string {
	return "it sends to " + e.host + ", which is not asked"
}

// RoundTrip implements http.RoundTripper.
func (g *guard) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != g.scheme || !strings.EqualFold(r.URL.Host, g.host) {
		away := &elsewhere{r.URL.Host}
		g.strayed.Store(away)
		return nil, away
	}
	r = r.Clone(r.Context())
	r.Header.Del("X-Trino-Query-Data-Encoding") // no spooling: segments may lie anywhere
	r.Header.Del("Authorization")
	if g.token != nil {
		r.Header.Del("X-Trino-User") // the token says who it is
		r.Header.Set("Authorization", "Bearer "+g.token())
	}
	resp, err := g.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden {
		resp.Body.Close()
		return nil, &neterr.StatusError{Host: g.host, Status: resp.StatusCode}
	}
	resp.Body = &bounded{resp.Body, maxAnswer}
	return resp, nil
}

// bounded is a body that ends in an error behind a limit.
type bounded struct {
	io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, neterr.TooLarge(maxAnswer)
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	return n, err
}

func ask(ctx context.Context, db *sql.DB, q Query) (*rows.Answer, error) {
	args := q.Args
	if q.Token != nil {
		args = append([]any{sql.Named("accessToken", q.Token())}, args...)
	}
	result, err := db.QueryContext(ctx, q.SQL, args...)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	types, err := result.ColumnTypes()
	if err != nil {
		return nil, err
	}
	columns := make([]frame.Column, len(types))
	values, into := make([]any, len(types)), make([]any, len(types))
	for i, t := range types {
		columns[i] = frame.Column{Name: clip(t.Name()), Type: typeOf(t)}
		into[i] = &values[i]
	}
	c := rows.Collect(columns, q.Limits)
	for result.Next() {
		if err = result.Scan(into...); err == nil {
			err = add(c, types, values)
		}
		if err != nil {
			break
		}
	}
	if err == nil {
		err = result.Err()
	}
	switch {
	case errors.Is(err, rows.ErrCut):
	case err != nil && ctx.Err() != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) && c.Rows() > 0:
		c.TimedOut()
	case err != nil:
		return nil, err
	}
	return c.Answer(q.Origin), nil
}

// reason says what is wrong.
func reason(host string, err error) error {
	var status *neterr.StatusError
	var other *elsewhere
	var own *driver.ErrTrino
	var failed *driver.ErrQueryFailed
	var large neterr.TooLarge
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &status) && status.Status == http.StatusUnauthorized:
		return ErrSignIn
	case errors.As(err, &status) && status.Status == http.StatusForbidden:
		return ErrForbidden
	case errors.As(err, &other):
		return fmt.Errorf("%s is not trusted with this: %w", host, other)
	case errors.As(err, &large):
		return fmt.Errorf("%s sends too much at once: %w", host, large)
	case errors.As(err, &own):
		return queryError(own)
	case errors.As(err, &failed):
		return fmt.Errorf("%s answers with HTTP %d", host, failed.StatusCode)
	}
	what, _ := neterr.Why(host, "url", err)
	return errors.New(what)
}

func queryError(e *driver.ErrTrino) error {
	switch e.ErrorName {
	case "PERMISSION_DENIED":
		return fmt.Errorf("%w: %s", ErrForbidden, clip(e.Message))
	case "EXCEEDED_TIME_LIMIT", "ABANDONED_QUERY":
		return context.DeadlineExceeded
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
