package gate_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/gate/wire"
)

func TestG16HeadersAreBounded(t *testing.T) {
	d := serve(t, house())
	t.Run("a token of a hundred groups passes", func(t *testing.T) {
		long := strings.Repeat("a.b-c_", 3500) // as 100 groups of 128 characters make it
		d.people.put(long, caller("many", "Underwriters"))
		d.get(wire.FramePath("risk", "risk", nil), long).complete(t, "2")
	})
	t.Run("more than 32 KiB do not", func(t *testing.T) {
		got := d.raw("GET /v1/pages/risk HTTP/1.1\r\nHost: " + d.host() + "\r\nAuthorization: Bearer ana\r\nX: " + strings.Repeat("x", 40<<10) + "\r\n\r\n")
		if !strings.HasPrefix(got, "HTTP/1.1 431 ") {
			t.Errorf("answered with %.60q", got)
		}
	})
	t.Run("neither does a query that is too long, or a list of too many values", func(t *testing.T) {
		d.get(wire.FramePath("risk", "risk", nil)+"?input.find="+strings.Repeat("x", wire.MaxQuery), "ana").refused(t, http.StatusRequestEntityTooLarge)
	})
}

func TestG17SlowClientsKeepNobodyWaiting(t *testing.T) {
	d := serve(t, house())
	for range 200 { // each has begun a request and goes on no more
		c, err := net.Dial("tcp", d.host())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, "GET /v1/pages/risk HTTP/1.1\r\nHost: "+d.host()+"\r\nAuth"); err != nil {
			t.Fatal(err)
		}
	}
	d.get(wire.FramePath("risk", "risk", nil), "ana").complete(t, "2")
	s := gate.NewServer(d.gate)
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.ReadHeaderTimeout > 30*time.Second {
		t.Errorf("the server waits for ever: %+v", s)
	}
}

func TestG17AReaderWhoReadsNothingIsLeft(t *testing.T) {
	f := house()
	f["data/open.csv"] = "a,b\n" + strings.Repeat("1,"+strings.Repeat("x", 1000)+"\n", 40_000)
	d := serve(t, f, func(o *options) { o.WriteTime = 50 * time.Millisecond })
	c, err := net.Dial("tcp", d.host())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, "GET /v1/pages/open/frames/open HTTP/1.1\r\nHost: "+d.host()+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the answer is cut", func() bool { return strings.Contains(d.audit.String(), `"verdict":"cut"`) })
}

// eventually waits for something to be so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); {
		if time.Now().After(end) {
			t.Fatalf("it is still not so that %s", what)
		}
		select {
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func TestLimits(t *testing.T) {
	d := serve(t, house(), func(o *options) { o.Rate = 0 })
	t.Run("one reader may ask twenty times a second, and others are not kept waiting", func(t *testing.T) {
		last := answer{}
		for range 200 {
			if last = d.get(wire.WhoamiPath, "guest"); last.StatusCode == http.StatusTooManyRequests {
				break
			}
		}
		last.refused(t, http.StatusTooManyRequests)
		if last.Header.Get("Retry-After") != "1" {
			t.Errorf("the refusal does not say when to come again: %v", last.Header)
		}
		d.get(wire.WhoamiPath, "ana").ok(t)
	})
	t.Run("a reader has four answers with figures at once, and the fifth waits for one to end", func(t *testing.T) {
		d := serve(t, long())
		var begun []*begun
		for range 4 {
			begun = append(begun, d.begin(wire.FramePath("long", "long", nil), "ana"))
		}
		fifth := make(chan answer)
		go func() { fifth <- d.get(wire.FramePath("risk", "risk", nil), "ana") }()
		d.people.put("other", caller("other", "Underwriters"))
		d.get(wire.FramePath("risk", "risk", nil), "other").complete(t, "2")
		select {
		case a := <-fifth:
			t.Fatalf("it was answered with %d although four are under way", a.StatusCode)
		default:
		}
		begun[0].conn.Close()
		a := <-fifth
		a.complete(t, "2")
	})
	t.Run("bad tokens are counted by where they come from", func(t *testing.T) {
		last := answer{}
		for i := range 200 {
			if last = d.get(wire.WhoamiPath, fmt.Sprint("bad", i)); last.StatusCode == http.StatusTooManyRequests {
				break
			}
		}
		last.refused(t, http.StatusTooManyRequests)
	})
}

func TestG19SmugglingForms(t *testing.T) {
	d := serve(t, house())
	second := "GET /v1/pages/risk HTTP/1.1\r\nHost: " + d.host() + "\r\nAuthorization: Bearer ana\r\nConnection: close\r\n\r\n"
	for name, head := range map[string]string{
		"a length and chunks":            "Content-Length: " + fmt.Sprint(len(second)) + "\r\nTransfer-Encoding: chunked\r\n",
		"two lengths":                    "Content-Length: 0\r\nContent-Length: " + fmt.Sprint(len(second)) + "\r\n",
		"a length with a sign":           "Content-Length: +" + fmt.Sprint(len(second)) + "\r\n",
		"chunks by another name":         "Transfer-Encoding: xchunked\r\n",
		"chunks twice":                   "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
		"a space before the colon":       "Transfer-Encoding : chunked\r\n",
		"a line feed in a header":        "X: a\nTransfer-Encoding: chunked\r\n",
		"a body of a length":             "Content-Length: " + fmt.Sprint(len(second)) + "\r\n",
		"two names of the server":        "Host: evil.example.com\r\n",
		"a byte that no header may have": "X: a\x00b\r\n",
	} {
		t.Run("G-19 "+name, func(t *testing.T) {
			got := d.raw("GET /v1/pages/risk HTTP/1.1\r\nHost: " + d.host() + "\r\n" + head + "\r\n" + second)
			if n := strings.Count(got, "HTTP/1.1 "); n != 1 {
				t.Errorf("there are %d answers: %q", n, got)
			}
			if !strings.HasPrefix(got, "HTTP/1.1 4") && !strings.HasPrefix(got, "HTTP/1.1 501") {
				t.Errorf("answered with %.80q", got)
			}
		})
	}
}

func TestHosts(t *testing.T) {
	d := serve(t, house())
	t.Run("G-55 another name than the server's own is refused", func(t *testing.T) {
		for _, host := range []string{"evil.example.com", "127.0.0.1", "localhost", "127.0.0.1:1", "localhost.evil.example.com:1", "", "0.0.0.0:80", d.host() + ".", "[::1]"} {
			got := d.raw("GET /v1/dashboard HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
			if !strings.HasPrefix(got, "HTTP/1.1 421 ") && !strings.HasPrefix(got, "HTTP/1.1 400 ") || strings.Contains(got, "House") {
				t.Errorf("%q is answered with %q", host, got)
			}
		}
		got := d.raw("GET http://evil.example.com/v1/dashboard HTTP/1.1\r\nHost: " + d.host() + "\r\nConnection: close\r\n\r\n")
		if !strings.HasPrefix(got, "HTTP/1.1 421 ") {
			t.Errorf("an absolute address is answered with %q", got)
		}
	})
	t.Run("G-55 the names of this machine are its own", func(t *testing.T) {
		_, port, _ := net.SplitHostPort(d.host())
		for _, host := range []string{"localhost", "127.0.0.1", "LOCALHOST"} {
			got := d.raw("GET /v1/dashboard HTTP/1.1\r\nHost: " + host + ":" + port + "\r\nConnection: close\r\n\r\n")
			if !strings.HasPrefix(got, "HTTP/1.1 200 ") {
				t.Errorf("%q is answered with %q", host, got)
			}
		}
	})
	t.Run("its own address is what it says, whatever it is called", func(t *testing.T) {
		_, port, _ := net.SplitHostPort(d.host())
		got := d.raw("GET " + wire.ResourcePath + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n")
		if !strings.Contains(got, `"resource":"`+d.url+`"`) {
			t.Errorf("it says %q", got)
		}
	})
	t.Run("whether it is well may be asked by any name", func(t *testing.T) {
		got := d.raw("GET /healthz HTTP/1.1\r\nHost: whatever\r\nConnection: close\r\n\r\n")
		if !strings.HasPrefix(got, "HTTP/1.1 200 ") || !strings.HasSuffix(got, "ok\n") {
			t.Errorf("it answers %q", got)
		}
	})
}

func TestG56ForwardedHeaders(t *testing.T) {
	peers := func(d *desk) string { return d.audit.String() }
	t.Run("from anybody they are not looked at", func(t *testing.T) {
		d := serve(t, house())
		d.get(wire.DashboardPath, "", "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Host", "evil.example.com", "Forwarded", "for=203.0.113.9", "X-Real-IP", "203.0.113.9").ok(t)
		if got := peers(d); strings.Contains(got, "203.0.113.9") || !strings.Contains(got, `"peer":"127.0.0.1"`) {
			t.Errorf("the request is taken to be from %s", got)
		}
	})
	t.Run("of a proxy's, the right-most address that is no proxy's counts", func(t *testing.T) {
		d := serve(t, house(), func(o *options) {
			o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8")}
		})
		for listed, want := range map[string]string{
			"1.1.1.1, 203.0.113.9, 10.1.2.3": "203.0.113.9", "203.0.113.9": "203.0.113.9", "evil": "127.0.0.1", "1.1.1.1, evil": "127.0.0.1",
			"10.0.0.1": "10.0.0.1", "1.1.1.1,2001:db8::7": "2001:db8::7", "": "127.0.0.1",
		} {
			d.get(wire.DashboardPath, "", "X-Forwarded-For", listed, "X-Real-IP", "198.51.100.1", "X-Forwarded-Host", "evil.example.com").ok(t)
			all := strings.Split(strings.TrimSpace(peers(d)), "\n")
			if got := all[len(all)-1]; !strings.Contains(got, `"peer":"`+want+`"`) {
				t.Errorf("%q is taken to be %s", listed, got)
			}
		}
	})
	t.Run("a request that comes past the proxy is refused", func(t *testing.T) {
		d := serve(t, house(), func(o *options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.5/32")} })
		d.get(wire.DashboardPath, "ana").refused(t, http.StatusForbidden, "House")
	})
}

func TestHTTP2WithoutTLS(t *testing.T) {
	d := serve(t, house(), func(o *options) { o.http2 = true })
	transport := &http.Transport{Protocols: new(http.Protocols)}
	transport.Protocols.SetUnencryptedHTTP2(true)
	defer transport.CloseIdleConnections()
	d.client = &http.Client{Transport: transport}
	t.Run("figures end with trailers", func(t *testing.T) {
		if a := d.get(wire.FramePath("risk", "risk", nil), "ana").complete(t, "2"); a.ProtoMajor != 2 || a.ContentLength >= 0 {
			t.Errorf("they came over %s, of a length of %d", a.Proto, a.ContentLength)
		}
		d.get(wire.FramePath("risk", "risk", nil), "").refused(t, http.StatusUnauthorized, figures...)
	})
	t.Run("a body is refused, and one that is empty is none", func(t *testing.T) {
		for body, status := range map[string]int{"access_token=ana": http.StatusRequestEntityTooLarge, "": http.StatusOK} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.url+wire.DashboardPath, io.MultiReader(strings.NewReader(body)))
			if err != nil {
				t.Fatal(err)
			}
			if a := d.do(req); a.StatusCode != status {
				t.Errorf("a body of %q is answered with %d", body, a.StatusCode)
			}
		}
	})
	t.Run("a foreign name is refused", func(t *testing.T) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.url+wire.DashboardPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = "evil.example.com"
		d.do(req).refused(t, http.StatusMisdirectedRequest, "House")
	})
}
