package cognito

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/secret"
)

// refreshAt asks a domain at an address with our own HTTP client.
func refreshAt(t *testing.T, address, caFile string) error {
	t.Helper()
	hc, err := HTTPClient(caFile)
	if err != nil {
		t.Fatal(err)
	}
	defer hc.CloseIdleConnections()
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
			hc, err := HTTPClient("")
			if err != nil {
				t.Fatal(err)
			}
			defer hc.CloseIdleConnections()
			resp, err := hc.Get(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			data, err := io.ReadAll(resp.Body)
			if (err == nil) != test.fine || !test.fine && !errors.Is(err, neterr.ErrTooLarge) || len(data) > maxBody {
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
		hc, err := HTTPClient("")
		if err != nil {
			t.Fatal(err)
		}
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
	hc, err := HTTPClient("")
	if err != nil || hc.Timeout != 15*time.Second {
		t.Errorf("got %v, %v", hc.Timeout, err)
	}
	if c, err := New(config("https://x.example"), nil); err != nil || c.limit != 15*time.Second || c.hc.Timeout != 15*time.Second {
		t.Errorf("a client made without one: %v", err)
	}
}

func TestT12ThisMachineIsNeverAskedThroughAProxy(t *testing.T) {
	always := proxy("", func(*http.Request) (*url.URL, error) { return url.Parse("http://proxy.example:3128") })
	tests := map[string]bool{
		"https://my.auth.us-west-2.amazoncognito.com/": true,
		"http://127.0.0.1:9229/":                       false,
		"http://localhost:9229/":                       false,
		"http://LOCALHOST:9229/":                       false,
		"http://[::1]:9229/":                           false,
		"https://127.9.9.9/":                           false,
		"https://localhost.example.com/":               true,
	}
	for address, through := range tests {
		got, err := always(httptest.NewRequest("GET", address, nil))
		if err != nil || (got != nil) != through {
			t.Errorf("T-12 %s: proxy %v, %v", address, got, err)
		}
	}
}

// TestT12ProxyOfTheEnvironment runs this test binary again with a proxy in its
// environment, since net/http reads that only once.
func TestT12ProxyOfTheEnvironment(t *testing.T) {
	if address := os.Getenv("TEST_ASK"); address != "" {
		fmt.Println("said:", refreshAt(t, address, ""))
		return
	}
	var connects []string
	through := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connects = append(connects, r.Method+" "+r.Host)
		w.WriteHeader(http.StatusBadGateway)
	}))
	defer through.Close()
	direct := newDomain(t, says(200, refreshed))
	ask := func(address, proxy string) string {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestT12ProxyOfTheEnvironment$")
		cmd.Env = append(os.Environ(), "TEST_ASK="+address, "HTTPS_PROXY="+proxy, "HTTP_PROXY="+proxy, "NO_PROXY=", "no_proxy=", "https_proxy=", "http_proxy=")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%v: %s", err, out)
		}
		return string(out)
	}
	out := ask("https://my.auth.us-west-2.amazoncognito.com", through.URL)
	if len(connects) == 0 || connects[0] != "CONNECT my.auth.us-west-2.amazoncognito.com:443" || !strings.Contains(out, "cannot be reached") {
		t.Errorf("T-12: the proxy saw %q, said %s", connects, out)
	}
	before := len(connects)
	if out = ask(direct.URL, through.URL); !strings.Contains(out, "said: <nil>") || len(connects) != before {
		t.Errorf("T-12: this machine was asked through the proxy: %s", out)
	}
	out = ask("https://my.auth.us-west-2.amazoncognito.com", "http://user:canary\x7f@proxy.example:3128")
	if strings.Contains(out, "canary") || !strings.Contains(out, "HTTPS_PROXY") {
		t.Errorf("T-11: a proxy address that cannot be read: %s", out)
	}
}
