package loopback

import (
	"context"
	"net/http"
	"sync"

	"github.com/authtabs/tabgate/auth/fault"
)

// SignedOutPage says "You are signed out" at a sign-out address of this
// machine, for the moment until the browser comes there from the provider's
// own page.
type SignedOutPage struct {
	at      redirect
	opts    Options
	server  *http.Server
	conns   *conns
	serve   sync.WaitGroup
	fetched chan struct{} // closed when the person's browser has been given the page
	gone    chan struct{} // closed when the port is free
	fetch   sync.Once
	cancel  context.CancelFunc
}

// ShowSignedOut serves the page at uri until a browser of this user has it or
// ctx ends. The error says in one sentence why uri is no address for it, or is
// a *PortsError when the port cannot be had.
func ShowSignedOut(ctx context.Context, uri string, opts Options) (*SignedOutPage, error) {
	at, err := parseRedirect(uri)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	_, lns, err := bindFirst([]redirect{at}, opts.Listen)
	if err != nil {
		return nil, err
	}
	p := &SignedOutPage{
		at: at, opts: opts, conns: newConns(opts.MaxConns),
		fetched: make(chan struct{}), gone: make(chan struct{}),
	}
	ctx, p.cancel = context.WithCancel(ctx)
	p.server = newServer(opts, p.conns, p.handle)
	for _, ln := range lns {
		p.serve.Go(func() { p.server.Serve(ln) }) // always ends with ErrServerClosed
	}
	fault.Go(func() { p.shutDown(ctx) })
	return p, nil
}

// Done is closed once the port is free.
func (p *SignedOutPage) Done() <-chan struct{} { return p.gone }

// Close frees the port and returns when it is free.
func (p *SignedOutPage) Close() {
	p.cancel()
	<-p.gone
}

func (p *SignedOutPage) shutDown(ctx context.Context) {
	defer close(p.gone)
	defer p.cancel()
	select {
	case <-p.fetched:
	case <-ctx.Done():
	}
	shutDown(p.server)
	p.serve.Wait()
}

// handle answers as the redirect listener does, and has one page. Another
// user may look at it, but does not take it away from the browser that is on
// its way.
func (p *SignedOutPage) handle(w http.ResponseWriter, r *http.Request) {
	p.conns.busy(r)
	refuseBody(w, r)
	setHeaders(w.Header())
	switch {
	case p.at.refuse(w, r):
	case r.URL.EscapedPath() != p.at.path:
		write(w, http.StatusNotFound, notFoundPage)
	case !navigation(r.Header):
		write(w, http.StatusForbidden, neutralPage)
	default:
		counts := p.opts.sockets.of(r).refusal() == "" // who has the page hangs up
		write(w, http.StatusOK, signedOutPage)
		_ = http.NewResponseController(w).Flush() // fetched means that it is on its way
		if counts {
			p.fetch.Do(func() { close(p.fetched) })
		}
	}
}
