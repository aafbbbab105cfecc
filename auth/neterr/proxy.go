package neterr

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
)

// ProxyError is a request that failed at the proxy, before the host that was
// asked had any part in it. It never holds the proxy's user info.
type ProxyError struct {
	Proxy    string // host and port; "" where the setting cannot be read
	Setting  string // the variable that names the proxy, such as "HTTPS_PROXY"
	Password bool   // a name and a password were sent to it
	Status   int    // its answer to CONNECT; 0 when there was none
	Err      error  // what went wrong otherwise; may be nil
}

// Error is one line: what is wrong with the proxy.
func (e *ProxyError) Error() string {
	what, _ := e.why("the host", "")
	return what
}

// Unwrap gives what the network said.
func (e *ProxyError) Unwrap() error { return e.Err }

// why never repeats the text of Err.
func (e *ProxyError) why(host, setting string) (what, todo string) {
	proxy, check := "the proxy "+e.Proxy, "check "+e.Setting+", and name hosts that need no proxy in NO_PROXY"
	var dns *net.DNSError
	switch {
	case e.Proxy == "":
		return "the proxy address in " + e.Setting + " cannot be read", "write it like http://proxy.example.com:3128"
	case e.wantsPassword() && e.Password:
		return proxy + " does not accept the name and password that were sent" + e.status(), "correct them in " + e.Setting
	case e.wantsPassword():
		return proxy + " wants a name and a password" + e.status(), "write " + e.Setting + " like http://NAME:PASSWORD@" + e.Proxy
	case e.Status >= 500, e.socks("unreachable", "connection refused", "TTL expired", "general SOCKS server failure"):
		return proxy + " could not connect to " + host + e.status(), "try again in a minute, or check " + setting
	case e.Status != 0, e.socks("not allowed by ruleset"):
		return proxy + " refuses to connect to " + host + e.status(), "ask whoever runs the proxy, or name the host in NO_PROXY if it needs none"
	case errors.As(e.Err, &dns) && !TimedOut(e.Err):
		return "there is no host " + bare(e.Proxy) + ", which " + e.Setting + " names as the proxy", check
	case TimedOut(e.Err):
		return proxy + " gave no connection to " + host + " in time", check
	case refused(e.Err):
		return proxy + " refuses connections", check
	}
	if what, todo := TLS(e.Proxy, e.Setting, e.Err); what != "" {
		return "the proxy cannot be used: " + what, todo
	}
	return proxy + " cannot be used", check
}

func (e *ProxyError) status() string {
	if e.Status == 0 {
		return ""
	}
	return fmt.Sprintf(" (HTTP %d)", e.Status)
}

// wantsPassword reports whether the proxy asked for authentication, over HTTP
// or SOCKS.
func (e *ProxyError) wantsPassword() bool {
	return e.Status == http.StatusProxyAuthRequired ||
		e.socks("no acceptable authentication methods", "invalid username/password", "authentication failed")
}

// socks reports whether the proxy speaks SOCKS and failed with one of these
// reasons, for which net/http has no types.
func (e *ProxyError) socks(reasons ...string) bool {
	var op *net.OpError
	if !errors.As(e.Err, &op) || op.Op != SOCKSOp || op.Err == nil {
		return false
	}
	for _, r := range reasons {
		if strings.Contains(op.Err.Error(), r) {
			return true
		}
	}
	return false
}

// SOCKSOp is what net/http calls the operation of asking a SOCKS proxy for a
// connection, in a [net.OpError].
const SOCKSOp = "socks connect"
