package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/token"
)

// domainCheck asks the issuer, while the person is in the browser, whether the
// domain that the code will be sent to is its own. What it says decides:
//
//	the issuers that may be                   | verdict
//	------------------------------------------|-----------------------------
//	none is known yet                         | fine; verifyNew asks the one of the tokens
//	one confirms itself and names the domain  | fine
//	one names another domain                  | ErrConfig
//	one cannot be reached                     | ErrNetwork; asked again when the code is there
//	their hosts know no such user pool        | ErrConfig
//	none confirms itself                      | ErrConfig
type domainCheck struct {
	domains
	issuers []string
	done    chan struct{} // closed with the first verdict
	found   token.Discovery
	err     error
}

// domains asks issuers for their domain.
type domains struct {
	trusted *issuers
	http    *http.Client
	work    *tasks
}

func (d domains) check(issuers []string) *domainCheck {
	return &domainCheck{domains: d, issuers: issuers, done: make(chan struct{})}
}

// run asks for the first verdict. It is called once.
func (c *domainCheck) run(ctx context.Context) error {
	defer close(c.done)
	c.found, c.err = c.ask(ctx, c.issuers)
	return c.err
}

// wait returns the verdict. A network that failed before gets a second chance
// now that there is a code to send.
func (c *domainCheck) wait(ctx context.Context) error {
	select {
	case <-c.done:
	default:
		select {
		case <-c.done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if errors.Is(c.err, ErrNetwork) && ctx.Err() == nil {
		_, err := c.ask(ctx, c.issuers)
		return err
	}
	return c.err
}

// refused is the verdict where it is there and nothing will change it, else
// nil.
func (c *domainCheck) refused() error {
	select {
	case <-c.done:
		if errors.Is(c.err, ErrConfig) {
			return c.err
		}
	default:
	}
	return nil
}

// ask asks all the issuers at once and returns what the first said that
// names the domain.
func (d domains) ask(ctx context.Context, issuers []string) (token.Discovery, error) {
	if len(issuers) == 0 {
		return token.Discovery{}, nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // of those that nobody waits for any more
	type answer struct {
		at    int
		found token.Discovery
		err   error
	}
	answers := make(chan answer, len(issuers))
	for i, issuer := range issuers {
		d.work.run(func() {
			found, err := token.Discover(ctx, d.http, issuer)
			if err == nil {
				err = found.CheckDomain(d.trusted.domain)
			}
			answers <- answer{i, found, err}
		})
	}
	failed := make([]error, len(issuers))
	for range issuers {
		a := <-answers
		if a.err == nil {
			return a.found, nil
		}
		failed[a.at] = a.err
	}
	return token.Discovery{}, d.trusted.unnamed(slices.MaxFunc(failed, func(a, b error) int { return weight(a) - weight(b) }))
}

// weight says which of several issuers' failures tells most: a domain of
// another pool, then a network that may hide the right issuer.
func weight(err error) int {
	switch {
	case tokenReason(err) == token.WrongDomain:
		return 3
	case tokenReason(err) == token.Unreachable && !noSuchPool(err):
		return 2
	case noSuchPool(err):
		return 1
	}
	return 0
}

// noSuchPool reports whether an issuer's host answered that it knows no such
// issuer.
func noSuchPool(err error) bool {
	var refused *token.Error
	return errors.As(err, &refused) && slices.Contains([]int{http.StatusBadRequest, http.StatusNotFound, http.StatusGone}, refused.Status)
}

// unnamed marks why no issuer named the domain, and says of a pinned one how a
// change is accepted.
func (t *issuers) unnamed(err error) error {
	if tokenReason(err) == token.Unreachable && !noSuchPool(err) || errors.Is(err, context.Canceled) {
		return outside(err)
	}
	if pinned, pinErr := t.pinned(); t.configured == "" && len(t.allowed) == 0 && pinErr == nil && pinned != "" {
		err = fmt.Errorf("%w. The issuer trusted since the first sign-in is %s; if the pool was really replaced, set COGNITO_ISSUER to the new one, or remove %s and sign in again",
			err, session.Clean(pinned, 120), t.pinFile())
	}
	return mark(ErrConfig, err)
}
