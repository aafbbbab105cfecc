package data

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/transport"
)

// A server of figures that means harm to its readers meets the limits of the
// client that data is handed, and is told in one line.
func TestT20AHostileServerOfFiguresIsBoundedAndTold(t *testing.T) {
	var bomb bytes.Buffer // MaxBody and a little more, in some KB
	z := gzip.NewWriter(&bomb)
	for range MaxBody>>20 + 1 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	const limit = 1 << 20 // of the client's, so that a busy machine gets there in time
	tests := map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"T-20 a body without end": {func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}, "answered with more than 1 MiB"},
		"T-20 a gzip bomb as encoding": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		}, "answered with more than 1 MiB"},
		"T-20 a gzip bomb as a file": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/gzip")
			w.Write(bomb.Bytes())
		}, "the answer is larger than 16 MiB"},
		"T-20 huge headers": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Large", strings.Repeat("x", 1<<20))
		}, "cannot be reached"},
		"T-20 redirects in a circle": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, "redirects more than 5 times"},
		"T-20 a redirect with control characters": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://evil.example%1b]0;x/")
			w.WriteHeader(http.StatusFound)
		}, "cannot be reached"},
		"T-20 no HTTP": {func(w http.ResponseWriter, _ *http.Request) {
			c, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				io.WriteString(c, "\x1b[2J220 mail.example ESMTP\r\n")
				c.Close()
			}
		}, "cannot be reached"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(test.answer)
			defer server.Close()
			network := transport.New(transport.Options{Env: func(string) (string, bool) { return "", false }})
			defer network.CloseIdleConnections()
			s := NewSource(Options{
				HTTP: network.Client(transport.Limits{Bytes: limit, Time: MaxTime, Redirects: MaxRedirects}),
				URLs: URLs{Agriculture: server.URL + "/a.csv"}, CacheDir: t.TempDir(),
			})
			_, err := s.Agriculture(context.WithoutCancel(t.Context()))
			if err == nil || !strings.Contains(err.Error(), test.says) || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("%q, want %q", err, test.says)
			}
		})
	}
}
