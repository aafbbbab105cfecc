package loopback

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxRedirectURI is the longest callback URL that Cognito registers, in bytes.
const maxRedirectURI = 1024

// redirect is one registered redirect URI, taken apart. Cognito compares
// redirect URIs byte by byte, so raw is what travels; the rest is for us.
type redirect struct {
	raw  string
	host string // "localhost", "127.0.0.1" or "[::1]"
	port string
	path string // escaped as it travels; "/" when the URI has none
}

// hosts are the names a browser on this machine can reach the listener by,
// and the only ones whose redirect URIs it can serve.
var hosts = []string{"localhost", "127.0.0.1", "[::1]"}

// CheckRedirect says in one sentence why a redirect URI cannot be listened
// on, or returns nil. It must be http, a loopback host, an explicit port, any
// path, and neither user, query nor fragment.
func CheckRedirect(uri string) error {
	_, err := parseRedirect(uri)
	return err
}

func parseRedirect(uri string) (redirect, error) {
	u, err := url.Parse(uri)
	if err != nil || len(uri) > maxRedirectURI {
		return redirect{}, errors.New("it is not an address; write it like http://localhost:8501/")
	}
	host, _, _ := strings.Cut(u.Host, ":")
	if strings.HasPrefix(u.Host, "[") {
		host = "[" + u.Hostname() + "]"
	}
	port := u.Port()
	switch n, err := strconv.ParseUint(port, 10, 16); {
	case u.Scheme != "http":
		return redirect{}, errors.New("it must start with http://, as browsers allow for this machine's own addresses")
	case !slices.Contains(hosts, host):
		return redirect{}, errors.New("its host must be localhost, 127.0.0.1 or [::1], because the answer is received on this machine")
	case port == "":
		return redirect{}, errors.New("it names no port; write it like http://localhost:8501/")
	case err != nil || n == 0 || strconv.FormatUint(n, 10) != port:
		return redirect{}, errors.New("its port must be a number from 1 to 65535")
	case strings.Contains(uri, "#"):
		return redirect{}, errors.New("it has a fragment (#), which Cognito forbids")
	case u.User != nil, strings.Contains(uri, "?"):
		return redirect{}, errors.New("it must hold neither a user name nor a query (?)")
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	return redirect{raw: uri, host: host, port: port, path: path}, nil
}

func parseRedirects(uris []string) ([]redirect, error) {
	if len(uris) == 0 {
		return nil, errors.New("no redirect address is configured; set APP_URI")
	}
	all := make([]redirect, 0, len(uris))
	for _, uri := range uris {
		r, err := parseRedirect(uri)
		if err != nil {
			return nil, fmt.Errorf("redirect address %q: %w", uri, err)
		}
		all = append(all, r)
	}
	return all, nil
}

// ours reports whether a Host header names this listener. Anything else is a
// web page that made its own name point here (DNS rebinding).
func (r redirect) ours(host string) bool {
	name, ok := strings.CutSuffix(host, ":"+r.port)
	return ok && slices.Contains(hosts, name)
}
