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
