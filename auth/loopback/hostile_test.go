package loopback

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// dial is a connection to the listener that cannot hang the test.
func dial(t *testing.T, l *Listener) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", "127.0.0.1:"+l.at.port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	return conn
}

// say sends bytes as they are and reads everything that comes back.
func say(t *testing.T, l *Listener, raw string) string {
	t.Helper()
	conn := dial(t, l)
	if _, err := io.WriteString(conn, strings.NewReplacer("PORT", l.at.port, "DONE", l.done).Replace(raw)); err != nil {
		t.Fatal(err)
	}
	back, err := io.ReadAll(conn)
	if err != nil {
		t.Fatalf("%v after %q", err, back)
	}
	return string(back)
}

// clientHello is how a browser begins that asks for https.
const clientHello = "\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x03" + "0123456789abcdef0123456789abcdef" + "\x00\x00\x02\x13\x01\x01\x00\x00\x00"

func TestL11WhatIsNoPlainRequestOfABrowserIsRefusedAndTheSignInGoesOn(t *testing.T) {
	const host = "Host: localhost:PORT\r\n"
	tests := map[string]struct{ raw, status string }{
		"an HTTP/2 connection":            {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"},
		"an upgrade to HTTP/2":            {"GET / HTTP/1.1\r\n" + host + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n", "400"},
		"a version of the future":         {"GET " + good + " HTTP/3.0\r\n" + host + "\r\n", "505"},
		"a request of 1991":               {"GET " + good + "\r\n\r\n", "400"},
		"lines that end in a bare break":  {"GET " + good + " HTTP/1.1\nHost: evil.example\n\n", "421"},
		"a tunnel":                        {"CONNECT localhost:PORT HTTP/1.1\r\n" + host + "\r\n", "405"},
		"a question to the whole server":  {"OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "405"},
		"a path without a slash":          {"GET ?code=c&state=" + goodState + " HTTP/1.1\r\n" + host + "\r\n", "400"},
		"an absolute target":              {"GET http://localhost:PORT" + good + " HTTP/1.1\r\n" + host + "\r\n", "421"},
		"an absolute target over https":   {"GET https://localhost:PORT" + good + " HTTP/1.1\r\n" + host + "\r\n", "421"},
		"an absolute target with a user":  {"GET http://u:p@localhost:PORT" + good + " HTTP/1.1\r\n" + host + "\r\n", "421"},
		"two hosts":                       {"GET " + good + " HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n", "400"},
		"the same host twice":             {"GET " + good + " HTTP/1.1\r\n" + host + host + "\r\n", "400"},
		"a host with a user":              {"GET " + good + " HTTP/1.1\r\nHost: u@localhost:PORT\r\n\r\n", "400"},
		"a host with a zone":              {"GET " + good + " HTTP/1.1\r\nHost: [::1%25lo]:PORT\r\n\r\n", "421"},
		"a host with a path":              {"GET " + good + " HTTP/1.1\r\nHost: localhost:PORT/x\r\n\r\n", "4"},
		"two hosts with a comma":          {"GET " + good + " HTTP/1.1\r\nHost: localhost:PORT, evil.example\r\n\r\n", "4"},
		"a host that was folded":          {"GET " + good + " HTTP/1.1\r\nHost: evil.example\r\n localhost:PORT\r\n\r\n", "4"},
		"a space before the colon":        {"GET " + good + " HTTP/1.1\r\nHost : localhost:PORT\r\n\r\n", "400"},
		"no host":                         {"GET " + good + " HTTP/1.1\r\n\r\n", "400"},
		"no host in the version for it":   {"GET " + good + " HTTP/1.0\r\n\r\n", "421"},
		"a zero byte in the target":       {"GET /?code=a\x00b&state=" + goodState + " HTTP/1.1\r\n" + host + "\r\n", "400"},
		"an unknown transfer coding":      {"GET " + good + " HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n", "501"},
		"two transfer codings":            {"GET " + good + " HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n", "501"},
		"an escaped slash in the path":    {"GET /%2f" + good[1:] + " HTTP/1.1\r\n" + host + "\r\n", "404"},
		"a question mark that is escaped": {"GET /%3Fcode=c&state=" + goodState + " HTTP/1.1\r\n" + host + "\r\n", "404"},
		"a fragment in the target":        {"GET /#" + good[1:] + " HTTP/1.1\r\n" + host + "\r\n", "404"},
		"a backslash for a path":          {"GET \\" + good[1:] + " HTTP/1.1\r\n" + host + "\r\n", "400"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := open(t, "/", Options{})
			got := say(t, l, strings.Replace(test.raw, "\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1))
			if !strings.HasPrefix(got, "HTTP/1.1 "+test.status) && !strings.HasPrefix(got, "HTTP/1.0 "+test.status) {
				t.Errorf("got %.60q, want %s", got, test.status)
			}
			if strings.Contains(got, goodState) || strings.Contains(got, goodCode) || strings.Contains(got, "Location:") {
				t.Errorf("the answer repeats what came:\n%s", got)
			}
			waiting(t, l)
			mustGoOn(t, l)
		})
	}
}

func TestL6ARequestHiddenInTheBodyOfAnotherIsNotOne(t *testing.T) {
	inner := "GET " + callback("code", "smuggled", "state", "attacker") + " HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"
	tests := map[string]string{
		"behind a refused one":    "GET /x HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
		"in the body of a GET":    "GET /x HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 400\r\n\r\n",
		"in the body of a POST":   "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 400\r\n\r\n",
		"behind an empty chunk":   "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"chunked and with length": "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
		"after an Expect":         "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nExpect: 100-continue\r\nContent-Length: 400\r\n\r\n",
	}
	for name, outer := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := open(t, "/", Options{})
			if got := say(t, l, outer+inner); strings.Count(got, "HTTP/1.1 ") != 1 {
				t.Errorf("%d answers:\n%s", strings.Count(got, "HTTP/1.1 "), got)
			}
			mustGoOn(t, l)
			l.Close()
			for hint := range l.Hints() {
				t.Errorf("the hidden request was judged: %s", hint)
			}
		})
	}
}

// A browser that has seen HSTS for localhost, from any program on any port,
// comes by TLS to every other port too.
func TestABrowserThatInsistsOnHTTPSIsExplained(t *testing.T) {
	l := open(t, "/", Options{})
	for range 3 {
		say(t, l, clientHello)
	}
	if hint := <-l.Hints(); !strings.Contains(hint, "https") || !strings.Contains(hint, "Paste") {
		t.Errorf("hint %q", hint)
	}
	get(t, l, "/") // a plain request is no reason to say so
	address := strings.Replace(l.RedirectURI(), "http:", "https:", 1) + good[1:]
	if err := l.Paste(address); err != nil {
		t.Fatal(err)
	}
	if got, err := outcome(t, l); err != nil || got.Code.Reveal() != goodCode {
		t.Errorf("got %v", err)
	}
	l.Close()
	for hint := range l.Hints() {
		t.Errorf("one more hint: %s", hint)
	}
}

func TestL8AHintIsGivenOnceAndAPageCannotFloodTheTerminal(t *testing.T) {
	l := open(t, "/", Options{})
	var heard []string
	done := make(chan struct{})
	go func() {
		defer close(done)
		for hint := range l.Hints() {
			heard = append(heard, hint)
		}
	}()
	for i := range 100 {
		get(t, l, callback("code", "c", "state", "x"))
		get(t, l, callback("error", "e", "error_description", strings.Repeat("spam", i)))
	}
	l.Close()
	<-done
	seen := map[string]bool{}
	for _, hint := range heard {
		if seen[hint] {
			t.Errorf("told twice: %s", hint)
		}
		seen[hint] = true
	}
	if len(heard) == 0 || len(heard) > maxHints {
		t.Errorf("%d hints, want 1 to %d", len(heard), maxHints)
	}
}

// Strangers open connections in great number and say nothing on them, before
// the browser's comes and between it and its request: as many as the limit
// allows beside it do not cost the browser its connection.
func TestL12AFloodOfConnectionsDoesNotKeepTheCallbackOut(t *testing.T) {
	l := open(t, "/", Options{HeaderTimeout: time.Hour})
	flood := func(n int) {
		for range n {
			dial(t, l)
		}
	}
	flood(3 * l.opts.MaxConns)
	browser := dial(t, l)
	flood(l.opts.MaxConns - 1)
	io.WriteString(browser, "GET "+good+" HTTP/1.1\r\nHost: localhost:"+l.at.port+"\r\n\r\n")
	response, err := http.ReadResponse(bufio.NewReader(browser), nil)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		t.Errorf("got %d", response.StatusCode)
	}
}

// The port is promised to be free within a second of the end: so long do the
// defaults allow, and nobody can hold it longer.
func TestL1ThePortIsFreeSoonAfterSuccessWhateverIsStillConnected(t *testing.T) {
	if o := (Options{}).withDefaults(); o.Linger+shutting >= time.Second {
		t.Errorf("the port may stay taken for %v", o.Linger+shutting)
	}
	tests := map[string]string{
		"a browser that never asks for its page": "",
		"a request that began":                   "GET DONE HTTP/1.1\r\nHost: local",
		"a body that never comes":                "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 9\r\n\r\n",
		"a page that is not read":                "GET DONE HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
	}
	for name, raw := range tests {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{Linger: time.Millisecond, Hold: time.Hour, HeaderTimeout: time.Hour})
			get(t, l, good)
			io.WriteString(dial(t, l), strings.NewReplacer("PORT", l.at.port, "DONE", l.done).Replace(raw))
			l.Finish(nil)
			<-l.gone
			again, err := Listen(t.Context(), []string{l.RedirectURI()}, Options{})
			if err != nil {
				t.Fatalf("the port is not free: %v", err)
			}
			again.Close()
		})
	}
}

// Browsers ask for an icon, ask ahead, and ask again on reload.
func TestWhatABrowserAsksBesidesDoesNoHarm(t *testing.T) {
	l := open(t, "/", Options{})
	if a := get(t, l, good, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Purpose: prefetch"); a.Status != http.StatusForbidden {
		t.Errorf("asking ahead got %d", a.Status)
	}
	waiting(t, l)
	if a := get(t, l, good); a.Status != http.StatusSeeOther || a.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("the browser itself got %d", a.Status)
	}
	if a := get(t, l, "/favicon.ico", "Sec-Fetch-Dest: image", "Referer: http://localhost:"+l.at.port+good); a.Status != http.StatusNotFound || strings.Contains(a.all(), goodCode) {
		t.Errorf("the icon got %d", a.Status)
	}
	if a := get(t, l, good); a.Status != http.StatusConflict {
		t.Errorf("a reload got %d", a.Status)
	}
	l.Finish(errors.New("the tokens are another pool's"))
	for range 2 { // the second comes while the first is on its way, or finds the port free
		conn, err := net.Dial("tcp", "127.0.0.1:"+l.at.port)
		if err != nil {
			continue
		}
		io.WriteString(conn, "GET "+l.done+" HTTP/1.1\r\nHost: localhost:"+l.at.port+"\r\n\r\n")
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err == nil {
			body, _ := io.ReadAll(response.Body)
			if strings.Contains(string(body), successPage.Title) {
				t.Error("a failed sign-in is shown as a success")
			}
		}
		conn.Close()
	}
}
