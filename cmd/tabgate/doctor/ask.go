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

// asker asks. client is nil where there is no user pool to ask.
type asker struct {
	Deps
	client *cognito.Client
}

// ask asks whoever has something to say, two rounds at most: the user pool for
// the rest once it has shown to be one, an issuer for the keys once it has
// confirmed itself.
func (q asker) ask(ctx context.Context) (said answers) {
	var all sync.WaitGroup
	all.Go(func() {
		defer panics.Recover()
		said.store = q.tryStore(ctx)
	})
	if q.client != nil {
		vouched := make(chan struct{})
		all.Go(func() {
			defer panics.Recover()
			q.askPool(ctx, &said, vouched)
		})
		all.Go(func() {
			defer panics.Recover()
			q.askIssuers(ctx, &said, vouched)
		})
	}
	all.Wait()
	return said
}

// askPool sends the client's secret only to what looks like a user pool, and
// where the issuer is known, to the domain that it names: said.vouched is read
// once vouched is closed.
func (q asker) askPool(ctx context.Context, said *answers, vouched <-chan struct{}) {
	if said.unfound = q.findEndpoints(ctx); said.unfound != nil {
		return
	}
	uris := q.Config.RedirectURIs
	said.first = q.signInPage(ctx, uris[0])
	if q.misplaced(said.first) != nil {
		return
	}
	said.pages = make([]answer, len(uris))
	said.pages[0] = said.first
	var all sync.WaitGroup
	for i, uri := range uris[1:] {
		all.Go(func() {
			defer panics.Recover()
			said.pages[i+1] = q.signInPage(ctx, uri)
		})
	}
	all.Go(func() {
		defer panics.Recover()
		if <-vouched; said.vouched {
			said.client = q.offerCode(ctx)
		}
	})
	if address := q.client.LogoutURL(); address != "" {
		all.Go(func() {
			defer panics.Recover()
			said.signOut = q.get(ctx, address)
		})
	}
	all.Wait()
}

// findEndpoints looks up where a provider that is not Cognito wants to be
// asked.
func (q asker) findEndpoints(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, q.Patience)
	defer cancel()
	return q.client.Resolve(ctx)
}

// askIssuers asks all at once: of the two forms of a user pool's issuer, one
// may lead nowhere. It closes vouched once they have said whose domain it is.
func (q asker) askIssuers(ctx context.Context, said *answers, vouched chan<- struct{}) {
	said.pin = q.pinned()
	names := q.Config.Issuers()
	if len(names) == 0 && said.pin.Issuer != "" {
		names = []string{said.pin.Issuer}
	}
	said.issuers = make([]described, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() {
			defer panics.Recover()
			ctx, cancel := context.WithTimeout(ctx, q.Patience)
			defer cancel()
			found, err := token.Discover(ctx, q.HTTP, name)
			said.issuers[i] = described{name, found, err, found.CheckDomain(q.Config.Domain)}
		})
	}
	all.Wait()
	good := said.confirmed()
	said.vouched = len(names) == 0 || good != nil && good.other == nil
	close(vouched)
	if good != nil {
		ctx, cancel := context.WithTimeout(ctx, q.Patience)
		defer cancel()
		said.keys = token.NewKeys(q.HTTP, good.issuer, q.Now).Refresh(ctx)
	}
}

// tryStore writes, reads and removes a canary. A disk that hangs cannot be
// told to stop, so it is left behind.
func (q asker) tryStore(ctx context.Context) error {
	if q.Store == nil || q.StoreErr != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, q.Patience)
	defer cancel()
	tried := make(chan error, 1)
	panics.Go(func() { tried <- q.Store.Probe(ctx) })
	select {
	case err := <-tried:
		return err
	case <-ctx.Done():
		return errors.New("it gave no answer within " + q.Patience.String())
	}
}

// offerCode offers the token endpoint a code that was never given out.
func (q asker) offerCode(ctx context.Context) error {
	attempt, err := cognito.NewAttempt()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, q.Patience)
	defer cancel()
	_, err = q.client.Exchange(ctx, secret.New("00000000-0000-4000-8000-000000000000"), q.Config.RedirectURIs[0], attempt)
	return err
}

// signInPage asks for the sign-in page that comes back to uri.
func (q asker) signInPage(ctx context.Context, uri string) answer {
	attempt, err := cognito.NewAttempt()
	if err != nil {
		return answer{err: err}
	}
	return q.get(ctx, q.client.AuthorizeURL(uri, attempt))
}
