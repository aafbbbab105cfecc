package cognito

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

// calls are all requests that carry something worth stealing.
var calls = map[string]func(context.Context, *Client, *testing.T) error{
	"token": func(ctx context.Context, c *Client, t *testing.T) error {
		_, err := c.Exchange(ctx, secret.New(code), callback, attempt(t))
		return err
	},
	"refresh": func(ctx context.Context, c *Client, t *testing.T) error {
		_, err := c.Refresh(ctx, secret.New(oldRefresh))
		return err
	},
	"revoke": func(ctx context.Context, c *Client, t *testing.T) error {
		return c.Revoke(ctx, secret.New(oldRefresh))
	},
	"userInfo": func(ctx context.Context, c *Client, t *testing.T) error {
		_, err := c.UserInfo(ctx, secret.New("canary-access"), "sub-1")
		return err
	},
}

func TestT1RedirectsAreNotFollowed(t *testing.T) {
	var stolen atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { stolen.Add(1) }))
	defer thief.Close()
	for name, call := range calls {
		for _, status := range []int{301, 302, 303, 307, 308} {
			t.Run(fmt.Sprintf("T-1 %s %d", name, status), func(t *testing.T) {
				d := newDomain(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, thief.URL, status) })
				c, _ := d.client(t, withSecret)
				e := asError(t, call(t.Context(), c, t))
				if e.Kind != Malformed || e.Status != status || !strings.Contains(e.Help, "redirect") {
					t.Errorf("got %v: %v", e.Kind, e)
				}
				if n := len(d.requests()); n != 1 {
					t.Errorf("%d requests, want 1", n)
				}
			})
		}
	}
	if stolen.Load() != 0 {
		t.Error("T-1: a redirect was followed")
	}
}

func TestT4AProviderThatNeverAnswers(t *testing.T) {
	// One hangs before the header, one trickles the body without end; both go
	// on until the client hangs up, which is what is tested.
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	trickle := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for r.Context().Err() == nil {
			if _, err := fmt.Fprint(w, " "); err != nil || http.NewResponseController(w).Flush() != nil {
				return
			}
			select {
			case <-time.After(time.Millisecond):
			case <-r.Context().Done():
			}
		}
	}
	for name, call := range calls {
		for how, answer := range map[string]http.HandlerFunc{"hangs": hang, "trickles": trickle} {
			t.Run("T-4 "+name+" "+how, func(t *testing.T) {
				d := newDomain(t, answer)
				c, waits := d.client(t)
				c.limit = 30 * time.Millisecond
				e := asError(t, call(t.Context(), c, t))
				if e.Kind != Unreachable || !errors.Is(e, context.DeadlineExceeded) || !strings.Contains(e.Help, "did not answer in time") {
					t.Errorf("got %v: %v", e.Kind, e)
				}
				if len(d.requests()) != 1 || len(*waits) != 0 {
					t.Errorf("T-7: %d requests, waits %v", len(d.requests()), *waits)
				}
			})
			t.Run("T-4 "+name+" "+how+" and the person gives up", func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				d := newDomain(t, func(w http.ResponseWriter, r *http.Request) { cancel(); answer(w, r) })
				c, _ := d.client(t)
				e := asError(t, call(ctx, c, t))
				if e.Kind != Cancelled || !errors.Is(e, context.Canceled) {
					t.Errorf("got %v: %v", e.Kind, e)
				}
			})
		}
	}
}

func TestT7ACodeIsSentExactlyOnce(t *testing.T) {
	failures := map[string]http.HandlerFunc{
		"a wrong client, the case for which libraries try another way": says(401, `{"error":"invalid_client"}`),
		"a server error":          says(500, `{}`),
		"too many requests":       says(429, `{}`),
		"trouble behind a proxy":  raw(503, "text/html", ""),
		"a request not accepted":  says(400, `{"error":"invalid_request"}`),
		"a connection that drops": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	}
	for name, answer := range failures {
		for client, change := range map[string]func(*Config){"public": func(*Config) {}, "secret": withSecret} {
			t.Run("T-7 "+name+", "+client, func(t *testing.T) {
				d := newDomain(t, answer)
				c, waits := d.client(t, change)
				_, err := c.Exchange(t.Context(), secret.New(code), callback, attempt(t))
				asError(t, err)
				if n := len(d.requests()); n != 1 || len(*waits) != 0 {
					t.Errorf("sent %d times with waits %v", n, *waits)
				}
			})
		}
	}
}

// TestT7NotEvenTheTransportSendsACodeAgain drops a connection that was in use
// before, the case in which Go's transport may repeat a request by itself.
func TestT7NotEvenTheTransportSendsACodeAgain(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var codes atomic.Int32
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go serveThenDrop(conn, &codes)
		}
	}()
	hc := &http.Client{Transport: &http.Transport{}}
	defer hc.CloseIdleConnections()
	c, err := New(config("http://"+listener.Addr().String()), hc)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Revoke(t.Context(), secret.New(oldRefresh)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Exchange(t.Context(), secret.New(code), callback, attempt(t)); asError(t, err).Kind != Unreachable {
		t.Errorf("got %v", err)
	}
	if n := codes.Load(); n > 1 {
		t.Errorf("T-7: the code was sent %d times", n)
	}
}

// serveThenDrop answers revocations and hangs up on token requests.
func serveThenDrop(conn net.Conn, codes *atomic.Int32) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	for {
		req, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		req.ParseForm()
		if req.PostForm.Has("code") {
			codes.Add(1)
			return
		}
		fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	}
}

func TestT8OnlyARefusalEndsTheSession(t *testing.T) {
	tests := map[string]struct {
		answers []http.HandlerFunc
		kind    Kind // 0: signed in again
		sent    int
	}{
		"T-8 refused":                        {[]http.HandlerFunc{says(400, `{"error":"invalid_grant"}`)}, Refused, 1},
		"T-8 too many requests":              {[]http.HandlerFunc{says(429, `{}`)}, Throttled, 3},
		"T-8 too many requests, as the SDKs": {[]http.HandlerFunc{says(400, `{"error":"TooManyRequestsException"}`)}, Throttled, 3},
		"T-8 a limit exceeded with 400":      {[]http.HandlerFunc{says(400, `{"__type":"LimitExceededException"}`)}, Throttled, 3},
		"T-8 a server error":                 {[]http.HandlerFunc{says(500, `{"error":"invalid_grant"}`)}, Unreachable, 3},
		"T-8 a bad gateway":                  {[]http.HandlerFunc{raw(502, "text/html", "<h1>")}, Unreachable, 3},
		"T-8 forbidden by something between": {[]http.HandlerFunc{raw(403, "text/html", "<h1>")}, Malformed, 1},
		"T-8 a wrong client":                 {[]http.HandlerFunc{says(401, `{"error":"invalid_client"}`)}, Misconfigured, 1},
		"T-8 the network drops":              {[]http.HandlerFunc{func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }}, Unreachable, 3},
		"T-8 trouble that passes":            {[]http.HandlerFunc{says(503, `{}`), says(429, `{}`), says(200, refreshed)}, 0, 3},
		"T-8 trouble, then refused":          {[]http.HandlerFunc{says(503, `{}`), says(400, `{"error":"invalid_grant"}`)}, Refused, 2},
		"T-6 no ID token":                    {[]http.HandlerFunc{says(200, strings.Replace(refreshed, "id_token", "x", 1))}, Malformed, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDomain(t, test.answers...)
			c, waits := d.client(t)
			tokens, err := c.Refresh(t.Context(), secret.New(oldRefresh))
			if n := len(d.requests()); n != test.sent || len(*waits) != test.sent-1 {
				t.Errorf("sent %d times with waits %v, want %d", n, *waits, test.sent)
			}
			if test.kind == 0 {
				if err != nil || !tokens.Refresh.Equal(oldRefresh) {
					t.Errorf("got %v", err)
				}
				return
			}
			if e := asError(t, err); e.Kind != test.kind {
				t.Errorf("got %v: %v", e.Kind, e)
			}
		})
	}
}

func TestT9WaitsGrowAndAreCapped(t *testing.T) {
	after := func(value string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", value)
			w.WriteHeader(429)
		}
	}
	tests := map[string]struct {
		header string
		waits  []time.Duration
		tell   time.Duration // what the caller is told to wait
	}{
		"T-9 nothing asked: growing":             {"", []time.Duration{time.Second, 2 * time.Second}, 0},
		"T-9 three seconds are given":            {"3", []time.Duration{3 * time.Second, 3 * time.Second}, 3 * time.Second},
		"T-9 a date in five seconds":             {noon.Add(5 * time.Second).Format(http.TimeFormat), []time.Duration{5 * time.Second, 5 * time.Second}, 5 * time.Second},
		"T-9 three years are capped":             {"99999999", nil, 5 * time.Minute},
		"T-9 more than any number":               {"99999999999999999999999999", nil, 5 * time.Minute},
		"T-9 a far date is capped":               {noon.Add(999 * time.Hour).Format(http.TimeFormat), nil, 5 * time.Minute},
		"T-9 a minute is the caller's":           {"60", nil, time.Minute},
		"T-9 zero is no reason to hurry":         {"0", []time.Duration{time.Second, 2 * time.Second}, 0},
		"T-9 less than zero":                     {"-5", []time.Duration{time.Second, 2 * time.Second}, 0},
		"T-9 a date in the past":                 {noon.Add(-time.Hour).Format(http.TimeFormat), []time.Duration{time.Second, 2 * time.Second}, 0},
		"T-9 nonsense is no reason either":       {"soon", []time.Duration{time.Second, 2 * time.Second}, 0},
		"T-9 a fraction is nonsense to RFC 9110": {"0.001", []time.Duration{time.Second, 2 * time.Second}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, waits := newDomain(t, after(test.header)).client(t)
			_, err := c.Refresh(t.Context(), secret.New(oldRefresh))
			if e := asError(t, err); e.Kind != Throttled || e.RetryAfter != test.tell {
				t.Errorf("got %v, retry after %v", e.Kind, e.RetryAfter)
			}
			if fmt.Sprint(*waits) != fmt.Sprint(test.waits) {
				t.Errorf("waited %v, want %v", *waits, test.waits)
			}
		})
	}
}

func TestT9TheWaitIsSpread(t *testing.T) {
	c, waits := newDomain(t, says(429, `{}`)).client(t)
	c.float = func() float64 { return 0 }
	c.Refresh(t.Context(), secret.New(oldRefresh))
	if fmt.Sprint(*waits) != "[500ms 1s]" {
		t.Errorf("got %v", *waits)
	}
	if a, b := jitter(), jitter(); a == b || a < 0 || a >= 1 {
		t.Errorf("drew %v and %v", a, b)
	}
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, _ := newDomain(t, says(429, `{}`)).client(t)
	c.sleep = func(ctx context.Context, d time.Duration) error { cancel(); return sleep(ctx, time.Hour) }
	if _, err := c.Refresh(ctx, secret.New(oldRefresh)); asError(t, err).Kind != Cancelled {
		t.Errorf("got %v", err)
	}
	if err := sleep(t.Context(), time.Nanosecond); err != nil {
		t.Errorf("a wait that ends by itself: %v", err)
	}
}
