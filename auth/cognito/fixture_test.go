package cognito

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	clientID = "1example23456789"
	callback = "http://localhost:8501/"
	// Whatever must not be seen begins with canary.
	clientSecret = "canary-secret"
	code         = "canary-code"
	oldRefresh   = "canary-refresh-old"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// domain is a user pool domain that gives one answer after the other, the last
// one again and again, and keeps what it was asked.
type domain struct {
	*httptest.Server
	mu      sync.Mutex
	answers []http.HandlerFunc
	asked   []*http.Request // with the form parsed
}

func newDomain(t *testing.T, answers ...http.HandlerFunc) *domain {
	d := &domain{answers: answers}
	d.Server = httptest.NewServer(d)
	t.Cleanup(d.Close)
	return d
}

func (d *domain) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.ParseForm()
	d.mu.Lock()
	d.asked = append(d.asked, r)
	answer := d.answers[min(len(d.asked), len(d.answers))-1]
	d.mu.Unlock()
	answer(w, r)
}

func (d *domain) requests() []*http.Request {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.asked
}

// client asks the domain; waits are written down instead of waited.
func (d *domain) client(t *testing.T, change ...func(*Config)) (*Client, *[]time.Duration) {
	t.Helper()
	cfg := config(d.URL)
	for _, f := range change {
		f(&cfg)
	}
	c, err := New(cfg, d.Client())
	if err != nil {
		t.Fatal(err)
	}
	var waits []time.Duration
	c.now = func() time.Time { return noon }
	c.float = func() float64 { return 1 }
	c.sleep = func(ctx context.Context, d time.Duration) error {
		waits = append(waits, d)
		return ctx.Err()
	}
	return c, &waits
}

func config(address string) Config {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return Config{Domain: u, ClientID: clientID, LogoutURI: callback}
}

func withSecret(cfg *Config) { cfg.ClientSecret = secret.New(clientSecret) }

// says answers with JSON as Cognito does.
func says(status int, body string) http.HandlerFunc {
	return raw(status, "application/json;charset=UTF-8", body)
}

func raw(status int, media, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		w.Header().Set("Date", noon.Format(http.TimeFormat))
		w.Header().Set("x-amz-cognito-request-id", "req-1")
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

const (
	granted   = `{"access_token":"canary-access","id_token":"canary-id","refresh_token":"canary-refresh-new","token_type":"Bearer","expires_in":3600}`
	refreshed = `{"access_token":"canary-access","id_token":"canary-id","token_type":"Bearer","expires_in":3600}`
)

func attempt(t *testing.T) Attempt {
	t.Helper()
	a, err := NewAttempt()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// asError checks what holds for every error: its type, one clean line, and no
// secret however it is printed.
func asError(t *testing.T, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("not an *Error: %v", err)
	}
	for _, s := range []string{err.Error(), fmt.Sprintf("%v %+v %#v %q", err, err, err, err), fmt.Sprintf("%+v", *e)} {
		if strings.Contains(s, "canary") {
			t.Errorf("T-11: a secret shows: %s", s)
		}
	}
	if strings.ContainsAny(err.Error(), "\x1b\x07\u009b\n\r\u202e<") {
		t.Errorf("the message is not clean: %q", err)
	}
	if e.Kind == 0 || e.Help == "" || e.Op == "" && e.Kind != Misconfigured {
		t.Errorf("an error without kind, help or what was tried: %+v", e)
	}
	return e
}
