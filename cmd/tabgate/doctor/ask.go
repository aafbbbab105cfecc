package doctor

import (
	"context"
	"errors"
	"sync"

	"github.com/authtabs/tabgate/auth/cognito"
	panics "github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token"
)

// answers are what everybody said who had to be asked. What was not asked,
// because an answer before made it pointless, is zero.
type answers struct {
	unfound error       // why a provider that is not Cognito does not say where to ask
	first   answer      // the sign-in page of the first redirect address
	pages   []answer    // those of all redirect addresses, the first one's too
	client  error       // of offering the token endpoint a code
	signOut answer      // of the wish to be signed out
	pin     pin         // the issuer that earlier sign-ins trusted
	issuers []described // every issuer that tokens may name
	vouched bool        // one of them names the domain, or none is known
	keys    error       // of fetching the public keys of the first good issuer
	store   error       // of trying the store of sessions
}

// described is what an issuer says of itself.
type described struct {
	issuer string
	token.Discovery
	err   error // why it cannot be used
	other error // why it is not the issuer of the configured domain
}

// ask asks whoever has something to say, two rounds at most: the user pool for
// the rest once it has shown to be one, an issuer for the keys once it has
// confirmed itself.
func (e *exam) ask(ctx context.Context) (said answers) {
	var all sync.WaitGroup
	all.Go(func() {
		defer panics.Recover()
		said.store = e.tryStore(ctx)
	})
	if e.client != nil {
		vouched := make(chan struct{})
		all.Go(func() {
			defer panics.Recover()
			e.askPool(ctx, &said, vouched)
		})
		all.Go(func() {
			defer panics.Recover()
			e.askIssuers(ctx, &said, vouched)
		})
	}
	all.Wait()
	return said
}

// askPool sends the client's secret only to what looks like a user pool, and
// where the issuer is known, to the domain that it names: said.vouched is read
// once vouched is closed.
func (e *exam) askPool(ctx context.Context, said *answers, vouched <-chan struct{}) {
	if said.unfound = e.findEndpoints(ctx); said.unfound != nil {
		return
	}
	uris := e.Config.RedirectURIs
	said.first = e.signInPage(ctx, uris[0])
	if e.misplaced(said.first) != nil {
		return
	}
	said.pages = make([]answer, len(uris))
	said.pages[0] = said.first
	var all sync.WaitGroup
	for i, uri := range uris[1:] {
		all.Go(func() {
			defer panics.Recover()
			said.pages[i+1] = e.signInPage(ctx, uri)
		})
	}
	all.Go(func() {
		defer panics.Recover()
		if <-vouched; said.vouched {
			said.client = e.offerCode(ctx)
		}
	})
	if address := e.client.LogoutURL(); address != "" {
		all.Go(func() {
			defer panics.Recover()
			said.signOut = e.get(ctx, address)
		})
	}
	all.Wait()
}

// findEndpoints looks up where a provider that is not Cognito wants to be
// asked.
func (e *exam) findEndpoints(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, e.Patience)
	defer cancel()
	return e.client.Resolve(ctx)
}

// askIssuers asks all at once: of the two forms of a user pool's issuer, one
// may lead nowhere. It closes vouched once they have said whose domain it is.
func (e *exam) askIssuers(ctx context.Context, said *answers, vouched chan<- struct{}) {
	said.pin = e.pinned()
	names := e.Config.Issuers()
	if len(names) == 0 && said.pin.Issuer != "" {
		names = []string{said.pin.Issuer}
	}
	said.issuers = make([]described, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() {
			defer panics.Recover()
			ctx, cancel := context.WithTimeout(ctx, e.Patience)
			defer cancel()
			found, err := token.Discover(ctx, e.HTTP, name)
			said.issuers[i] = described{name, found, err, found.CheckDomain(e.Config.Domain)}
		})
	}
	all.Wait()
	good := said.confirmed()
	said.vouched = len(names) == 0 || good != nil && good.other == nil
	close(vouched)
	if good != nil {
		ctx, cancel := context.WithTimeout(ctx, e.Patience)
		defer cancel()
		said.keys = token.NewKeys(e.HTTP, good.issuer, e.Now).Refresh(ctx)
	}
}

// confirmed is the first issuer that calls itself what it is called, one that
// names the domain before others; nil for none.
func (a *answers) confirmed() (good *described) {
	for i := range a.issuers {
		switch d := &a.issuers[i]; {
		case d.err != nil:
		case d.other == nil:
			return d
		case good == nil:
			good = d
		}
	}
	return good
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
	panics.Go(func() { tried <- e.Store.Probe(ctx) })
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
