package loopback

import (
	"io"
	"net"
)

// secureHint is for a browser that once saw HSTS on localhost and since then
// turns every http address of it into https. It cannot be answered there: the
// person has the address in front of them and can paste it.
const secureHint = "The browser came by https, which some program once told it to use for this host, but only http is answered here. Paste the address that it shows."

// wary is a listener that notices who speaks TLS to it. A plain HTTP server
// only sees an odd request line, and the person only an odd page.
type wary struct {
	net.Listener
	secure func() // somebody began a TLS handshake
}

func (w wary) Accept() (net.Conn, error) {
	c, err := w.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &waryConn{Conn: c, secure: w.secure}, nil
}

type waryConn struct {
	net.Conn
	begun  bool
	secure func()
}

// handshake is the first byte of a TLS record with a ClientHello in it (RFC
// 8446 section 5.1). No HTTP request begins with it.
const handshake = 0x16

func (c *waryConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n == 0 || c.begun {
		return n, err
	}
	c.begun = true
	if p[0] == handshake {
		c.secure()
		return 0, io.EOF // net/http would wait for the end of a line
	}
	return n, err
}

// CloseWrite lets net/http end an answer without resetting the connection.
func (c *waryConn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
