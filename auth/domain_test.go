package auth

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// relay is a stranger's host that looks like the pool in every way: it passes
// all requests on, and reads the codes and tokens that go through.
type relay struct {
	*httptest.Server
	tokens atomic.Int32 // requests at the token endpoint
}

func newRelay(t *testing.T, w *world) *relay {
	t.Helper()
	pool, err := url.Parse(w.pool.Domain())
	must(t, err)
	r := &relay{}
	proxy := &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) {
		p.SetURL(pool)
		p.Out.Header.Del("Origin")
	}}
	r.Server = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		if in.URL.Path == localpool.Token {
			r.tokens.Add(1)
		}
		proxy.ServeHTTP(out, in)
	}))
	t.Cleanup(r.Close)
	return r
}

// through sets the relay as the domain.
func (r *relay) through(o *Options) { o.Cognito.Domain, _ = url.Parse(r.URL) }

// names has the issuer name a domain of its own.
func names(domain string) faults.Fault {
	return faults.Fault{Patch: func(document localpool.JSON) {
		document["authorization_endpoint"], document["token_endpoint"] = domain+localpool.Authorize, domain+localpool.Token
	}}
}

func TestNoCodeGoesToADomainThatTheIssuerDoesNotName(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		process func(*world, *relay) func(*Options)
		fault   func(*relay) faults.Fault // of the discovery document
		says    string
	}{
		"T-13 a relay, the issuer configured": {
			process: func(_ *world, r *relay) func(*Options) { return r.through }, says: "names 127.0.0.1:",
		},
		"T-13 a relay, the issuer given by a pool id": {
			process: func(w *world, r *relay) func(*Options) {
				return func(o *Options) {
					r.through(o)
					o.Cognito.Issuer, o.Issuers = "", []string{w.pool.Issuer(), w.pool.Issuer() + "x"}
				}
			}, says: "names 127.0.0.1:",
		},
		"T-13 the issuer names somebody else": {
			process: func(*world, *relay) func(*Options) { return func(*Options) {} },
			fault:   func(r *relay) faults.Fault { return names(r.URL) }, says: "COGNITO_DOMAIN=http://127.0.0.1:",
		},
		"T-13 the issuer names another port of the same host": {
			process: func(*world, *relay) func(*Options) { return func(*Options) {} },
			fault:   func(*relay) faults.Fault { return names("http://127.0.0.1:1") }, says: "127.0.0.1:1",
		},
		"T-13 the issuer names the host over https": {
			process: func(*world, *relay) func(*Options) { return func(*Options) {} },
			fault: func(*relay) faults.Fault {
				return faults.Fault{Patch: func(document localpool.JSON) {
					document["token_endpoint"] = strings.Replace(document["token_endpoint"].(string), "http:", "https:", 1)
				}}
			}, says: "names https://127.0.0.1:",
		},
		"T-13 the token endpoint alone is elsewhere": {
			process: func(*world, *relay) func(*Options) { return func(*Options) {} },
			fault: func(r *relay) faults.Fault {
				return faults.Fault{Patch: func(document localpool.JSON) { document["token_endpoint"] = r.URL + localpool.Token }}
			}, says: "names 127.0.0.1:",
		},
		"T-13 the issuer names no token endpoint": {
			process: func(*world, *relay) func(*Options) { return func(*Options) {} },
			fault: func(*relay) faults.Fault {
				return faults.Fault{Patch: func(document localpool.JSON) { delete(document, "token_endpoint") }}
			}, says: "names no token_endpoint",
		},
		"T-13 the issuer calls itself another": {
			process: func(*world, *relay) func(*Options) { return func(*Options) {} },
			fault: func(*relay) faults.Fault {
				return faults.Fault{Patch: func(document localpool.JSON) { document["issuer"] = "https://other.example" }}
			}, says: "other.example",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			r := newRelay(t, w)
			if test.fault != nil {
				w.pool.Faults().Set(localpool.Discovery, test.fault(r))
			}
			a, err := w.process(test.process(w, r)).Begin(t.Context())
			must(t, err)
			defer a.Cancel()
			_, err = a.Wait(t.Context()) // nobody does anything in the browser
			if !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), test.says) || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("got %v", err)
			}
			if n := w.pool.Faults().Seen(localpool.Token); n != 0 || r.tokens.Load() != 0 || w.ring.count() != 0 {
				t.Errorf("%d codes were sent, %d through the relay; %d items are stored", n, r.tokens.Load(), w.ring.count())
			}
		})
	}
}

// The answer may be there before the issuer has said its word.
func TestT13ACodeWaitsForTheVerdict(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	asked, answer := make(chan struct{}), make(chan struct{})
	w.pool.Faults().Set(localpool.Discovery, faults.Fault{Times: 1, Patch: func(document localpool.JSON) {
		document["token_endpoint"] = "http://127.0.0.1:1" + localpool.Token
		close(asked)
		<-answer
	}})
	s := w.process()
	a, err := s.Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	<-asked
	address := w.redirected(a, "analyst@example.com")
	waited := make(chan error, 1)
	go func() {
		_, err := a.Wait(t.Context())
		waited <- err
	}()
	must(t, a.Paste(address))
	close(answer)
	if err := <-waited; !errors.Is(err, ErrConfig) {
		t.Errorf("got %v", err)
	}
	if n := w.pool.Faults().Seen(localpool.Token); n != 0 {
		t.Errorf("T-13: %d codes were sent", n)
	}
}

// Where the issuer is learnt from the tokens, what it names decides whether
// they are kept.
func TestT13ARelayIsNotTrustedOnFirstUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	r := newRelay(t, w)
	s := w.process(trusting, r.through)
	if got, _, err := w.trySignIn(s, "analyst@example.com"); !errors.Is(err, ErrConfig) || got.SignedIn() || !strings.Contains(err.Error(), "names 127.0.0.1:") {
		t.Errorf("got %+v, %v", got, err)
	}
	if pinned, err := s.issuers.pinned(); err != nil || pinned != "" || w.ring.count() != 0 {
		t.Errorf("pinned %q, %v; %d items are stored", pinned, err, w.ring.count())
	}
}

func TestT13APinnedIssuerIsAskedAtTheNextSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.signIn(w.process(trusting), "analyst@example.com")
	sent := w.pool.Faults().Seen(localpool.Token)
	w.pool.Faults().Set(localpool.Discovery, names("https://auth.example.com"))
	a, err := w.process(trusting).Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	if _, err := a.Wait(t.Context()); !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), "auth.example.com") {
		t.Errorf("got %v", err)
	}
	if n := w.pool.Faults().Seen(localpool.Token); n != sent {
		t.Errorf("T-13: %d codes were sent", n-sent)
	}
}

func TestAnIssuerOutOfReachIsNoConsent(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault  faults.Fault
		signed bool
	}{
		"T-13 nobody answers":                {faults.Fault{Drop: true}, false},
		"T-13 the issuer has trouble":        {faults.HTML(503), false},
		"T-13 nobody answers the first time": {faults.Fault{Drop: true, Times: 1}, true},
		"T-13 all is well":                   {faults.Fault{Work: true, Times: 1, Patch: func(localpool.JSON) {}}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			w.signIn(w.process(), "guest@example.com") // brings the keys
			sent := w.pool.Faults().Seen(localpool.Token)
			w.pool.Faults().Set(localpool.Discovery, test.fault)
			got, page, err := w.trySignIn(w.process(), "analyst@example.com")
			if got.SignedIn() != test.signed || (err == nil) != test.signed || !test.signed && !errors.Is(err, ErrNetwork) {
				t.Errorf("got %+v, %v", got, err)
			}
			if n := w.pool.Faults().Seen(localpool.Token) - sent; (n == 0) == test.signed {
				t.Errorf("%d codes were sent", n)
			}
			if !test.signed && strings.Contains(page.Body, "You are signed in") {
				t.Error("L-15: the browser says that it went well")
			}
		})
	}
}

// Whoever gives up does not wait for an issuer that hangs.
func TestT13AVerdictThatDoesNotComeCanBeGivenUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	asked := make(chan struct{})
	w.pool.Faults().Set(localpool.Discovery, faults.Fault{Work: true, Patch: func(localpool.JSON) {
		select {
		case <-asked:
		default:
			close(asked)
		}
		<-t.Context().Done()
	}})
	a, err := w.process().Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	<-asked
	must(t, a.Paste(w.redirected(a, "analyst@example.com")))
	ctx, cancel := context.WithCancel(t.Context())
	waited := make(chan error, 1)
	go func() {
		_, err := a.Wait(ctx)
		waited <- err
	}()
	cancel()
	if err := <-waited; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := w.pool.Faults().Seen(localpool.Token); n != 0 {
		t.Errorf("T-13: %d codes were sent", n)
	}
}

// One more answer a sign-in, asked for while the person is in the browser; of
// the forms that a pool id gives, one that confirms itself is enough.
func TestT13TheIssuersOfAPoolIDAreAskedTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	nowhere := "http://127.0.0.1:" + freePort(t) + "/local_Nowhere"
	for _, forms := range [][]string{{w.pool.Issuer(), nowhere}, {nowhere, w.pool.Issuer()}} {
		s := w.process(func(o *Options) { o.Cognito.Issuer, o.Issuers, o.Profile = "", forms, forms[0] })
		if got := w.signIn(s, "analyst@example.com"); !slices.Contains(forms, got.Issuer) {
			t.Errorf("got %+v", got)
		}
	}
	if n := w.pool.Faults().Seen(localpool.Discovery); n != 2 {
		t.Errorf("the document was read %d times for two sign-ins", n)
	}
}
