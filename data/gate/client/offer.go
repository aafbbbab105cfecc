package client

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/neterr"
)

// Offer is what a server says of itself before anybody signs in: whom people
// sign in with, and who gets their access token for that. It is one unit of
// trust, taken or refused whole, and merged with nothing of the user's own.
type Offer struct {
	Server      string   `json:"server"`
	Issuer      string   `json:"issuer"`
	Domain      string   `json:"domain"`
	ClientID    string   `json:"client_id"`
	Redirects   []string `json:"redirect_uris"`
	LogoutURI   string   `json:"logout_uri,omitempty"`
	Scopes      []string `json:"scopes"` // asked for: openid, email and the server's own
	TokenTo     []string `json:"sends_token_to,omitempty"`
	AnyAudience bool     `json:"any_audience,omitempty"` // the server takes tokens that were made for others, too

	Name string `json:"-"` // what the server calls itself; not cleaned, and no part of the unit
}

// The limits of an offer.
const (
	maxText      = 1000 // bytes of one of its texts
	maxAddresses = 20
)

// OfferError says why an offer is refused.
type OfferError struct{ Server, Text string }

// Error is one line, with what came from the server cleaned.
func (e *OfferError) Error() string {
	return clean(e.Server+" says something of itself that is not accepted: "+e.Text, 600)
}

// CallbackPath is the path of the redirect addresses of all sign-ins with an
// issuer that a server has named. An answer at any other path is of another
// issuer.
func CallbackPath(issuer string) string {
	sum := sha256.Sum256([]byte(issuer))
	return "/cb/" + hex.EncodeToString(sum[:8])
}

// ReadOffer reads and judges the offer of the server at an address.
func ReadOffer(data []byte, at Address) (Offer, error) {
	o := Offer{Server: at.String()}
	err := o.read(data)
	if err == nil {
		err = o.judge(at)
	}
	if err != nil {
		return Offer{}, &OfferError{at.String(), err.Error()}
	}
	return o, nil
}

// read takes from the document what counts. Members that nobody here knows are
// passed over, as RFC 9728 has it.
func (o *Offer) read(data []byte) error {
	doc, err := readObject(data)
	if err != nil {
		return err
	}
	raw, ok := doc["tabgate"]
	if !ok {
		return errors.New("it is no tabgate server: its document has no member tabgate")
	}
	ours, err := readObject(raw)
	if err != nil {
		return fmt.Errorf("its member tabgate: %w", err)
	}
	var resource string
	var issuers, methods []string
	var errs []error
	text := func(from object, name string, to *string) {
		var err error
		*to, err = from.text(name)
		errs = append(errs, err)
	}
	list := func(from object, name string, to *[]string) {
		var err error
		*to, err = from.list(name, 100)
		errs = append(errs, err)
	}
	text(doc, "resource", &resource)
	list(doc, "authorization_servers", &issuers)
	list(doc, "scopes_supported", &o.Scopes)
	list(doc, "bearer_methods_supported", &methods)
	text(doc, "resource_name", &o.Name)
	text(ours, "domain", &o.Domain)
	text(ours, "client_id", &o.ClientID)
	list(ours, "redirect_uris", &o.Redirects)
	text(ours, "logout_uri", &o.LogoutURI)
	list(ours, "sends_token_to", &o.TokenTo)
	if raw, ok := ours["any_audience"]; ok && json.Unmarshal(raw, &o.AnyAudience) != nil {
		errs = append(errs, errors.New("any_audience is neither true nor false"))
	}
	if err := errors.Join(errs...); err != nil {
		return errors.New(strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	switch {
	case resource != o.Server:
		return fmt.Errorf("its resource is %q and not its address", resource)
	case len(issuers) != 1:
		return fmt.Errorf("it names %d issuers: there has to be one", len(issuers))
	case methods != nil && !slices.Contains(methods, "header"):
		return errors.New("it wants the token elsewhere than in a header")
	}
	o.Issuer = issuers[0]
	return nil
}

// judge refuses an offer that leads where no sign-in is to lead, and leaves the
// scopes that are nobody's business here out of it.
func (o *Offer) judge(at Address) error {
	for _, text := range slices.Concat([]string{o.Issuer, o.Domain, o.ClientID, o.LogoutURI}, o.Redirects, o.Scopes, o.TokenTo) {
		if len(text) > maxText || !printable(text) {
			return errors.New("it holds a text that is too long, or has characters that cannot be seen")
		}
	}
	if o.ClientID == "" || strings.Contains(o.ClientID, " ") {
		return errors.New("its client_id is empty, or holds a blank")
	}
	if err := place("issuer", o.Issuer, at); err != nil {
		return err
	}
	if err := place("domain", o.Domain, at); err != nil {
		return err
	}
	if d, _ := url.Parse(o.Domain); d.Path != "" && d.Path != "/" {
		return errors.New("its domain has a path")
	}
	if err := o.judgeReturn(); err != nil {
		return err
	}
	if err := o.judgeOrigins(at); err != nil {
		return err
	}
	return o.judgeScopes()
}

// place checks where people are sent to sign in: over https, and from a server
// that is elsewhere never to this machine or the network around it.
func place(what, text string, at Address) error {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Opaque != "" || strings.ContainsAny(text, "?#") {
		return fmt.Errorf("its %s is no address", what)
	}
	host, err := normalHost(u.Hostname())
	if err != nil {
		return fmt.Errorf("its %s has no host name", what)
	}
	host = strings.Trim(host, "[]")
	switch {
	case u.Scheme == "https":
	case u.Scheme == "http" && at.Loopback() && neterr.Loopback(host):
	default:
		return fmt.Errorf("its %s does not begin with https://", what)
	}
	if !at.Loopback() && internal(host) {
		return fmt.Errorf("its %s is on this machine or the network around it", what)
	}
	return nil
}

// internal reports whether a host is one of this machine or the network around
// it, as far as its name tells.
func internal(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return internalIP(ip)
	}
	for _, end := range []string{"localhost", "local", "internal", "home.arpa", "localdomain"} {
		if host == end || strings.HasSuffix(host, "."+end) {
			return true
		}
	}
	return !strings.Contains(host, ".")
}

func internalIP(ip netip.Addr) bool {
	ip = ip.Unmap()
	shared := netip.MustParsePrefix("100.64.0.0/10")
	return !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || shared.Contains(ip)
}

// judgeReturn checks where the browser comes back to: this machine, at the path
// that is the issuer's own.
func (o *Offer) judgeReturn() error {
	path := CallbackPath(o.Issuer)
	if len(o.Redirects) == 0 || len(o.Redirects) > maxAddresses {
		return fmt.Errorf("it names %d redirect addresses", len(o.Redirects))
	}
	for _, text := range o.Redirects {
		u, err := url.Parse(text)
		switch {
		case err != nil || u.Scheme != "http" || !neterr.Loopback(u.Hostname()) || u.User != nil || strings.ContainsAny(text, "?#"):
			return errors.New("a redirect address is not one of this machine")
		case u.Port() == "":
			return errors.New("a redirect address names no port")
		case u.EscapedPath() != path:
			return fmt.Errorf("a redirect address does not end in %s, which is the path for its issuer", path)
		}
	}
	if o.LogoutURI == "" {
		return nil
	}
	u, err := url.Parse(o.LogoutURI)
	if err != nil || u.Scheme != "http" || !neterr.Loopback(u.Hostname()) || u.User != nil || strings.ContainsAny(o.LogoutURI, "#") {
		return errors.New("its log-out address is not one of this machine")
	}
	return nil
}

// judgeOrigins checks to whom the token is sent on.
func (o *Offer) judgeOrigins(at Address) error {
	if len(o.TokenTo) > maxAddresses {
		return errors.New("it sends the token to too many others")
	}
	for i, text := range o.TokenTo {
		to, err := ParseAddress(text)
		switch {
		case err != nil || to.String() != text:
			return errors.New("it sends the token to something that is no address")
		case to.Loopback() && !at.Loopback():
			return errors.New("it sends the token to an address of this machine")
		case slices.Contains(o.TokenTo[:i], text):
			return errors.New("it names an address twice that it sends the token to")
		}
	}
	slices.Sort(o.TokenTo)
	return nil
}

// judgeScopes keeps openid, email and those scopes that are the server's own:
// of one resource server, as IDENTIFIER/NAME. Whatever else it would like to
// have asked for is left out.
func (o *Offer) judgeScopes() error {
	own := []string{"openid", "email"}
	identifier := ""
	for _, scope := range o.Scopes {
		id, name := cutScope(scope)
		if id == "" || name == "" || strings.ContainsAny(scope, " \"\\") || strings.HasPrefix(scope, "aws.cognito.") || slices.Contains(own, scope) {
			continue
		}
		if identifier != "" && identifier != id {
			return errors.New("it wants rights at two resource servers: there may be one, its own")
		}
		identifier = id
		own = append(own, scope)
	}
	o.Scopes = own
	return nil
}

// cutScope parts a scope of a resource server into the server's identifier and
// the scope's own name.
func cutScope(scope string) (identifier, name string) {
	i := strings.LastIndexByte(scope, '/')
	if i < 0 {
		return "", ""
	}
	return scope[:i], scope[i+1:]
}

// Identifier is what the scopes of the server begin with, "" if it has none.
func (o Offer) Identifier() string {
	for _, scope := range o.Scopes {
		if id, _ := cutScope(scope); id != "" {
			return id
		}
	}
	return ""
}

// printable reports whether text is of characters that ASCII shows.
func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < 0x20 || r > 0x7e })
}
