package cognito

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

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
	fresh, err := New(config("https://x.example"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := fresh.float(), fresh.float(); a == b || a < 0 || a >= 1 {
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
