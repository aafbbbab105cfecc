package transport

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"

	"github.com/authtabs/tabgate/auth/neterr"
)

// limited is the transport with a limit of its answers' bytes.
type limited struct {
	*Transport
	bytes int64
}

// RoundTrip sends a request with our name and without a trace of where it
// comes from, and cuts the answer at the limit, for libraries that read all
// of it.
func (l limited) RoundTrip(req *http.Request) (*http.Response, error) {
	proxy, err := l.proxies.For(req.URL)
	if err != nil {
		return nil, err
	}
	route := &route{proxy: proxy}
	req = route.follow(req)
	req.Header = req.Header.Clone()
	req.Header.Del("Referer") // http.Client adds it to what it redirects
	req.Header.Set("User-Agent", l.agent)
	resp, err := l.base.RoundTrip(req)
	if err != nil {
		return nil, route.blame(req.Context(), err)
	}
	if proxy.URL != nil && req.URL.Scheme == "http" && resp.StatusCode == http.StatusProxyAuthRequired {
		resp.Body.Close()
		return nil, route.trouble(resp.StatusCode, nil)
	}
	resp.Body = &cut{resp.Body, l.bytes, l.bytes}
	return resp, nil
}

// route is what is known of one request's route: its proxy, and whether that has
// done its part.
type route struct {
	proxy   Proxy
	through atomic.Bool // the proxy has connected us to the host
}

type routeKey struct{}

// follow gives the request that reports its route.
func (w *route) follow(req *http.Request) *http.Request {
	ctx := context.WithValue(req.Context(), routeKey{}, w)
	if w.proxy.URL == nil {
		return req.WithContext(ctx)
	}
	return req.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { w.through.Store(true) },
		TLSHandshakeStart: func() { // with the host, unless the proxy itself speaks TLS
			if w.proxy.URL.Scheme != "https" {
				w.through.Store(true)
			}
		},
	}))
}

// proxyOf is the proxy that RoundTrip has chosen for a request.
func proxyOf(req *http.Request) (*url.URL, error) {
	if w, ok := req.Context().Value(routeKey{}).(*route); ok {
		return w.proxy.URL, nil
	}
	return nil, errors.New("a request without a route")
}

// connected is called with a proxy's answer to CONNECT.
func connected(ctx context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	w, ok := ctx.Value(routeKey{}).(*route)
	if !ok {
		return nil
	}
	if resp.StatusCode != http.StatusOK {
		return w.trouble(resp.StatusCode, nil)
	}
	w.through.Store(true)
	return nil
}

// blame makes an error the proxy's where the proxy had not yet done its part.
func (w *route) blame(ctx context.Context, err error) error {
	var known *neterr.ProxyError
	var op *net.OpError
	if late := ctx.Err(); errors.Is(late, context.DeadlineExceeded) && !errors.Is(err, late) {
		err = errors.Join(late, err) // a connection that was given up may call it otherwise
	}
	switch {
	case w.proxy.URL == nil, errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &op) && (op.Op == "proxyconnect" || op.Op == neterr.SOCKSOp), !w.through.Load():
		return w.trouble(0, err)
	}
	return err
}

func (w *route) trouble(status int, err error) error {
	_, password := w.proxy.URL.User.Password()
	return &neterr.ProxyError{
		Proxy: w.proxy.Host(), Setting: w.proxy.Setting, Password: password, Status: status, Err: err,
	}
}

// cut is a body that fails once more than left bytes came out of it.
type cut struct {
	io.ReadCloser
	left, limit int64
}

// Read implements io.Reader.
func (c *cut) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.ReadCloser.Read(p)
	if int64(n) > c.left {
		return int(c.left), neterr.TooLarge(c.limit)
	}
	c.left -= int64(n)
	return n, err
}
