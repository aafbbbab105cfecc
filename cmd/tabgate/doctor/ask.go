package doctor

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token"
)

// answers are what everybody said who had to be asked. What was not asked,
// because an answer before made it pointless, is zero.
type answers struct {
	first   answer      // the sign-in page of the first redirect address
	pages   []answer    // those of all redirect addresses, the first one's too
	client  error       // of offering the token endpoint a code
	signOut answer      // of the wish to be signed out
	pin     pin         // the issuer that earlier sign-ins trusted
	issuers []described // every issuer that tokens may name
	keys    error       // of fetching the public keys of the first good issuer
	store   error       // of trying the store of sessions
}

// described is what an issuer says of itself.
type described struct {
	issuer string
	token.Discovery
	err error
}

// ask asks whoever has something to say, two rounds at most: the user pool for
// the rest once it has shown to be one, an issuer for the keys once it has
// confirmed itself.
func (e *exam) ask(ctx context.Context) (said answers) {
	var all sync.WaitGroup
	all.Go(func() { said.store = e.tryStore(ctx) })
	if e.client != nil {
		all.Go(func() { e.askPool(ctx, &said) })
		all.Go(func() { e.askIssuers(ctx, &said) })
	}
	all.Wait()
	return said
}

// askPool sends the client's secret only to what looks like a user pool.
func (e *exam) askPool(ctx context.Context, said *answers) {
	uris := e.Config.RedirectURIs
	said.first = e.signInPage(ctx, uris[0])
	if e.misplaced(said.first) != nil {
		return
	}
	said.pages = make([]answer, len(uris))
	said.pages[0] = said.first
	var all sync.WaitGroup
	for i, uri := range uris[1:] {
		all.Go(func() { said.pages[i+1] = e.signInPage(ctx, uri) })
	}
	all.Go(func() { said.client = e.offerCode(ctx) })
	all.Go(func() { said.signOut = e.get(ctx, e.client.LogoutURL()) })
	all.Wait()
}

// askIssuers asks all at once: of the two forms of a user pool's issuer, one
// may lead nowhere.
func (e *exam) askIssuers(ctx context.Context, said *answers) {
	said.pin = e.pinned()
	names := e.Config.Issuers()
	if len(names) == 0 && said.pin.Issuer != "" {
		names = []string{said.pin.Issuer}
	}
	said.issuers = make([]described, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, e.Patience)
			defer cancel()
			found, err := token.Discover(ctx, e.HTTP, name)
			said.issuers[i] = described{name, found, err}
		})
	}
	all.Wait()
	if good := said.confirmed(); good != nil {
		ctx, cancel := context.WithTimeout(ctx, e.Patience)
		defer cancel()
		said.keys = token.NewKeys(e.HTTP, good.issuer, e.Now).Refresh(ctx)
	}
}

// confirmed is the first issuer that calls itself what it is called, or nil.
func (a *answers) confirmed() *described {
	for i := range a.issuers {
		if a.issuers[i].err == nil {
			return &a.issuers[i]
		}
	}
	return nil
}

// tryStore writes, reads and removes a canary. A disk that hangs cannot be
// told to stop, so it is left behind.
func (e *exam) tryStore(ctx context.Context) error {
	if e.Store == nil || e.StoreErr != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, e.Patience)
	defer cancel()
	tried := make(chan error, 1)
	go func() { tried <- e.Store.Probe(ctx) }()
	select {
	case err := <-tried:
		return err
	case <-ctx.Done():
		return errors.New("it gave no answer within " + e.Patience.String())
	}
}

// offerCode offers the token endpoint a code that was never given out.
func (e *exam) offerCode(ctx context.Context) error {
	attempt, err := cognito.NewAttempt()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, e.Patience)
	defer cancel()
	_, err = e.client.Exchange(ctx, secret.New("00000000-0000-4000-8000-000000000000"), e.Config.RedirectURIs[0], attempt)
	return err
}

// signInPage asks for the sign-in page that comes back to uri.
func (e *exam) signInPage(ctx context.Context, uri string) answer {
	attempt, err := cognito.NewAttempt()
	if err != nil {
		return answer{err: err}
	}
	return e.get(ctx, e.client.AuthorizeURL(uri, attempt))
}

// maxRead bounds what is read of an answer's body, in bytes. Nothing in it is
// looked at; it is read so that the connection can be used again.
const maxRead = 64 << 10

// answer is how the user pool domain answered one GET, without following it.
type answer struct {
	err    error
	open   bool // a connection was made for it, whatever came of that
	status int
	to     *url.URL  // where it redirects to, nil when it does not
	date   time.Time // the domain's clock, zero when it does not say
	at     time.Time // the clock here when the answer came
}

// get asks the domain itself, without any cookie that somebody could lose.
func (e *exam) get(ctx context.Context, address string) (a answer) {
	ctx, cancel := context.WithTimeout(ctx, e.Patience)
	defer cancel()
	var open atomic.Bool
	defer func() { a.open = open.Load() }()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{ConnectDone: func(_, _ string, err error) {
		if err == nil {
			open.Store(true)
		}
	}})
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{err: err}
	}
	r, err := e.HTTP.Do(req)
	if err != nil {
		return answer{err: err}
	}
	a.at = e.Now()
	defer r.Body.Close()
	if _, err := io.CopyN(io.Discard, r.Body, maxRead); err != nil && !errors.Is(err, io.EOF) {
		return answer{err: err}
	}
	a.status = r.StatusCode
	a.date, _ = http.ParseTime(r.Header.Get("Date"))
	if to, err := r.Location(); err == nil && r.StatusCode >= 300 && r.StatusCode < 400 {
		a.to = to
	}
	return a
}

// refusal is the error that the answer carries, "" for none: in the query of
// the domain's error page or of the redirect address (cognito.md 1.3).
func (a answer) refusal(domain *url.URL, redirectURI string) (code, description string) {
	if a.to == nil {
		return "", ""
	}
	q := a.to.Query()
	onPage := a.to.Host == domain.Host && strings.TrimSuffix(a.to.Path, "/") == "/error"
	if onPage && q.Get("error") == "" {
		return "error", ""
	}
	if onPage || a.back(redirectURI) {
		return q.Get("error"), q.Get("error_description")
	}
	return "", ""
}

// back reports whether the answer goes to a redirect address.
func (a answer) back(uri string) bool {
	want, err := url.Parse(uri)
	if err != nil || a.to == nil || a.to.Scheme != want.Scheme || a.to.Host != want.Host {
		return false
	}
	return strings.TrimSuffix(a.to.Path, "/") == strings.TrimSuffix(want.Path, "/")
}
