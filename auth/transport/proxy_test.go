package transport

import (
	"bufio"
	"context"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
)

// target is a host that no test may look up: only a proxy knows where it is.
const target = "https://example.com/figures"

// backend is the server that target stands for, and the certificate that
// vouches for it.
func backend(t *testing.T) (address string, roots *x509.CertPool) {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "figures") }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of clients that do not trust it
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String(), server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
}

// server speaks with each connection in a goroutine of its own and knows how
// many there were.
type server struct {
	net.Listener
	mu   sync.Mutex
	seen []string // what each connection asked for
	all  sync.WaitGroup
}

func serve(t *testing.T, speak func(s *server, c net.Conn)) *server {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{Listener: ln}
	s.all.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			s.all.Go(func() { defer c.Close(); speak(s, c) })
		}
	})
	t.Cleanup(func() { ln.Close(); s.all.Wait() })
	return s
}

func (s *server) note(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, text)
}

// splice connects two ends until one closes.
func splice(c net.Conn, to string) {
	far, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer far.Close()
	go func() { io.Copy(far, c); far.(*net.TCPConn).CloseWrite() }()
	io.Copy(c, far)
}

// httpProxy answers CONNECT with a status line, and after "200" connects to
// the backend.
func httpProxy(status, to string) func(*server, net.Conn) {
	return func(s *server, c net.Conn) {
		req, err := http.ReadRequest(bufio.NewReader(c))
		if err != nil {
			return
		}
		s.note(req.Method + " " + req.RequestURI + " " + req.Header.Get("Proxy-Authorization"))
		io.WriteString(c, "HTTP/1.1 "+status+"\r\n\r\n")
		if strings.HasPrefix(status, "200") {
			splice(c, to)
		}
	}
}

// socksProxy speaks as much of RFC 1928 and 1929 as a test needs: the method
// that it chooses, whether a password is right, its reply to CONNECT.
func socksProxy(method, password, reply byte, to string) func(*server, net.Conn) {
	return func(s *server, c net.Conn) {
		in := bufio.NewReader(c)
		next := func(n int) []byte { b := make([]byte, n); io.ReadFull(in, b); return b }
		next(int(next(2)[1]))
		c.Write([]byte{5, method})
		switch method {
		case 2:
			user := next(int(next(2)[1]))
			key := next(int(next(1)[0]))
			s.note("password " + string(user) + " " + string(key))
			if c.Write([]byte{1, password}); password != 0 {
				return
			}
		case 0xff:
			return
		}
		next(3)
		host := ""
		if kind := next(1)[0]; kind == 3 {
			host = string(next(int(next(1)[0])))
		}
		next(2)
		s.note("connect " + host)
		if c.Write([]byte{5, reply, 0, 1, 0, 0, 0, 0, 0, 0}); reply == 0 {
			splice(c, to)
		}
	}
}

// through asks for the target in an environment.
func through(t *testing.T, env environment, roots *x509.CertPool, limit time.Duration) (string, error) {
	t.Helper()
	network := New(Options{Env: env.lookup, Roots: roots})
	defer network.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	body, err := getWith(ctx, t, network.Client(Limits{Bytes: 100}), target)
	return string(body), err
}

func TestT21ProxiesAreHonoured(t *testing.T) {
	to, roots := backend(t)
	dead := serve(t, httpProxy("503 Not me", ""))
	plain := httpProxy("200 OK", to)
	socks := socksProxy(0, 0, 0, to)
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("me:pw"))
	tests := map[string]struct {
		speak func(*server, net.Conn)
		env   environment // "PROXY" is the address of the one that works, "DEAD" of the one that does not
		asked string
	}{
		"T-21 HTTPS_PROXY":                       {plain, environment{"HTTPS_PROXY": "http://PROXY"}, "CONNECT example.com:443 "},
		"T-21 https_proxy without a scheme":      {plain, environment{"https_proxy": "PROXY"}, "CONNECT example.com:443 "},
		"T-21 HTTPS_PROXY with a password":       {plain, environment{"HTTPS_PROXY": "http://me:pw@PROXY"}, "CONNECT example.com:443 " + basic},
		"T-21 ALL_PROXY":                         {plain, environment{"ALL_PROXY": "http://PROXY"}, "CONNECT example.com:443 "},
		"T-21 all_proxy":                         {plain, environment{"all_proxy": "http://PROXY"}, "CONNECT example.com:443 "},
		"T-21 ALL_PROXY by SOCKS 5":              {socks, environment{"ALL_PROXY": "socks5://PROXY"}, "connect example.com"},
		"T-21 ALL_PROXY, names looked up there":  {socks, environment{"ALL_PROXY": "socks5h://PROXY"}, "connect example.com"},
		"T-21 all_proxy as GNOME sets it":        {socks, environment{"all_proxy": "socks://PROXY/"}, "connect example.com"},
		"T-21 SOCKS 5 with a password":           {socksProxy(2, 0, 0, to), environment{"ALL_PROXY": "socks5://me:pw@PROXY"}, "password me pw"},
		"T-21 HTTPS_PROXY beats ALL_PROXY":       {plain, environment{"HTTPS_PROXY": "http://PROXY", "ALL_PROXY": "http://DEAD"}, "CONNECT example.com:443 "},
		"T-21 HTTP_PROXY is for http":            {plain, environment{"HTTP_PROXY": "http://DEAD", "ALL_PROXY": "http://PROXY"}, "CONNECT example.com:443 "},
		"T-21 NO_PROXY names others":             {plain, environment{"ALL_PROXY": "http://PROXY", "NO_PROXY": "ample.com,other.example"}, "CONNECT example.com:443 "},
		"T-21 an empty HTTPS_PROXY counts as no": {plain, environment{"HTTPS_PROXY": "", "ALL_PROXY": "http://PROXY"}, "CONNECT example.com:443 "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			proxy := serve(t, test.speak)
			for key, v := range test.env {
				test.env[key] = strings.NewReplacer("PROXY", proxy.Addr().String(), "DEAD", dead.Addr().String()).Replace(v)
			}
			body, err := through(t, test.env, roots, 5*time.Second)
			if err != nil || body != "figures" || len(proxy.seen) == 0 || proxy.seen[0] != test.asked {
				t.Errorf("%q, %v; asked %q, want %q", body, err, proxy.seen, test.asked)
			}
		})
	}
}

// What keeps people busy for an hour: the proxy is at fault, and the user pool
// is blamed.
func TestT21TroubleWithAProxyIsToldAsTheProxys(t *testing.T) {
	closed := serve(t, func(*server, net.Conn) {})
	closed.Close()
	hang := func(_ *server, c net.Conn) { io.Copy(io.Discard, c) }
	tests := map[string]struct {
		speak      func(*server, net.Conn) // nil = nobody listens
		scheme     string
		what, todo string
	}{
		"T-21 it wants a password":    {httpProxy("407 Proxy Authentication Required", ""), "http", "wants a name and a password (HTTP 407)", "write ALL_PROXY like http://NAME:PASSWORD@"},
		"T-21 it refuses":             {httpProxy("403 Forbidden", ""), "http", "refuses to connect to example.com (HTTP 403)", "NO_PROXY"},
		"T-21 it knows no CONNECT":    {httpProxy("405 Method Not Allowed", ""), "http", "refuses to connect to example.com (HTTP 405)", "NO_PROXY"},
		"T-21 it cannot connect":      {httpProxy("502 Bad Gateway", ""), "http", "could not connect to example.com (HTTP 502)", "try again"},
		"T-21 it ends the connection": {func(_ *server, c net.Conn) { http.ReadRequest(bufio.NewReader(c)) }, "http", "cannot be used", "check ALL_PROXY"},
		"T-21 it is no proxy":         {func(_ *server, c net.Conn) { io.WriteString(c, "220 mail.example ESMTP\r\n") }, "http", "cannot be used", "check ALL_PROXY"},
		"T-21 it says nothing":        {hang, "http", "gave no connection to example.com in time", "check ALL_PROXY"},
		"T-21 it is gone":             {nil, "http", "refuses connections", "check ALL_PROXY"},
		"T-21 it speaks no TLS":       {httpProxy("200 OK", ""), "https", "cannot be used", "ALL_PROXY"},
		"T-21 SOCKS wants a password": {socksProxy(0xff, 0, 0, ""), "socks5", "wants a name and a password", "write ALL_PROXY like"},
		"T-21 SOCKS refuses":          {socksProxy(0, 0, 2, ""), "socks5", "refuses to connect to example.com", "NO_PROXY"},
		"T-21 SOCKS cannot connect":   {socksProxy(0, 0, 5, ""), "socks5", "could not connect to example.com", "try again"},
		"T-21 SOCKS finds no host":    {socksProxy(0, 0, 4, ""), "socks5h", "could not connect to example.com", "try again"},
		"T-21 SOCKS says nothing":     {hang, "socks5", "gave no connection to example.com in time", "check ALL_PROXY"},
		"T-21 SOCKS is gone":          {nil, "socks5", "refuses connections", "check ALL_PROXY"},
		"T-21 SOCKS is no proxy":      {func(_ *server, c net.Conn) { io.WriteString(c, "220 mail.example ESMTP\r\n") }, "socks5", "cannot be used", "check ALL_PROXY"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			at := closed.Addr().String()
			if test.speak != nil {
				at = serve(t, test.speak).Addr().String()
			}
			limit := 5 * time.Second
			if strings.Contains(test.what, "in time") {
				limit = 50 * time.Millisecond
			}
			_, err := through(t, environment{"ALL_PROXY": test.scheme + "://" + at}, nil, limit)
			checkBlame(t, err, at, test.what, test.todo)
		})
	}
}

// checkBlame checks that an error is a proxy's and what is said of it.
func checkBlame(t *testing.T, err error, at, what, todo string) {
	t.Helper()
	var proxy *neterr.ProxyError
	if !errors.As(err, &proxy) || proxy.Proxy != at {
		t.Fatalf("not the fault of %s: %v", at, err)
	}
	says, does := neterr.Why("example.com", "COGNITO_DOMAIN", err)
	if !strings.Contains(says, "the proxy") || !strings.Contains(says, what) || !strings.Contains(does, todo) {
		t.Errorf("%q; %q, want %q; %q", says, does, what, todo)
	}
	if strings.Contains(says+does+proxy.Error(), "canary") {
		t.Errorf("the proxy's user info shows: %q; %q", says, does)
	}
	if neterr.KindOf(err) != neterr.NoAnswer {
		t.Errorf("it is of kind %d", neterr.KindOf(err))
	}
}

func TestT21ThePasswordOfAProxyIsNeverShown(t *testing.T) {
	for name, test := range map[string]struct {
		speak        func(*server, net.Conn)
		scheme, what string
	}{
		"T-21 it is wrong":          {httpProxy("407 Proxy Authentication Required", ""), "http", "does not accept the name and password"},
		"T-21 it is wrong by SOCKS": {socksProxy(2, 1, 0, ""), "socks5", "does not accept the name and password"},
		"T-21 it was not asked for": {httpProxy("403 Forbidden", ""), "http", "refuses to connect"},
	} {
		t.Run(name, func(t *testing.T) {
			at := serve(t, test.speak).Addr().String()
			_, err := through(t, environment{"HTTPS_PROXY": test.scheme + "://canary-me:canary-pw@" + at}, nil, 5*time.Second)
			checkBlame(t, err, at, test.what, "")
			if strings.Contains(err.Error(), "canary") {
				t.Errorf("the error itself has it: %v", err)
			}
		})
	}
}

func TestT21AProxyWhoseNameNobodyKnows(t *testing.T) {
	network := New(Options{Env: environment{"ALL_PROXY": "http://proxy.invalid:3128"}.lookup})
	network.base.DialContext = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}
	}
	_, err := get(t, network.Client(Limits{Bytes: 1}), target)
	checkBlame(t, err, "proxy.invalid:3128", "", "")
	if what, _ := neterr.Why("example.com", "", err); what != "there is no host proxy.invalid, which ALL_PROXY names as the proxy" {
		t.Errorf("says %q", what)
	}
}

// A setting that cannot be read is an error, where net/http would go without
// a proxy and fail for no visible reason.
func TestT21AProxySettingThatCannotBeRead(t *testing.T) {
	for _, setting := range []string{"http://user:canary\x7f@proxy.example:3128", "http://%zz", "ftp://proxy.example", "socks4://proxy.example:1080", "http://", "://"} {
		_, err := through(t, environment{"ALL_PROXY": setting}, nil, time.Second)
		what, todo := neterr.Why("example.com", "COGNITO_DOMAIN", err)
		if !strings.Contains(what, "the proxy address in ALL_PROXY cannot be read") || strings.Contains(what+todo+err.Error(), "canary") {
			t.Errorf("%q: %q; %q (%v)", setting, what, todo, err)
		}
	}
}

// A host behind a proxy that works keeps its own faults.
func TestT21BehindAProxyAHostKeepsItsOwnFaults(t *testing.T) {
	to, _ := backend(t)
	silent := serve(t, func(_ *server, c net.Conn) { io.Copy(io.Discard, c) }).Addr().String()
	for name, test := range map[string]struct {
		speak func(*server, net.Conn)
		what  string
		limit time.Duration
	}{
		"T-21 a certificate nobody trusts": {httpProxy("200 OK", to), "the certificate of example.com", 5 * time.Second},
		"T-21 the same by SOCKS":           {socksProxy(0, 0, 0, to), "the certificate of example.com", 5 * time.Second},
		"T-21 no answer in time":           {httpProxy("200 OK", silent), "example.com did not answer in time", 100 * time.Millisecond},
		"T-21 no answer in time, by SOCKS": {socksProxy(0, 0, 0, silent), "example.com did not answer in time", 100 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			scheme := "http://"
			if strings.Contains(name, "SOCKS") {
				scheme = "socks5://"
			}
			_, err := through(t, environment{"ALL_PROXY": scheme + serve(t, test.speak).Addr().String()}, nil, test.limit)
			if what, _ := neterr.Why("example.com", "COGNITO_DOMAIN", err); !strings.HasPrefix(what, test.what) {
				t.Errorf("says %q (%v)", what, err)
			}
		})
	}
}

func TestT12ThisMachineIsNeverAskedThroughAProxy(t *testing.T) {
	proxies := NewProxies(environment{"ALL_PROXY": "http://proxy.example:3128"}.lookup)
	for address, want := range map[string]bool{
		"https://my.auth.us-west-2.amazoncognito.com/": true,
		"http://data.example.com/":                     true,
		"http://127.0.0.1:9229/":                       false,
		"http://localhost:9229/":                       false,
		"http://LOCALHOST:9229/":                       false,
		"http://[::1]:9229/":                           false,
		"http://[::ffff:127.0.0.1]:9229/":              false,
		"https://127.9.9.9/":                           false,
		"https://localhost.example.com/":               true,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		got, err := proxies.For(u)
		if err != nil || (got.URL != nil) != want {
			t.Errorf("T-12 %s: proxy %v, %v", address, got.URL, err)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "here") }))
	defer server.Close()
	hc := within(t, environment{"HTTP_PROXY": "http://%zz", "ALL_PROXY": "http://127.0.0.1:1"}, Limits{Bytes: 10})
	if body, err := get(t, hc, server.URL); err != nil || string(body) != "here" {
		t.Errorf("T-12 %q, %v", body, err)
	}
}

func TestExceptionsAndNamesOfProxies(t *testing.T) {
	u, _ := url.Parse("https://auth.example.com/")
	for name, test := range map[string]struct {
		env     environment
		host    string // of the proxy for u; "" = none
		setting string
		any     bool
	}{
		"none":                    {environment{}, "", "", false},
		"by domain":               {environment{"ALL_PROXY": "p.example:1", "NO_PROXY": ".example.com"}, "", "", true},
		"by star":                 {environment{"ALL_PROXY": "p.example:1", "no_proxy": "*"}, "", "", true},
		"by host and port":        {environment{"ALL_PROXY": "p.example:1", "NO_PROXY": "auth.example.com:443"}, "", "", true},
		"by another port":         {environment{"ALL_PROXY": "p.example:1", "NO_PROXY": "auth.example.com:8443"}, "p.example:1", "ALL_PROXY", true},
		"http alone":              {environment{"http_proxy": "p.example:1"}, "", "", true},
		"user info is no host":    {environment{"all_proxy": "http://me:pw@p.example:1"}, "p.example:1", "all_proxy", true},
		"in CGI, set by a caller": {environment{"REQUEST_METHOD": "GET", "HTTP_PROXY": "evil.example:1"}, "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			p := NewProxies(test.env.lookup)
			got, err := p.For(u)
			if err != nil || got.Host() != test.host || got.Setting != test.setting || p.Any() != test.any {
				t.Errorf("%s by %q, any %v, %v", got.Host(), got.Setting, p.Any(), err)
			}
		})
	}
}
