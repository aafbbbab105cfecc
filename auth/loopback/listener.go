// Package loopback receives the browser's answer of one sign-in on this
// machine's own addresses and shows the person how it went. It does not know
// what a token is, nor whom the code will be exchanged with.
package loopback

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/secret"
)

// Options are the listener's limits; zero values take the defaults.
type Options struct {
	Hold          time.Duration // how long a browser's request waits for Finish before it gets the waiting page; 5 s
	Linger        time.Duration // how long after Finish a browser may still fetch its page; 600 ms
	HeaderTimeout time.Duration // time for a request's headers; 5 s
	MaxConns      int           // open connections; over it the oldest without a request goes; 128
	OrPaste       bool          // where no port may be opened, wait for a Paste alone
	NoPort        bool          // open none, and wait for a Paste alone at the first redirect URI

	// Listen stands in for net.Listen.
	Listen func(network, address string) (net.Listener, error)

	sockets sockets // says whose a connection is; for tests
}

func (o Options) withDefaults() Options {
	if o.Hold <= 0 {
		o.Hold = 5 * time.Second
	}
	if o.Linger <= 0 {
		o.Linger = 600 * time.Millisecond
	}
	if o.HeaderTimeout <= 0 {
		o.HeaderTimeout = 5 * time.Second
	}
	if o.MaxConns <= 0 {
		o.MaxConns = 128
	}
	if o.Listen == nil {
		o.Listen = net.Listen
	}
	if o.sockets.open == nil {
		o.sockets = thisMachine()
	}
	return o
}

// Listener waits for the answer of one sign-in. It is safe for concurrent
// use. A Listener takes one answer in its life; make another for the next
// attempt.
type Listener struct {
	at      redirect
	done    string // path of the result page
	start   string // path that leads to the sign-in page, see Start
	unheard error  // why no port is open; nil when one is
	opts    Options
	server  *http.Server
	conns   *conns
	serve   sync.WaitGroup

	outcome  chan verdict  // the first final verdict; holds one
	hints    chan string   // guarded by mu, closed at the end
	finished chan struct{} // closed when the result page is known
	fetched  chan struct{} // closed when the browser has been given it
	gone     chan struct{} // closed when the port is free

	mu       sync.Mutex
	expect   expectation
	target   secret.Text // where start leads to; empty for nowhere
	answered bool        // a final verdict has been taken
	owed     bool        // and it came by browser, which now waits for a page
	stopping bool        // Finish or Close has been called
	ended    bool        // hints is closed
	result   error       // what the page says; valid once finished is closed
	held     int         // requests waiting for finished
	told     []string    // the hints given
	fetch    sync.Once
}

// Listen binds the first of the redirect URIs whose port is free on both
// loopback families (on the one that the machine has) and starts to answer.
// Until Expect every callback is refused. All taken is a *PortsError; so is a
// machine on which binding is forbidden, unless opts say that a Paste will do.
// The end of ctx closes the listener.
func Listen(ctx context.Context, redirectURIs []string, opts Options) (*Listener, error) {
	candidates, err := parseRedirects(redirectURIs)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	at, lns, why, err := openPort(candidates, opts)
	if err != nil {
		return nil, err
	}
	l := &Listener{
		at: at, unheard: why, done: secretPath("done"), start: secretPath("start"), opts: opts, conns: newConns(opts.MaxConns),
		outcome: make(chan verdict, 1), hints: make(chan string, 4),
		finished: make(chan struct{}), fetched: make(chan struct{}), gone: make(chan struct{}),
	}
	l.server = newServer(opts, l.conns, l.handle)
	for _, ln := range lns {
		ln := wary{ln, func() { l.hint(secureHint) }}
		l.serve.Go(func() { l.server.Serve(ln) }) // always ends with ErrServerClosed
	}
	unhook := context.AfterFunc(ctx, l.Close)
	l.serve.Go(func() { <-l.finished; unhook() })
	return l, nil
}

// openPort opens the first port that is free. Why is the reason where none is open
// and a Paste will do.
func openPort(candidates []redirect, o Options) (at redirect, lns []net.Listener, why, err error) {
	if o.NoPort {
		return candidates[0], nil, ErrNoPort, nil
	}
	at, lns, err = bindFirst(candidates, o.Listen)
	if err != nil && o.OrPaste {
		if at, why = unheard(candidates, err); why != nil {
			err = nil
		}
	}
	return at, lns, why, err
}

// secretPath makes a path that nobody can guess: only who was told it comes
// there. The result page has one, so that only who brought the right answer
// learns how the sign-in went; the code stays neither in the address bar nor
// in the history.
func secretPath(name string) string { return "/" + name + "/" + rand.Text() }

// Unheard is why no port is open, so that the answer can come by Paste alone.
// It is nil when one is.
func (l *Listener) Unheard() error { return l.unheard }

// Start gives an address of this listener that leads this user's own browser
// to target, the sign-in page, and nobody else. Unlike target it may stand in
// an argument list, which every user of the machine can read. It is "" where
// the system does not tell whose a connection is.
func (l *Listener) Start(target secret.Text) string {
	if l.unheard != nil || !l.opts.sockets.tells(l.at) {
		return ""
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.target = target
	return "http://" + l.at.host + ":" + l.at.port + l.start
}

// RedirectURI is the one being listened on, exactly as it was configured.
func (l *Listener) RedirectURI() string { return l.at.raw }

// Expect sets the state that callbacks have to bring and the issuer that an
// iss parameter has to name; an issuer of "" is not compared.
func (l *Listener) Expect(state secret.Text, issuer string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expect = expectation{state: state, issuer: issuer}
}

// Wait returns the answer that brought the right state, by browser or by
// Paste. Errors: *ProviderError and *IssuerError as the provider's final
// word, *NoAnswerError at ctx's deadline, ctx's error when it is cancelled,
// ErrClosed. The caller then exchanges the code and calls Finish.
func (l *Listener) Wait(ctx context.Context) (Answer, error) {
	select {
	case v := <-l.outcome:
		return v.answer, v.err
	default:
	}
	select {
	case v := <-l.outcome:
		return v.answer, v.err
	case <-l.finished:
		return Answer{}, ErrClosed
	case <-ctx.Done():
		if ctx.Err() == context.DeadlineExceeded {
			return Answer{}, &NoAnswerError{RedirectURI: l.at.raw}
		}
		return Answer{}, ctx.Err()
	}
}

// maxHints bounds the hints of one sign-in: any page can point the browser
// here as often as it likes, and a terminal is not its wall to write on.
const maxHints = 8

// Hints gives sentences about refused callbacks, cleaned, for the person who
// waits: each once, a few in all. Those that nobody reads are dropped. It is
// closed with the listener.
func (l *Listener) Hints() <-chan string { return l.hints }

func (l *Listener) hint(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if text == "" || l.ended || len(l.told) >= maxHints || slices.Contains(l.told, text) {
		return
	}
	select {
	case l.hints <- text:
		l.told = append(l.told, text)
	default:
	}
}

// Finish tells the browser how the sign-in ended: nil means that the tokens
// were verified and shows success, an error shows its text, cleaned. The port
// is free as soon as the browser has its page, and in any case within a
// second; Finish does not wait for that, Close does.
func (l *Listener) Finish(err error) { l.stop(err, l.opts.Linger) }

// Close frees the port and returns when it is free. Without a Finish before
// it the sign-in counts as cancelled and the port is freed at once.
func (l *Listener) Close() {
	l.stop(ErrClosed, 0)
	<-l.gone
}

// judge judges a query and takes nothing.
func (l *Listener) judge(rawQuery string) verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.expect.judge(rawQuery)
}

// decide judges a query and takes it when it is the first final one. byBrowser
// is set where somebody waits for a page.
func (l *Listener) decide(rawQuery string, byBrowser bool) (v verdict, first bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	v = l.expect.judge(rawQuery)
	if v.kind != final || l.answered || l.stopping {
		return v, false
	}
	l.answered, l.owed = true, byBrowser
	l.outcome <- v
	return v, true
}

// stop sets the result once and shuts down after it.
func (l *Listener) stop(result error, linger time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stopping {
		return
	}
	l.stopping, l.result = true, result
	close(l.finished)
	if !l.owed {
		linger = 0
	}
	fault.Go(func() { l.shutDown(linger) })
}

// shutting is how long answers under way may take once the port is closed.
const shutting = 200 * time.Millisecond

// shutDown lets a browser that is owed a page fetch it, closes the port, lets
// the answers under way go out, and leaves no goroutine behind.
func (l *Listener) shutDown(linger time.Duration) {
	if linger > 0 {
		last := time.NewTimer(linger)
		select {
		case <-l.fetched:
		case <-last.C:
		}
		last.Stop()
	}
	shutDown(l.server)
	l.serve.Wait()
	l.mu.Lock()
	l.ended = true
	close(l.hints)
	l.mu.Unlock()
	close(l.gone)
}

// shutDown closes the port and lets the answers under way go out.
func shutDown(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), shutting)
	defer cancel()
	server.Shutdown(ctx) // a connection that says nothing must not hold the port
	server.Close()
}
