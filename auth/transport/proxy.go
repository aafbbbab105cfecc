package transport

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"github.com/authtabs/tabgate/auth/neterr"
)

// Proxy is where requests go first. The zero Proxy is none.
type Proxy struct {
	URL     *url.URL // with the user info that it wants, so never to be shown
	Setting string   // the variable that names it: "HTTPS_PROXY"
}

// Host is the proxy's host and port, without user info: fit to show.
func (p Proxy) Host() string {
	if p.URL == nil {
		return ""
	}
	return p.URL.Host
}

// Proxies are the proxies that an environment names: HTTPS_PROXY and
// HTTP_PROXY for their schemes, ALL_PROXY where those are unset, each also in
// lower case, and the exceptions of NO_PROXY as net/http knows them.
type Proxies struct {
	https, http named
}

// named is the variable that decides for a scheme.
type named struct {
	setting string   // "" = none is set
	address *url.URL // nil where it cannot be read
	choose  func(*url.URL) (*url.URL, error)
}

// NewProxies reads an environment, once.
func NewProxies(env func(key string) (string, bool)) Proxies {
	first := func(keys ...string) (key, value string) {
		for _, key := range keys {
			if v, ok := env(key); ok && strings.TrimSpace(v) != "" {
				return key, strings.TrimSpace(v)
			}
		}
		return "", ""
	}
	_, except := first("NO_PROXY", "no_proxy")
	use := func(setting, text string) named {
		is := named{setting: setting, address: parse(text)}
		if is.address != nil {
			config := httpproxy.Config{HTTPProxy: is.address.String(), HTTPSProxy: is.address.String(), NoProxy: except}
			is.choose = config.ProxyFunc()
		}
		return is
	}
	plain := []string{"HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"}
	if _, cgi := env("REQUEST_METHOD"); cgi {
		plain = plain[1:] // the header "Proxy" of a caller would set HTTP_PROXY
	}
	return Proxies{https: use(first("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")), http: use(first(plain...))}
}

// parse reads a proxy's address: host:port, or with one of the schemes that
// net/http can speak. GNOME writes socks:// for SOCKS 5.
func parse(text string) *url.URL {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return nil
	}
	if u.Scheme = strings.ToLower(u.Scheme); u.Scheme == "socks" {
		u.Scheme = "socks5"
	}
	if !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) {
		return nil
	}
	return u
}

// For is the proxy for an address: none for this machine's own, and a
// *neterr.ProxyError where the setting cannot be used, for net/http would go
// without a proxy then and fail for no visible reason.
func (p Proxies) For(to *url.URL) (Proxy, error) {
	if neterr.Loopback(to.Hostname()) {
		return Proxy{}, nil
	}
	is := p.of(to.Scheme)
	set, err := is.proxy()
	if err != nil || set.URL == nil {
		return Proxy{}, err
	}
	if u, err := is.choose(to); u == nil || err != nil {
		return Proxy{}, err
	}
	return set, nil
}

// Set is the proxy for addresses of a scheme, whatever NO_PROXY excepts.
func (p Proxies) Set(scheme string) (Proxy, error) {
	return p.of(scheme).proxy()
}

// Any reports whether a proxy is set for any scheme.
func (p Proxies) Any() bool { return p.https.setting != "" || p.http.setting != "" }

func (n named) proxy() (Proxy, error) {
	switch {
	case n.setting == "":
		return Proxy{}, nil
	case n.address == nil:
		return Proxy{}, &neterr.ProxyError{Setting: n.setting}
	}
	return Proxy{n.address, n.setting}, nil
}

func (p Proxies) of(scheme string) named {
	if scheme == "http" {
		return p.http
	}
	return p.https
}
