package trino_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/source/trino"
)

const token = "eyJ-the-readers-own"

// coordinator answers as a Trino server does, with what reply says.
func coordinator(t *testing.T, reply func(w http.ResponseWriter, r *http.Request) map[string]any) *httptest.Server {
	t.Helper()
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if body := reply(w, r); body != nil {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(body)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func ask(t *testing.T, s *httptest.Server) error {
	t.Helper()
	_, err := trino.Ask(t.Context(), s.Client(), trino.Query{Server: s.URL, SQL: "select 1", Timeout: 10 * time.Second, Token: func() string { return token }})
	return err
}

func TestG52NothingIsAskedOutsideOfTheOrigin(t *testing.T) {
	var asked atomic.Int64
	var leaked atomic.Bool
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		leaked.Store(leaked.Load() || r.Header.Get("Authorization") != "")
	}))
	defer thief.Close()
	columns := []map[string]any{{"name": "n", "type": "bigint", "typeSignature": map[string]any{"rawType": "bigint", "arguments": []any{}}}}
	for name, reply := range map[string]map[string]any{
		"G-52 a next address elsewhere": {"id": "q", "nextUri": thief.URL + "/v1/statement/q/1", "stats": map[string]any{"state": "QUEUED"}},
		"G-52 a segment elsewhere": {"id": "q", "columns": columns, "stats": map[string]any{"state": "FINISHED"}, "data": map[string]any{
			"encoding": "json", "segments": []any{map[string]any{"type": "spooled", "uri": thief.URL + "/segment", "ackUri": thief.URL + "/ack", "metadata": map[string]any{"rowsCount": 1, "segmentSize": 10, "rowOffset": 0}}},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := coordinator(t, func(_ http.ResponseWriter, r *http.Request) map[string]any {
				if r.Method == http.MethodPost && reply["nextUri"] == nil {
					return map[string]any{"id": "q", "nextUri": "https://" + r.Host + "/v1/statement/q/1", "stats": map[string]any{"state": "QUEUED"}}
				}
				return reply
			})
			if err := ask(t, s); err == nil || strings.Contains(err.Error(), token) {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("G-52 a redirect elsewhere", func(t *testing.T) {
		s := coordinator(t, func(w http.ResponseWriter, r *http.Request) map[string]any {
			http.Redirect(w, r, thief.URL, http.StatusTemporaryRedirect)
			return nil
		})
		if err := ask(t, s); err == nil {
			t.Error("it is followed")
		}
	})
	if asked.Load() > 0 || leaked.Load() {
		t.Errorf("another origin was asked %d times, with the token: %v", asked.Load(), leaked.Load())
	}
}

func TestG40WhatTheServerSaysOfTheReader(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   map[string]any
		want   error
	}{
		"G-40 a token that is not taken":  {http.StatusUnauthorized, nil, trino.ErrSignIn},
		"G-40 a reader who may not":       {http.StatusForbidden, nil, trino.ErrForbidden},
		"G-40 a table that is not theirs": {http.StatusOK, map[string]any{"id": "q", "error": map[string]any{"message": "Access Denied", "errorName": "PERMISSION_DENIED", "errorType": "USER_ERROR"}, "stats": map[string]any{"state": "FAILED"}}, trino.ErrForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			s := coordinator(t, func(w http.ResponseWriter, _ *http.Request) map[string]any {
				if c.status != http.StatusOK {
					w.WriteHeader(c.status)
				}
				return c.body
			})
			if err := ask(t, s); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	t.Run("G-40 trouble of its own is neither", func(t *testing.T) {
		s := coordinator(t, func(w http.ResponseWriter, _ *http.Request) map[string]any {
			w.WriteHeader(http.StatusInternalServerError)
			return nil
		})
		if err := ask(t, s); err == nil || errors.Is(err, trino.ErrSignIn) || errors.Is(err, trino.ErrForbidden) {
			t.Errorf("got %v", err)
		}
	})
}

func TestTheReaderIsNamedByTheTokenAlone(t *testing.T) {
	var headers http.Header
	s := coordinator(t, func(_ http.ResponseWriter, r *http.Request) map[string]any {
		headers = r.Header.Clone()
		return map[string]any{"id": "q", "columns": []map[string]any{{"name": "n", "type": "bigint", "typeSignature": map[string]any{"rawType": "bigint", "arguments": []any{}}}}, "data": [][]any{{1}}, "stats": map[string]any{"state": "FINISHED"}}
	})
	if err := ask(t, s); err != nil {
		t.Fatal(err)
	}
	if headers.Get("Authorization") != "Bearer "+token || headers.Get("X-Trino-User") != "" || headers.Get("X-Trino-Query-Data-Encoding") != "" {
		t.Errorf("the request says %v", headers)
	}
}

func TestAServerIsAnOriginOverHTTPS(t *testing.T) {
	for server, want := range map[string]string{
		"http://lake.example.com:8080":           "url needs https: write https://lake.example.com:8080",
		"https://me:secret@lake.example.com":     "url is more than an origin: write https://host:port",
		"https://lake.example.com/path?token=no": "url is more than an origin: write https://host:port",
		"lake":                                   "url cannot be read: write https://host:port",
	} {
		_, err := trino.Ask(t.Context(), http.DefaultClient, trino.Query{Server: server, SQL: "select 1", Timeout: time.Second, Token: func() string { return token }})
		if err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", server, err, want)
		}
	}
}
