package main

import (
	"crypto/tls"
	"sync"
	"time"
)

// certificates reads a certificate again now and then, so that one that was
// renewed is used without a restart. One that cannot be read leaves the last.
type certificates struct {
	load func() (*tls.Certificate, error)

	mu   sync.Mutex
	last *tls.Certificate
	read time.Time
}

const rereadCertificate = time.Minute

func newCertificates(load func() (*tls.Certificate, error)) *certificates {
	return &certificates{load: load}
}

func (c *certificates) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last != nil && time.Since(c.read) < rereadCertificate {
		return c.last, nil
	}
	next, err := c.load()
	if err != nil && c.last == nil {
		return nil, err
	}
	if err == nil {
		c.last = next
	}
	c.read = time.Now()
	return c.last, nil
}
