package auth

import (
	"context"
	"errors"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/token"
)

// Attempt is one sign-in, from the open port to the session. The browser is
// opened by OpenBrowser alone, never by itself.
type Attempt struct {
	decision
	s         *Service
	secrets   cognito.Attempt
	listener  *loopback.Listener
	url       secret.Text // it has the state and the nonce in it
	deadline  time.Time
	domain    *domainCheck
	notStored string // a sentence that says why the session cannot be stored, or ""
	hints     *hints
	parent    context.Context // that Begin was given
	ctx       context.Context
	cancel    context.CancelFunc
}

// Begin prepares a sign-in: it tries the store, so that one that cannot keep
// the session is known before the browser opens, and opens the listener. The
// attempt ends with ctx, with Cancel, at its deadline, or with Wait. A store
// that fails is no error: the session then stays in memory, and a hint says
// so.
func (s *Service) Begin(ctx context.Context) (*Attempt, error) { return s.BeginAs(ctx, s.opts.Ask) }

// BeginAs is Begin for whom ask says, whatever Options.Ask has: with the
// prompt "login" it signs in somebody else than the browser still knows.
func (s *Service) BeginAs(ctx context.Context, ask cognito.Ask) (*Attempt, error) {
	if err := ask.Check(); err != nil {
		return nil, mark(ErrConfig, err)
	}
	issuer, err := s.issuers.expected()
	if err != nil {
		return nil, err
	}
	issuers, err := s.issuers.known()
	if err != nil {
		return nil, err
	}
	if err := s.client.Resolve(ctx); err != nil {
		return nil, outside(err)
	}
	secrets, err := cognito.NewAttempt()
	if err != nil {
		return nil, err
	}
	secrets.Ask = ask
	notStored := s.storage.probe(ctx)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a := &Attempt{s: s, secrets: secrets, domain: s.domains.check(issuers), notStored: notStored, parent: ctx, hints: newHints()}
	s.lastPage.end() // it may have the port
	listening, stop := context.WithCancel(ctx)
	a.listener, err = loopback.Listen(listening, s.opts.RedirectURIs, loopback.Options{OrPaste: true, NoPort: s.opts.NoListener, Listen: s.listen})
	if err != nil {
		stop()
		return nil, err
	}
	// The time begins when an answer can come: a short one on a busy machine
	// must end as no answer, not as a port that could not be opened.
	a.ctx, a.cancel = context.WithTimeout(listening, s.opts.Timeout)
	a.deadline = s.opts.Now().Add(s.opts.Timeout)
	context.AfterFunc(a.ctx, stop)
	a.listener.Expect(secrets.State, s.issuers.named(issuer))
	a.url = secret.New(s.client.AuthorizeURL(a.listener.RedirectURI(), secrets))
	a.tell()
	fault.Go(func() { a.hints.relay(a.listener.Hints()) })
	a.warm()
	return a, nil
}

// tell says what the person should know before the browser opens.
func (a *Attempt) tell() {
	a.hints.send(a.notStored)
	switch why := a.listener.Unheard(); {
	case errors.Is(why, loopback.ErrNoPort):
		a.hints.send("The answer does not come by itself. Paste the address where the browser ends up; that the page there does not load is as it should be.")
		return
	case why != nil:
		a.hints.send("The answer cannot come by itself, because no port may be opened here (" + why.Error() + "). Paste the address where the browser ends up.")
		return
	}
	if first, used := a.s.opts.RedirectURIs[0], a.RedirectURI(); used != first {
		a.hints.send("The address " + first + " is taken by another program, so the browser will come back to " + used + ".")
	}
}

// warm asks, while the person is in the browser, whether the domain can be
// reached from here and is the issuer's own, and fetches the keys of a known
// issuer when there are none at hand: what keeps the sign-in from succeeding is
// said before anybody waits for a page that never comes, and a domain that
// is not the issuer's ends the attempt before anybody types a password there.
func (a *Attempt) warm() {
	a.s.work.run(func() {
		prepared := make(chan error, 1)
		fault.Go(func() { prepared <- a.prepare() })
		err := a.s.client.Reach(a.ctx)
		if other := <-prepared; err == nil {
			err = other
		}
		if err != nil && a.ctx.Err() == nil {
			a.hints.send("The sign-in cannot succeed as things stand: " + cause(err))
		}
	})
}

// prepare gets the issuer's word on the domain, and its keys.
func (a *Attempt) prepare() error {
	if err := a.domain.run(a.ctx); err != nil {
		if a.domain.refused() != nil {
			a.cancel()
		}
		return err
	}
	issuer := a.domain.found.Issuer
	if issuer == "" || a.s.verifier.keysOf(issuer).Ready() {
		return nil
	}
	err := a.s.verifier.keysOf(issuer).RefreshFrom(a.ctx, a.domain.found)
	if err == nil {
		a.s.verifier.writeKeys(issuer)
	}
	return err
}

// URL is the address to open in a browser. It belongs to this attempt alone.
func (a *Attempt) URL() string { return a.url.Reveal() }

// RedirectURI is where the browser will come back to.
func (a *Attempt) RedirectURI() string { return a.listener.RedirectURI() }

// Deadline is when the attempt ends by itself.
func (a *Attempt) Deadline() time.Time { return a.deadline }

// Remote says how to sign in over SSH, in WSL or in a container, with the
// exact ssh -L line; "" on a plain machine, and without a listener.
func (a *Attempt) Remote() string {
	if a.s.opts.Remote == nil || a.s.opts.NoListener {
		return ""
	}
	return a.s.opts.Remote(a.listener.RedirectURI())
}

// HasBrowser reports whether there is a browser that OpenBrowser would start.
func (a *Attempt) HasBrowser() bool { return a.s.opts.Browser != nil }

// OpenBrowser starts the browser on URL and does not wait for it. The error
// says why there is none or why it did not start; the attempt goes on.
func (a *Attempt) OpenBrowser() error {
	if a.s.opts.Browser != nil {
		return a.s.opts.Browser(a.ctx, a.start())
	}
	if a.s.opts.BrowserNote != "" {
		return errors.New(a.s.opts.BrowserNote)
	}
	return errors.New("there is no browser to open")
}

// start is what the browser is given: URL, or an address that leads to it.
func (a *Attempt) start() string {
	if a.s.opts.BrowserByLink {
		if link := a.listener.Start(a.url); link != "" {
			return link
		}
	}
	return a.URL()
}

// Paste takes the redirected address, copied from a browser elsewhere. Nil
// means that Wait goes on with it.
func (a *Attempt) Paste(text string) error { return a.listener.Paste(text) }

// Hints gives sentences for the person who waits: a refused callback, a store
// that cannot keep the session. It is closed when the port is free.
func (a *Attempt) Hints() <-chan string { return a.hints.out }

// Cancel ends the attempt and returns when the port is free.
func (a *Attempt) Cancel() {
	a.cancel()
	a.listener.Close()
	a.giveUp()
}

// Wait returns the session once the tokens are verified and stored, and only
// then lets the browser show success. When it returns an error nothing of the
// attempt is stored. An error that is a *session.Changed waits for Accept or
// Refuse. The port is free at once after an error without an answer, and as
// soon as the browser has its page otherwise.
func (a *Attempt) Wait(ctx context.Context) (session.Session, error) {
	both, stop := context.WithCancelCause(a.ctx)
	defer stop(nil)
	defer context.AfterFunc(ctx, func() { stop(context.Cause(ctx)) })()
	answer, err := a.listener.Wait(both)
	if err != nil {
		return session.Session{}, a.noAnswer(ctx, err)
	}
	g, err := a.exchange(both, answer)
	var got session.Session
	if err == nil {
		gaveUp := func() bool { return ctx.Err() != nil || errors.Is(a.ctx.Err(), context.Canceled) }
		got, err = a.s.finish(both, a.parent, g, &a.decision, gaveUp)
	}
	shown := err
	switch change := (*session.Changed)(nil); {
	case errors.As(err, &change):
		shown = loopback.ErrUndecided
	case errors.Is(err, context.Canceled):
		err = mark(context.Canceled, loopback.ErrClosed)
		shown = err
	}
	a.end(shown)
	return got, outside(err)
}

// end shows the browser how the sign-in went, and frees the port behind it.
func (a *Attempt) end(err error) {
	a.listener.Finish(err)
	a.s.work.run(func() {
		a.listener.Close() // waits for the browser to fetch its page
		a.cancel()
	})
}

// noAnswer frees the port and words what the listener cannot know: whose
// limit it was, and whether there is a pool that could have answered.
func (a *Attempt) noAnswer(ctx context.Context, err error) error {
	timedOut := errors.Is(a.ctx.Err(), context.DeadlineExceeded) && ctx.Err() == nil
	var said *loopback.ProviderError
	if errors.As(err, &said) {
		err = outside(a.s.client.AuthorizeError(said.Code, said.Description, a.RedirectURI()))
	}
	a.listener.Finish(err)
	a.Cancel()
	switch refused := a.domain.refused(); {
	case refused != nil:
		return refused
	case said != nil:
	case ctx.Err() != nil:
		return ctx.Err()
	case timedOut:
		if away := a.s.client.Reach(ctx); away != nil && ctx.Err() == nil {
			return mark(ErrNetwork, errors.New("no answer came in time: "+cause(away)))
		}
		return &loopback.NoAnswerError{RedirectURI: a.RedirectURI()}
	case errors.Is(err, loopback.ErrClosed):
		return mark(context.Canceled, err)
	}
	return err
}

// exchange turns the authorization code into tokens, once the domain that it
// is sent to is known to be the issuer's.
func (a *Attempt) exchange(ctx context.Context, answer loopback.Answer) (granted, error) {
	if err := a.domain.wait(ctx); err != nil {
		return granted{}, err
	}
	tokens, err := a.s.client.Exchange(ctx, answer.Code, a.RedirectURI(), a.secrets)
	return granted{
		tokens: tokens, issuer: answer.Issuer, notStored: a.notStored,
		want: token.Want{Nonce: a.secrets.Nonce, Fresh: true, Skew: tokens.Skew},
	}, err
}
