package typedfile

import (
	"context"
	"errors"
	"sync"

	"github.com/ncruces/go-sqlite3"
)

// connections are connections to one SQLite file. A connection serves one
// goroutine at a time; another one is opened for the next.
type connections struct {
	uri string

	mu     sync.Mutex
	idle   []*sqlite3.Conn
	closed bool
}

// Bounds of a connection.
const (
	maxIdle       = 2
	maxConnection = 256 << 20 // bytes of its memory
)

// use calls f with a connection that no one else uses, until ctx ends.
func (c *connections) use(ctx context.Context, f func(*sqlite3.Conn) error) error {
	conn, err := c.take(ctx)
	if err != nil {
		return err
	}
	conn.SetInterrupt(ctx)
	err = f(conn) // a panic leaves behind what is not used again
	conn.SetInterrupt(context.Background())
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return errors.Join(err, c.put(conn))
}

// query calls visit with each row of a query's result.
func (c *connections) query(ctx context.Context, q string, visit func(row *sqlite3.Stmt) error) error {
	return c.use(ctx, func(conn *sqlite3.Conn) error {
		row, _, err := conn.Prepare(q)
		if err != nil {
			return err
		}
		defer row.Close()
		for row.Step() {
			if err := visit(row); err != nil {
				return err
			}
		}
		return row.Err()
	})
}

func (c *connections) take(ctx context.Context) (*sqlite3.Conn, error) {
	c.mu.Lock()
	if n := len(c.idle); n > 0 {
		conn := c.idle[n-1]
		c.idle = c.idle[:n-1]
		c.mu.Unlock()
		return conn, nil
	}
	c.mu.Unlock()
	return sqlite3.OpenContext(sqlite3.WithMaxMemory(ctx, maxConnection), c.uri)
}

func (c *connections) put(conn *sqlite3.Conn) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || len(c.idle) == maxIdle {
		return conn.Close()
	}
	c.idle = append(c.idle, conn)
	return nil
}

// Close closes the connections that are not in use; the others close then.
func (c *connections) Close() (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for _, conn := range c.idle {
		err = errors.Join(err, conn.Close())
	}
	c.idle = nil
	return err
}
