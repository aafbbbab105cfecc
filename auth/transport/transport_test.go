package transport

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/authtabs/tabgate/auth/neterr"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// environment is a process's environment as Options.Env reads it.
type environment map[string]string

func (e environment) lookup(key string) (string, bool) { v, ok := e[key]; return v, ok }

// within is a client of a transport in an environment of its own.
func within(t *testing.T, env environment, l Limits) *http.Client {
	t.Helper()
	network := New(Options{Env: env.lookup, UserAgent: "tabgate/1.2.3"})
	t.Cleanup(network.CloseIdleConnections)
	return network.Client(l)
}

// get reads an answer to its end.
func get(t *testing.T, hc *http.Client, address string) ([]byte, error) {
	t.Helper()
	return getWith(t.Context(), t, hc, address)
}

func getWith(ctx context.Context, t *testing.T, hc *http.Client, address string) ([]byte, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := hc.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func TestT3AnswersAreCutAtTheirLimit(t *testing.T) {
	const limit = 1000
	tests := map[string]struct {
		answer http.HandlerFunc
		fine   bool
	}{
		"T-3 nothing":        {func(http.ResponseWriter, *http.Request) {}, true},
		"T-3 the limit":      {func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, limit)) }, true},
		"T-3 a byte more":    {func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, limit+1)) }, false},
		"T-3 without end":    {endless, false},
		"T-3 a gzip bomb":    {bomb, false},
		"T-3 a large header": {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("x", 2*maxHeader)) }, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(test.answer)
			defer server.Close()
			body, err := get(t, within(t, nil, Limits{Bytes: limit, Time: 10 * time.Second}), server.URL)
			if (err == nil) != test.fine || len(body) > limit {
				t.Errorf("%d bytes, %v", len(body), err)
			}
			var large neterr.TooLarge
			if errors.As(err, &large) && large != limit {
				t.Errorf("the limit is told as %d", large)
			}
		})
	}
}

func endless(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		if _, err := w.Write(make([]byte, 4096)); err != nil {
			return
		}
	}
}

// bomb answers with a thousand times as much as it sends.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	z.Write(make([]byte, 10<<20))
	z.Close()
}

func TestT4AnAnswerHasATimeInAll(t *testing.T) {
	trickle := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := fmt.Fprint(w, "x"); err != nil || http.NewResponseController(w).Flush() != nil {
				return
			}
			select {
			case <-time.After(time.Millisecond):
			case <-r.Context().Done():
			}
		}
	}
	for name, answer := range map[string]http.HandlerFunc{
		"T-4 a server that never answers": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"T-4 a body that trickles":        trickle,
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(answer)
			defer server.Close()
			_, err := get(t, within(t, nil, Limits{Bytes: 1 << 20, Time: 30 * time.Millisecond}), server.URL)
			if !neterr.TimedOut(err) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// What servers learn of us is the program's name and version.
func TestRequestsSayWhoAsksAndKeepNoCookies(t *testing.T) {
	var asked []http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Header)
		http.SetCookie(w, &http.Cookie{Name: "track", Value: "1"})
	}))
	defer server.Close()
	hc := within(t, nil, Limits{Bytes: 10})
	for range 2 {
		if _, err := get(t, hc, server.URL); err != nil {
			t.Fatal(err)
		}
	}
	for _, h := range asked {
		if h.Get("User-Agent") != "tabgate/1.2.3" || h.Get("Cookie") != "" || h.Get("Referer") != "" {
			t.Errorf("sent %v", h)
		}
	}
	if len(asked) != 2 {
		t.Errorf("%d requests", len(asked))
	}
}

func TestARequestThatIsGivenUpIsNobodysFault(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }))
	defer server.Close()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := within(t, nil, Limits{Bytes: 10}).Do(req)
	if err == nil {
		resp.Body.Close()
	}
	if neterr.KindOf(err) != neterr.Cancelled {
		t.Errorf("got %v", err)
	}
}

func TestG59NothingIsSentOverAConnectionThatIsRefused(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	network := New(Options{Judge: func(c net.Conn) error {
		if c.RemoteAddr().String() != server.Listener.Addr().String() {
			t.Errorf("judged %v", c.RemoteAddr())
		}
		return errors.New("another user answers; ask who")
	}})
	defer network.CloseIdleConnections()
	_, err := get(t, network.Client(Limits{Bytes: 1}), server.URL)
	what, todo := neterr.Why("127.0.0.1", "", err)
	if asked || what != "another user answers" || todo != "ask who" {
		t.Errorf("asked: %v; %q, %q of %v", asked, what, todo, err)
	}
}
