package cognito

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/transport"
)

// refreshAt asks a domain at an address with our own HTTP client.
func refreshAt(t *testing.T, address, caFile string) error {
	t.Helper()
	roots, err := transport.Roots(caFile)
	if err != nil {
		t.Fatal(err)
	}
	network := transport.New(transport.Options{Roots: roots})
	defer network.CloseIdleConnections()
	hc := HTTPClient(network)
	c, err := New(config(address), hc)
	if err != nil {
		t.Fatal(err)
	}
	c.sleep = func(context.Context, time.Duration) error { return nil }
	_, err = c.Refresh(t.Context(), secret.New(oldRefresh))
	return err
}

func TestPlainHTTPBehindAnHTTPSAddress(t *testing.T) {
	server := httptest.NewServer(says(200, refreshed))
	defer server.Close()
	err := refreshAt(t, strings.Replace(server.URL, "http:", "https:", 1), "")
	if e := asError(t, err); e.Kind != Unreachable {
		t.Errorf("got %v: %v", e.Kind, e)
	}
}

// A proxy's trouble is not the pool's: COGNITO_DOMAIN is right.
func TestT21TroubleWithAProxyIsNotThePools(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) }))
	defer proxy.Close()
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer silent.Close()
	tests := map[string]struct{ proxy, says string }{
		"T-21 it wants a password": {proxy.URL, "wants a name and a password (HTTP 407); write ALL_PROXY"},
		"T-21 it says nothing":     {silent.URL, "gave no connection to my.auth.us-west-2.amazoncognito.com in time; check ALL_PROXY"},
	}
	for name, test := range tests {
		for op, call := range calls {
			t.Run(name+", "+op, func(t *testing.T) {
				env := func(key string) (string, bool) {
					return strings.Replace(test.proxy, "//", "//me:canary-pw@", 1), key == "ALL_PROXY"
				}
				if strings.Contains(test.says, "wants") {
					env = func(key string) (string, bool) { return test.proxy, key == "ALL_PROXY" }
				}
				network := transport.New(transport.Options{Env: env})
				defer network.CloseIdleConnections()
				c, err := New(config("https://my.auth.us-west-2.amazoncognito.com"), HTTPClient(network))
				if err != nil {
					t.Fatal(err)
				}
				c.limit = 50 * time.Millisecond
				if strings.Contains(test.says, "wants") {
					c.limit = 5 * time.Second
				}
				c.sleep = func(context.Context, time.Duration) error { return nil }
				e := asError(t, call(t.Context(), c, t))
				if e.Kind != Unreachable || !strings.HasPrefix(e.Help, "the proxy 127.0.0.1:") || !strings.Contains(e.Help, test.says) {
					t.Errorf("got %v: %v", e.Kind, e)
				}
			})
		}
	}
}

func TestNobodyListens(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	err = refreshAt(t, "http://"+listener.Addr().String(), "")
	if e := asError(t, err); e.Kind != Unreachable || !strings.Contains(e.Help, "nothing listens on "+listener.Addr().String()) {
		t.Errorf("got %v: %v", e.Kind, e)
	}
}

func TestT3EveryAnswerIsCut(t *testing.T) {
	tests := map[string]struct {
		size int
		fine bool
	}{"nothing": {0, true}, "a megabyte": {1 << 20, true}, "one byte more": {1<<20 + 1, false}, "ten megabytes": {10 << 20, false}}
	for name, test := range tests {
		t.Run("T-3 "+name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, test.size)) }))
			defer server.Close()
			hc := HTTPClient(nil)
			defer hc.CloseIdleConnections()
			resp, err := hc.Get(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			data, err := io.ReadAll(resp.Body)
			if (err == nil) != test.fine || !test.fine && !errors.As(err, new(neterr.TooLarge)) || len(data) > maxBody {
				t.Errorf("read %d bytes, %v", len(data), err)
			}
		})
	}
}

// The client is also what others fetch keys and discovery documents with.
func TestT1TheClientFollowsNoRedirect(t *testing.T) {
	asked := 0
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer thief.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		moved := httptest.NewServer(http.RedirectHandler(thief.URL, status))
		hc := HTTPClient(nil)
		resp, err := hc.Get(moved.URL)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != status || asked != 0 {
			t.Errorf("got %d, want %d as it came; the other address was asked %d times", resp.StatusCode, status, asked)
		}
		hc.CloseIdleConnections()
		moved.Close()
	}
}

func TestT4TheClientHasATotalDeadline(t *testing.T) {
	if hc := HTTPClient(nil); hc.Timeout != 15*time.Second {
		t.Errorf("got %v", hc.Timeout)
	}
	if c, err := New(config("https://x.example"), nil); err != nil || c.limit != 15*time.Second || c.hc.Timeout != 15*time.Second {
		t.Errorf("a client made without one: %v", err)
	}
}
