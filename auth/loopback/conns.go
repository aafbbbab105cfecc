package loopback

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"sync"
)

// conns bounds the open connections. Refusing new ones would let anyone who
// opens many and says nothing keep the browser out, so over the limit the
// oldest connection without a request in the handler is closed instead: a
// browser's request arrives within moments of its connection.
type conns struct {
	limit int

	mu   sync.Mutex
	open map[net.Conn]*conn
	idle *list.List // of net.Conn without a request in the handler, oldest first
}

type conn struct {
	idle *list.Element // nil from a request's handler until its answer is out
}

func newConns(limit int) *conns {
	return &conns{limit: limit, open: map[net.Conn]*conn{}, idle: list.New()}
}

type connKey struct{}

// context is http.Server's ConnContext: a request must find its connection.
func (c *conns) context(ctx context.Context, nc net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, nc)
}

// state is http.Server's ConnState.
func (c *conns) state(nc net.Conn, s http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch s {
	case http.StateNew:
		c.open[nc] = &conn{idle: c.idle.PushBack(nc)}
		if oldest := c.idle.Front(); len(c.open) > c.limit && oldest != nil {
			c.forget(oldest.Value.(net.Conn)).Close()
		}
	case http.StateIdle:
		if o := c.open[nc]; o != nil {
			c.rest(o, nc)
		}
	case http.StateClosed, http.StateHijacked:
		c.forget(nc)
	}
}

func (c *conns) forget(nc net.Conn) net.Conn {
	if o := c.open[nc]; o != nil && o.idle != nil {
		c.idle.Remove(o.idle)
	}
	delete(c.open, nc)
	return nc
}

// rest makes a connection the youngest of those that may be closed.
func (c *conns) rest(o *conn, nc net.Conn) {
	if o.idle == nil {
		o.idle = c.idle.PushBack(nc)
		return
	}
	c.idle.MoveToBack(o.idle)
}

// busy marks the request's connection as one that must not be closed. It stays
// so until http.Server calls it idle or closes it: when a handler returns, its
// answer is not on the wire yet.
func (c *conns) busy(r *http.Request) {
	nc, _ := r.Context().Value(connKey{}).(net.Conn)
	c.mu.Lock()
	defer c.mu.Unlock()
	if o := c.open[nc]; o != nil && o.idle != nil {
		c.idle.Remove(o.idle)
		o.idle = nil
	}
}
