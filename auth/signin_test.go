package auth

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

func TestAPersonSignsInAndIsThereAtTheNextStart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	got := w.signIn(w.process(), "underwriter@example.com")
	if got.Email != "underwriter@example.com" || !slices.Equal(got.Groups, []string{localpool.Underwriters}) ||
		got.TokenStore != "keyring" || !got.LocalPool || !got.Live(w.clock.now()) || got.Issuer != w.pool.Issuer() {
		t.Errorf("signed in: %+v", got)
	}
	w.pool.Close() // the next start has no network
	again, err := w.process().Restore(t.Context())
	if err != nil || again.Sub != got.Sub || !slices.Equal(again.Groups, got.Groups) || !again.ExpiresAt.Equal(got.ExpiresAt) {
		t.Errorf("restored: %+v, %v", again, err)
	}
}

func TestK7ProfilesAndPoolsKeepTheirOwnSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	work := func(o *Options) { o.Profile = "work" }
	w.signIn(w.process(), "analyst@example.com")
	w.signIn(w.process(work), "underwriter@example.com")
	for email, change := range map[string]func(*Options){"analyst@example.com": func(*Options) {}, "underwriter@example.com": work} {
		if got, err := w.process(change).Restore(t.Context()); err != nil || got.Email != email {
			t.Errorf("got %q, %v", got.Email, err)
		}
	}
	other := func(o *Options) { o.Cognito.ClientID = "another" }
	if got, err := w.process(other).Restore(t.Context()); err != nil || got.SignedIn() {
		t.Errorf("another client's session: %+v, %v", got, err)
	}
}

func TestA4E2AConfigurationThatMixesPoolsIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	remote, _ := url.Parse("https://demo.auth.eu-west-1.amazoncognito.com")
	plain, _ := url.Parse("http://demo.auth.eu-west-1.amazoncognito.com")
	tests := map[string]func(*Options){
		"an emulator's issuer for a real domain": func(o *Options) { o.Cognito.Domain = remote },
		"a domain without TLS":                   func(o *Options) { o.Cognito.Domain, o.Cognito.Issuer = plain, "" },
		"no client":                              func(o *Options) { o.Cognito.ClientID = "" },
		"no redirect address":                    func(o *Options) { o.RedirectURIs = nil },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			o := w.options()
			change(&o)
			if _, err := New(o); !errors.Is(err, ErrConfig) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestK1K2WithoutAKeyringTheSessionStaysInMemoryAndSaysSoBeforeTheBrowserOpens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.ring.failing(func(string, string) error {
		return errors.New("The name org.freedesktop.secrets was not provided by any .service files")
	})
	opened := 0
	s := w.process(func(o *Options) {
		o.Browser = func(context.Context, string) error { opened++; return nil }
	})
	a, err := s.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Cancel()
	if hint := <-a.Hints(); opened != 0 || !strings.Contains(hint, "stay in memory") || !strings.Contains(hint, "TABGATE_TOKEN_STORE=file") {
		t.Errorf("before the browser: %d opened, hint %q", opened, hint)
	}
	got, _, err := w.finish(a, "analyst@example.com")
	if err != nil || got.TokenStore != "memory" || !got.Live(w.clock.now()) {
		t.Errorf("signed in: %+v, %v", got, err)
	}
	if renewed, err := s.Refresh(t.Context()); err != nil || renewed.TokenStore != "memory" {
		t.Errorf("refreshed in memory: %+v, %v", renewed, err)
	}
	w.ring.failing(nil)
	if left := w.ring.count(); left != 0 {
		t.Errorf("the keyring holds %d items", left)
	}
	if renewed, err := s.Refresh(t.Context()); err != nil || renewed.TokenStore != "keyring" {
		t.Errorf("once the keyring works: %+v, %v", renewed, err)
	}
}

func TestK1AStoreThatFailsAfterTheProbeLeavesTheSessionInMemory(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.ring.failing(func(op, item string) error {
		if op == "set" && strings.HasSuffix(item, "/manifest") {
			return errors.New("org.freedesktop.Secret.Error.IsLocked")
		}
		return nil
	})
	s := w.process()
	a, err := s.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := w.finish(a, "analyst@example.com")
	if err != nil || got.TokenStore != "memory" {
		t.Errorf("got %+v, %v", got, err)
	}
	if !strings.Contains(got.Note, "stays in memory") || !strings.Contains(got.Note, "locked") {
		t.Errorf("it says %q", got.Note)
	}
}

func TestL15SuccessIsShownOnlyAfterVerificationAndNothingIsKeptWithoutIt(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*faults.Draft){
		"L-18 J-14 another nonce":     func(d *faults.Draft) { d.Claims["nonce"] = "x" },
		"J-9 another issuer":          func(d *faults.Draft) { d.Claims["iss"] = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x" },
		"J-2 signed with HS256":       func(d *faults.Draft) { d.Sign = "HS256" },
		"J-13 two different people":   func(d *faults.Draft) { d.Claims["sub"] = d.Use },
		"J-12 the two uses exchanged": func(d *faults.Draft) { d.Claims["token_use"] = "refresh" },
		"J-21 groups as one string":   func(d *faults.Draft) { d.Claims["cognito:groups"] = "Underwriters" },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			w.pool.Faults().Tokens(spoil)
			s := w.process()
			got, page, err := w.trySignIn(s, "underwriter@example.com")
			if err == nil || got.SignedIn() {
				t.Fatalf("signed in as %+v", got)
			}
			if !strings.Contains(page.Alert, "You are not signed in") {
				t.Errorf("the browser shows %q", page.Alert)
			}
			if w.ring.count() != 0 || s.current().SignedIn() {
				t.Errorf("%d items are stored", w.ring.count())
			}
			if again, _ := w.process().Restore(t.Context()); again.SignedIn() {
				t.Error("the next start is signed in")
			}
		})
	}
}

func TestL15TheBrowserShowsSuccessOnlyOnceTheSessionIsStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	a, err := s.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	go a.Wait(t.Context())
	page, err := w.pool.Person("analyst@example.com", localpool.DemoPassword).SignIn(t.Context(), a.URL())
	if err != nil || page.Status != http.StatusOK {
		t.Fatalf("the browser shows %d, %v", page.Status, err)
	}
	if got, err := w.process().Restore(t.Context()); err != nil || !got.SignedIn() {
		t.Errorf("at the moment of the page: %+v, %v", got, err)
	}
}

func TestL7T7ACodeIsSentOnceWhateverTheAnswer(t *testing.T) {
	t.Parallel()
	tests := map[string]faults.Fault{
		"it works":              {Times: 1, Patch: func(localpool.JSON) {}},
		"the connection breaks": {Drop: true},
		"the pool has trouble":  faults.HTML(http.StatusBadGateway),
		"the pool throttles":    faults.Throttled(1),
		"the code is refused":   faults.OAuthError(400, "invalid_grant", ""),
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			w.pool.Faults().Set(localpool.Token, fault)
			got, _, err := w.trySignIn(w.process(), "analyst@example.com")
			if ok := name == "it works"; got.SignedIn() != ok || (err == nil) != ok {
				t.Errorf("got %+v, %v", got, err)
			}
			if sent := w.pool.Faults().Seen(localpool.Token); sent != 1 {
				t.Errorf("%d token requests were sent", sent)
			}
		})
	}
}

// The attacker has a valid code of an own sign-in and, somehow, our state.
func TestL18AnotherSignInsCodeIsRefusedByItsChallenge(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	a, err := s.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Cancel()
	ours, _ := url.Parse(a.URL())
	theirs := ours.Query()
	theirs.Set("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM") // of another verifier
	ours.RawQuery = theirs.Encode()
	go w.pool.Person("both@example.com", localpool.DemoPassword).SignIn(t.Context(), ours.String())
	got, err := a.Wait(t.Context())
	if got.SignedIn() || !errors.Is(err, ErrNotSignedIn) {
		t.Errorf("got %+v, %v", got, err)
	}
}
