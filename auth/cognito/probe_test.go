package cognito

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestProbeAuthorize(t *testing.T) {
	to := func(location string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusFound)
		}
	}
	tests := map[string]struct {
		answer http.HandlerFunc
		kind   Kind // 0 means fine
		text   string
	}{
		"the login page":                  {to("/login?client_id=x"), 0, ""},
		"the login page at once":          {raw(200, "text/html", "<form>"), 0, ""},
		"an unregistered callback":        {to("/error?error=redirect_mismatch&client_id=x"), Misconfigured, callback},
		"a wrong client":                  {to("/error?error=redirect_mismatch&client_id=x"), Misconfigured, "CLIENT_ID"},
		"a scope that is not allowed":     {to(callback + "?error=invalid_scope&state=x"), Misconfigured, "COGNITO_SCOPES"},
		"the grant is off":                {to(callback + "?error_description=x&error=unauthorized_client"), Misconfigured, "authorization code grant"},
		"L-10 a reason that paints":       {to(callback + "?error=%1b%5b31m&error_description=%07%e2%80%ae"), Malformed, "tabgate doctor"},
		"another site's login page":       {to("https://evil.example/login"), Malformed, "COGNITO_DOMAIN"},
		"a place that is no address":      {to("::%"), Malformed, "COGNITO_DOMAIN"},
		"not Cognito":                     {raw(404, "text/html", "<h1>"), Misconfigured, "COGNITO_DOMAIN"},
		"trouble of the provider's own":   {raw(503, "text/html", "<h1>"), Unreachable, "try again"},
		"the error page, another reason":  {to("/error?error=x%1b"), Misconfigured, "register"},
		"a page of more than a megabyte":  {raw(200, "text/html", strings.Repeat("x", 1<<20+1)), Unreachable, "1 MiB"},
		"a connection that drops":         {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, Unreachable, "check the network"},
		"too many requests for one place": {raw(429, "text/html", ""), Throttled, "try again"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDomain(t, test.answer)
			c, _ := d.client(t)
			err := c.ProbeAuthorize(t.Context(), callback)
			if (err == nil) != (test.kind == 0) || len(d.requests()) != 1 {
				t.Fatalf("got %v after %d requests", err, len(d.requests()))
			}
			if err != nil {
				if e := asError(t, err); e.Kind != test.kind || !strings.Contains(err.Error(), test.text) {
					t.Errorf("got %v: %v", e.Kind, err)
				}
			}
		})
	}
}

func TestProbeClient(t *testing.T) {
	tests := map[string]struct {
		answer http.HandlerFunc
		kind   Kind
		text   string
	}{
		"a client that may ask":     {says(400, `{"error":"invalid_grant"}`), 0, ""},
		"one that is told no more":  {says(400, `{"error":"invalid_request"}`), 0, ""},
		"a wrong secret, 400":       {says(400, `{"error":"invalid_client"}`), Misconfigured, "CLIENT_SECRET"},
		"a wrong secret, 401":       {says(401, `{"error":"invalid_client"}`), Misconfigured, "CLIENT_SECRET"},
		"refreshing is not allowed": {says(400, `{"error":"unauthorized_client"}`), Misconfigured, "refresh tokens"},
		"tokens for nothing":        {says(200, granted), Malformed, "COGNITO_DOMAIN"},
		"not Cognito":               {raw(404, "text/html", "<h1>"), Misconfigured, "COGNITO_DOMAIN"},
		"too many requests":         {says(429, `{"error":"invalid_grant"}`), Throttled, "try again"},
		"a server error":            {says(500, `{"error":"invalid_grant"}`), Unreachable, "try again"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDomain(t, test.answer)
			c, _ := d.client(t, withSecret)
			c.now = func() time.Time { return noon.Add(-10 * time.Minute) }
			skew, err := c.ProbeClient(t.Context())
			if (err == nil) != (test.kind == 0) || len(d.requests()) != 1 || skew != 10*time.Minute {
				t.Fatalf("got %v, %v after %d requests", skew, err, len(d.requests()))
			}
			if err != nil {
				if e := asError(t, err); e.Kind != test.kind || !strings.Contains(err.Error(), test.text) {
					t.Errorf("got %v: %v", e.Kind, err)
				}
			}
		})
	}
}

func TestProbeLogout(t *testing.T) {
	to := func(location string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, location, http.StatusFound) }
	}
	tests := map[string]struct {
		answer http.HandlerFunc
		kind   Kind
	}{
		"registered":                {to(callback), 0},
		"not registered":            {to("/error?error=redirect_mismatch"), Misconfigured},
		"not registered, on a page": {raw(400, "text/html", "<h1>"), Misconfigured},
		"another address":           {to("https://evil.example/"), Misconfigured},
		"a server error":            {raw(500, "text/html", "<h1>"), Unreachable},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, _ := newDomain(t, test.answer).client(t)
			err := c.ProbeLogout(t.Context())
			if (err == nil) != (test.kind == 0) {
				t.Fatalf("got %v", err)
			}
			if err != nil {
				if e := asError(t, err); e.Kind != test.kind || e.Kind == Misconfigured && !strings.Contains(e.Help, "allowed sign-out URL") {
					t.Errorf("got %v: %v", e.Kind, err)
				}
			}
		})
	}
	c, _ := newDomain(t, to(callback)).client(t, func(cfg *Config) { cfg.LogoutURI = "" })
	if err := c.ProbeLogout(t.Context()); asError(t, err).Kind != Misconfigured {
		t.Errorf("without an address: %v", err)
	}
}
