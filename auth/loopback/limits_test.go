package loopback

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestL1OnlyLoopbackAddressesAreBound(t *testing.T) {
	var bound []string
	l := open(t, "/", Options{Listen: func(network, address string) (net.Listener, error) {
		bound = append(bound, network+" "+address)
		return net.Listen(network, address)
	}})
	want := "tcp4 127.0.0.1:" + l.at.port + ", tcp6 [::1]:" + l.at.port
	if got := strings.Join(bound[len(bound)-2:], ", "); got != want {
		t.Errorf("bound %s, want %s", got, want)
	}
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range addrs {
		ip, ok := addr.(*net.IPNet)
		if !ok || ip.IP.IsLoopback() || ip.IP.IsLinkLocalUnicast() {
			continue
		}
		conn, err := net.DialTimeout("tcp", net.JoinHostPort(ip.IP.String(), l.at.port), 5*time.Second)
		if err == nil {
			conn.Close()
			t.Errorf("the listener answers on %s", ip.IP)
		}
	}
}

func TestL1BothFamiliesAnswerAndBothAreFreedAtTheEnd(t *testing.T) {
	l := open(t, "/", Options{})
	for _, address := range []string{"127.0.0.1:" + l.at.port, "[::1]:" + l.at.port} {
		conn, err := net.Dial("tcp", address)
		if err != nil && strings.HasPrefix(address, "[") && familyMissing(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, "GET / HTTP/1.0\r\nHost: "+address+"\r\n\r\n")
		if line, _ := bufio.NewReader(conn).ReadString('\n'); !strings.Contains(line, "400") {
			t.Errorf("%s answered %q", address, line)
		}
		conn.Close()
	}
	port := l.at.port
	l.Close()
	for _, address := range []string{"127.0.0.1:" + port, "[::1]:" + port} {
		ln, err := net.Listen("tcp", address)
		if err != nil && !familyMissing(err) {
			t.Errorf("%s is not free after Close: %v", address, err)
		} else if err == nil {
			ln.Close()
		}
	}
}

func TestL11OversizedAndOddRequestsAreRefusedAndTheSignInGoesOn(t *testing.T) {
	tests := map[string]struct {
		target string
		header string
		want   int
	}{
		"a code over 2048 bytes":        {callback("code", strings.Repeat("c", 2049), "state", goodState), "", 400},
		"a code with a newline":         {callback("code", "a\nb", "state", goodState), "", 400},
		"a code with an escape":         {callback("code", "a\x1bb", "state", goodState), "", 400},
		"a code with a letter beyond":   {callback("code", "ä", "state", goodState), "", 400},
		"an empty code":                 {callback("code", "", "state", goodState), "", 400},
		"a query over 8 kB":             {good + "&x=" + strings.Repeat("x", maxQuery), "", 414},
		"a header over 16 kB":           {good, "X-Big: " + strings.Repeat("x", 16<<10), 431},
		"a query over 16 kB":            {good + "&x=" + strings.Repeat("x", 16<<10), "", 431},
		"a request line of 100 kB":      {"/" + strings.Repeat("x", 100<<10), "", 431},
		"a header without a colon":      {good, "nonsense", 400},
		"a header with a broken name":   {good, "a b: c", 400},
		"two lengths of different size": {good, "Content-Length: 1\r\nContent-Length: 2", 400},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{})
			headers := []string{}
			if test.header != "" {
				headers = append(headers, test.header)
			}
			if a := get(t, l, test.target, headers...); a.Status != test.want {
				t.Errorf("got %d, want %d", a.Status, test.want)
			}
			waiting(t, l)
			mustGoOn(t, l)
		})
	}
	l := open(t, "/", Options{})
	long := strings.Repeat("c", maxCode)
	get(t, l, callback("code", long, "state", goodState))
	if got, err := outcome(t, l); err != nil || got.Code.Reveal() != long {
		t.Errorf("a code of exactly 2048 bytes: %v", err)
	}
}

// An hour for headers and bodies proves that the callback does not wait for the
// others to time out. How long it takes is the machine's business: a busy one
// must not fail the test.
func TestL12SilentConnectionsDoNotKeepTheCallbackOut(t *testing.T) {
	tests := map[string]string{
		"connections that say nothing":         "",
		"connections that began a request":     "GET /?code=",
		"connections that dribble their heads": "GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
		"requests whose bodies never come":     "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n",
		"chunks that never come":               "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
		"bodies that wait to be asked for":     "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
	}
	for name, begin := range tests {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{HeaderTimeout: time.Hour})
			for range 200 {
				conn, err := net.Dial("tcp", "127.0.0.1:"+l.at.port)
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close()
				io.WriteString(conn, begin)
			}
			client := &http.Client{
				Timeout:       20 * time.Second,
				Transport:     &http.Transport{DisableKeepAlives: true},
				CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			}
			response, err := client.Get(l.RedirectURI() + good[1:])
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != http.StatusSeeOther {
				t.Errorf("got %d", response.StatusCode)
			}
			l.conns.mu.Lock()
			defer l.conns.mu.Unlock()
			if n := len(l.conns.open); n > l.opts.MaxConns {
				t.Errorf("%d connections are open, want at most %d", n, l.opts.MaxConns)
			}
		})
	}
}

func TestL12AConnectionWithoutARequestIsClosed(t *testing.T) {
	l := open(t, "/", Options{HeaderTimeout: 20 * time.Millisecond})
	for _, begin := range []string{"", "GET / HTTP/1.1\r\nX: "} {
		conn, err := net.Dial("tcp", "127.0.0.1:"+l.at.port)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		io.WriteString(conn, begin)
		conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		if _, err := io.ReadAll(conn); errors.Is(err, context.DeadlineExceeded) || isTimeout(err) {
			t.Errorf("a connection that began with %q stays open", begin)
		}
	}
	mustGoOn(t, l)
}

func TestL12TheServerHasEveryLimit(t *testing.T) {
	o := Options{}.withDefaults()
	s := newServer(o, newConns(o.MaxConns), nil)
	if s.ReadHeaderTimeout != 5*time.Second || s.ReadTimeout != 5*time.Second || s.MaxHeaderBytes > 16<<10 || o.MaxConns > 200 {
		t.Errorf("headers %v of at most %d bytes, requests %v, %d connections", s.ReadHeaderTimeout, s.MaxHeaderBytes, s.ReadTimeout, o.MaxConns)
	}
	if s.WriteTimeout <= o.Hold || s.WriteTimeout > time.Minute || s.IdleTimeout <= 0 || s.IdleTimeout > time.Minute {
		t.Errorf("answers %v, idle connections %v", s.WriteTimeout, s.IdleTimeout)
	}
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

func TestL12AHeldBrowserIsNotClosedForStrangers(t *testing.T) {
	l := open(t, "/", Options{MaxConns: 4, HeaderTimeout: time.Hour, Hold: time.Hour})
	get(t, l, good)
	page := later(t, l, l.done)
	held(t, l, 1)
	for range 50 {
		conn, err := net.Dial("tcp", "127.0.0.1:"+l.at.port)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	l.Finish(nil)
	if a := <-page; !strings.Contains(a.Body, successPage.Title) {
		t.Errorf("the held browser got %d", a.Status)
	}
}

func TestL17NoAnswerNamesTheAddressToRegister(t *testing.T) {
	l := open(t, "/", Options{})
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, err := l.Wait(ctx)
	var none *NoAnswerError
	if !errors.As(err, &none) || !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), l.RedirectURI()) {
		t.Errorf("got %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if _, err := l.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("esc gave %v", err)
	}
}

func TestL17EscFreesThePortAtOnce(t *testing.T) {
	l := open(t, "/", Options{HeaderTimeout: time.Hour})
	silent, err := net.Dial("tcp", "127.0.0.1:"+l.at.port)
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	ended := make(chan error, 1)
	go func() { _, err := l.Wait(t.Context()); ended <- err }()
	l.Close()
	if err := <-ended; !errors.Is(err, ErrClosed) {
		t.Errorf("Wait got %v", err)
	}
	again, err := Listen(t.Context(), []string{l.RedirectURI()}, Options{})
	if err != nil {
		t.Fatalf("the port is not free: %v", err)
	}
	again.Close()
	silent.SetReadDeadline(time.Now().Add(20 * time.Second))
	if _, err := silent.Read(make([]byte, 1)); err == nil || isTimeout(err) {
		t.Errorf("a silent connection is left open: %v", err)
	}
	l.Close() // a second time does nothing
	l.Finish(nil)
}

func TestL17TheEndOfTheContextFreesThePort(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l, err := Listen(ctx, []string{"http://127.0.0.1:" + freePort(t) + "/"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	<-l.gone
	if _, err := Listen(ctx, []string{l.RedirectURI()}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a listener of an ended context: %v", err)
	}
}
