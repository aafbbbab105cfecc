package browser

import (
	"errors"
	"net/url"
	"strings"

	"github.com/authtabs/tabgate/auth/neterr"
)

// maxURL is the longest address handed to another program, in bytes; Windows
// cuts command lines at 8191 characters.
const maxURL = 8000

// checkURL refuses every address that could be anything but a web page: only
// https, and http for this machine's own addresses, with no space, quote or
// control character in it (RFC 8252 section 8.12).
func checkURL(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || len(raw) > maxURL {
		return errors.New("that is not an address a browser can open")
	}
	for i := range len(raw) {
		if c := raw[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"'`<>\\^{|}", c) >= 0 {
			return errors.New("the address holds a character that does not belong in one")
		}
	}
	switch {
	case u.Host == "" || u.User != nil:
		return errors.New("the address names no host, or a user")
	case u.Scheme == "https", u.Scheme == "http" && neterr.Loopback(u.Hostname()):
		return nil
	}
	return errors.New("only https addresses are opened, and http ones of this machine")
}
