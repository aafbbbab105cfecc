package client

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"github.com/authtabs/tabgate/auth/neterr"
)

// Address is where a server is, normalised: scheme, host and, where it is not
// the scheme's own, port. Two addresses are the same if they are the same text.
type Address struct {
	scheme, host, port string // host as it stands in an address: "[::1]"
}

// maxAddress is the longest address that is read, in bytes.
const maxAddress = 500

// IsAddress reports whether somebody who typed text means a server.
func IsAddress(text string) bool {
	lower := strings.ToLower(strings.TrimSpace(text))
	return strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://")
}

// ParseAddress normalises the address of a server as a person types it: lower
// case, the host as A-labels, without the scheme's own port and without a
// slash at the end. Whatever else an address can hold is refused.
func ParseAddress(text string) (Address, error) {
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	switch {
	case len(text) > maxAddress || err != nil || u.Opaque != "":
		return Address{}, errors.New("the address of a server cannot be read: write it as https://dash.example.com")
	case u.Host == "" || u.Hostname() == "":
		return Address{}, errors.New("the address of a server begins with https://, as in https://dash.example.com")
	case u.User != nil:
		return Address{}, errors.New("the address of a server holds a user name: leave out what stands before @")
	case strings.ContainsAny(text, "?#"):
		return Address{}, errors.New("the address of a server has no query and no fragment: leave out what follows the host")
	case u.Path != "" && u.Path != "/":
		return Address{}, errors.New("the address of a server has no path: leave out what follows the host")
	}
	a := Address{scheme: strings.ToLower(u.Scheme)}
	if a.host, err = normalHost(u.Hostname()); err != nil {
		return Address{}, err
	}
	if a.port, err = normalPort(a.scheme, u.Port(), strings.HasSuffix(u.Host, ":")); err != nil {
		return Address{}, err
	}
	switch {
	case a.scheme == "http" && !a.Loopback():
		return Address{}, fmt.Errorf("http is for this machine alone: write https://%s", a.Host())
	case a.scheme != "https" && a.scheme != "http":
		return Address{}, errors.New("the address of a server begins with https://, as in https://dash.example.com")
	}
	return a, nil
}

// normalHost is a host name in lower case as A-labels, or an IP address in its
// one form. A number that only some resolvers take for an address is refused.
func normalHost(host string) (string, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		switch {
		case ip.Zone() != "":
			return "", errors.New("the address of a server names a network interface: leave out % and what follows")
		case ip.Unmap().Is4():
			return ip.Unmap().String(), nil
		}
		return "[" + ip.String() + "]", nil
	}
	name, err := idna.Lookup.ToASCII(host)
	if err != nil || name == "" || len(name) > 253 || strings.HasSuffix(name, ".") || strings.ContainsAny(name, ":[]% ") {
		return "", errors.New("the host of the address is no host name: compare it with what you were given")
	}
	name = strings.ToLower(name)
	last := name[strings.LastIndexByte(name, '.')+1:]
	if _, err := strconv.ParseUint(last, 0, 64); err == nil || strings.Trim(last, "0123456789") == "" {
		return "", errors.New("the host of the address is no host name: write a number address as four numbers, such as 127.0.0.1")
	}
	return name, nil
}

func normalPort(scheme, port string, empty bool) (string, error) {
	n, err := strconv.ParseUint(port, 10, 16)
	switch {
	case port == "" && !empty:
		return "", nil
	case err != nil || n == 0:
		return "", errors.New("the port of the address is a number from 1 to 65535")
	case scheme == "https" && n == 443, scheme == "http" && n == 80:
		return "", nil
	}
	return strconv.FormatUint(n, 10), nil
}

// String is the address: "https://dash.example.com".
func (a Address) String() string {
	if a.scheme == "" {
		return ""
	}
	return a.scheme + "://" + a.Host()
}

// Host is the host, and the port where it is not the scheme's own.
func (a Address) Host() string {
	if a.port == "" {
		return a.host
	}
	return a.host + ":" + a.port
}

// Hostname is the host alone, an IPv6 address without brackets.
func (a Address) Hostname() string { return strings.Trim(a.host, "[]") }

// Loopback reports whether the server is on this machine.
func (a Address) Loopback() bool { return neterr.Loopback(a.Hostname()) }
