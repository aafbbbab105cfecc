package client_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate/client"
	"github.com/authtabs/tabgate/data/gate/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// server is a server that says what a test wants: honest by default.
type server struct {
	*httptest.Server

	mu       sync.Mutex
	answers  map[string]http.HandlerFunc // by path
	requests []*http.Request
	tokens   map[string][]string // taken, and the groups of who has them
	now      time.Time
}

const issuer = "http://127.0.0.1:9/pool"

// newServer starts a server with an open page and one for Underwriters, each
// with the frame "sales".
func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{answers: map[string]http.HandlerFunc{}, tokens: map[string][]string{}, now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	s.on(wire.ResourcePath, func(w http.ResponseWriter, _ *http.Request) { s.json(w, s.resource()) })
	s.on(wire.DashboardPath, s.dashboard)
	for _, id := range []string{"open", "secret"} {
		s.on(wire.PagePath(id), s.gated(id, func(w http.ResponseWriter, _ *http.Request) { s.json(w, page(id)) }))
		s.on(wire.PagePath(id)+"/frames/sales", s.gated(id, func(w http.ResponseWriter, _ *http.Request) { rows(w, "region,amount\nNorth,1\nSouth,2\n", 2) }))
	}
	return s
}

func (s *server) on(path string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[path] = h
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, r)
	h := s.answers[r.URL.EscapedPath()]
	s.mu.Unlock()
	if h == nil {
		problem(w, 404, "")
		return
	}
	h(w, r)
}

// seen are the paths that were asked for, with ! where a token came along.
func (s *server) seen() (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.requests {
		path := r.URL.Path
		if r.Header.Get("Authorization") != "" {
			path += "!"
		}
		out = append(out, path)
	}
	return out
}

func (s *server) groups(r *http.Request) (groups []string, status int) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.mu.Lock()
	defer s.mu.Unlock()
	groups, ok := s.tokens[token]
	switch {
	case token == "":
		return nil, http.StatusUnauthorized
	case !ok:
		return nil, http.StatusUnauthorized
	}
	return groups, http.StatusOK
}

// gated lets members of Underwriters in, and everybody into the page open.
func (s *server) gated(id string, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		groups, status := s.groups(r)
		switch {
		case id == "open":
		case status != http.StatusOK:
			problem(w, status, "sign in")
			return
		case !strings.Contains(strings.Join(groups, " "), "Underwriters"):
			problem(w, http.StatusForbidden, "not yours")
			return
		}
		h(w, r)
	}
}

func (s *server) dashboard(w http.ResponseWriter, r *http.Request) {
	groups, status := s.groups(r)
	access := wire.Open
	switch {
	case status != http.StatusOK:
		access = wire.NeedSignIn
	case len(groups) == 0:
		access = wire.NoGroup
	}
	s.json(w, wire.Dashboard{Title: "Desk", Pages: []wire.Entry{
		{ID: "open", Title: "Open", Groups: []string{}, Access: wire.Open, About: "For all."},
		{ID: "secret", Title: "Secret", Groups: []string{"Underwriters"}, Access: access},
	}})
}

func (s *server) resource() wire.Resource {
	return wire.Resource{
		Resource: s.URL, Servers: []string{issuer}, Scopes: []string{"openid", "email", "dash/read"}, Methods: []string{"header"}, Name: "Credit desk",
		Tabgate: wire.SignIn{Domain: "http://127.0.0.1:9", ClientID: "abc", RedirectURIs: []string{"http://localhost:8501" + client.CallbackPath(issuer)}, LogoutURI: "http://localhost:8501/", SendsTokenTo: []string{}},
	}
}

func (s *server) json(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", wire.ProblemJSON)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(wire.Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Needs: []string{"Underwriters"}})
}

func page(id string) wire.Page {
	return wire.Page{
		ID: id, Title: id, Rows: json.RawMessage(`[[{"table":{"source":"sales"}}]]`), Inputs: json.RawMessage("[]"),
		Frames: []wire.Frame{{Name: "sales", Columns: []wire.Column{{Name: "region", Type: "text"}, {Name: "amount", Type: "integer"}}, Origin: wire.Origin{Kind: "file", Name: "sales"}}},
	}
}

// rows answers with rows as a gate does: ended by trailers.
func rows(w http.ResponseWriter, text string, n int) {
	w.Header().Set("Content-Type", wire.CSV+"; charset=utf-8")
	w.Header().Set("Trailer", wire.RowsTrailer+", "+wire.TruncatedTrailer)
	_, _ = w.Write([]byte(text))
	w.Header().Set(wire.RowsTrailer, fmt.Sprint(n))
	w.Header().Set(wire.TruncatedTrailer, wire.Complete)
}

// token is an access token with claims over those that fit the server; nil takes
// one away. Its signature is for the server to look at.
func (s *server) token(more map[string]any) string {
	claims := map[string]any{"iss": issuer, "client_id": "abc", "token_use": "access", "aud": s.URL, "scope": "openid", "sub": "1"}
	for name, v := range more {
		if claims[name] = v; v == nil {
			delete(claims, name)
		}
	}
	text, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	return "e30." + base64.RawURLEncoding.EncodeToString(text) + ".x"
}

// member lets the server take a token of a member of groups.
func (s *server) member(groups ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := s.token(map[string]any{"jti": len(s.tokens)})
	s.tokens[token] = groups
	return token
}

// offer is what the server says of itself, judged.
func (s *server) offer(t *testing.T) client.Offer {
	t.Helper()
	at, err := client.ParseAddress(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	o, err := client.FetchOffer(t.Context(), http.DefaultClient, at)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// connect makes a client whose person has the tokens, the next one at each
// renewal.
func (s *server) connect(t *testing.T, tokens ...string) *client.Client {
	t.Helper()
	var mu sync.Mutex
	own := &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{}).DialContext}}
	t.Cleanup(own.CloseIdleConnections)
	return client.New(s.offer(t), client.Options{
		HTTP: own,
		Now: func() time.Time {
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.now
		},
		Token: func(_ context.Context, renew bool) (string, error) {
			mu.Lock()
			defer mu.Unlock()
			if renew && len(tokens) > 1 {
				tokens = tokens[1:]
			}
			if len(tokens) == 0 {
				return "", nil
			}
			return tokens[0], nil
		},
	})
}

// open opens the page of an id and its frame "sales".
func open(t *testing.T, c *client.Client, id string) (*client.Page, *client.Feed, error) {
	t.Helper()
	l, err := c.Dashboard(t.Context())
	if err != nil {
		return nil, nil, err
	}
	listed, ok := l.Pages.Find(id)
	if !ok {
		t.Fatalf("there is no page %s", id)
	}
	p, err := c.Page(t.Context(), listed, l.Pages.IDs())
	if err != nil {
		return nil, nil, err
	}
	f := p.Open(t.Context(), p.Content.Sources[0], nil)
	t.Cleanup(f.Close)
	return p, f, nil
}

// listedAs is a page as a list has it.
func listedAs(id string) dashboard.Page { return dashboard.Page{ID: id, Title: id} }
