package loopback

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"go.uber.org/goleak"
)

const (
	goodState = "state-of-this-attempt-7d1f0c"
	goodCode  = "3f0c6d1e-1111-4222-8333-9c0a7be1a001"
	issuer    = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// freePort finds a port that is free on both families just now.
func freePort(t testing.TB) string {
	t.Helper()
	for range 50 {
		v4, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ := net.SplitHostPort(v4.Addr().String())
		v6, err := net.Listen("tcp6", "[::1]:"+port)
		v4.Close()
		if err == nil {
			v6.Close()
		}
		if err == nil || familyMissing(err) {
			return port
		}
	}
	t.Fatal("no port is free")
	return ""
}

// open starts a listener that expects goodState, on a free port.
func open(t *testing.T, path string, opts Options) *Listener {
	t.Helper()
	for range 10 { // another package's test may take the port in between
		l, err := Listen(t.Context(), []string{"http://localhost:" + freePort(t) + path}, opts)
		if err != nil {
			continue
		}
		t.Cleanup(l.Close)
		l.Expect(secret.New(goodState), "")
		return l
	}
	t.Fatal("no listener could be started")
	return nil
}

// answer is one response, with everything in it that could leak.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

func (a answer) all() string {
	var b strings.Builder
	a.Header.Write(&b)
	return b.String() + a.Body
}

// ask sends one request as it is and reads the answer.
func ask(t *testing.T, l *Listener, method, target, host string, headers ...string) answer {
	t.Helper()
	conn, err := net.Dial("tcp", "127.0.0.1:"+l.at.port)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	request := method + " " + target + " HTTP/1.1\r\n"
	if host != "" {
		request += "Host: " + host + "\r\n"
	}
	for _, h := range headers {
		request += h + "\r\n"
	}
	if _, err := io.WriteString(conn, request+"\r\n"); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(body)}
}

// get is what a browser does for a path and query of the listener.
func get(t *testing.T, l *Listener, target string, headers ...string) answer {
	t.Helper()
	return ask(t, l, "GET", target, "localhost:"+l.at.port, headers...)
}

// later is get for an answer that takes its time. When there is none, the
// test has failed and the answer is the zero one.
func later(t *testing.T, l *Listener, target string) <-chan answer {
	page := make(chan answer, 1)
	go func() {
		defer close(page)
		page <- get(t, l, target)
	}()
	return page
}

func callback(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Add(pairs[i], pairs[i+1])
	}
	return "/?" + q.Encode()
}

var good = callback("code", goodCode, "state", goodState)

// mustGoOn fails unless the right callback still completes the sign-in.
func mustGoOn(t *testing.T, l *Listener) {
	t.Helper()
	if a := get(t, l, l.at.path+good[1:]); a.Status != http.StatusSeeOther {
		t.Fatalf("the right callback got %d", a.Status)
	}
	got, err := l.Wait(t.Context())
	if err != nil || got.Code.Reveal() != goodCode {
		t.Fatalf("the sign-in did not go on: %v", err)
	}
	l.Finish(nil)
	if a := get(t, l, l.done); !strings.Contains(a.Body, successPage.Title) {
		t.Errorf("the result page is %d", a.Status)
	}
}

// waiting fails when the sign-in has ended.
func waiting(t *testing.T, l *Listener) {
	t.Helper()
	select {
	case v := <-l.outcome:
		t.Fatalf("the sign-in ended: %v", v.err)
	default:
	}
}

// never fails when a response shows the expected state.
func never(t *testing.T, a answer) {
	t.Helper()
	if strings.Contains(a.all(), goodState) {
		t.Errorf("the expected state is in the answer:\n%s", a.all())
	}
}

func outcome(t *testing.T, l *Listener) (Answer, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	return l.Wait(ctx)
}
