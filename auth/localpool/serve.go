package localpool

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"
)

// listen takes a loopback address and refuses every other: anybody who can
// reach a pool can read the codes that it shows.
func listen(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("local pool: %q is no listen address: give host:port, for example 127.0.0.1:9229", address)
	}
	if host == "localhost" {
		host = "127.0.0.1"
		address = "127.0.0.1" + address[len("localhost"):]
	}
	ip := net.ParseIP(host)
	if ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("local pool: refusing to listen on %q: it shows sign-up codes to whoever reaches it, so only 127.0.0.1 and [::1] will do", address)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("local pool: listen on %s: %w; choose another port with --listen", address, err)
	}
	return l, nil
}

func newServer(p *Pool) *http.Server {
	return &http.Server{
		Handler:           p,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // Browsers that hang up are no news.
	}
}

// Start serves in the background and returns the address. Calling it again
// changes nothing.
func (p *Pool) Start() string {
	p.start.Do(func() { go p.server.Serve(p.listener) })
	return p.host
}

// Serve serves until ctx ends, which is no error.
func (p *Pool) Serve(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { p.Close() })
	defer stop()
	var err error
	p.start.Do(func() { err = p.server.Serve(p.listener) })
	if err != nil && !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("local pool: serve: %w", err)
	}
	return nil
}

// Close ends the pool at once: its address is free, its users and keys are
// gone, and what Publish wrote is removed.
func (p *Pool) Close() error {
	p.mu.Lock()
	for _, file := range p.published {
		os.Remove(file)
	}
	p.published = nil
	p.mu.Unlock()
	err := p.server.Close()
	p.listener.Close() // Not the server's yet when nothing was served.
	return err
}
