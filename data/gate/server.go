package gate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/dashboard"
)

// FolderError says that a folder has errors and is not served.
type FolderError struct{ Problems []dashboard.Problem }

// Error implements error.
func (e *FolderError) Error() string {
	lines := make([]string, 0, len(e.Problems))
	for _, p := range e.Problems {
		lines = append(lines, clean(p.String()))
	}
	return strings.Join(lines, "\n")
}

// Limits of connections.
const (
	maxHeader   = 32 << 10
	headerTime  = 10 * time.Second
	readTime    = 15 * time.Second
	writeTime   = time.Minute // of an answer without figures; those have a time for each piece
	idleTime    = 2 * time.Minute
	drainTime   = 20 * time.Second
	maxConns    = 20_000
	sweepEvery  = time.Minute
	netHTTPSlop = 4 << 10 // net/http allows so many bytes more than MaxHeaderBytes
)

// NewServer makes the server of a handler with the limits of a gate. Whoever has
// a certificate sets its TLSConfig.
func NewServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader - netHTTPSlop,
		ErrorLog:          log.New(io.Discard, "", 0), // peers that hang up are no news
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: 100},
	}
}

// SpeakHTTP2 lets a server without a certificate speak HTTP/2 beside HTTP/1.1, to
// proxies that hand on trailers in no other way.
func SpeakHTTP2(s *http.Server) {
	s.Protocols = new(http.Protocols)
	s.Protocols.SetHTTP1(true)
	s.Protocols.SetUnencryptedHTTP2(true)
}

// Serve serves a gate at a listener until ctx ends, and then lets answers that
// are under way come to their end for a while. Changes tells that the folder may
// have changed; Read reads it.
func (g *Gate) Serve(ctx context.Context, s *http.Server, l net.Listener, changes <-chan struct{}, read func() Reading) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	wg.Add(1)
	fault.Go(func() { defer wg.Done(); g.keepUp(ctx, changes, read) })
	ended := make(chan error, 1)
	fault.Go(func() {
		limited := &limitedListener{Listener: l, room: make(chan struct{}, maxConns)}
		if s.TLSConfig != nil {
			ended <- s.ServeTLS(limited, "", "")
			return
		}
		ended <- s.Serve(limited)
	})
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		if s.Shutdown(drain) != nil {
			err = s.Close()
		}
		cancel()
		<-ended
	}
	stop()
	wg.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

// keepUp takes changes of the folder, and repeats each minute what is wrong with
// it.
func (g *Gate) keepUp(ctx context.Context, changes <-chan struct{}, read func() Reading) {
	minute := time.NewTicker(sweepEvery)
	defer minute.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-changes:
			if !ok {
				changes = nil
				continue
			}
			g.Reload(read())
		case <-minute.C:
			g.sources.sweep()
			g.tell(g.folder.Load())
		}
	}
}

// Reload serves the folder as it is now; see Reading.serve for what becomes of
// errors. Answers that it would not give any more are cut.
func (g *Gate) Reload(r Reading) {
	next := r.serve(g.folder.Load())
	g.folder.Store(next)
	g.streams.judge(next)
	g.tell(next)
}

// tell writes down what is wrong with the folder.
func (g *Gate) tell(s *served) {
	for i, p := range s.problems {
		if i == mostTold {
			g.o.Log(fmt.Sprintf("and %d more", len(s.problems)-i))
			return
		}
		g.o.Log("not served: " + clean(p.String()))
	}
}

// limitedListener closes connections beyond a number at once, so that those that
// are open can be served.
type limitedListener struct {
	net.Listener

	room chan struct{}
}

// Accept implements net.Listener.
func (l *limitedListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		select {
		case l.room <- struct{}{}:
			return &limitedConn{Conn: c, left: sync.OnceFunc(func() { <-l.room })}, nil
		default:
			_ = c.Close() // there is nobody to tell
		}
	}
}

type limitedConn struct {
	net.Conn

	left func()
}

// Close implements net.Conn.
func (c *limitedConn) Close() error {
	defer c.left()
	return c.Conn.Close()
}
