package auth

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/loopback"
)

func TestA6AnAnswerThatNamesAnotherIssuerThanTheTokensIsRefused(t *testing.T) {
	t.Parallel()
	const other = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"
	w := newWorld(t, localpool.Options{})
	eitherForm := func(o *Options) { o.Cognito.Issuer, o.Issuers = "", []string{other, w.pool.Issuer()} }
	tests := map[string]struct {
		process func(*Options)
		iss     string // of the answer; "" for none
		refused bool
	}{
		"unknown until the first token, another one": {trusting, other, true},
		"unknown until the first token, the same":    {trusting, w.pool.Issuer(), false},
		"unknown until the first token, none":        {trusting, "", false},
		"one of two forms, the other one":            {eitherForm, other, true},
		"one of two forms, the same":                 {eitherForm, w.pool.Issuer(), false},
		"configured, another one":                    {func(*Options) {}, other, true},
		"configured, the same":                       {func(*Options) {}, w.pool.Issuer(), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := w.process(test.process, func(o *Options) { o.Profile = name })
			a, err := s.Begin(t.Context())
			must(t, err)
			defer a.Cancel()
			address := w.redirected(a, "analyst@example.com")
			if test.iss != "" {
				address += "&iss=" + url.QueryEscape(test.iss)
			}
			shown := make(chan string, 1)
			go func() { shown <- browse(address) }()
			got, err := a.Wait(t.Context())
			var named *loopback.IssuerError
			if errors.As(err, &named) != test.refused || got.SignedIn() == test.refused {
				t.Errorf("got %+v, %v", got, err)
			}
			if page := <-shown; strings.Contains(page, "You are signed in") == test.refused {
				t.Errorf("the browser shows %s", page)
			}
		})
	}
}

// browse gives what a browser shows at an address.
func browse(address string) string {
	resp, err := http.Get(address)
	if err != nil {
		return err.Error()
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return string(body)
}

// A pool may be switched to its other issuer while people are signed in.
func TestA5ARefreshFollowsThePoolToItsOtherIssuerAndNoFurther(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		allowed  func(first, second string) []string
		followed bool
	}{
		"the other issuer of the same pool": {func(first, second string) []string { return []string{first, second} }, true},
		"an issuer that is not the pool's":  {func(first, _ string) []string { return []string{first, first + "x"} }, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w, other := newWorld(t, localpool.Options{}), newWorld(t, localpool.Options{})
			first, second := w.pool.Issuer(), other.pool.Issuer()
			forms := func(o *Options) { o.Cognito.Issuer, o.Issuers = "", test.allowed(first, second) }
			s := w.process(forms)
			w.signIn(s, "analyst@example.com")
			w.pool.Faults().Tokens(func(d *faults.Draft) { d.Claims["iss"] = second })
			got, err := s.Refresh(t.Context())
			if (err == nil) != test.followed || !got.SignedIn() || (got.Issuer == second) != test.followed {
				t.Fatalf("refreshed: %+v, %v", got, err)
			}
			again, err := w.process(forms).Restore(t.Context())
			if err != nil || again.Issuer != got.Issuer {
				t.Errorf("at the next start: %+v, %v", again, err)
			}
		})
	}
}

// A document may name endpoints anywhere: none but the domain's are asked (RFC
// 9700 section 4.4). Where it names another for codes, there is no sign-in at
// all (T-13).
func TestA5TheEndpointsOfADiscoveryDocumentAreNeverAsked(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer thief.Close()
	w := newWorld(t, localpool.Options{})
	w.pool.Faults().Set(localpool.Discovery, faults.Fault{Patch: func(document localpool.JSON) {
		for _, name := range []string{"userinfo_endpoint", "revocation_endpoint", "end_session_endpoint"} {
			document[name] = thief.URL + "/" + name
		}
	}})
	s := w.process()
	w.signIn(s, "analyst@example.com")
	if _, err := s.UserInfo(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := s.Refresh(t.Context()); err != nil {
		t.Error(err)
	}
	s.SignOut(t.Context(), false)
	if n := w.pool.Faults().Seen(localpool.Discovery); n == 0 || asked.Load() != 0 {
		t.Errorf("the document was read %d times, and its endpoints asked %d times", n, asked.Load())
	}
}
