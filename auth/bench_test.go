package auth

import (
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/secret"
)

// timed adds up how long the provider takes to answer.
type timed struct{ spent atomic.Int64 }

func (p *timed) RoundTrip(r *http.Request) (*http.Response, error) {
	start := time.Now()
	resp, err := http.DefaultTransport.RoundTrip(r)
	p.spent.Add(int64(time.Since(start)))
	return resp, err
}

// BenchmarkFromRedirectToSession is what a person waits for after the browser
// has sent its answer, without the provider's share: the listener, both
// signatures, the lock and a store in memory.
func BenchmarkFromRedirectToSession(b *testing.B) {
	w := newWorld(b, localpool.Options{MaxSessions: 100})
	provider := &timed{}
	s := w.process(func(o *Options) { o.HTTP = &http.Client{Transport: provider} })
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var ours []time.Duration
	for range b.N {
		a, err := s.Begin(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		address := w.redirected(a, "analyst@example.com")
		provider.spent.Store(0)
		start := time.Now()
		go func() {
			if resp, err := browser.Get(address); err == nil {
				resp.Body.Close()
			}
		}()
		if _, err := a.Wait(b.Context()); err != nil {
			b.Fatal(err)
		}
		ours = append(ours, time.Since(start)-time.Duration(provider.spent.Load()))
		a.Cancel()
	}
	slices.Sort(ours)
	b.ReportMetric(float64(ours[len(ours)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(ours[0].Microseconds())/1000, "ms-min")
}

// BenchmarkRestore is a start with a stored session: the store, the kept
// keys, both signatures.
func BenchmarkRestore(b *testing.B) {
	for name, change := range map[string]func(*world) func(*Options){
		"keyring in memory": func(*world) func(*Options) { return func(*Options) {} },
		"file":              func(w *world) func(*Options) { return w.inFiles },
	} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b, localpool.Options{})
			w.signIn(w.process(change(w)), "both@example.com")
			o := w.options()
			change(w)(&o)
			b.ResetTimer()
			for range b.N {
				s, err := New(o)
				if err != nil {
					b.Fatal(err)
				}
				if got, err := s.Restore(b.Context()); err != nil || !got.SignedIn() {
					b.Fatalf("%+v, %v", got, err)
				}
			}
		})
	}
}

// BenchmarkToken is `tabgate token` in a loop of a script, within one process.
func BenchmarkToken(b *testing.B) {
	w := newWorld(b, localpool.Options{})
	s := w.process()
	w.signIn(s, "both@example.com")
	var last secret.Text
	for range b.N {
		var err error
		if last, err = s.Token(b.Context(), "access"); err != nil {
			b.Fatal(err)
		}
	}
	if last.Empty() {
		b.Fatal("no token")
	}
}

// BenchmarkASignOutElsewhere is how long another process takes to lock itself
// once somebody signs out here.
func BenchmarkASignOutElsewhere(b *testing.B) {
	w := newWorld(b, localpool.Options{MaxSessions: 100})
	here, there := w.process(), w.process()
	events := there.Events(b.Context())
	var took []time.Duration
	for range b.N {
		w.signIn(here, "analyst@example.com")
		for e := next(b, events); !e.Session.SignedIn(); e = next(b, events) {
		}
		start := time.Now()
		here.SignOut(b.Context(), false)
		for e := next(b, events); e.Session.SignedIn(); e = next(b, events) {
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms-max")
}
