package loopback

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/authtabs/tabgate/auth/secret"
)

// bare is a listener without sockets; its handler and Paste need none.
func bare() *Listener {
	at, _ := parseRedirect("http://localhost:8501/")
	l := &Listener{
		at: at, opts: Options{}.withDefaults(), conns: newConns(8), outcome: make(chan verdict, 1),
		hints: make(chan string, 4), finished: make(chan struct{}), fetched: make(chan struct{}),
	}
	l.opts.Hold = 1 // a nanosecond: nothing finishes here
	l.Expect(secret.New(goodState), issuer)
	return l
}

// proven reports whether a query names the right state, and once only: by
// another road than judge, the callback's parameters one by one.
func proven(rawQuery string) bool {
	n, right := 0, false
	for _, part := range strings.Split(rawQuery, "&") {
		key, value, _ := strings.Cut(part, "=")
		k, err1 := url.QueryUnescape(key)
		v, err2 := url.QueryUnescape(value)
		if err1 == nil && err2 == nil && k == "state" {
			n++
			right = v == goodState
		}
	}
	return n == 1 && right
}

// FuzzCallback sends any request to the handler: nothing but the right state
// ends a sign-in, nothing shows the state, and no answer is out of the list.
func FuzzCallback(f *testing.F) {
	host := "Host: localhost:8501\r\n"
	for _, target := range wrongStates {
		f.Add("GET " + target + " HTTP/1.1\r\n" + host + "\r\n")
	}
	for _, request := range []string{
		"GET " + good + " HTTP/1.1\r\n" + host + "\r\n",
		"GET " + good + "&iss=https://evil.example HTTP/1.1\r\n" + host + "\r\n",
		"GET /?error=access_denied&error_description=%1b%5d52%3bc%3b&state=" + goodState + " HTTP/1.1\r\n" + host + "\r\n",
		"GET " + good + "&code=b HTTP/1.1\r\n" + host + "\r\n",
		"GET /?state=" + goodState + "&%73tate=x&code=a HTTP/1.1\r\n" + host + "\r\n",
		"GET /done HTTP/1.1\r\n" + host + "\r\n",
		"POST " + good + " HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n",
		"GET " + good + " HTTP/1.1\r\nHost: evil.example\r\n\r\n",
		"GET " + good + " HTTP/1.0\r\n\r\n",
		"GET http://localhost:8501" + good + " HTTP/1.1\r\n" + host + "\r\n",
		"GET " + good + " HTTP/1.1\r\n" + host + "Sec-Fetch-Dest: image\r\nOrigin: null\r\n\r\n",
		"GET https://u:p@localhost:8501" + good + " HTTP/1.1\r\n" + host + "\r\n",
		"GET " + good + " HTTP/1.1\r\nHost: [::1%25lo]:8501\r\n\r\n",
		"GET " + good + " HTTP/1.1\r\nHost: localhost.:8501\r\n\r\n",
		"GET /%2f" + good[1:] + " HTTP/1.1\r\n" + host + "\r\n",
		"GET " + good + " HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
		"GET " + good + " HTTP/1.1\r\n" + host + "Origin: null\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\n" + host + "\r\n",
		"CONNECT localhost:8501 HTTP/1.1\r\n" + host + "\r\n",
	} {
		f.Add(request)
	}
	allowed := []int{200, 303, 400, 403, 404, 405, 409, 414, 421}
	f.Fuzz(func(t *testing.T, raw string) {
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(raw)))
		if err != nil {
			t.Skip("no request that net/http would hand over")
		}
		l := bare()
		w := httptest.NewRecorder()
		l.handle(w, r)
		if !slices.Contains(allowed, w.Code) {
			t.Errorf("status %d", w.Code)
		}
		body := w.Body.String()
		if strings.Contains(body, goodState) || strings.ContainsAny(body, "\x1b\a") || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("the answer shows too much:\n%s", body)
		}
		if ended := len(l.outcome) == 1; ended != (w.Code == http.StatusSeeOther) {
			t.Errorf("status %d, ended %v", w.Code, ended)
		} else if ended && (!proven(r.URL.RawQuery) || r.Method != "GET" || !l.at.ours(r.Host)) {
			t.Errorf("the sign-in was ended by %q", raw)
		}
		for len(l.hints) > 0 {
			if hint := <-l.hints; strings.ContainsAny(hint, "\x1b\a\n\r\u009b") || strings.Contains(hint, goodState) && !strings.Contains(raw, goodState) {
				t.Errorf("hint %q", hint)
			}
		}
	})
}

// FuzzPaste pastes anything.
func FuzzPaste(f *testing.F) {
	for _, target := range wrongStates {
		f.Add("http://localhost:8501" + target)
	}
	f.Add("http://localhost:8501" + good)
	f.Add("\x1b[200~http://localhost:8501" + good + "\x1b[201~")
	f.Add("localhost:8501" + good + "\r\n")
	f.Add("http://localhost:8501@evil.example" + good)
	f.Add("javascript:alert(1)//localhost:8501" + good)
	f.Fuzz(func(t *testing.T, text string) {
		l := bare()
		err := l.Paste(text)
		if (err == nil) != (len(l.outcome) == 1) {
			t.Fatalf("%v, but %d answers", err, len(l.outcome))
		}
		plain := strings.Map(func(c rune) rune {
			if unicode.IsSpace(c) || unicode.In(c, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) {
				return -1
			}
			return c
		}, strings.TrimSuffix(strings.TrimSpace(text), "\x1b[201~"))
		plain, _, _ = strings.Cut(plain, "#")
		if err == nil && !(strings.Contains(plain, "localhost:8501") && proven(plain[strings.Index(plain, "?")+1:])) {
			t.Errorf("accepted %q", text)
		}
		if err != nil && (strings.ContainsAny(err.Error(), "\x1b\a\n") || strings.Contains(err.Error(), goodState)) {
			t.Errorf("the refusal repeats the text: %q", err)
		}
	})
}
