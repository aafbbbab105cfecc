package auth

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
)

func TestL17AnAttemptEndsAtItsLimitNamingTheAddressToRegister(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	if o := w.process().opts; o.Timeout != 5*time.Minute {
		t.Errorf("the limit is %v where none is set", o.Timeout)
	}
	// The shortest is over before the port is open.
	for _, limit := range []time.Duration{20 * time.Millisecond, time.Nanosecond} {
		s := w.process(func(o *Options) { o.Timeout = limit })
		a, err := s.Begin(t.Context())
		if err != nil {
			t.Fatalf("%v: %v", limit, err)
		}
		_, err = a.Wait(t.Context())
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), a.RedirectURI()) || !strings.Contains(err.Error(), "registered") {
			t.Errorf("%v: got %v", limit, err)
		}
		if strings.Count(err.Error(), "no answer") != 1 {
			t.Errorf("%v: it says the same twice: %v", limit, err)
		}
		portIsFree(t, a)
	}
}

func portIsFree(t *testing.T, a *Attempt) {
	t.Helper()
	u, _ := url.Parse(a.RedirectURI())
	l, err := net.Listen("tcp4", "127.0.0.1:"+u.Port())
	if err != nil {
		t.Fatalf("the port is still taken: %v", err)
	}
	l.Close()
}

func TestL17CancellingFreesThePortAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	tests := map[string]func(a *Attempt, cancel func()){
		"by Cancel":             func(a *Attempt, _ func()) { a.Cancel() },
		"by the caller of Wait": func(_ *Attempt, cancel func()) { cancel() },
	}
	for name, end := range tests {
		t.Run(name, func(t *testing.T) {
			a, err := w.process().Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			done := make(chan error, 1)
			go func() { _, err := a.Wait(ctx); done <- err }()
			end(a, cancel)
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			portIsFree(t, a)
			for range a.Hints() { // closed with the attempt
			}
		})
	}
}

// Whoever presses esc while a slow keyring stores the session has given the
// sign-in up, and finds nobody signed in afterwards.
func TestL17WhatIsGivenUpWhileItIsBeingStoredIsTakenBack(t *testing.T) {
	t.Parallel()
	tests := map[string]func(a *Attempt, cancel func()){
		"by Cancel":             func(a *Attempt, _ func()) { go a.Cancel(); <-a.ctx.Done() },
		"by the caller of Wait": func(_ *Attempt, cancel func()) { cancel() },
	}
	for name, end := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			s := w.process()
			a, err := s.Begin(t.Context())
			must(t, err)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			w.ring.failing(func(op, item string) error {
				if op == "set" && strings.HasSuffix(item, "/manifest") {
					end(a, cancel)
				}
				return nil
			})
			go w.pool.Person("analyst@example.com", localpool.DemoPassword).SignIn(t.Context(), a.URL())
			got, err := a.Wait(ctx)
			if !errors.Is(err, context.Canceled) || got.SignedIn() {
				t.Errorf("got %+v, %v", got, err)
			}
			if s.current().SignedIn() || w.ring.count() != 0 || w.pool.Faults().Seen(localpool.Revoke) != 1 {
				t.Errorf("signed in %v, %d items stored, %d revocations", s.current().SignedIn(), w.ring.count(), w.pool.Faults().Seen(localpool.Revoke))
			}
			if again, err := w.process().Restore(t.Context()); err != nil || again.SignedIn() {
				t.Errorf("at the next start: %+v, %v", again, err)
			}
			<-s.work.done() // the browser has its page
			portIsFree(t, a)
		})
	}
}

func TestL8WhatTheProviderSaysOnTheRedirectHasItsMeaning(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	tests := map[string]struct {
		code, description, text string
		means                   error
	}{
		"given up in the browser":             {"access_denied", "", "try again", ErrNotSignedIn},
		"an identity provider is down":        {"invalid_request", "Timeout occurred in calling IdP token endpoint", "Timeout occurred", ErrNotSignedIn},
		"a scope that is not allowed":         {"invalid_scope", "", "COGNITO_SCOPES", ErrConfig},
		"a grant that is off":                 {"unauthorized_client", "", "authorization code grant", ErrConfig},
		"trouble of the provider's own":       {"server_error", "", "in a minute", ErrNetwork},
		"T-15 accounts that are being linked": {"invalid_request", "Already found an entry for username Google_117123456789012345678 ", "try once more", ErrNotSignedIn},
		"T-15 a trigger that refuses":         {"invalid_request", "PreSignUp failed with error Only for staff.", `the provider says "PreSignUp failed with error Only for staff."`, ErrNotSignedIn},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, err := w.process().Begin(t.Context())
			must(t, err)
			defer a.Cancel()
			q := url.Values{"error": {test.code}, "error_description": {test.description}, "state": {a.secrets.State.Reveal()}}
			must(t, a.Paste(a.RedirectURI()+"?"+q.Encode()))
			got, err := a.Wait(t.Context())
			if got.SignedIn() || !errors.Is(err, test.means) || !strings.Contains(err.Error(), test.text) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %+v, %v", got, err)
			}
			for _, other := range []error{ErrNotSignedIn, ErrConfig, ErrNetwork} {
				if other != test.means && errors.Is(err, other) {
					t.Errorf("it means %v too", other)
				}
			}
		})
	}
}

func TestL20TheRedirectedAddressMayBePastedBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	a, err := w.process().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Cancel()
	if err := a.Paste(a.RedirectURI() + "?code=x&state=of-another-attempt"); err == nil {
		t.Error("an address of another attempt was accepted")
	}
	address := w.redirected(a, "analyst@example.com")
	if err := a.Paste(address); err != nil {
		t.Fatal(err)
	}
	got, err := a.Wait(t.Context())
	if err != nil || got.Email != "analyst@example.com" {
		t.Errorf("got %+v, %v", got, err)
	}
}

// A sandbox may forbid to listen, and a redirect address may have a port that
// only root gets.
func TestWhereNoPortMayBeOpenedTheAddressIsPastedBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	s.listen = func(string, string) (net.Listener, error) { return nil, fs.ErrPermission }
	a, err := s.Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	if hint := <-a.Hints(); !strings.Contains(hint, "permission") || !strings.Contains(hint, "Paste the address") {
		t.Errorf("the hint is %q", hint)
	}
	must(t, a.Paste(w.redirected(a, "analyst@example.com")))
	if got, err := a.Wait(t.Context()); err != nil || got.Email != "analyst@example.com" {
		t.Errorf("got %+v, %v", got, err)
	}
}

// Where the browser is on another machine, as where one process serves many
// people, no port of this one is of use.
func TestASignInNeedsNoListener(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process(deviceEndpoint(t, w.given("analyst@example.com")), func(o *Options) {
		o.NoListener, o.Remote = true, func(uri string) string { return "ssh -L " + uri }
		o.Cognito.LogoutURI = o.RedirectURIs[0]
	})
	s.listen = func(_, address string) (net.Listener, error) {
		t.Errorf("%s is listened on", address)
		return nil, fs.ErrPermission
	}
	t.Run("the address is pasted back", func(t *testing.T) {
		a, err := s.Begin(t.Context())
		must(t, err)
		defer a.Cancel()
		if hint := <-a.Hints(); !strings.Contains(hint, "Paste the address") {
			t.Errorf("the hint is %q", hint)
		}
		if a.Remote() != "" {
			t.Errorf("a port is to be forwarded that nobody listens on: %s", a.Remote())
		}
		must(t, a.Paste(w.redirected(a, "analyst@example.com")))
		if got, err := a.Wait(t.Context()); err != nil || got.Email != "analyst@example.com" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("or a code is typed on another device", func(t *testing.T) {
		d, err := s.BeginDevice(t.Context())
		must(t, err)
		if got, err := d.Wait(t.Context()); err != nil || got.Email != "analyst@example.com" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("after a sign-out no page is served either", func(t *testing.T) {
		if note := s.lastPage.show(); note != "" || s.lastPage.page != nil {
			t.Errorf("a page: %q", note)
		}
	})
}

var csrf = regexp.MustCompile(`name="_csrf" value="([0-9a-f]+)"`)

// redirected is where a browser on another machine would end up: its own
// localhost, where nothing listens.
func (w *world) redirected(a *Attempt, email string) (address string) {
	w.t.Helper()
	jar, _ := cookiejar.New(nil)
	browser := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), a.RedirectURI()) {
			address = r.URL.String()
			return http.ErrUseLastResponse
		}
		return nil
	}}
	login, err := browser.Get(a.URL())
	if err != nil {
		w.t.Fatal(err)
	}
	defer login.Body.Close()
	page, _ := io.ReadAll(login.Body)
	form := url.Values{"username": {email}, "password": {localpool.DemoPassword}, "_csrf": {csrf.FindStringSubmatch(string(page))[1]}}
	sent, err := browser.PostForm(login.Request.URL.String(), form)
	if err != nil || address == "" {
		w.t.Fatalf("the browser went nowhere: %v", err)
	}
	sent.Body.Close()
	return address
}

func TestTheBrowserIsOpenedOnDemandAndItsAbsenceExplained(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	var opened []string
	tests := map[string]struct {
		change func(*Options)
		want   string
	}{
		"a browser": {func(o *Options) {
			o.Browser = func(_ context.Context, u string) error { opened = append(opened, u); return nil }
		}, ""},
		"none, with a reason":     {func(o *Options) { o.BrowserNote = "this is an SSH session" }, "this is an SSH session"},
		"none":                    {func(*Options) {}, "no browser to open"},
		"one that does not start": {func(o *Options) { o.Browser = func(context.Context, string) error { return errors.New("it failed") } }, "it failed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, err := w.process(test.change, func(o *Options) { o.Remote = func(uri string) string { return "ssh -L " + uri } }).Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer a.Cancel()
			if len(opened) != 0 {
				t.Error("a browser was opened unasked")
			}
			err = a.OpenBrowser()
			if test.want == "" && (err != nil || !slices.Equal(opened, []string{a.URL()})) {
				t.Errorf("opened %v, %v", opened, err)
			}
			if test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v", err)
			}
			if a.Remote() != "ssh -L "+a.RedirectURI() {
				t.Errorf("remote: %q", a.Remote())
			}
			opened = nil
		})
	}
}

// What a browser is started with can be read by every user of the machine.
func TestU4TheBrowsersArgumentsHoldNoState(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells whose a connection is")
	}
	w := newWorld(t, localpool.Options{})
	opened := make(chan string, 1)
	s := w.process(func(o *Options) {
		o.BrowserByLink = true
		o.Browser = func(_ context.Context, u string) error { opened <- u; return nil }
	})
	a, err := s.Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	must(t, a.OpenBrowser())
	link, full := <-opened, a.URL()
	q, err := url.Parse(full)
	must(t, err)
	for _, secret := range []string{"state", "nonce", "code_challenge"} {
		if value := q.Query().Get(secret); value == "" || strings.Contains(link, value) {
			t.Errorf("%s is in %s", secret, link)
		}
	}
	if !strings.HasPrefix(link, strings.TrimSuffix(a.RedirectURI(), "/")) {
		t.Errorf("it is sent to %s", link)
	}
	go w.pool.Person("analyst@example.com", localpool.DemoPassword).SignIn(t.Context(), link)
	if got, err := a.Wait(t.Context()); err != nil || got.Email != "analyst@example.com" {
		t.Errorf("signed in: %+v, %v", got, err)
	}
}

func TestU4ACommandOfThePersonsChoiceGetsTheSignInPageItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	var opened string
	s := w.process(func(o *Options) { o.Browser = func(_ context.Context, u string) error { opened = u; return nil } })
	a, err := s.Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	if err := a.OpenBrowser(); err != nil || opened != a.URL() {
		t.Errorf("opened %s, %v", opened, err)
	}
}
